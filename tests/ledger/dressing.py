"""Dresses a list as a clerk would: the same facts with title rows, other words, merged cells, dittos, footers."""

from dataclasses import dataclass, field
from itertools import groupby
from random import Random
from typing import Any

from tests.ledger.dressed_files import Cell, Grid
from tests.ledger.spellings import DAYS, FULL_WIDTH, half_kana
from tests.ledger.truth import Truth

WORDS = {
    "number": ("№", "No.", "番号", "整理番号", "通番"),
    "title": ("協定名", "協定の名称", "協定等の名称", "協 定 名 称", "件名", "協定書名", "協定・覚書名", "協定名称"),
    "partners": ("相手方", "協定締結先", "締結先", "相手方名称", "協定先", "相手団体", "締結相手", "協定締結団体"),
    "signed": ("締結日", "締結年月日", "協定日", "協定締結日", "締 結 年 月 日"),
    "first": ("初度締結日", "当初締結日", "初回締結日"),
    "latest": ("最新締結日", "更新日", "再締結日"),
    "section": ("区分", "分野", "分類", "カテゴリー"),
    "content": ("協定内容", "主な協定内容", "協力内容", "協定の内容"),
    "department": ("部", "部名", "部局"),
    "division": ("担当課", "所管課", "課名", "担当部署"),
    "purpose": ("目的", "協定概要", "概要"),
    "notes": ("備考", "摘要"),
    "term": ("有効期間", "協定期間"),
    "page": ("頁", "ページ", "掲載ページ"),
    "municipality": ("市町村名",),
    "reference": ("資料№", "資料番号"),
    "flag": ("細目",),
}  # fmt: skip
CARRIED = ("section", "department", "division", "municipality")
GROUPS = {"title": "協定", "partners": "協定", "signed": "期日", "latest": "期日", "term": "期日"}


@dataclass(frozen=True)
class Dress:
    """How a list is dressed; the default is a bare table."""

    title_rows: int = 0
    two_row_header: bool = False
    header_again: bool = False
    word: int = 0
    shuffled: bool = False
    extras: tuple[str, ...] = ()
    sections: str = "column"
    """column, blank, ditto, merged, rows, sheets, none (as it stands)"""
    dittos: str = ""
    """〃, 同上 or nothing: for a cell equal to the one above it"""
    days: str = ""
    """kanji, letter, slash, western, iso, wide, cell; empty: as it stands"""
    companies: str = ""
    full_width: bool = False
    half_kana: bool = False
    tail: bool = False
    section_style: str = "【{name}】"
    """How a section row is written; {number} and {wide} count the sections."""
    subtotals: bool = False
    airy: bool = False
    """A blank column at the left, blank rows under the header and between sections, 以上 at the end."""
    broken_words: bool = False
    """Line breaks inside the words of the header, as people fit them into narrow columns."""


@dataclass
class Dressed:
    """The grids, and what is expected of each row, by sheet and row from 1."""

    grids: list[Grid]
    expected: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Entry:
    """One agreement of a list: its cells by role, and what is expected of it."""

    cells: dict[str, str]
    expected: dict[str, Any]


def entries(told: Truth) -> list[Entry]:
    """The agreements of a list; cells continued from above are filled first."""
    found, above = [], dict.fromkeys(told["roles"], "")
    for cells, expected in zip(told["rows"], told["expected"], strict=True):
        if expected["outcome"] != "agreement" or not cells[told["roles"]["partners"]]:
            continue
        own = {role: cells[column] for role, column in told["roles"].items()}
        for role, cell in own.items():
            if cell in ("〃", "同上") or (not cell and role in CARRIED):
                own[role] = above[role]
        above = own
        found.append(Entry(own, expected))
    return found


def dressed(told: Truth, dress: Dress, *, seed: int = 0) -> Dressed:
    """The list in its dress."""
    chance = Random(f"{told['name']} {seed}")
    listed = [_spelled(entry, dress) for entry in entries(told)]
    parts = [("一覧", listed)]
    if dress.sections == "sheets":
        parts = [
            (f"{number}.{name[:20].translate(_NO_SHEET_SIGNS)}", list(some))
            for number, (name, some) in enumerate(groupby(listed, lambda one: one.cells["section"]), start=1)
        ]
    made = Dressed([])
    if dress.sections == "sheets":
        made.grids.append(
            Grid("説明", [["この台帳について"], ["各シートに区分ごとの協定をまとめています。"]])
        )
    columns = _columns(told, dress, chance)
    for name, some in parts:
        grid = Grid(name)
        made.grids.append(grid)
        _Sheet(made, grid, columns, dress, told).write(some, chance)
    return made


_NO_SHEET_SIGNS = str.maketrans("", "", "[]:*?/\\")


def _columns(told: Truth, dress: Dress, chance: Random) -> list[str]:
    columns = [
        role for role in told["roles"] if not (role == "section" and dress.sections in ("rows", "sheets"))
    ]
    columns += [extra for extra in dress.extras if extra not in columns]
    if dress.shuffled:
        chance.shuffle(columns)
        if "number" in columns:
            columns.remove("number")
            columns.insert(0, "number")
    return columns


