"""What a list of agreements holds, written as rows for machines and for spreadsheets. Doors add only the headers."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from typing import IO, Any

from renkei.rules.written_cells import neutral
from renkei.search.asking import Asked
from renkei.search.columns import DAYS, Address, cells, columns
from renkei.search.finding import find_all
from renkei.search.layouts import Column
from renkei.search.listing import agreements_in_order

WIDTHS = {"協定名": 48, "相手方": 36, "目的": 48, "連携事項": 40, "アドレス": 40, "担当課": 20, "分野": 28}
LONGEST_CELL = 32_767
A3, A4 = 8, 9
"""Numbers of papers in a workbook; all columns are legible side by side on A3, those of a layout mostly on A4."""
FIRST_DAY_OF_A_SHEET = date(1900, 3, 1)
"""Before it, the program that reads the sheet counts a day that never was; such days stay text."""

Columns = Sequence[Column]


def all_columns(question: Asked) -> list[Column]:
    """Every column under its own name."""
    return [Column(name, name) for name in columns(question)]


def rows(ids: Iterable[int], question: Asked, address: Address, layout: Columns) -> Iterator[list[str]]:
    """The agreements as rows of the layout's columns, read in chunks."""
    places = {name: place for place, name in enumerate(columns(question))}
    wanted = [places[column.name] for column in layout]
    for agreement in agreements_in_order(ids):
        row = cells(agreement, question, address)
        yield [row[place] for place in wanted]


def csv_lines(question: Asked, address: Address, layout: Columns | None = None) -> Iterator[str]:
    """The list as CSV for spreadsheets: byte order mark, CRLF, no live formula; raises QueryRefused at once."""
    ids = find_all(question)
    layout = layout or all_columns(question)
    head = "\ufeff" + _csv_line([neutral(column.head) for column in layout])
    told = rows(ids, question, address, layout)
    return chain([head], (_csv_line([neutral(cell) for cell in row]) for row in told))


def workbook(question: Asked, address: Address, layout: Columns | None = None) -> IO[bytes]:
    """The list as an .xlsx, open at its beginning: days are days, everything else is text; raises QueryRefused."""
    import xlsxwriter

    ids = find_all(question)
    paper = A4 if layout else A3
    layout = layout or all_columns(question)
    file = tempfile.TemporaryFile()  # noqa: SIM115 – the caller closes it
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    )
    sheet = book.add_worksheet("協定一覧")
    _set_up(book, sheet, layout, paper)
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy/mm/dd"})
    number = 0
    for number, row in enumerate(rows(ids, question, address, layout), start=1):
        for place, (cell, column) in enumerate(zip(row, layout, strict=True)):
            exact = _exact_day(cell) if column.name in DAYS else None
            if exact:
                sheet.write_datetime(number, place, exact, day)
            else:
                sheet.write_string(number, place, cell[:LONGEST_CELL], text)
    sheet.autofilter(0, 0, number, len(layout) - 1)
    book.close()
    file.seek(0)
    return file


def _set_up(book: Any, sheet: Any, layout: Columns, paper: int) -> None:
    """Head, widths, frozen rows and the paper."""
    text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
    titles = [place for place, column in enumerate(layout) if column.name == "協定名"]
    sheet.freeze_panes(1, min(titles[0] + 1, 4) if titles else 0)
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")
    for place, column in enumerate(layout):
        sheet.set_column(place, place, WIDTHS.get(column.name, 14), text)
        sheet.write_string(0, place, column.head, head)


def _exact_day(cell: str) -> datetime | None:
    """The day of a cell that a sheet can hold as a day; None for months, years, nothing, and days before 1900-03-01."""
    if len(cell) != 10:
        return None
    day = date.fromisoformat(cell)
    return datetime(day.year, day.month, day.day) if day >= FIRST_DAY_OF_A_SHEET else None  # noqa: DTZ001


def _csv_line(row: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(row)
    return line.getvalue()
