"""What a Word file says, as plain facts: paragraphs with their tracked changes and comments, and tables."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from renkei.rules.redline import Mark


@dataclass(frozen=True)
class Piece:
    """Letters of a paragraph with the same fate; of a tracked change also who made it and when (as the file says)."""

    text: str
    mark: Mark = Mark.SAME
    author: str = ""
    at: str = ""


@dataclass(frozen=True)
class WordRemark:
    """A comment: who, when, what, about which letters; `answers` is the number (from 0) of the one it answers."""

    author: str
    at: str
    text: str
    quoted: str = ""
    answers: int | None = None


@dataclass(frozen=True)
class WordParagraph:
    """A paragraph; `number` is what automatic numbering prints before it, `remarks` the numbers of its comments.

    `mark` is the fate of the paragraph itself: one that was put in as a whole, or taken out as a whole.
    """

    pieces: tuple[Piece, ...] = ()
    number: str = ""
    mark: Mark = Mark.SAME
    remarks: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The letters with every tracked change accepted."""
        return "".join(piece.text for piece in self.pieces if piece.mark != Mark.REMOVED)

    @property
    def former(self) -> str:
        """The letters with every tracked change refused."""
        return "".join(piece.text for piece in self.pieces if piece.mark != Mark.INSERTED)


@dataclass(frozen=True)
class WordTable:
    """A table by rows and cells, each cell a text; tracked changes in it are accepted; `remarks` as of a paragraph."""

    rows: tuple[tuple[str, ...], ...] = ()
    remarks: tuple[int, ...] = ()


@dataclass(frozen=True)
class WordText:
    """The whole file: paragraphs and tables in their order, comments, what it says of itself, sentences about it.

    `properties` are the file's own custom properties, by which a draft that was sent is known again;
    `told` names what was found and not read (pictures, text boxes, foot notes …), in sentences.
    """

    blocks: tuple[WordParagraph | WordTable, ...] = ()
    remarks: tuple[WordRemark, ...] = ()
    properties: Mapping[str, str] | None = None
    told: tuple[str, ...] = ()

    def as_told(self) -> dict[str, Any]:
        """As it crosses from the process that opened the file."""
        return {
            "blocks": [asdict(one) for one in self.blocks],
            "remarks": [asdict(one) for one in self.remarks],
            "properties": dict(self.properties or {}),
            "told": list(self.told),
        }

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "WordText":
        """From what crossed."""
        return cls(
            blocks=tuple(_block(one) for one in told["blocks"]),
            remarks=tuple(WordRemark(**one) for one in told["remarks"]),
            properties=told["properties"],
            told=tuple(told["told"]),
        )


def _block(told: Mapping[str, Any]) -> WordParagraph | WordTable:
    if "rows" in told:
        return WordTable(tuple(tuple(row) for row in told["rows"]), tuple(told["remarks"]))
    return WordParagraph(
        tuple(Piece(one["text"], Mark(one["mark"]), one["author"], one["at"]) for one in told["pieces"]),
        told["number"],
        Mark(told["mark"]),
        tuple(told["remarks"]),
    )
