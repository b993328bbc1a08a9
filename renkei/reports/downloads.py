"""The figures written for programs and for spreadsheets, with Japanese names in every language."""

import csv
import io
import json
from datetime import date

from django.utils.translation import override

from renkei.agreements.audience import Audience
from renkei.reports.figures import Figures, register_on

COLUMNS = ("基準日", "締結期間の始まり", "表", "区分", "上位の区分", "件数")
TABLES = {
    "by_form": "協定形態", "by_field": "分野", "by_partner_kind": "相手方の区分", "by_division": "担当課", "by_year": "締結年",
}  # fmt: skip
FORMULA = tuple("=+-@\t\r＝＋－＠")
"""Beginnings that a spreadsheet would take for a formula."""


def json_text(audience: Audience, on: date, *, since: date | None = None) -> str:
    """One object; raises PeriodRefused."""
    with override("ja"):
        return json.dumps(register_on(audience, on, since=since).as_json(), ensure_ascii=False, indent=1)


def csv_text(audience: Audience, on: date, *, since: date | None = None) -> str:
    """One line for each figure: byte order mark, CRLF, no live formula; raises PeriodRefused."""
    with override("ja"):
        figures = register_on(audience, on, since=since)
        told = io.StringIO()
        writer = csv.writer(told, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        writer.writerows(lines(figures))
    return "\ufeff" + told.getvalue()


def lines(figures: Figures) -> list[tuple[str, ...]]:
    """All figures of the day, one after the other."""
    days = figures.on.isoformat(), figures.since.isoformat()
    found: list[tuple[str, ...]] = [
        (*days, "合計", "有効な協定", "", str(figures.total)),
        (*days, "合計", "そのうち期間内に締結", "", str(figures.signed)),
    ]
    for name, table in TABLES.items():
        for row in figures.tables[name]:
            found.append((*days, table, neutral(row.code or row.label), "", str(row.count)))
            found += [
                (*days, table, neutral(one.label), neutral(row.label), str(one.count)) for one in row.below
            ]
    return found


def neutral(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


TEXTS = {"json": json_text, "csv": csv_text}
