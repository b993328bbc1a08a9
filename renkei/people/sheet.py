"""A sheet of transfers as lines: the columns are found by the words above them."""

import csv
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from django.utils.translation import gettext as _

MOST_LINES = 3000
LONGEST_CELL = 200
HEADERS: dict[str, tuple[str, ...]] = {
    "sign_in_name": ("サインイン名", "職員番号", "職員コード", "ログイン名", "ID"),
    "name": ("氏名", "職員名", "名前", "職員氏名"),
    "email": ("メールアドレス", "メール", "電子メール"),
    "former": ("異動前の課", "異動前", "旧所属", "前所属", "現所属", "異動元", "異動前所属", "異動前の所属"),
    "former_department": ("異動前の部", "旧部", "旧所属部", "異動前部"),
    "later": ("異動後の課", "異動後", "新所属", "異動先", "所属", "異動後所属", "異動後の所属"),
    "later_department": ("異動後の部", "新部", "新所属部", "異動後部"),
    "role": ("役割", "権限", "役割名"),
    "day": ("発令日", "初日", "異動日", "発令年月日", "最初の日"),
}


class SheetRefused(ValueError):
    """The sheet cannot be read; str() says what is wrong and what to do."""


@dataclass(frozen=True)
class Line:
    """A row of the sheet in words, with its number as people count rows."""

    number: int
    sign_in_name: str = ""
    name: str = ""
    email: str = ""
    former: str = ""
    later: str = ""
    role: str = ""
    day: str = ""

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Self:
        """A line as it was kept."""
        return cls(**told)

    def as_json(self) -> dict[str, Any]:
        """The line as it is kept."""
        return asdict(self)


COLUMNS = tuple(field.name for field in fields(Line) if field.name != "number")


def read_lines(rows: Sequence[Sequence[str]]) -> list[Line]:
    """The lines below the header; rows without any word are left out. Raises SheetRefused."""
    place, columns = _header(rows)
    below = list(enumerate(rows[place + 1 :], start=place + 2))
    lines = [_line(number, cells, columns) for number, cells in below if any(cell.strip() for cell in cells)]
    if not lines:
        raise SheetRefused(_("見出しの下に行がありません。異動する職員を1行に1人ずつ書いてください。"))
    if len(lines) > MOST_LINES:
        raise SheetRefused(
            _("%(most)s行を超える表は読めません。部ごとに分けてください。") % {"most": MOST_LINES}
        )
    return lines


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    for place, row in enumerate(rows):
        columns = columns_of(row)
        if "later" in columns and ("name" in columns or "sign_in_name" in columns):
            return place, columns
    raise SheetRefused(
        _(
            "見出しの行が見つかりません。「氏名」か「サインイン名」と「異動後の課」の見出しを1行に並べて、もう一度選んでください。"
        )
    )


def rows_of_text(text: str) -> list[list[str]]:
    """Rows of a pasted table: cells apart by tabs, or by commas where there is no tab. Raises SheetRefused."""
    try:
        return list(csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text else ","))
    except csv.Error as error:
        raise SheetRefused(
            _('貼り付けた表を読めません。引用符(")の閉じ忘れがないか確かめて、もう一度貼り付けてください。')
        ) from error


def text_of(lines: Sequence[Line]) -> str:
    """The lines as a table to mend by hand, with its header."""
    used = [
        name for name in COLUMNS if name in ("name", "later") or any(getattr(line, name) for line in lines)
    ]
    head = "\t".join(HEADERS[name][0] for name in used)
    return "\n".join([head, *("\t".join(getattr(line, name) for name in used) for line in lines)])


def columns_of(row: Sequence[str]) -> dict[str, int]:
    """Which column of the row stands for what, as far as it is a header."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        for name, words in _FOLDED.items():
            if folded(cell) in words:
                found.setdefault(name, place)
    return found


def folded(text: str) -> str:
    """Width and case made one, blanks taken out: for comparing words of two sheets."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


_FOLDED = {name: {folded(word) for word in words} for name, words in HEADERS.items()}


def _line(number: int, cells: Sequence[str], columns: dict[str, int]) -> Line:
    told = {
        name: " ".join(cells[place].split())[:LONGEST_CELL] if place < len(cells) else ""
        for name, place in columns.items()
    }
    if "sign_in_name" in told:
        told["sign_in_name"] = unicodedata.normalize("NFKC", told["sign_in_name"])
    for name in ("former", "later"):
        department = told.pop(f"{name}_department", "")
        if told.get(name) and department:
            told[name] = f"{department} {told[name]}"
    return Line(number, **told)
