"""What became of each row of a table: agreement, waiting, heading, note or blank."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from renkei.ledger.columns import Column, Columns
from renkei.ledger.grouping import Grouping
from renkei.ledger.headers import Block, filled_cells
from renkei.ledger.rows import Filler, TableRow, cells_of
from renkei.ledger.sections import (
    is_blank,
    is_bracketed,
    is_marked,
    is_note,
    is_total,
    looks_like_title,
    section_style,
    section_words,
    snapshot_in,
)
from renkei.ledger.titles import TitleSource, no_title, title_source, what_else
from renkei.ledger.told import Told, facts_of, read_rows, without_day
from renkei.rules.cells import is_numbering, tidy
from renkei.rules.organisation_words import is_whole_name
from renkei.rules.partial_days import PartialDay
from renkei.rules.title_partners import partners_in_title

NO_PARTNER = "相手方が書かれていません。相手方を入れると取り込めます。"
NEITHER = "協定名と相手方がありません。両方を入れると取り込めます。"


_MAY_END_A_TABLE = re.compile(
    r"\s*(?:[(（【\[]?(?:合計|総|小計|累計|計)|協定.{0,6}計|締結.{0,6}計|件数|団体)"
)
_NAMES_THE_WHOLE_LIST = re.compile("一覧|名簿|リスト|台帳|目次|現在|時点")


@dataclass
class Item:
    """What became of one row, or of several rows that are one agreement; rows are counted from 1."""

    sheet: str
    row: int
    rows: tuple[int, ...]
    outcome: str
    title: str = ""
    signed: PartialDay | None = None
    partners: tuple[dict[str, str], ...] = ()
    cells: tuple[str, ...] = ()
    reason: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    def facts_json(self) -> dict[str, Any]:
        """partners, fields, slugs, division, purpose, notes, remarks, term_text: what the record keeps of the row."""
        return {"partners": list(self.partners), **self.facts}


def plain_item(block: Block, number: int, outcome: str) -> Item:
    """A row that is no agreement, with its cells."""
    cells = list(block.sheet.rows[number])
    while cells and not cells[-1].strip():
        cells.pop()
    return Item(block.sheet.name, number + 1, (number + 1,), outcome, cells=tuple(cells))


def outcome_above(cells: Sequence[str]) -> str:
    """What a row above a table is: blank, a note, or a heading."""
    if is_blank(cells):
        return "blank"
    is_dated = any(snapshot_in(cell) for cell in filled_cells(cells))
    return "note" if is_note(cells) or is_dated else "heading"


class TableReader:
    """Reads one table: sorts its rows, fills in what they leave out, and makes items of them."""

    def __init__(self, block: Block, columns: Columns, of_sheet: str = "") -> None:
        self.block = block
        self.columns = columns
        self.filler = Filler(block, columns)
        self.others: dict[int, str] = {}
        self.of_sheet = (of_sheet,) if of_sheet else ()
        self.sections: list[tuple[str, str]] = []
        self.section_words: list[str] = [*self.of_sheet]
        self.follows_section = False
        self.wide_merges = {
            top for (top, left), (bottom, right) in block.sheet.merged if top == bottom and right - left >= 1
        }
        filled = sorted(len(filled_cells(cells_of(block, row))) for row in block.body)
        present = [count for count in filled if count]
        # Section rows, sums and notes may outnumber the rows of the table itself: they fill one cell each.
        several = [count for count in present if count > 1]
        counted = several if len(several) * 3 >= len(present) else present
        self.typical = counted[len(counted) // 2] if counted else 0
        self.heads = {
            column.index for column in columns if column.meaning == "category" and self._stands_alone(column)
        }
        self.styles = {column.index: self._styles(column) for column in columns}
        self._begin_section_above()

    def items(self) -> Iterator[Item]:
        """An item for every row of the body, in the order of the file."""
        rows = [row for number in self.block.body if (row := self._sorted(number))]
        source = title_source(self.block, self.columns, self.section_words)
        groups = Grouping(self.columns, rows).groups()
        made = {number: plain_item(self.block, number, outcome) for number, outcome in self.others.items()}
        before: Item | None = None
        for group in groups:
            before = self._item(group, source, before)
            made[group[0].number] = before
        yield from (made[number] for number in sorted(made))

    def _sorted(self, number: int) -> TableRow | None:
        """The row filled in if it is one of the table; otherwise what it is goes to `others`."""
        cells = self.block.sheet.rows[number]
        filled = filled_cells(cells)
        may_be_other = len(filled) <= 2 or _MAY_END_A_TABLE.match(filled[0])
        if may_be_other and (other := self._other_than_data(number, cells)):
            self.others[number] = other
            return None
        self.follows_section = False
        row = self.filler.filled(number)
        row.section = (*self.of_sheet, *(words for _style, words in self.sections))
        return row

    def _other_than_data(self, number: int, cells: list[str]) -> str:
        """What a row of few cells is, if it is none of the table."""
        if is_blank(cells):
            return "blank"
        if is_total(cells) or self._is_beside_the_table(cells):
            return "note"
        if self._is_section(number):
            self._begin_section(next(cell for cell in cells if cell.strip()))
            return "heading"
        return ""

    def _is_beside_the_table(self, cells: Sequence[str]) -> bool:
        """A footnote, a source, the day of the list."""
        filled = filled_cells(cells)
        if is_note(cells):
            return self.typical > 1 or not any(is_whole_name(cell) for cell in filled)
        return len(filled) == 1 and self.typical > 1 and snapshot_in(filled[0]) is not None

    def _begin_section_above(self) -> None:
        """A marked row right above the header is the section of this table: 【行政】, (1)物資の供給."""
        rows = self.block.sheet.rows[: self.block.header[0]] if self.block.header else []
        above = next((filled for row in reversed(rows) if (filled := filled_cells(row))), [])
        if len(above) != 1 or not is_marked(above[0]):
            return
        if is_bracketed(above[0]) or not _NAMES_THE_WHOLE_LIST.search(above[0]):
            self._begin_section(above[0])

    def _begin_section(self, text: str) -> None:
        style, words = section_style(text), section_words(text)
        known = [known_style for known_style, _words in self.sections]
        if style in known:
            del self.sections[known.index(style) :]
        elif not style or not self.follows_section:
            self.sections.clear()
        self.sections.append((style, words))
        self.follows_section = True
        self.section_words.append(words)
        self.filler.new_section()

    def _is_section(self, number: int) -> bool:
        cells = cells_of(self.block, number)
        filled = [place for place, cell in enumerate(cells) if cell.strip()]
        if len(filled) != 1:
            return self._is_numbered_section(cells, filled)
        place, text = filled[0], cells[filled[0]].strip()
        if self.typical >= 2 and number in self.wide_merges:
            return True
        column = self.columns[place]
        if place in self.heads:
            return True
        if column.meaning == "title":
            return self._is_section_among_titles(place, text, number)
        if column.meaning in ("partners", "first_party"):
            return self._is_section_among_partners(place, text)
        if column.meaning in (
            "signed",
            "page",
            "notes",
            "second_party",
            "contact",
            "signatory",
            "latest_signed",
        ):
            return False
        if column.meaning == "number":
            return self.typical >= 2 and not is_numbering(text)
        return self.typical >= 2

    def _is_numbered_section(self, cells: list[str], filled: list[int]) -> bool:
        """A number and the name of a section beside it, where other rows hold much more."""
        if len(filled) != 2 or self.typical < 4:
            return False
        first, second = (self.columns[place] for place in filled)
        text = cells[filled[1]]
        return first.meaning == "number" and second.meaning == "title" and not looks_like_title(text)

    def _is_section_among_titles(self, place: int, text: str, number: int) -> bool:
        if self.typical < 2 or self._goes_on_below(place, number):
            return False
        if is_marked(text) and self._is_seldom(place, text):
            return self.typical >= 3 or not looks_like_title(text)
        return not looks_like_title(text) and self.typical >= 3 and len(tidy(text)) <= 30

    def _goes_on_below(self, place: int, number: int) -> bool:
        """Whether the next row goes on with a title that ends there."""
        rows = self.block.sheet.rows
        below = rows[number + 1] if number + 1 < len(rows) else []
        tail = below[place] if place < len(below) else ""
        begun = tidy(rows[number][place])
        return bool(tail.strip()) and begun[-1:] in "のをにがはとや、・" and looks_like_title(tail)

    def _is_section_among_partners(self, place: int, text: str) -> bool:
        marked = is_marked(text) and self._is_seldom(place, text)
        return marked and (
            self.typical >= 2 or text[0] in "【≪《〔[<＜" or not is_whole_name(section_words(text))
        )

    def _stands_alone(self, column: Column) -> bool:
        """Whether the cells of the column always stand alone in their row: heads of a list that is set in."""
        rows = [
            filled_cells(cells)
            for row in self.block.body
            if (cells := cells_of(self.block, row))[column.index].strip()
        ]
        return len(self.columns) > 1 and bool(rows) and all(len(filled) == 1 for filled in rows)

    def _styles(self, column: Column) -> Counter[str]:
        """How many cells in rows of data are marked as sections are, by the way of marking; `all` counts every cell."""
        rows = [cells_of(self.block, row) for row in self.block.body[:300]]
        data = [cells for cells in rows if self.typical < 2 or len(filled_cells(cells)) > 1]
        filled = [cells[column.index] for cells in data if cells[column.index].strip()]
        return Counter([section_style(cell) for cell in filled] + ["all"] * len(filled))

    def _is_seldom(self, place: int, text: str) -> bool:
        """Whether few cells of the column are marked like this one: where all are, it is the list's own bullets."""
        styles = self.styles[place]
        most = styles["all"] * (0.5 if text[0] in "【≪《〔[<＜" else 0.3)
        return styles[section_style(text)] < max(1, most)

    def _item(self, group: list[TableRow], source: TitleSource, before: Item | None) -> Item:
        self._go_on_from_above(group, before)
        told = read_rows(group, self.columns)
        title = self._title(group, source, before, told)
        if not self.columns.of("signed"):
            title = without_day(title, told)
        if not told.partners and source.meaning == "title" and title:
            named = partners_in_title(title)
            if named.partners:
                title, told.partners = named.title, list(named.partners)
                told.remark("相手方は協定名から読みました。")
        reason = self._reason(title, told, source)
        if source.said and title:
            told.remark(source.said)
        numbers = tuple(row.number + 1 for row in group)
        return Item(
            sheet=self.block.sheet.name,
            row=numbers[0],
            rows=numbers,
            outcome="waiting" if reason else "agreement",
            title=title[:400],
            signed=told.signed,
            partners=told.partners_json(),
            cells=tuple(cell for row in group for cell in row.written),
            reason=reason,
            facts=facts_of(title, group, self.columns, told),
        )

    def _go_on_from_above(self, group: list[TableRow], before: Item | None) -> None:
        """A blank partner goes on from above where everything before it in the row is blank too."""
        row = group[0]
        places = self.columns.places("partners")
        if before is None or not places or row.cells[places[0]].strip() or not before.partners:
            return
        leads = not any(row.written[place].strip() for place in range(places[0]))
        if leads and row.owns(self.columns, "purpose", "title"):
            row.cells[places[0]] = "\n".join(partner["name"] for partner in before.partners)
            row.remarks.append("相手方の欄が空いているため、上の行と同じとしました。")

    def _title(self, group: list[TableRow], source: TitleSource, before: Item | None, told: Told) -> str:
        pieces = [piece for row in group if (piece := source.of(row, self.columns))]
        if source.meaning != "title":
            return pieces[0] if pieces else ""
        title = "".join(dict.fromkeys(pieces)) if len(group) > 1 else "".join(pieces)
        if title or before is None or not told.partners or not self._may_go_on(group[0]):
            return title
        told.remark("協定名の欄が空いているため、上の行と同じとしました。")
        return before.title

    def _may_go_on(self, row: TableRow) -> bool:
        """A row with a number of its own is an entry of its own: its title is missing, not the one above."""
        filled = self.columns.of("title")[0].contents.filled
        return filled <= 0.7 or not row.owns(self.columns, "number")

    def _reason(self, title: str, told: Told, source: TitleSource) -> str:
        if source.meaning != "title" and (seems := what_else(self.block, self.columns)):
            return seems
        if not title and not told.partners:
            return NEITHER
        if not title:
            return no_title(self.columns)
        return "" if told.partners else NO_PARTNER


def counts_of(items: Sequence[Item]) -> Counter[str]:
    """How many items have each outcome."""
    return Counter(item.outcome for item in items)
