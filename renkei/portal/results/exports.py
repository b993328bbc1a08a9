"""A year's results for spreadsheets and programs: the same columns in CSV and Excel, one object in JSON."""

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import IO, Any

from django.utils.translation import override

from renkei.initiatives.models import Result
from renkei.initiatives.vocabulary import ResultKind
from renkei.portal.results.asking import AskedResults, found
from renkei.portal.results.rows import PublicResult, public_result, with_everything
from renkei.rules.japanese_calendar import fiscal_year_name, japanese_date
from renkei.rules.written_cells import SEPARATOR, neutral
from renkei.search.columns import named
from renkei.search.json_export import LICENCE

Address = Callable[[Result], str]
CHUNK = 500
COLUMNS = (
    "団体コード", "自治体名", "年度", "年度(和暦)", "実績ID", "協定ID", "協定名", "相手方", "連携事項", "取組", "分野", "分野コード",
    "行った日", "行った日(和暦)", "行った日(終わり)", "行った日(終わり・和暦)", "実績の種類", "行ったこと", "指標と値",
    "効果額(円)", "効果額の式", "担当部", "担当課", "実績の例の順", "見本", "アドレス",
)  # fmt: skip
"""The heads of the table; a program can rely on them."""
DAYS = ("行った日", "行った日(終わり)")
NUMBERS = ("年度", "効果額(円)", "実績の例の順")
WIDTHS = {
    "協定名": 40,
    "相手方": 32,
    "取組": 40,
    "行ったこと": 56,
    "指標と値": 28,
    "アドレス": 40,
    "効果額の式": 28,
}
LONGEST_CELL = 32_767


def told(question: AskedResults) -> Iterator[PublicResult]:
    """All results that are asked for, read in chunks, in the order of the page."""
    for result in with_everything(found(question)).iterator(chunk_size=CHUNK):
        yield public_result(result)


def cells(one: PublicResult, address: Address) -> list[str]:
    """The row of the table, in the order of `COLUMNS`."""
    result, initiative = one.result, one.result.initiative
    field, division = initiative.field, result.division
    return [
        result.municipality.code,
        result.municipality.name,
        str(result.fiscal_year),
        fiscal_year_name(result.fiscal_year),
        result.public_id,
        result.agreement.public_id,
        result.agreement.title,
        SEPARATOR.join(one.partners),
        initiative.item.heading if initiative.item else "",
        initiative.title,
        field.name if field else "",
        field.slug if field else "",
        *_day(result.done_on),
        *_day(result.done_until),
        named(ResultKind)[result.kind],
        one.words,
        SEPARATOR.join(one.figures),
        str(result.value) if result.value is not None else "",
        one.formula,
        division.department if division else "",
        division.name if division else "",
        str(result.highlight or ""),
        "○" if result.is_sample else "",
        address(result),
    ]


def _day(day: date | None) -> tuple[str, str]:
    return (day.isoformat(), japanese_date(day)) if day else ("", "")


def csv_lines(question: AskedResults, address: Address) -> Iterator[str]:
    """CSV for spreadsheets: byte order mark, CRLF, no live formula."""
    yield "\ufeff" + _line(COLUMNS)
    with override("ja"):
        for one in told(question):
            yield _line([neutral(cell) for cell in cells(one, address)])


def _line(row: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(row)
    return line.getvalue()


def json_lines(question: AskedResults, address: Address) -> Iterator[str]:
    """One JSON object, written result by result."""
    head = {"fiscal_year": question.year, "total": found(question).count(), "licence": LICENCE}
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "results": ['
    for number, one in enumerate(told(question)):
        yield f"{',' if number else ''}\n  {json.dumps(as_json(one, address), ensure_ascii=False)}"
    yield "\n ]\n}\n"


def as_json(one: PublicResult, address: Address) -> dict[str, Any]:
    """The result as plain values; days as ISO text."""
    result, initiative = one.result, one.result.initiative
    division = result.division
    return {
        "id": result.public_id,
        "url": address(result),
        "municipality": {"code": result.municipality.code, "name": result.municipality.name},
        "agreement": {"id": result.agreement.public_id, "title": result.agreement.title},
        "partners": one.partners,
        "item": initiative.item.heading if initiative.item else None,
        "initiative": initiative.title,
        "field": initiative.field.slug if initiative.field else None,
        "kind": result.kind,
        "what": one.words,
        "done_on": result.done_on.isoformat() if result.done_on else None,
        "done_until": result.done_until.isoformat() if result.done_until else None,
        "figures": [
            {"indicator": figure.indicator.name, "unit": figure.indicator.unit, "value": float(figure.value)}
            for figure in result.figures.all()
        ],
        "value_yen": result.value,
        "value_formula": one.formula or None,
        "division": {"department": division.department, "name": division.name} if division else None,
        "highlight": result.highlight,
        "is_sample": result.is_sample,
    }


def workbook(question: AskedResults, address: Address) -> IO[bytes]:
    """An .xlsx, open at its beginning: days are days, numbers are numbers, everything else is text."""
    import xlsxwriter

    file = tempfile.TemporaryFile()  # noqa: SIM115 – the caller closes it
    options = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet(f"{fiscal_year_name(question.year)} 取組実績"[:31])
    _set_up(book, sheet)
    formats = {
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy/mm/dd", "valign": "top"}),
        "number": book.add_format({"num_format": "0", "valign": "top"}),
    }
    last = 0
    with override("ja"):
        for last, one in enumerate(told(question), start=1):
            _write_row(sheet, last, cells(one, address), formats)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    book.close()
    file.seek(0)
    return file


def _set_up(book: Any, sheet: Any) -> None:
    """Head, widths, frozen rows and the paper (A3 across)."""
    head = book.add_format({"bold": True, "num_format": "@"})
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")
    for place, name in enumerate(COLUMNS):
        sheet.set_column(place, place, WIDTHS.get(name, 14))
        sheet.write_string(0, place, name, head)


def _write_row(sheet: Any, number: int, row: list[str], formats: dict[str, Any]) -> None:
    for place, (name, cell) in enumerate(zip(COLUMNS, row, strict=True)):
        if cell and name in DAYS:
            sheet.write_datetime(number, place, datetime.fromisoformat(cell), formats["day"])
        elif cell and name in NUMBERS:
            sheet.write_number(number, place, int(cell), formats["number"])
        else:
            sheet.write_string(number, place, cell[:LONGEST_CELL], formats["text"])
