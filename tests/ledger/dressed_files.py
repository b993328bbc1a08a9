"""From a grid of cells to the bytes of a file, as the programs of an office would write them."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import xlsxwriter
import xlwt
from odf import number as odf_number
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

DAY, MONTH = 'ggge"年"m"月"d"日"', 'yyyy"年"m"月"'
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""


@dataclass(frozen=True)
class DayCell:
    """A true date of a spreadsheet; only its month may show."""

    day: date
    shows_day: bool = True

    def __str__(self) -> str:
        return f"{self.day.year}/{self.day.month}" + (f"/{self.day.day}" if self.shows_day else "")


Cell = str | int | DayCell


@dataclass
class Grid:
    """One sheet."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)


def text(grid: Grid, *, encoding: str = "utf-8", separator: str = ",") -> bytes:
    """A text table; raises UnicodeEncodeError where the encoding lacks a character."""
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="\r\n").writerows(grid.rows)
    return written.getvalue().encode(encoding)


def xlsx(grids: list[Grid]) -> bytes:
    """An Excel workbook by XlsxWriter."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        formats = {shows: book.add_format({"num_format": DAY if shows else MONTH}) for shows in (True, False)}
        for grid in grids:
            sheet = book.add_worksheet(grid.name)
            for merge in grid.merges:
                sheet.merge_range(*merge, "")
            for place, cell in _filled(grid):
                if isinstance(cell, DayCell):
                    sheet.write_datetime(*place, cell.day, formats[cell.shows_day])
                else:
                    sheet.write(*place, cell)
    return kept.getvalue()


def xls(grids: list[Grid]) -> bytes:
    """An old Excel workbook by xlwt."""
    book = xlwt.Workbook()
    for grid in grids:
        sheet = book.add_sheet(grid.name, cell_overwrite_ok=True)
        for first_row, first_column, last_row, last_column in grid.merges:
            sheet.merge(first_row, last_row, first_column, last_column)
        for (row, column), cell in _filled(grid):
            if isinstance(cell, DayCell):
                style = xlwt.easyxf(num_format_str="yyyy/m/d" if cell.shows_day else MONTH)
                sheet.write(row, column, cell.day, style)
            else:
                sheet.write(row, column, cell)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _filled(grid: Grid) -> Iterator[tuple[tuple[int, int], Cell]]:
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            if cell != "":
                yield (row, column), cell


def ods(grids: list[Grid]) -> bytes:
    """An OpenDocument sheet by odfpy."""
    book = OpenDocumentSpreadsheet()
    styles = {shows: _ods_style(book, shows) for shows in (True, False)}
    for grid in grids:
        table = Table(name=grid.name)
        covered, spans = _spans(grid.merges)
        for number, cells in enumerate(grid.rows):
            row = TableRow()
            for column, cell in enumerate(cells):
                place = (number, column)
                row.addElement(
                    CoveredTableCell() if place in covered else _ods_cell(cell, styles, spans.get(place))
                )
            table.addElement(row)
        book.spreadsheet.addElement(table)
    kept = io.BytesIO()
    book.write(kept)
    return kept.getvalue()


def _ods_style(book: OpenDocumentSpreadsheet, shows_day: bool) -> Style:
    shown = odf_number.DateStyle(name=f"D{shows_day:d}")
    shown.addElement(odf_number.Year(style="long"))
    shown.addElement(odf_number.Text(text="年"))
    shown.addElement(odf_number.Month())
    shown.addElement(odf_number.Text(text="月"))
    if shows_day:
        shown.addElement(odf_number.Day())
        shown.addElement(odf_number.Text(text="日"))
    style = Style(name=f"C{shows_day:d}", family="table-cell", datastylename=f"D{shows_day:d}")
    book.automaticstyles.addElement(shown)
    book.automaticstyles.addElement(style)
    return style


def _ods_cell(cell: Cell, styles: dict[bool, Style], span: tuple[int, int] | None) -> TableCell:
    said: dict[str, object] = {}
    if span:
        said = {"numberrowsspanned": span[0], "numbercolumnsspanned": span[1]}
    shown = str(cell)
    if isinstance(cell, DayCell):
        shown = f"{cell.day.year}年{cell.day.month}月" + (f"{cell.day.day}日" if cell.shows_day else "")
        said |= {
            "valuetype": "date",
            "datevalue": cell.day.isoformat(),
            "stylename": styles[cell.shows_day],
        }
    elif isinstance(cell, int):
        said |= {"valuetype": "float", "value": cell}
    elif cell:
        said["valuetype"] = "string"
    made = TableCell(**said)
    for line in shown.split("\n") if shown else ():
        made.addElement(P(text=line))
    return made


def _spans(merges: list[Merge]) -> tuple[set[tuple[int, int]], dict[tuple[int, int], tuple[int, int]]]:
    covered, spans = set(), {}
    for top, left, bottom, right in merges:
        covered |= {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        spans[top, left] = (bottom - top + 1, right - left + 1)
    return covered - set(spans), spans
