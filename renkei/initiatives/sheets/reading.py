"""From the bytes of a sheet that came back to its rows, by the heads of the columns wherever they stand now."""

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from renkei.documents.tables import Table, tables_of
from renkei.initiatives.refusals import CampaignRefused
from renkei.initiatives.sheets.columns import COLUMNS, NEEDED
from renkei.rules.written_cells import restored

LOOKED_THROUGH = 20
"""Rows in which the heads are looked for."""


@dataclass(frozen=True)
class ReadRow:
    """A row as it stands in the sheet: its number there, and its cells by the key of their column."""

    number: int
    cells: dict[str, str]


def rows_of(content: bytes) -> list[ReadRow]:
    """The rows below the heads that hold anything; refused where no sheet of the file has the heads."""
    for table in tables_of(content):
        if found := _heads(table):
            place, heads = found
            return [row for row in _rows(table, place, heads) if any(row.cells.values())]
    raise CampaignRefused(
        _("調査票の見出し(%s)が見つかりません。ここからダウンロードした調査票に書き込んで、選んでください。")
        % "、".join(one.head for one in NEEDED)
    )


def _heads(table: Table) -> tuple[int, dict[int, str]] | None:
    known = {_folded(one.head): one.key for one in COLUMNS}
    for place, row in enumerate(table.rows[:LOOKED_THROUGH]):
        heads = {column: known[_folded(cell)] for column, cell in enumerate(row) if _folded(cell) in known}
        if {one.key for one in NEEDED} <= set(heads.values()):
            return place, heads
    return None


def _folded(cell: str) -> str:
    return "".join(unicodedata.normalize("NFKC", cell).split())


def _rows(table: Table, place: int, heads: dict[int, str]) -> list[ReadRow]:
    return [
        ReadRow(number + 1, {key: _text(row[column]) for column, key in heads.items() if column < len(row)})
        for number, row in enumerate(table.rows)
        if number > place
    ]


def _text(cell: str) -> str:
    """As it was written: without the apostrophe before what a spreadsheet would run, with one kind of line end."""
    return restored(cell.replace("\r\n", "\n").replace("\r", "\n").strip())
