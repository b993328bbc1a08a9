"""Where the tables of a sheet begin: title rows, a header over one or two rows, repeated headers, no header at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from renkei.ledger.meanings import folded, meanings_of
from renkei.ledger.sheets import Sheet
from renkei.rules.cells import is_count, is_flag, is_numbering, plain, signed_in
from renkei.rules.names import legal_form

LOOKED_AT = 60
"""Rows from the top among which the first header is looked for."""


@dataclass
class Block:
    """A table of a sheet: the rows above it, its header, and the rows under it, as numbers from 0."""

    sheet: Sheet
    above: list[int] = field(default_factory=list)
    header: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)
    least_width: int = 0

    @cached_property
    def filled_width(self) -> int:
        """The number of columns that anything stands in."""
        return max((last_filled(self.sheet.rows[row]) for row in [*self.header, *self.body]), default=0)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the header, folded."""
        return frozenset(folded(cell) for row in self.header for cell in self.sheet.rows[row])

    @cached_property
    def width(self) -> int:
        """The number of columns: of this table, or of the widest with the same header."""
        return max(self.filled_width, self.least_width)


def last_filled(row: Sequence[str]) -> int:
    """How many cells there are up to the last that holds anything."""
    return next((place + 1 for place in range(len(row) - 1, -1, -1) if row[place].strip()), 0)


def filled_cells(row: Sequence[str]) -> list[str]:
    """The cells that hold anything."""
    return [cell for cell in row if cell.strip()]


def blocks_of(sheet: Sheet) -> list[Block]:
    """The tables of a sheet, each with the rows that belong to it; every row is in exactly one list."""
    first = _first_header(sheet)
    block = Block(sheet)
    if first is None:
        titles = _rows_that_name_a_list(sheet)
        block.above, block.body = list(range(titles)), list(range(titles, len(sheet.rows)))
        return [block]
    block.above = list(range(first))
    _begin(block, first)
    blocks = [block]
    row = block.header[-1] + 1
    while row < len(sheet.rows):
        if _repeats(block, row):
            block.repeated.append(row)
        elif _is_header(sheet.rows[row], strict=True):
            block = Block(sheet)
            _begin(block, row)
            blocks.append(block)
            row = block.header[-1]
        else:
            block.body.append(row)
        row += 1
    return blocks


def _rows_that_name_a_list(sheet: Sheet) -> int:
    """How many rows at the top only say what the list is: 「…協定締結事業者一覧」, 「R6.4.1現在」."""
    for number, row in enumerate(sheet.rows[:10]):
        filled = filled_cells(row)
        if len(filled) > 1 or (filled and not _NAMES_A_LIST.search(filled[0].strip())):
            return number
    return 0


_NAMES_A_LIST = re.compile(r"(?:一覧表?|名簿|リスト|台帳|目次)(?:[(（][^()（）]*[)）])?$|現在[)）]?$")


def _begin(block: Block, row: int) -> None:
    rows = block.sheet.rows
    block.header = [row]
    upper, lower = list(rows[row]), [""] * len(rows[row])
    if row + 1 < len(rows) and _is_second(block.sheet, row):
        block.header.append(row + 1)
        lower = list(rows[row + 1]) + [""] * (len(upper) - len(rows[row + 1]))
        upper = _spread(upper + [""] * (len(lower) - len(upper)), lower)
    block.names = [
        (" ".join(one.split()), "" if plain(one) == plain(two) else " ".join(two.split()))
        for one, two in zip(upper, lower, strict=False)
    ]


def _spread(upper: list[str], lower: list[str]) -> list[str]:
    """The head of a group stands over each of its columns."""
    spread = list(upper)
    for place in range(1, len(upper)):
        if lower[place].strip() and not spread[place].strip() and lower[place - 1].strip():
            spread[place] = spread[place - 1]
    return spread


def _first_header(sheet: Sheet) -> int | None:
    looked_at = range(min(LOOKED_AT, len(sheet.rows)))
    for row in looked_at:
        if _is_header(sheet.rows[row], strict=False):
            return row
    for row in looked_at:
        if len(filled_cells(sheet.rows[row])) == 1 and _heads_one_column(sheet, row):
            return row
    return _by_contrast(sheet)


def _is_header(cells: Sequence[str], *, strict: bool) -> bool:
    """Two or more header words and nothing that looks like data."""
    filled = filled_cells(cells)
    if len(filled) < 2 or (strict and any(cell.strip()[0].isdigit() for cell in filled)):
        return False
    known = _known_words(filled, most_unknown=int(len(filled) * (0.3 if strict else 0.6)))
    if len(known) < 2:
        return False
    best = {max(fitting, key=lambda slug: fitting[slug]) for fitting in known}
    named = best & {"title", "partners", "signed", "first_party", "purpose", "category"}
    enough = len(best) >= 2 + (len(filled) > 3) if strict else len(best) >= 2 or len(known) == len(filled)
    return bool(named) and enough and not any(map(_is_told, filled))


