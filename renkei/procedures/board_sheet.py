"""The list of procedures as rows for machines and for spreadsheets: every cell is text, and nothing in it is run."""

import csv
import io
import tempfile
from collections.abc import Iterator
from datetime import date
from typing import IO

from django.utils.translation import gettext as _

from renkei.procedures.board import Asked as Question
from renkei.procedures.board import Card, card_of, cards_of, ended, running
from renkei.procedures.models import ProcedureQuerySet
from renkei.rules.written_cells import neutral

AT_ONCE = 500
LONGEST_CELL = 32_767


def rows(found: ProcedureQuerySet, asked: Question, day: date, *, are_ended: bool) -> Iterator[list[str]]:
    """The head, then each procedure: those that run by step, those that have ended by their last day."""
    yield [
        _("受付番号"), _("件名"), _("相手方"), _("手続の種類"), _("協定形態"), _("窓口の課"), _("段階"), _("受付日"),
        _("この段階に入った日"), _("目安の日"), _("終わった日"), _("次にすること"), _("だれが"), _("いつまでに"), _("保留"),
    ]  # fmt: skip
    if are_ended:
        yield from (_row(card_of(one, day)) for one in ended(found, asked).iterator(AT_ONCE))
        return
    ids = [pk for step in running(found, asked, day).values() for pk in step]
    for start in range(0, len(ids), AT_ONCE):
        yield from (_row(card) for card in cards_of(ids[start : start + AT_ONCE], day))


def _row(card: Card) -> list[str]:
    one, following = card.procedure, card.next
    who = ""
    if following:
        who = following.person or str(following.division or following.side.label)
    return [
        one.receipt,
        one.title,
        str(one.organisation or one.partner_name),
        str(one.get_kind_display()),
        str(one.get_form_display()),
        str(one.division or ""),
        str(one.get_stage_display()),
        one.opened_on.isoformat(),
        one.stage_since.isoformat(),
        _iso(one.stage_due_on),
        _iso(one.closed_on),
        following.what if following else "",
        who,
        _iso(following.by if following else None),
        _("保留") if one.is_held else "",
    ]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def csv_lines(told: Iterator[list[str]]) -> Iterator[str]:
    """As CSV: byte order mark, CRLF, no live formula."""
    yield "\ufeff"
    for row in told:
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow([neutral(cell) for cell in row])
        yield line.getvalue()


def workbook(told: Iterator[list[str]]) -> IO[bytes]:
    """As an .xlsx, open at its beginning."""
    import xlsxwriter

    file = tempfile.TemporaryFile()  # noqa: SIM115 – the caller closes it
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    )
    sheet = book.add_worksheet(_("締結手続"))
    text, head = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True})
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_column(0, 14, 18, text)
    for number, row in enumerate(told):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell[:LONGEST_CELL], text if number else head)
    book.close()
    file.seek(0)
    return file
