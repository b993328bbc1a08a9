"""The sheet (調査票) of a campaign as a workbook: a row for each line and each of its results, to be filled and sent back.

Every cell is text, so that nothing in it is run; the keys refuse typing, and the answers are chosen from lists.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from renkei.initiatives.answered import AnsweredLine
from renkei.initiatives.models import Campaign, CampaignLine, Result
from renkei.initiatives.sheets.columns import (
    ANSWER,
    FIGURES,
    KEY,
    KIND,
    KINDS,
    NAME,
    NOTHING,
    PROBLEMS,
    RESULT,
    SOME,
    UNLISTED,
    Column,
    columns_for,
)
from renkei.initiatives.vocabulary import LineAnswer, ResultState
from renkei.rules.japanese_calendar import both_calendars, fiscal_year_name, short_japanese_date
from renkei.rules.written_amounts import grouped

A4 = 9
HEAD = 2
"""The row of the heads, from 0; above it stand the title and how the sheet is filled."""
LINE, MOST_LINES = 14, 12
"""Points of a line of text, and the lines of the highest row."""
LONGEST_CELL = 32_767
SPARE = 200
"""Rows below the last in which lists and formats still hold, for rows that are copied."""
Cells = dict[str, str]


def sheet_of(campaign: Campaign, lines: Sequence[AnsweredLine], who: str, *, is_partner: bool) -> bytes:
    """The workbook of a division or a partner, with what is known of its lines."""
    rows = [cells for one in lines for cells in _rows(one, is_partner=is_partner)]
    return workbook(campaign, who, columns_for(is_partner=is_partner), rows)


def workbook(campaign: Campaign, who: str, columns: Sequence[Column], rows: Iterable[Cells]) -> bytes:
    """The rows as a workbook that prints on A4 landscape."""
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    )
    sheet = book.add_worksheet(NAME)
    formats = _formats(book)
    _set_up(sheet, campaign, who, columns, formats)
    place = HEAD
    for place, row in enumerate(rows, start=HEAD + 1):
        sheet.set_row(place, LINE * max(_lines(row.get(one.key, ""), one.width) for one in columns))
        for column, one in enumerate(columns):
            style = formats[_style(one)]
            sheet.write_string(place, column, row.get(one.key, "")[:LONGEST_CELL], style)
    _validate(sheet, columns, place)
    book.close()
    return file.getvalue()


def _style(column: Column) -> str:
    if column in (KEY, RESULT):
        return "key"
    return "problem" if column is PROBLEMS else "filled" if column.is_filled else "known"


def _lines(text: str, width: int) -> int:
    """How many lines the text takes in a column, so that a row shows all of it; Japanese letters are two wide."""
    letters = (sum(2 if ord(letter) > 0xFF else 1 for letter in line) for line in text.split("\n"))
    return min(sum(max(1, -(-count // (width - 2))) for count in letters), MOST_LINES)


def _formats(book: Any) -> dict[str, Any]:
    cell = {"num_format": "@", "text_wrap": True, "valign": "top", "border": 1, "font_size": 10}
    head = cell | {"bold": True, "valign": "vcenter", "bg_color": "#DDE6F0"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "how": book.add_format({"text_wrap": True, "valign": "top", "font_size": 10}),
        "head": book.add_format(head),
        "head_filled": book.add_format(head | {"bg_color": "#FFE699"}),
        "key": book.add_format(cell | {"bg_color": "#F2F2F2", "font_size": 7}),
        "known": book.add_format(cell | {"bg_color": "#F2F2F2"}),
        "filled": book.add_format(cell),
        "problem": book.add_format(cell | {"font_color": "#9C0006", "bg_color": "#FFE9EA"}),
    }


def _set_up(
    sheet: Any, campaign: Campaign, who: str, columns: Sequence[Column], formats: dict[str, Any]
) -> None:
    year = fiscal_year_name(campaign.fiscal_year)
    sheet.set_row(0, 22)
    sheet.write_string(
        0, 0, _("%(year)s 取組実績調査票 %(who)s") % {"year": year, "who": who}, formats["title"]
    )
    sheet.set_row(1, 64)
    sheet.merge_range(1, 0, 1, len(columns) - 1, "", formats["how"])
    sheet.write_string(1, 0, _how(campaign), formats["how"])
    sheet.set_row(HEAD, 28)
    for place, one in enumerate(columns):
        sheet.set_column(place, place, one.width)
        sheet.write_string(HEAD, place, one.head, formats["head_filled" if one.is_filled else "head"])
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    sheet.set_footer("&C&P / &N")


def _how(campaign: Campaign) -> str:
    """How the sheet is filled, in the words of whoever does it at the end of the day."""
    return "\n".join(
        (
            _("回答の期限: %s。黄色の見出しの列に書いて、この画面に戻してください。")
            % both_calendars(campaign.due_on),
            _(
                "1. 実績があれば「あり」を選び、行ったことを書きます。なければ「なし」を選び、理由を書きます。書かない行は、そのまま残ります。"
            ),
            _(
                "2. 一つの取組に実績がいくつもあるときは、行を複写して、実績番号を消してから書きます。番号の列は書き換えないでください。"
            ),
            _(
                "3. 行った日は R5.9.1、令和5年9月1日、2023/9/1 のどれでも。続いた日は「R5.9.1〜R5.9.3」。分からなければ空けてください。"
            ),
        )
    )


def _validate(sheet: Any, columns: Sequence[Column], last: int) -> None:
    """Lists for the answers; a sentence for whoever types over a key."""
    lists = {ANSWER.key: [SOME, NOTHING], KIND.key: list(KINDS)}
    for place, one in enumerate(columns):
        area = (HEAD + 1, place, last + SPARE, place)
        if one.key in lists:
            wrong = {"error_title": _("選んでください"), "error_message": _("一覧から選んでください。")}
            sheet.data_validation(*area, {"validate": "list", "source": lists[one.key], **wrong})
        elif one.key == KEY.key:
            wrong = {
                "error_title": _("番号"),
                "error_message": _("番号は書き換えないでください。行を複写してください。"),
            }
            sheet.data_validation(*area, {"validate": "custom", "value": "=FALSE", **wrong})
        elif one.key == FIGURES.key:
            how = {"input_title": _("指標の値"), "input_message": _("「=」の後に数を書いてください。")}
            sheet.data_validation(*area, {"validate": "any", **how})


def _rows(one: AnsweredLine, *, is_partner: bool) -> Iterator[Cells]:
    """A row for each result; one to be filled where there is none."""
    told = [result for result in one.results if result.state != ResultState.SENT_BACK]
    if not told:
        yield _line_cells(one) | _answer_cells(one.line, is_partner=is_partner)
    for result in told:
        yield _line_cells(one) | _result_cells(result)


def _line_cells(one: AnsweredLine) -> Cells:
    line, initiative = one.line, one.line.initiative
    return {
        "line": line.public_id,
        "agreement": line.agreement.title,
        "partners": "、".join(one.partners),
        "item": str(initiative.item) if initiative and initiative.item else "",
        "title": initiative.title if initiative else UNLISTED,
        "before": _before(one),
        "figures": figure_lines(line),
    }


def _before(one: AnsweredLine) -> str:
    if one.before:
        return "\n".join(_in_short(result) for result in one.before)
    return _("なし(%s)") % one.reason_before if one.reason_before else ""


def _in_short(result: Result) -> str:
    day = f"{short_japanese_date(result.done_on)} " if result.done_on else ""
    return f"{day}{result.what[:80]}"


def _answer_cells(line: CampaignLine, *, is_partner: bool) -> Cells:
    """「なし」 with its reason; a partner does not read the reason that the town told."""
    if line.answer != LineAnswer.NOTHING or (is_partner and not line.answered_by_partner):
        return {}
    return {ANSWER.key: NOTHING, "reason": line.reason}


def figure_lines(line: CampaignLine) -> str:
    """受講者数(人)= for each indicator, so that only the number is to be written."""
    indicators = line.initiative.indicators.all() if line.initiative else []
    return "\n".join(f"{one}=" for one in indicators)


def _result_cells(result: Result) -> Cells:
    days = [short_japanese_date(day) for day in (result.done_on, result.done_until) if day]
    return {
        RESULT.key: result.public_id,
        ANSWER.key: SOME,
        "day": "〜".join(days),
        "what": result.what,
        "kind": str(result.get_kind_display()),
        "figures": "\n".join(f"{one.indicator}={grouped(one.value)}" for one in result.figures.all()),
        "town_cost": "" if result.town_cost is None else str(result.town_cost),
        "partner_cost": "" if result.partner_cost is None else str(result.partner_cost),
    }


def with_problems(campaign: Campaign, who: str, rows: Sequence[dict[str, Any]], *, is_partner: bool) -> bytes:
    """The rows as they were sent, with what is wrong with each in the last column."""
    told = [
        row["cells"] | {PROBLEMS.key: "\n".join([*row["problems"], *row["remarks"]])}
        for row in rows
        if row["state"] in ("problem", "good")
    ]
    return workbook(campaign, who, (*columns_for(is_partner=is_partner), PROBLEMS), told)
