"""Tracked changes in WordprocessingML: letters and paragraphs that came, went or moved, with who did it and when."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from xml.sax.saxutils import quoteattr

from renkei.documents.word.letters import printable
from renkei.documents.word.markup import run
from renkei.rules.redline import Difference, Mark

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)?")
TAGS = {
    (Mark.INSERTED, False): "w:ins",
    (Mark.REMOVED, False): "w:del",
    (Mark.INSERTED, True): "w:moveTo",
    (Mark.REMOVED, True): "w:moveFrom",
}


@dataclass(frozen=True)
class Hand:
    """Who made a change, and when (2026-11-26T10:00:00Z)."""

    author: str
    at: str = ""


By = Callable[[Difference, str, int], Hand]
"""Who made a change: of which difference, in which part of it (heading or text), the how manieth there from 0."""


def instant(at: datetime) -> str:
    """An instant as Word writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Piece:
    """Letters with the same fate, and whose change it is."""

    text: str
    mark: Mark = Mark.SAME
    hand: Hand = Hand("")


@dataclass
class Marked:
    """A paragraph with its pieces, and the fate of its end: one that comes or goes makes or joins paragraphs."""

    pieces: list[Piece] = field(default_factory=list)
    end: Mark = Mark.SAME
    hand: Hand = Hand("")

    def text(self, without: Mark) -> str:
        """The letters of one side."""
        return "".join(one.text for one in self.pieces if one.mark != without)

    @property
    def shown(self) -> str:
        """The letters that stay; of a paragraph that goes those that went."""
        return self.text(Mark.REMOVED) or self.text(Mark.INSERTED)

    def is_only(self, mark: Mark) -> bool:
        """Whether all its letters share the fate."""
        return all(one.mark == mark for one in self.pieces if one.text)


class Tracks:
    """Writes the changes of one file: each has a number of its own."""

    def __init__(self) -> None:
        self.numbers: Iterator[int] = count(1)

    def facts(self, hand: Hand) -> str:
        """Number, author and time as attributes; a time that Word would refuse is left out."""
        at = f' w:date="{hand.at}"' if INSTANT.fullmatch(hand.at) else ""
        author = quoteattr(printable(hand.author).replace("\n", " "))
        return f'w:id="{next(self.numbers)}" w:author={author}{at}'

    def inner(self, pieces: list[Piece], *, moving: bool = False) -> str:
        """The letters of a paragraph."""
        return "".join(self._piece(one, moving) for one in pieces if one.text)

    def _piece(self, one: Piece, moving: bool) -> str:
        if one.mark == Mark.SAME:
            return run(one.text)
        tag = TAGS[one.mark, moving]
        letters = run(one.text, "w:delText" if tag == "w:del" else "w:t")
        return f"<{tag} {self.facts(one.hand)}>{letters}</{tag}>"

    def end(self, mark: Mark, hand: Hand, *, moving: bool = False) -> str:
        """The fate of a paragraph's end or of a table's row."""
        return "" if mark == Mark.SAME else f"<{TAGS[mark, moving]} {self.facts(hand)}/>"

    def moved(self, body: str, name: str, mark: Mark, hand: Hand) -> str:
        """Paragraphs that moved as a whole, tied to their other place by the name."""
        tag = TAGS[mark, True]
        number = self.facts(hand)
        closing = number.split(" ", 1)[0]
        return f'<{tag}RangeStart {number} w:name="{name}"/>{body}<{tag}RangeEnd {closing}/>'


def marked(runs: list[Piece], end: Mark, hand: Hand) -> list[Marked]:
    """Pieces as paragraphs: a line end that came or went makes the end of a paragraph come or go."""
    lines = [Marked()]
    for piece in slid(runs):
        first, *more = piece.text.split("\n")
        lines[-1].pieces.append(Piece(first, piece.mark, piece.hand))
        for letters in more:
            lines[-1].end, lines[-1].hand = piece.mark, piece.hand
            lines.append(Marked([Piece(letters, piece.mark, piece.hand)]))
    lines[-1].end, lines[-1].hand = end, hand
    return whole_lines(lines)


def slid(runs: list[Piece]) -> list[Piece]:
    """The same change told as one of whole lines: (１)…↵( between ( and ２) is the line (１)…↵ before (２)."""
    found = [*runs, Piece("")]
    for place, one in enumerate(found[1:-1], start=1):
        before, after = found[place - 1], found[place + 1]
        head, _end, shared = one.text.rpartition("\n")
        rest = before.text.removesuffix(shared)
        alone = one.mark != Mark.SAME and before.mark == after.mark == Mark.SAME
        if alone and head and shared and rest != before.text and (not rest or rest.endswith("\n")):
            found[place - 1 : place + 2] = [
                Piece(rest),
                Piece(f"{shared}{head}\n", one.mark, one.hand),
                Piece(shared + after.text),
            ]
    return found


def whole_lines(lines: list[Marked]) -> list[Marked]:
    """The same with whole paragraphs coming and going where that says the same, so that each keeps its own style."""
    place = 0
    while place < len(lines):
        mark, last = lines[place].end, place + 1
        if mark != Mark.SAME:
            while last < len(lines) and lines[last].end == mark:
                last += 1
            taken = lines[place + 1 : last + 1]
            before = lines[place]
            if last < len(lines) and not before.is_only(mark) and all(one.is_only(mark) for one in taken):
                before.end, before.hand, hand = lines[last].end, lines[last].hand, before.hand
                for one in taken:
                    one.end, one.hand = mark, hand
                place = last
        place += 1
    return lines
