"""A table of texts as CSV and as an .xlsx: nothing in a cell is run, and no number loses its noughts."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from renkei.rules.written_cells import neutral

LONGEST_CELL = 32_767
"""Letters of a cell that Excel can open."""
A3, A4 = 8, 9
"""Paper, by Excel's numbers."""


def csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """As CSV: byte order mark, CRLF (RFC 4180), no live formula."""
    yield "\ufeff"
    for row in rows:
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow([neutral(cell) for cell in row])
        yield line.getvalue()


def workbook(
    rows: Iterable[Sequence[str]], name: str, widths: Sequence[int] = (), *, fixed: int = 1, paper: int = A3
) -> IO[bytes]:
    """As an .xlsx of one sheet, open at its beginning; it prints across, its head on every page.

    `widths` are in letters, column by column; so many columns at the left stay in sight as `fixed` says.
    """
    import xlsxwriter

    file = tempfile.TemporaryFile()  # noqa: SIM115 – the caller closes it
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    )
    sheet = book.add_worksheet(name)
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    head = book.add_format({"num_format": "@", "bold": True, "text_wrap": True, "bg_color": "#E8EEF5"})
    sheet.freeze_panes(1, fixed)
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.hide_gridlines(0)
    sheet.set_column(0, 30, 16, text)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width, text)
    for number, row in enumerate(rows):
        if not number:
            sheet.autofilter(0, 0, 0, len(row) - 1)
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell[:LONGEST_CELL], text if number else head)
    book.close()
    file.seek(0)
    return file
