"""What a paper says, in plain facts: the same for Word, PDF and slides; how it looks is the writers' matter."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `style` is "" for usual text, "heading" inside a part, "lead" what stands out, "note" a remark."""

    text: str
    style: str = ""


@dataclass(frozen=True)
class Bullet:
    """A line of a list; `mark` stands before it, as ■, ● or (1), at the depth `level`, 0 or 1."""

    text: str
    level: int = 0
    mark: str = "・"


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[Bullet, ...]


@dataclass(frozen=True)
class Numbers:
    """Big figures, each with what it counts: ("有効な協定", "329件")."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table; `widths` are shares of the page's width, `numeric` the columns that are set to the right."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    numeric: tuple[int, ...] = ()
    caption: str = ""


@dataclass(frozen=True)
class Chart:
    """A drawing of figures, told in words by its caption, with the same figures as a table."""

    svg: str
    caption: str
    table: Table


@dataclass(frozen=True)
class Flow:
    """Steps that follow each other, drawn as boxes with arrows; further lines of a step are set smaller."""

    steps: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """A photograph or drawing, and what it shows in words."""

    content: bytes
    media_type: str
    description: str


Block = Paragraph | Bullets | Numbers | Table | Chart | Flow | Picture


@dataclass(frozen=True)
class Part:
    """A chapter of a paper, a slide of a talk."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Publication:
    """A paper of a town as of a day."""

    title: str
    subtitle: str
    town: str
    day: date
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("A paper needs a title.")
