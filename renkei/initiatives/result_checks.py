"""What a result must be like before it is written: its days, figures, costs and the formula of its value."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from renkei.initiatives.models import Indicator, Initiative
from renkei.initiatives.refusals import ResultRefused
from renkei.initiatives.result_facts import Reckoned, ResultFacts
from renkei.initiatives.valuing import worth
from renkei.initiatives.vocabulary import InitiativeState
from renkei.rules.fiscal_years import first_day, last_day
from renkei.rules.japanese_calendar import fiscal_year, fiscal_year_name, japanese_date

LARGEST_FIGURE = Decimal(10) ** 13
LARGEST_YEN = 10**15


def refuse_wrong(initiative: Initiative, facts: ResultFacts, day: date) -> None:
    """Refuse facts that cannot be so, as told on the day."""
    if not facts.what.strip():
        raise ResultRefused(_("行ったことを入れてください。例: 講座を3回開き、120人が受講した。"))
    _refuse_days(facts, day)
    _refuse_other_time(initiative, facts)
    _refuse_costs(facts)
    if facts.reckoned:
        _refuse_formula(facts.reckoned)


def _refuse_days(facts: ResultFacts, day: date) -> None:
    year = fiscal_year_name(facts.fiscal_year)
    if facts.fiscal_year > fiscal_year(day):
        raise ResultRefused(_("%(year)sはまだ始まっていません。年度を確かめてください。") % {"year": year})
    if facts.done_until and not facts.done_on:
        raise ResultRefused(_("行った日の終わりだけが入っています。始まりの日も入れてください。"))
    if facts.done_on and facts.done_until and facts.done_until < facts.done_on:
        raise ResultRefused(_("行った日の終わりは、始まりと同じ日か、それより後の日にしてください。"))
    for one in (facts.done_on, facts.done_until):
        if one and fiscal_year(one) != facts.fiscal_year:
            raise ResultRefused(
                _("%(day)sは%(year)sの日ではありません。年度か日を直してください。")
                % {"day": japanese_date(one), "year": year}
            )
        if one and one > day:
            raise ResultRefused(
                _("%(day)sはまだ来ていません。行った後に報告してください。") % {"day": japanese_date(one)}
            )


def _refuse_other_time(initiative: Initiative, facts: ResultFacts) -> None:
    """What has ended takes results of its own time only."""
    if initiative.state != InitiativeState.ENDED or not initiative.ends_on:
        return
    ended = initiative.ends_on
    first = facts.done_on or first_day(facts.fiscal_year)
    last = facts.done_until or facts.done_on or last_day(facts.fiscal_year)
    is_after = first > ended or bool(facts.done_until and facts.done_until > ended)
    if is_after or last < initiative.begins_on:
        raise ResultRefused(
            _("この取組は%(first)sから%(last)sまでのものです。その間に行ったことだけを報告できます。")
            % {"first": japanese_date(initiative.begins_on), "last": japanese_date(ended)}
        )


def _refuse_costs(facts: ResultFacts) -> None:
    for cost in (facts.town_cost, facts.partner_cost):
        if cost is not None and not 0 <= cost <= LARGEST_YEN:
            raise ResultRefused(_("費用は0円以上の額で入れてください。"))


def _refuse_formula(reckoned: Reckoned) -> None:
    if not reckoned.quantity > 0 or reckoned.price < 0 or reckoned.quantity >= LARGEST_FIGURE:
        raise ResultRefused(_("効果額は、0より大きい数量と1単位の額で入れてください。例: 30人 × 5,000円"))
    if reckoned.price > LARGEST_YEN or worth(reckoned) > LARGEST_YEN:
        raise ResultRefused(_("効果額が大きすぎます。数量と1単位の額の桁を確かめてください。"))
    if not reckoned.basis.strip():
        raise ResultRefused(_("額の根拠を入れてください。例: 同じ講座を業者に頼むときの単価(見積り)"))


def indicators_of(initiative: Initiative, figures: Mapping[str, Decimal]) -> dict[Indicator, Decimal]:
    """The figures by indicator; refused where the initiative has no such indicator."""
    known = {indicator.name: indicator for indicator in initiative.indicators.all()}
    for name, value in figures.items():
        if name not in known:
            names = "、".join(known) or _("(なし)")
            raise ResultRefused(
                _("指標「%(name)s」はこの取組にありません。使える指標: %(names)s")
                % {"name": name, "names": names}
            )
        if not 0 <= value < LARGEST_FIGURE:
            raise ResultRefused(_("指標「%(name)s」の値は0以上の数で入れてください。") % {"name": name})
    return {known[name]: value for name, value in figures.items()}
