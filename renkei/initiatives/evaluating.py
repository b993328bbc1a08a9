"""What is to be evaluated for a fiscal year, what was said, and how far it has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Sum

from renkei.agreements.models import Agreement, AgreementQuerySet
from renkei.initiatives.asked import in_force_in
from renkei.initiatives.models import Evaluation, Result, ResultFigure
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division, Municipality


@dataclass(frozen=True)
class ToEvaluate:
    """An agreement in a fiscal year: how many results, the year's evaluation, and that of the year before."""

    agreement: Agreement
    results: int
    evaluation: Evaluation | None
    before: Evaluation | None


def to_evaluate(municipality: Municipality, fiscal_year: int) -> AgreementQuerySet:
    """The town's agreements that were in force on any day of the fiscal year."""
    return in_force_in(municipality, fiscal_year).order_by("title", "pk")


def of_division(agreements: AgreementQuerySet, division: Division, day: date) -> AgreementQuerySet:
    """Those whose duties the division holds on the day."""
    return agreements.filter(division__in=Lineage(division.municipality).held_by(division, day))


def not_evaluated(agreements: AgreementQuerySet, fiscal_year: int) -> AgreementQuerySet:
    """Those of which nobody has said anything for the year."""
    said = Evaluation.objects.filter(agreement=OuterRef("pk"), fiscal_year=fiscal_year)
    return agreements.exclude(Exists(said))


def rows_of(agreements: Iterable[Agreement], fiscal_year: int) -> list[ToEvaluate]:
    """Each with its results and evaluations, in three questions for all."""
    shown = list(agreements)
    keys = [one.pk for one in shown]
    results = Result.objects.valid().of_year(fiscal_year).filter(agreement__in=keys).order_by()
    counts = dict(results.values_list("agreement").annotate(count=Count("pk")))
    said = Evaluation.objects.filter(agreement__in=keys, fiscal_year__in=(fiscal_year, fiscal_year - 1))
    by_year = {(one.agreement_id, one.fiscal_year): one for one in said}
    return [
        ToEvaluate(
            one,
            counts.get(one.pk, 0),
            by_year.get((one.pk, fiscal_year)),
            by_year.get((one.pk, fiscal_year - 1)),
        )
        for one in shown
    ]


def figures_of(agreement: Agreement, fiscal_year: int) -> list[tuple[str, str, object]]:
    """What the year's results of an agreement add up to: initiative, indicator, sum with all entries."""
    figures = ResultFigure.objects.filter(
        result__in=Result.objects.valid().of_year(fiscal_year), result__agreement=agreement
    )
    sums = figures.order_by("indicator__initiative__position", "indicator__position").values_list(
        "indicator__initiative__title", "indicator__name", "indicator__unit"
    )
    return [
        (title, f"{name}({unit})", total) for title, name, unit, total in sums.annotate(total=Sum("value"))
    ]
