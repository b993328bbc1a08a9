"""Readiness and its tasks as rows for machines and for spreadsheets: every cell is text, and nothing in it is run."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

from django.utils.translation import gettext as _

from renkei.disasters.readiness.judging import function_name
from renkei.disasters.readiness.one import AgreementReadiness
from renkei.disasters.readiness.signs import Sign
from renkei.disasters.readiness.tasks import Task
from renkei.rules.written_cells import SEPARATOR, neutral

LONGEST_CELL = 32_767
WIDE, NARROW = 36, 16


def agreement_rows(agreements: Iterable[AgreementReadiness]) -> Iterator[list[str]]:
    """The head, then each agreement with every sign and why."""
    signs = [head for sign in Sign for head in (str(sign.label), _("%(sign)sの理由") % {"sign": sign.label})]
    yield [_("協定"), _("相手方"), _("担当課"), _("支援の種類"), _("満たす項目"), *signs, _("番号")]
    for one in agreements:
        told = [text for state in one.signs.values() for text in (state.word, state.sentence)]
        yield [
            one.agreement.title,
            SEPARATOR.join(partner.name for partner in one.partners),
            str(one.holder or ""),
            SEPARATOR.join(function_name(each) for each in one.functions),
            str(one.fulfilled),
            *told,
            one.agreement.public_id,
        ]


def task_rows(tasks: Iterable[Task]) -> Iterator[list[str]]:
    """The head, then each task."""
    yield [_("担当"), _("相手方"), _("協定"), _("すること"), _("いまの状態"), _("項目"), _("番号")]
    for one in tasks:
        yield [
            str(one.division or _("防災担当")),
            one.partner.name if one.partner else "",
            one.agreement.title,
            one.to_do,
            one.state.sentence,
            str(one.sign.label),
            one.agreement.public_id,
        ]


def csv_lines(rows: Iterable[list[str]]) -> Iterator[str]:
    """As CSV: byte order mark, CRLF, no live formula."""
    yield "\ufeff"
    for row in rows:
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow([neutral(cell) for cell in row])
        yield line.getvalue()


def workbook(rows: Iterable[list[str]], name: str) -> IO[bytes]:
    """As an .xlsx, open at its beginning; long cells are wrapped, the head stays on every page."""
    import xlsxwriter

    file = tempfile.TemporaryFile()  # noqa: SIM115 – the caller closes it
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    )
    sheet = book.add_worksheet(name)
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    head = book.add_format({"num_format": "@", "bold": True, "text_wrap": True, "bg_color": "#E8EEF5"})
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for number, row in enumerate(rows):
        if not number:
            for place, title in enumerate(row):
                sheet.set_column(place, place, WIDE if _is_long(title) else NARROW, text)
            sheet.autofilter(0, 0, 0, len(row) - 1)
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell[:LONGEST_CELL], text if number else head)
    book.close()
    file.seek(0)
    return file


def _is_long(title: str) -> bool:
    return title in (_("協定"), _("相手方"), _("すること"), _("いまの状態")) or title.endswith(_("の理由"))
