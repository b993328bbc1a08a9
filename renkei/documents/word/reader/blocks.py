"""Paragraphs and tables in their order, each paragraph with what is printed before it and its comments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from renkei.documents.word.reader.ends import Segment, joined, paragraphs
from renkei.documents.word.reader.kinds import WordRefused
from renkei.documents.word.reader.numbering import Counter, Lists
from renkei.documents.word.reader.package import Element, W
from renkei.documents.word.reader.runs import INSERTS, MC, REMOVES, SAME, Fate, Letters
from renkei.documents.word.told import WordParagraph, WordTable
from renkei.rules.redline import Mark
from renkei.rules.written_numbers import printed_before

MOST_PARAGRAPHS = 60_000
MOST_CELLS_OF_A_ROW = 200
TOO_MANY = (
    "段落が多すぎる文書です(6万まで読めます)。協定書の本文だけを新しい文書に写して、保存し直してください。"
)
_HOLDS_BLOCKS = INSERTS | REMOVES | {f"{W}sdt", f"{W}sdtContent", f"{W}customXml"}
_COMMENTS = frozenset((f"{W}commentRangeStart", f"{W}commentRangeEnd"))


@dataclass
class Blocks:
    """Reads the blocks of a file; `comments` are its comments' ids in the order in which they are told."""

    lists: Lists
    comments: Sequence[str] = ()
    letters: Letters = field(default_factory=Letters)
    _paragraphs: int = 0

    def __post_init__(self) -> None:
        self._new, self._former = Counter(self.lists), Counter(self.lists)
        self._met: list[int] = []
        self._places = {number: place for place, number in enumerate(self.comments)}

    def of(self, holder: Element, fate: Fate = SAME) -> Iterator[WordParagraph | WordTable]:
        """The blocks of a body, a cell, a text box or a note."""
        group: list[Segment] = []
        for element, own in self._elements(holder, fate):
            if element.tag == f"{W}p":
                group.append(self._segment(element, own))
                if group[-1].mark != Mark.SAME:
                    continue
            yield from paragraphs(group)
            group = []
            if element.tag == f"{W}tbl":
                yield self._table(element, own)
        yield from paragraphs(group)

    def _elements(self, holder: Element, fate: Fate) -> Iterator[tuple[Element, Fate]]:
        for child in holder:
            if child.tag in (f"{W}p", f"{W}tbl"):
                yield child, fate
            elif child.tag in _HOLDS_BLOCKS:
                yield from self._elements(child, fate.within(child))
            elif child.tag == f"{MC}AlternateContent":
                for choice in child[:1]:
                    yield from self._elements(choice, fate)
            elif child.tag in _COMMENTS:
                self.letters.quotes.met(child)
            elif child.tag == f"{W}altChunk":
                self.letters.chunk(child, fate)

    def _segment(self, paragraph: Element, fate: Fate) -> Segment:
        self._paragraphs += 1
        if self._paragraphs > MOST_PARAGRAPHS:
            raise WordRefused(TOO_MANY)
        end = tracked(paragraph.find(f"{W}pPr/{W}rPr"), fate)
        new, former = (
            counter.number(paragraph) if end.mark in (Mark.SAME, side) else ""
            for counter, side in ((self._new, Mark.INSERTED), (self._former, Mark.REMOVED))
        )
        pieces = tuple(joined(self.letters.of(paragraph, fate)))
        begun = self.letters.quotes.taken()
        self.letters.quotes.read("\n")
        remarks = tuple(sorted(self._places[one] for one in begun if one in self._places))
        self._met += remarks
        return Segment(pieces, end, new, former, remarks)

    def _table(self, table: Element, fate: Fate) -> WordTable:
        before = len(self._met)
        rows = [self._row(row, own) for row, own in _members(table, f"{W}tr", fate)]
        return WordTable(tuple(row for row in rows if row is not None), tuple(self._met[before:]))

    def _row(self, row: Element, fate: Fate) -> tuple[str, ...] | None:
        """The texts of a row's cells, an empty one for each place that a wide cell covers; None for a removed row."""
        own = tracked(row.find(f"{W}trPr"), fate)
        cells = [""] * _count(row.find(f"{W}trPr/{W}gridBefore"), 0)
        for cell, told in _members(row, f"{W}tc", own):
            text = "\n".join(lines_of(self.of(cell, told))).strip("\n")
            if cell.find(f"{W}tcPr/{W}cellDel") is None:
                cells += [text, *[""] * (_count(cell.find(f"{W}tcPr/{W}gridSpan"), 1) - 1)]
        return None if own.is_removed else tuple(cells[:MOST_CELLS_OF_A_ROW])


def lines_of(blocks: Iterator[WordParagraph | WordTable]) -> Iterator[str]:
    """Blocks as lines of text with every tracked change accepted; a row's cells with tabs between."""
    for block in blocks:
        if isinstance(block, WordTable):
            yield from ("\t".join(row) for row in block.rows)
        elif block.mark != Mark.REMOVED:
            yield printed_before(block.number) + block.text


def tracked(properties: Element | None, fate: Fate) -> Fate:
    """What the properties of a paragraph's end or of a row say of its fate."""
    for one in () if properties is None else properties:
        fate = fate.within(one)
    return fate


def _members(holder: Element, tag: str, fate: Fate) -> Iterator[tuple[Element, Fate]]:
    for child in holder:
        if child.tag == tag:
            yield child, fate
        elif child.tag in _HOLDS_BLOCKS:
            yield from _members(child, tag, fate.within(child))


def _count(element: Element | None, otherwise: int) -> int:
    written = "" if element is None else element.get(f"{W}val", "")
    return min(int(written), MOST_CELLS_OF_A_ROW) if written.isascii() and written.isdigit() else otherwise
