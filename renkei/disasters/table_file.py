"""A table as a workbook that prints on A4 landscape; every cell is text, so that nothing in it is run."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from renkei.rules.written_cells import neutral

NAME, CHOICES = "支援内容", "選択肢"
LONGEST_CELL = 32_767
HEAD_POINTS = 30
LETTERS_ON_A4 = 200
"""Letters of a row that can be read on a sheet of A4; wider tables take several beside each other."""
SPARE = 200
"""Rows below the last in which lists still hold, for rows that are added."""


def workbook(
    heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]], lists: Mapping[int, Sequence[str]]
) -> bytes:
    """Rows below heads (word and width) that print on A4 landscape; `lists` offers choices by the place of a column."""
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    )
    sheet = book.add_worksheet(NAME)
    cell = {"num_format": "@", "text_wrap": True, "valign": "top", "border": 1, "font_size": 10}
    head_style = book.add_format(cell | {"bold": True, "bg_color": "#DDE6F0"})
    style = book.add_format(cell)
    for place, (word, width) in enumerate(heads):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, word, head_style)
    sheet.set_row(0, HEAD_POINTS)
    last = 0
    for last, row in enumerate(rows, start=1):
        for place, told in enumerate(row):
            sheet.write_string(last, place, neutral(told)[:LONGEST_CELL], style)
    for place, offered in lists.items():
        _offer(book, sheet, place, last + SPARE, offered)
    _print_on_a4(sheet, max(1, round(sum(width for _word, width in heads) / LETTERS_ON_A4)))
    book.close()
    return file.getvalue()


def _offer(book: Any, sheet: Any, place: int, last: int, offered: Sequence[str]) -> None:
    """A list to choose from; its words stand in a sheet of their own, as they may be longer than a rule holds."""
    words = book.get_worksheet_by_name(CHOICES) or book.add_worksheet(CHOICES)
    for row, word in enumerate(offered):
        words.write_string(row, place, word)
    from xlsxwriter.utility import xl_col_to_name

    column = xl_col_to_name(place)
    source = f"={CHOICES}!${column}$1:${column}${len(offered)}"
    sheet.data_validation(1, place, last, place, {"validate": "list", "source": source})


def _print_on_a4(sheet: Any, pages_wide: int) -> None:
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(pages_wide, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")
