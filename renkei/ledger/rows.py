"""The rows of a table with what they leave out filled in: merged cells, ditto marks, blanks that go on from above."""

from dataclasses import dataclass, field

from renkei.ledger.columns import Columns
from renkei.ledger.headers import Block
from renkei.rules.cells import is_ditto

CARRIED = ("category", "department", "division", "municipality")
"""Meanings whose blanks go on from the row above, where the column is filled only at the head of each group."""

MOSTLY = 0.7
"""A column filled in more rows than this is not left blank to say 「as above」."""


MOST_MERGED = 200_000
"""Cells inside merged ranges; a sheet with more was made to cost time."""


@dataclass
class TableRow:
    """A row: number from 0, cells as written, cells with what they leave out, and which of them are its own."""

    number: int
    written: list[str]
    cells: list[str]
    own: frozenset[int]
    section: tuple[str, ...] = ()
    remarks: list[str] = field(default_factory=list)

    def of(self, columns: Columns, meaning: str) -> list[str]:
        """The filled cells of the columns with this meaning."""
        return [cell for column in columns.of(meaning) if (cell := self.cells[column.index].strip())]

    def first(self, columns: Columns, meaning: str) -> str:
        """The first of them, or nothing."""
        return next(iter(self.of(columns, meaning)), "")

    def owns(self, columns: Columns, *meanings: str) -> bool:
        """Whether a column with one of these meanings is filled in this row itself."""
        return any(column.index in self.own for meaning in meanings for column in columns.of(meaning))


def cells_of(block: Block, number: int) -> list[str]:
    """The cells of a row, as many as the table is wide."""
    row = block.sheet.rows[number]
    return [*row[: block.width], *[""] * (block.width - len(row))]


def merged_from_above(block: Block) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell inside a range merged downwards: the cell that holds its text."""
    body = set(block.body)
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, _right) in block.sheet.merged:
        if top not in body or left >= block.width:
            continue
        for row in range(top + 1, min(bottom + 1, len(block.sheet.rows))):
            found[row, left] = (top, left)
        if len(found) > MOST_MERGED:
            break
    return found


class Filler:
    """Fills in row after row what a row leaves out."""

    def __init__(self, block: Block, columns: Columns) -> None:
        self.block = block
        self.columns = columns
        self.merged = merged_from_above(block)
        self.above: list[str] = [""] * block.width
        self.carried = [
            column.index for column in columns.of(*CARRIED) if 0 < column.contents.filled <= MOSTLY
        ]

    def new_section(self) -> None:
        """What was carried down stops at a section row."""
        for place in self.carried:
            self.above[place] = ""

    def filled(self, number: int) -> TableRow:
        """The row with merged cells, ditto marks and carried blanks filled in."""
        written = cells_of(self.block, number)
        cells = list(written)
        own = set()
        for place, cell in enumerate(written):
            is_blank = not cell.strip()
            if not is_blank and not is_ditto(cell):
                own.add(place)
            elif not is_blank or (number, place) in self.merged or place in self.carried:
                cells[place] = self.above[place]
        for place, cell in enumerate(cells):
            if cell.strip():
                self.above[place] = cell
        return TableRow(number, written, cells, frozenset(own))
