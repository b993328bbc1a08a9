"""What a paper consists of, as plain facts: lines, labelled facts, tables whose rows repeat, conditional parts."""

from dataclasses import dataclass
from typing import Literal

from renkei.documents.vocabulary import PaperKind


@dataclass(frozen=True)
class Line:
    """A paragraph; `indented` where its first line begins one letter in."""

    text: str
    align: Literal["left", "right", "centre"] = "left"
    indented: bool = False
    space_before: bool = False


@dataclass(frozen=True)
class Heading:
    """The paper's title (level 1), or the heading of a part (level 2)."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Noted:
    """Numbered facts under 記: each with its label and what it says, without lines around them."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Facts:
    """A table of two columns: label and what it says."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Listed:
    """A table whose row repeats for each row of a list; `columns`: head, cell's name, width in millimetres."""

    name: str
    columns: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Ruled:
    """A table with empty rows to write in by hand."""

    heads: tuple[tuple[str, int], ...]
    rows: int


@dataclass(frozen=True)
class Only:
    """Parts that stand there only where a field is not empty; with `empty`, only where it is."""

    name: str
    blocks: tuple["Block", ...]
    empty: bool = False


Block = Line | Heading | Noted | Facts | Listed | Ruled | Only


@dataclass(frozen=True)
class PaperText:
    """A paper of ours, with its fields in it."""

    kind: PaperKind
    blocks: tuple[Block, ...]
    landscape: bool = False


def right(text: str) -> Line:
    """A line at the right edge: number, day, sender."""
    return Line(text, align="right")


def body(text: str) -> Line:
    """A paragraph of the letter."""
    return Line(text, indented=True)


KI = Line("記", align="centre", space_before=True)
END = Line("以上", align="right")
