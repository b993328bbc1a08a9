"""A list of partners as a person pastes it or a sheet holds it: one partner in each line, cells in any order."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from renkei.rules.cells import serial_day
from renkei.rules.japanese_calendar import PartialDay, UnreadableDay, read_day

LONGEST = 1000
"""Lines of one list; a longer one is for the ledger's import."""

HEADERS: tuple[tuple[str, str], ...] = (
    ("number", r"法人番号|corporatenumber"),
    ("signed", r"締結|加入日|登録日|協定日|年月日|日付|signed"),
    ("unit", r"支店|支社|営業所|部署|店舗所在|unit"),
    ("signatory", r"署名|代表者|役職|signatory"),
    ("name", r"名称|相手方|事業者|企業名|団体名|会社名|店舗名|施設名|協定先|締結先|name|partner"),
    ("", r"番号|^no$|№|備考|住所|所在地|電話"),
)
"""What a cell of the first line may say of its column; those without a name are left alone."""

_DIGITS = re.compile(r"[0-9]{12,13}|[0-9]+(\.[0-9]+)?e\+?[0-9]+|t[0-9]{13}")


@dataclass(frozen=True)
class MemberFacts:
    """One partner as the list writes it; `line` counts from 1, the rest is as written."""

    line: int
    name: str
    signed: str = ""
    number: str = ""
    unit: str = ""
    signatory: str = ""

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """In the order in which a list is written back."""
        return self.name, self.signed, self.number, self.unit, self.signatory


def members_of_text(text: str) -> list[MemberFacts]:
    """The partners of a pasted list; cells are parted by tabs."""
    return members_of_rows([line.split("\t") for line in text.splitlines()])


def members_of_rows(rows: Sequence[Sequence[str]]) -> list[MemberFacts]:
    """The partners of the rows of a table; a first row of headings says which column is which."""
    told = [(number, [cell.strip() for cell in row]) for number, row in enumerate(rows, start=1)]
    told = [(number, row) for number, row in told if any(row)]
    headings = _headings(told[0][1]) if told else {}
    if headings:
        return [_by_headings(number, row, headings) for number, row in told[1:]]
    return [_by_content(number, row) for number, row in told]


def text_of(members: Sequence[MemberFacts]) -> str:
    """The list as text that `members_of_text` reads as the same: all five cells of each line, none left out."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in one.cells) for one in members)


def day_of(text: str) -> PartialDay | None:
    """A day as exactly as it is written, also as the number a spreadsheet keeps; None for an empty cell.

    Raises UnreadableDay.
    """
    if not text.strip():
        return None
    return serial_day(text.strip()) or read_day(text).day


def _headings(row: Sequence[str]) -> dict[int, str]:
    """Meaning by column, if the row is one of headings: it names a column of partners and holds no day or number."""
    if any(_is_number(cell) or _is_day(cell) for cell in row):
        return {}
    found: dict[int, str] = {}
    for place, cell in enumerate(row):
        plain = unicodedata.normalize("NFKC", cell).casefold().replace(" ", "")
        meaning = next((name for name, words in HEADERS if len(plain) <= 12 and re.search(words, plain)), "")
        if meaning and meaning not in found.values():
            found[place] = meaning
    others = [cell for place, cell in enumerate(row) if cell and place not in found]
    return found if "name" in found.values() and len(found) > len(others) and _is_heading(row, found) else {}


def _is_heading(row: Sequence[str], found: dict[int, str]) -> bool:
    """A lone word is a heading only if it is nothing but the heading: 「名称」 yes, 「見本事業者組合」 no."""
    name = next(row[place] for place, meaning in found.items() if meaning == "name")
    return len(found) > 1 or bool(
        re.fullmatch(r"(相手方|事業者|企業|団体|会社|店舗|施設)?の?(名称?|名)?", name)
    )


def _by_headings(number: int, row: Sequence[str], headings: dict[int, str]) -> MemberFacts:
    cells = {meaning: row[place] for place, meaning in headings.items() if place < len(row)}
    return MemberFacts(number, **{"name": "", **cells})


def _by_content(number: int, row: Sequence[str]) -> MemberFacts:
    """A full line has its cells in their places; of a shorter one, what reads as a number or a day is one."""
    if len(row) == 5 and all(not cell or _has_digit(cell) for cell in row[1:3]):
        return MemberFacts(number, *row)
    cells = {"name": row[0]}
    for place, cell in enumerate(row[1:], start=1):
        if meaning := _meaning(cell, place, cells):
            cells[meaning] = cell
    return MemberFacts(number, **cells)


def _meaning(cell: str, place: int, taken: Mapping[str, str]) -> str:
    """What a cell after the name is: a number, a day (or what was meant as one), else unit and signatory in order."""
    if cell and "number" not in taken and _is_number(cell):
        return "number"
    if cell and "signed" not in taken and (_is_day(cell) or (place == 1 and _has_digit(cell))):
        return "signed"
    return next((name for name in ("unit", "signatory") if cell and name not in taken), "")


def _has_digit(cell: str) -> bool:
    return any(letter.isdigit() for letter in cell)


def _is_number(cell: str) -> bool:
    plain = re.sub(r"[\s\-‐‑–—−ー'’]", "", unicodedata.normalize("NFKC", cell)).casefold()
    return bool(_DIGITS.fullmatch(plain))


def _is_day(cell: str) -> bool:
    try:
        return day_of(cell) is not None
    except UnreadableDay:
        return False
