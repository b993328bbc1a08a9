"""Which initiatives a list shows: the words of its address, and what came of each in a year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement, Party
from renkei.initiatives.models import Aim, Indicator, Initiative, Result, ResultFigure
from renkei.initiatives.narrowing import asked_work, narrowed_initiatives
from renkei.initiatives.result_finding import held_by_named, last_word
from renkei.municipalities.models import Municipality

Params = Mapping[str, Sequence[str]]
IN_WORDS = (
    "title", "town_part", "partner_part", "audience", "place", "town_person", "partner_person", "agreement__title",
)  # fmt: skip


def initiatives_found(municipality: Municipality, params: Params, *, day: date) -> QuerySet[Initiative]:
    """The town's initiatives that the words of an address ask for, agreement by agreement in their order."""
    seen = Initiative.objects.seen_by(Audience.staff(municipality))
    divisions = held_by_named(municipality, params.get("division", ()), day)
    found = narrowed_initiatives(seen, asked_work({**params, "division": divisions}))
    if agreement := last_word(params, "agreement"):
        found = found.filter(agreement__in=Agreement.objects.filter(public_id=agreement).values("pk"))
    if partner := last_word(params, "partner"):
        parties = Party.objects.filter(organisation__public_id=partner).values("agreement")
        own = Q(organisation__public_id=partner) | Q(organisation__merged_into__public_id=partner)
        found = found.filter(own | Q(organisation=None, agreement__in=parties))
    for word in last_word(params, "q").split():
        anywhere = Q()
        for column in IN_WORDS:
            anywhere |= Q(**{f"{column}__icontains": word})
        found = found.filter(anywhere)
    return found.order_by("agreement__title", "agreement", "position")


def counts_of_results(initiatives: Iterable[Initiative], fiscal_year: int | None) -> dict[int, int]:
    """How many valid results each has, of one fiscal year or of all."""
    results = Result.objects.valid().filter(initiative__in=[one.pk for one in initiatives]).order_by()
    if fiscal_year is not None:
        results = results.of_year(fiscal_year)
    return dict(results.values_list("initiative").annotate(count=Count("pk")))


@dataclass(frozen=True)
class YearOfIndicator:
    """An indicator in a fiscal year: what was aimed at, and what the results add up to; None where nothing is told."""

    indicator: Indicator
    fiscal_year: int
    aim: Decimal | None
    reached: Decimal | None

    @property
    def share(self) -> int | None:
        """The reached part of the aim in whole percents."""
        if not self.aim or self.reached is None:
            return None
        return int(100 * self.reached / self.aim)


def years_of_indicators(initiative: Initiative) -> list[YearOfIndicator]:
    """Aim against value of every indicator in every year that has one of both, the latest year first."""
    indicators = {one.pk: one for one in Indicator.objects.filter(initiative=initiative)}
    aims = {
        (one.indicator_id, one.fiscal_year): one.value for one in Aim.objects.filter(indicator__in=indicators)
    }
    figures = ResultFigure.objects.filter(
        indicator__in=indicators, result__in=Result.objects.valid()
    ).order_by()
    sums = figures.values_list("indicator", "result__fiscal_year").annotate(total=Sum("value"))
    reached = {(indicator, year): total for indicator, year, total in sums}
    keys = sorted({*aims, *reached}, key=lambda key: (-key[1], indicators[key[0]].position))
    return [YearOfIndicator(indicators[key[0]], key[1], aims.get(key), reached.get(key)) for key in keys]
