"""Results as rows for machines and for spreadsheets: every cell is text, and nothing in it is run."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from renkei.initiatives.models import Result
from renkei.initiatives.valuing import formula_of
from renkei.rules.japanese_calendar import fiscal_year_name
from renkei.rules.written_amounts import grouped
from renkei.rules.written_cells import SEPARATOR

AT_ONCE = 500
WIDTHS = (10, 36, 24, 20, 36, 18, 12, 12, 14, 60, 18, 30, 14, 14, 14, 30, 30, 10, 12, 10, 10, 40, 30)


def rows(found: QuerySet[Result]) -> Iterator[list[str]]:
    """The head, then each result."""
    yield [
        _("年度"), _("協定"), _("相手方"), _("連携事項"), _("取組"), _("担当課"), _("行った日"), _("行った日(終わり)"),
        _("実績の種類"), _("行ったこと"), _("場所"), _("指標の値"), _("市の費用(円)"), _("相手方の費用(円)"), _("効果額(円)"),
        _("効果額の式"), _("額の根拠"), _("状態"), _("報告した側"), _("公開"), _("番号"), _("公開する文"), _("庁内メモ"),
    ]  # fmt: skip
    whole = found.select_related(
        "agreement", "initiative__item", "division", "organisation"
    ).prefetch_related("figures__indicator", "agreement__parties")
    for one in whole.iterator(AT_ONCE):
        yield _row(one)


def _row(one: Result) -> list[str]:
    figures = (
        f"{each.indicator.name}={grouped(each.value)}{each.indicator.unit}" for each in one.figures.all()
    )
    return [
        fiscal_year_name(one.fiscal_year),
        one.agreement.title,
        SEPARATOR.join(partner_names(one)),
        str(one.initiative.item or ""),
        one.initiative.title,
        str(one.division or ""),
        _iso(one.done_on),
        _iso(one.done_until),
        str(one.get_kind_display()),
        one.what,
        one.place,
        SEPARATOR.join(figures),
        _number(one.town_cost),
        _number(one.partner_cost),
        _number(one.value),
        formula_of(one),
        one.value_basis,
        str(one.get_state_display()),
        str(one.get_reported_side_display()),
        str(one.get_publicity_display()),
        one.public_id,
        one.public_text,
        one.notes,
    ]


def partner_names(one: Result) -> list[str]:
    """Who did it with the town: the partner of the result, else all partners of the agreement."""
    if one.organisation:
        return [one.organisation.name]
    return [party.name_as_signed for party in one.agreement.parties.all() if party.organisation_id]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _number(yen: int | None) -> str:
    return "" if yen is None else str(yen)