def _known_words(filled: Sequence[str], *, most_unknown: int) -> list[dict[str, int]]:
    """What the header words among the cells mean; nothing as soon as too many cells are none."""
    known, unknown = [], 0
    for cell in filled:
        if len(cell) <= 60 and (fitting := meanings_of(cell)):
            known.append(fitting)
        elif len(cell) > 60 or (unknown := unknown + 1) > most_unknown:
            return []
    return known


def _is_told(cell: str) -> bool:
    """True for what only rows of a table hold: a day, a firm, a mark, a number."""
    if meanings_of(cell):
        return any(mark in cell for mark in "【≪《")
    return (
        is_flag(cell)
        or is_count(cell)
        or (is_numbering(cell) and any(letter.isdigit() for letter in cell))
        or legal_form(cell) is not None
        or (any(letter.isdigit() for letter in plain(cell)) and signed_in(cell).first is not None)
        or bool(re.search(r"に関する(?:協定|覚書)", cell))
    )


def _heads_one_column(sheet: Sheet, row: int) -> bool:
    """A header word above a list of one column."""
    cell = filled_cells(sheet.rows[row])[0]
    fitting = meanings_of(cell)
    if max(fitting.values(), default=0) < 70 or re.search(r"一覧|名簿|リスト", cell):
        return False
    below = [filled_cells(cells) for cells in sheet.rows[row + 1 :] if filled_cells(cells)]
    return bool(below) and sum(len(cells) == 1 for cells in below) >= len(below) * 0.6


def _by_contrast(sheet: Sheet) -> int | None:
    """A first row of unknown words over columns of days or firms is a header too."""
    for row, cells in enumerate(sheet.rows[:LOOKED_AT]):
        filled = filled_cells(cells)
        if len(filled) < 2:
            continue
        if any(map(_is_told, filled)) or any(len(cell) > 20 for cell in filled):
            return None
        below = sheet.rows[row + 1 : row + 40]
        return row if any(_is_another_kind(below, place) for place in range(len(cells))) else None
    return None


def _is_another_kind(below: list[list[str]], place: int) -> bool:
    cells = [row[place] for row in below if place < len(row) and row[place].strip()]
    return len(cells) >= 2 and sum(map(_is_told, cells)) >= len(cells) * 0.6


def _is_second(sheet: Sheet, row: int) -> bool:
    """The row under the header names columns of groups: it is filled only where the first is open or a group's head."""
    upper, lower = sheet.rows[row], sheet.rows[row + 1]
    places = [place for place, cell in enumerate(lower) if cell.strip()]
    joined = _joined_columns(sheet, row)
    own = [p for p in places if not (p < len(upper) and plain(upper[p]) == plain(lower[p]))]
    if not own or any(_is_told(lower[place]) or len(lower[place]) > 20 for place in own):
        return False
    if any(_BEGINS_A_SECTION.match(lower[place].strip()) for place in own):
        return False
    if all(_is_head_word(lower[place], alone=len(own) == 1) for place in own):
        return True
    if not any(place + 1 in own or place - 1 in own or meanings_of(lower[place]) for place in own):
        return False
    return all(_is_open(upper, own, place, joined) for place in own)


_BEGINS_A_SECTION = re.compile(r"[\d０-９①-⑳■□●◆◇○【≪《〔]")


def _is_head_word(cell: str, *, alone: bool) -> bool:
    """Whether a header would say it; 「物資の供給」 alone under a header is rather a section."""
    fitting = meanings_of(cell)
    if alone and max(fitting, key=lambda slug: fitting[slug], default="") in (
        "purpose",
        "flag",
        "results",
        "other",
    ):
        return False
    return max(fitting.values(), default=0) >= 80


def _is_open(upper: list[str], own: list[int], place: int, joined: set[int]) -> bool:
    if place >= len(upper) or not upper[place].strip() or place in joined:
        return True
    return place + 1 in own and (place + 1 >= len(upper) or not upper[place + 1].strip())


def _joined_columns(sheet: Sheet, row: int) -> set[int]:
    return {
        column
        for (top, left), (bottom, right) in sheet.merged
        if top <= row <= bottom and bottom == row and right > left
        for column in range(left, right + 1)
    }


def _repeats(block: Block, row: int) -> bool:
    """The same header once more, in the middle of the table."""
    filled = [(place, cell) for place, cell in enumerate(block.sheet.rows[row]) if cell.strip()]
    if not any(folded(cell) in block.words for _place, cell in filled[:2]):
        return False
    cells = {place: folded(cell) for place, cell in filled}
    for head in block.header:
        heads = block.sheet.rows[head]
        same = sum(place < len(heads) and folded(heads[place]) == cell for place, cell in cells.items())
        is_whole = same == len(cells) and (same > 1 or len(filled_cells(heads)) == 1)
        if is_whole or same >= max(3, len(cells) * 0.8):
            return True
    return False