@dataclass
class _Sheet:
    made: Dressed
    grid: Grid
    columns: list[str]
    dress: Dress
    told: Truth

    def write(self, listed: list[Entry], chance: Random) -> None:
        self.head()
        section: str | None = None
        above: dict[str, Cell] = {}
        sections, begun = 0, 1
        for number, entry in enumerate(listed, start=1):
            if self.dress.header_again and number == 1 + len(listed) // 2 > 1:
                self.header()
                above = {}
            here = entry.cells.get("section")
            if here != section:
                sections += 1
                self.close_section(sections, number - begun)
                begun, above = number, {}
                self.open_section(here or "", sections)
            own = self.own_cells(entry, number)
            self.line(self.shown(own, above))
            self.expect(entry)
            section, above = here, own
        self.merge_sections()
        self.tail(len(listed))
        if self.dress.airy:
            self.step_right()

    def open_section(self, name: str, count: int) -> None:
        """The row that names a section, where sections have rows of their own."""
        if self.dress.sections == "rows":
            wide = str(count).translate(FULL_WIDTH)
            self.line({self.columns[0]: self.dress.section_style.format(name=name, number=count, wide=wide)})

    def close_section(self, count: int, rows: int) -> None:
        """What stands between two sections."""
        if self.dress.sections == "rows" and count > 1:
            if self.dress.subtotals:
                self.line({self.columns[0]: f"小計 {rows}件"})
            if self.dress.airy:
                self.grid.rows.append([])

    def step_right(self) -> None:
        """The table begins in the second column."""
        self.grid.rows = [["", *row] for row in self.grid.rows] + [["", "以上"]]
        self.grid.merges = [
            (top, left + 1, bottom, right + 1) for top, left, bottom, right in self.grid.merges
        ]

    def head(self) -> None:
        rows: list[list[Cell]] = [[self.told["source"]], ["(令和6年4月1日現在)"], []]
        self.grid.rows += rows[: self.dress.title_rows]
        self.header()

    def header(self) -> None:
        words: list[Cell] = [self.word(role) for role in self.columns]
        if not self.dress.two_row_header:
            self.grid.rows += [words, []] if self.dress.airy else [words]
            return
        groups = [GROUPS.get(role, "") for role in self.columns]
        row, column = len(self.grid.rows), 0
        for group, run in groupby(groups):
            last = column + len(list(run)) - 1
            if group and last > column:
                self.grid.merges.append((row, column, row, last))
            elif not group:
                self.grid.merges += [(row, place, row + 1, place) for place in range(column, last + 1)]
            column = last + 1
        follows = [
            bool(group) and place > 0 and groups[place - 1] == group for place, group in enumerate(groups)
        ]
        upper = [group or word for group, word in zip(groups, words, strict=True)]
        self.grid.rows.append(["" if follow else cell for follow, cell in zip(follows, upper, strict=True)])
        self.grid.rows.append([word if group else "" for group, word in zip(groups, words, strict=True)])

    def word(self, role: str) -> str:
        if role == "signed" and "latest" in self.columns:
            role = "first"
        word = WORDS[role][self.dress.word % len(WORDS[role])]
        middle = len(word) // 2
        return f"{word[:middle]}\n{word[middle:]}" if self.dress.broken_words and len(word) > 3 else word

    def own_cells(self, entry: Entry, number: int) -> dict[str, Cell]:
        made: dict[str, Cell] = {**entry.cells}
        if "number" in self.columns:
            made["number"] = number
        if "page" in self.dress.extras:
            made["page"] = 100 + number * 2
        if "division" in self.dress.extras and "division" not in self.told["roles"]:
            made["division"] = "危機管理課"
        return made

    def shown(self, own: dict[str, Cell], above: dict[str, Cell]) -> dict[str, Cell]:
        """The cells as they are written under those above them."""
        made = dict(own)
        for role, cell in own.items():
            if role == "section" and cell and cell == above.get(role):
                made[role] = {"blank": "", "merged": "", "ditto": "〃"}.get(self.dress.sections, cell)
            elif (
                role in ("title", "signed", "division")
                and self.dress.dittos
                and cell
                and cell == above.get(role)
            ):
                made[role] = self.dress.dittos
        return made

    def line(self, cells: dict[str, Cell]) -> None:
        self.grid.rows.append([cells.get(role, "") for role in self.columns])

    def expect(self, entry: Entry) -> None:
        self.made.expected.append({**entry.expected, "row": (self.grid.name, len(self.grid.rows))})

    def merge_sections(self) -> None:
        if self.dress.sections != "merged" or "section" not in self.columns or self.dress.header_again:
            return
        column = self.columns.index("section")
        rows = [row for (_name, row) in (one["row"] for one in self.made.expected)]
        starts = [row for row in rows if self.grid.rows[row - 1][column] != ""]
        for start, after in zip(starts, [*starts[1:], rows[-1] + 1], strict=True):
            if after - start > 1:
                self.grid.merges.append((start - 1, column, after - 2, column))

    def tail(self, count: int) -> None:
        if self.dress.tail:
            self.line({self.columns[0]: f"合計 {count}件"})
            self.grid.rows += [
                [],
                ["※ 締結日は当初の締結日です。"],
                ["問い合わせ先:総務部危機管理課 電話 000-000-0000"],
            ]


def _spelled(entry: Entry, dress: Dress) -> Entry:
    cells: dict[str, Any] = dict(entry.cells)
    partners = cells["partners"]
    if dress.companies:
        for spelling in ("株式会社", "(株)", "㈱"):
            partners = partners.replace(spelling, dress.companies)
    cells["partners"] = half_kana(partners) if dress.half_kana else partners
    signed_on = entry.expected["signed_on"]
    if dress.days and cells.get("signed") and isinstance(signed_on, str):
        cells["signed"] = DAYS[dress.days](*map(int, signed_on.split("-")))
    if dress.full_width:
        cells = {
            role: cell.translate(FULL_WIDTH) if isinstance(cell, str) else cell
            for role, cell in cells.items()
        }
    return Entry(cells, entry.expected)
