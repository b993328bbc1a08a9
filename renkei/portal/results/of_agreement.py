"""What came of one agreement, as everyone reads it: its work under the items, results by year, figures and aims."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement, Item
from renkei.initiatives.models import Indicator, Initiative, Result
from renkei.initiatives.vocabulary import InitiativeState
from renkei.portal.results.rows import PublicResult, public_results, with_everything
from renkei.rules.written_amounts import grouped


@dataclass(frozen=True)
class AgainstAim:
    """An indicator in a fiscal year: what was aimed at, and what the published results add up to."""

    year: int
    indicator: str
    unit: str
    aim: str
    value: str


@dataclass(frozen=True)
class ShownInitiative:
    """An initiative with its published results, the latest year first."""

    initiative: Initiative
    years: list[tuple[int, list[PublicResult]]]
    aims: list[AgainstAim]


@dataclass(frozen=True)
class UnderItem:
    """The work under one item of the agreement; None is what belongs to no item."""

    item: Item | None
    initiatives: list[ShownInitiative] = field(default_factory=list)


def work_of(agreement: Agreement, audience: Audience) -> list[UnderItem]:
    """The agreement's items in their order with their work; items without work are among them."""
    seen = Initiative.objects.seen_by(audience).about(agreement).exclude(state=InitiativeState.IDEA)
    initiatives = seen.select_related("field", "division").prefetch_related(
        "indicators__aims", "planned_years"
    )
    results: dict[int, list[Result]] = defaultdict(list)
    for result in with_everything(Result.objects.seen_by(audience).filter(agreement=agreement)):
        results[result.initiative_id].append(result)
    parts = [UnderItem(item) for item in agreement.items.all()]
    under = {part.item.pk: part for part in parts if part.item and part.item.pk}
    rest = UnderItem(None)
    for initiative in initiatives:
        shown = _shown(initiative, results[initiative.pk])
        (under.get(initiative.item_id, rest) if initiative.item_id else rest).initiatives.append(shown)
    return [*parts, *([rest] if rest.initiatives else [])]


def _shown(initiative: Initiative, results: list[Result]) -> ShownInitiative:
    years: dict[int, list[PublicResult]] = defaultdict(list)
    for one in public_results(results):
        years[one.result.fiscal_year].append(one)
    order = sorted(years.items(), reverse=True)
    return ShownInitiative(initiative, order, _against_aims(initiative, results))


def _against_aims(initiative: Initiative, results: list[Result]) -> list[AgainstAim]:
    told: dict[tuple[int, int], list[Decimal]] = defaultdict(list)
    for result in results:
        for figure in result.figures.all():
            told[result.fiscal_year, figure.indicator_id].append(figure.value)
    rows = []
    for indicator in initiative.indicators.all():
        aims = {aim.fiscal_year: aim.value for aim in indicator.aims.all()}
        for year in sorted({*aims, *(year for year, one in told if one == indicator.pk)}, reverse=True):
            aim, value = aims.get(year), _total(indicator, told.get((year, indicator.pk), []))
            rows.append(AgainstAim(year, indicator.name, indicator.unit, _written(aim), _written(value)))
    return sorted(rows, key=lambda row: -row.year)


def _total(indicator: Indicator, values: list[Decimal]) -> Decimal | None:
    """The sum of a year's entries; a rate is not added up, its latest value counts (results come latest first)."""
    if not values:
        return None
    return values[0] if indicator.unit in ("%", "%") else sum(values, Decimal(0))


def _written(number: Decimal | None) -> str:
    return "" if number is None else grouped(number)
