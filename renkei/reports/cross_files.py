"""A cross table written for spreadsheets, and as a chart."""

import csv
import io
from collections.abc import Callable, Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from renkei.reports.charts import Parted, bar_svg, png_of, stacked_svg
from renkei.reports.cross import Cross
from renkei.reports.cross_facts import Number
from renkei.reports.cross_words import Dimension
from renkei.reports.downloads import neutral

MOST_WIDTH = 40


def csv_of(cross: Cross) -> bytes:
    """The table with its totals: byte order mark, CRLF, no live formula, numbers without separators."""
    told = io.StringIO()
    writer = csv.writer(told, lineterminator="\r\n")
    for names, numbers in lines_of(cross):
        writer.writerow([*(neutral(name) for name in names), *(_plain(number) for number in numbers)])
    return ("\ufeff" + told.getvalue()).encode()


def xlsx_of(cross: Cross) -> bytes:
    """The table with its question above and what is to be known below; text is text, numbers are numbers."""
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold, number = (
        book.add_format({"bold": True, "text_wrap": True}),
        book.add_format({"num_format": "#,##0.##"}),
    )
    if cross.question.measure != "indicator":
        number = book.add_format({"num_format": "#,##0"})
    sheet = book.add_worksheet(_("クロス集計"))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, MOST_WIDTH)
    sheet.set_column(1, len(cross.columns) + 1, 14)
    sheet.write_string(0, 0, cross.question.caption, book.add_format({"bold": True}))
    top = 2
    for place, (names, numbers) in enumerate(lines_of(cross)):
        for column, name in enumerate(names):
            sheet.write_string(top + place, column, name, bold)
        for column, one in enumerate(numbers, start=len(names)):
            sheet.write_number(top + place, column, float(one), number)
    sheet.freeze_panes(top + 1, 1)
    for place, note in enumerate(cross.notes):
        sheet.write_string(top + len(cross.rows) + 3 + place, 0, note)
    book.close()
    return file.getvalue()


def lines_of(cross: Cross) -> Iterator[tuple[list[str], list[Number]]]:
    """The lines of the table: first their names, then their numbers."""
    question = cross.question
    unit = question.count_unit
    yield (
        [
            str(question.rows.label),
            *(head.label for head in cross.columns),
            _("合計(%(unit)s)") % {"unit": unit},
        ],
        [],
    )
    for row in cross.rows:
        yield [row.label], [*(cell.count for cell in row.cells), row.count]
    yield [_("合計")], [*(cell.count for cell in cross.totals), cross.total.count]


def svg_of(cross: Cross) -> str:
    """The rows as bars, each made of its columns; the largest first, but years in their order."""
    question = cross.question
    rows = cross.rows
    if question.rows != Dimension.YEAR:
        rows = sorted(rows, key=lambda row: -row.count)
    if not cross.columns:
        return bar_svg(rows, question.caption, unit=question.count_unit)
    order = list(range(len(cross.columns)))
    if question.columns != Dimension.YEAR:
        order.sort(key=lambda place: -cross.totals[place].count)
    parted = [Parted(row.label, tuple(row.cells[place].count for place in order)) for row in rows]
    names = [cross.columns[place].label for place in order]
    return stacked_svg(parted, names, question.caption, unit=question.count_unit)


def _plain(number: Number) -> str:
    return f"{number.normalize():f}" if isinstance(number, Decimal) else str(number)


FILES: dict[str, Callable[[Cross], bytes]] = {
    "csv": csv_of,
    "xlsx": xlsx_of,
    "svg": lambda cross: svg_of(cross).encode(),
    "png": lambda cross: png_of(svg_of(cross)),
}
