"""The list on paper: A4, the head on each page, the town, the day and page n/N below."""

from pathlib import Path

from django.utils.translation import gettext as _

from renkei.documents.paper import Paper, paper
from renkei.rules.japanese_calendar import both_calendars
from renkei.search.asking import Asked
from renkei.search.columns import Address
from renkei.search.exports import Columns, rows
from renkei.search.finding import find_all
from renkei.search.layouts import Column

TEMPLATE = Path(__file__).parent / "papers" / "list.typ"
MOST = 3000
COLUMNS = ("協定名", "相手方", "締結日(和暦)", "終期(和暦)", "更新", "状態", "主な分野", "担当課")
WIDTHS = {
    "協定名": 5,
    "相手方": 4,
    "目的": 5,
    "連携事項": 4,
    "アドレス": 4,
    "担当課": 2,
    "庁内メモ": 4,
    "台帳の記載": 4,
}
USUAL_WIDTH = 2
LONGEST_CELL = 600


class TooManyForPaper(ValueError):
    """More agreements than anybody prints; str() says what to do."""


def paper_list(question: Asked, address: Address, *, town: str, layout: Columns | None = None) -> Paper:
    """The list as a PDF; raises QueryRefused, TooManyForPaper or PaperRefused."""
    ids = find_all(question)
    if len(ids) > MOST:
        raise TooManyForPaper(
            _("%(count)s件あります。紙の一覧は%(most)s件までです。条件で絞るか、Excelで書き出してください。")
            % {"count": f"{len(ids):,}", "most": f"{MOST:,}"}
        )
    shown = layout or [Column(name, name) for name in COLUMNS]
    told = {
        "title": "連携協定の一覧",
        "town": town,
        "day": both_calendars(question.day),
        "lead": f"{len(ids):,}件",
        "heads": [column.head for column in shown],
        "widths": [WIDTHS.get(column.name, USUAL_WIDTH) for column in shown],
        "rows": [[_short(cell) for cell in row] for row in rows(ids, question, address, shown)],
    }
    return paper(TEMPLATE, told)


def _short(cell: str) -> str:
    return cell if len(cell) <= LONGEST_CELL else f"{cell[:LONGEST_CELL]}…"
