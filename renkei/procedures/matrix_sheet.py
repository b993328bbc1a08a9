"""The answers of all divisions as a workbook: the matrix on one sheet, each answer in a row on another; all text."""

import tempfile
from collections.abc import Sequence
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.procedures.matrix import Cell, Matrix
from renkei.procedures.models import Procedure
from renkei.rules.japanese_calendar import japanese_date

LONGEST_CELL = 32_767
A4 = 9
"""The number of the paper in a workbook."""


def matrix_workbook(procedure: Procedure, matrix: Matrix) -> IO[bytes]:
    """The matrix as an .xlsx, open at its beginning; every cell is text, so that nothing in it is run."""
    import xlsxwriter

    file = tempfile.TemporaryFile()  # noqa: SIM115 – the caller closes it
    book = xlsxwriter.Workbook(file, {"strings_to_urls": False, "strings_to_formulas": False})
    _write(book, _("一覧表"), procedure, _matrix_rows(matrix))
    _write(book, _("回答"), procedure, _answer_rows(matrix))
    book.close()
    file.seek(0)
    return file


def _matrix_rows(matrix: Matrix) -> list[list[str]]:
    totals = [one.words for one in matrix.rows[0].totals] if matrix.rows else []
    head = [_("連携事項"), _("内容"), *(str(one.division) for one in matrix.divisions), *totals, _("未回答")]
    return [
        head,
        *(
            [
                row.item.heading,
                row.item.description,
                *(_words_of(cell) for cell in row.cells),
                *(str(total.count) for total in row.totals),
                str(row.silent),
            ]
            for row in matrix.rows
        ),
    ]


def _words_of(cell: Cell) -> str:
    lines = [f"{cell.mark} {cell.words}".strip()]
    if cell.answer and cell.answer.conditions:
        lines.append(cell.answer.conditions)
    return "\n".join([*lines, *(f"■ {title}" for title in cell.proposals)])


def _answer_rows(matrix: Matrix) -> list[list[str]]:
    head = [
        _("課"),
        _("連携事項"),
        _("回答"),
        _("条件・理由"),
        _("取組の案"),
        _("担当者"),
        _("全体についての意見"),
    ]
    rows = [[*head, _("回答の期限"), _("回答した日"), _("期限後の回答")]]
    rows.extend(
        [str(cell.division), row.item.heading, *_said(cell)]
        for row in matrix.rows
        for cell in row.cells
        if cell.asked
    )
    return rows


def _said(cell: Cell) -> list[str]:
    asked, answer = cell.asked, cell.answer
    assert asked
    answered = japanese_date(timezone.localdate(asked.answered_at)) if asked.answered_at else ""
    return [
        cell.words,
        answer.conditions if answer else "",
        answer.initiatives if answer else "",
        asked.person,
        asked.remarks,
        japanese_date(asked.due_on),
        answered,
        _("はい") if asked.was_late else "",
    ]


def _write(book: Any, name: str, procedure: Procedure, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(name)
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
    head = book.add_format({"num_format": "@", "bold": True, "text_wrap": True, "border": 1})
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&L{procedure.title.replace('&', '&&')[:200]}")
    sheet.set_footer("&C&P / &N")
    sheet.set_column(0, len(rows[0]) - 1, 20, text)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell[:LONGEST_CELL], head if number == 0 else text)
