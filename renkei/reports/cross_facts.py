"""What a cross table counts, read from the records: each thing once, with the values that it has in each dimension."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement, AgreementField, Party
from renkei.initiatives.models import ResultFigure
from renkei.reports.counts import is_within
from renkei.reports.cross_words import Dimension, Measure, Question
from renkei.reports.models import NONE, Stretch
from renkei.reports.movements import Movements, MovementsRefused
from renkei.reports.work_facts import Groups, Piece, fields_of, initiatives_in, results_in
from renkei.rules.japanese_calendar import PartialDay, fiscal_year

Number = int | Decimal


@dataclass(frozen=True)
class Thing:
    """What is counted: its values by dimension, its amount (None where none was told), what counts once only."""

    groups: Groups
    amount: Number | None
    keys: frozenset[int] = frozenset()


def things(audience: Audience, question: Question) -> list[Thing]:
    """Everything that the question counts, before it is narrowed."""
    if question.is_of_agreements:
        return [Thing(groups, 1) for groups in _agreements(audience, _counted(audience, question))]
    if question.measure == Measure.INITIATIVES:
        return _initiatives(audience, question)
    results = results_in(audience, question.years)
    if question.measure == Measure.INDICATOR:
        sums = _sums_of_indicators(audience, question)
        return [Thing(piece.groups, sums.get(piece.pk)) for piece in results]
    if question.measure == Measure.PARTNERS:
        return [one for piece in results for one in _partners(piece)]
    return [Thing(piece.groups, _amount(piece, question.measure)) for piece in results]


def _partners(piece: Piece) -> Iterable[Thing]:
    """Each partner of a result, under its own kind only."""
    for pk in piece.partners:
        yield Thing({**piece.groups, "kind": (piece.kinds[pk],)}, 1, frozenset([pk]))


def _initiatives(audience: Audience, question: Question) -> list[Thing]:
    """Each once; for each of its years where it counts by year, since its partners may have changed."""
    if Dimension.YEAR not in (question.rows, question.columns):
        pieces = initiatives_in(audience, question.years)
        return [Thing(piece.groups, 1, frozenset([piece.pk])) for piece in pieces]
    return [
        Thing(piece.groups, 1, frozenset([piece.pk]))
        for year in question.years
        for piece in initiatives_in(audience, [year])
    ]


def _amount(piece: Piece, measure: Measure) -> Number | None:
    amounts: Mapping[Measure, Number | None] = {
        Measure.VALUE: piece.value,
        Measure.TOWN_COST: piece.town_cost,
        Measure.PARTNER_COST: piece.partner_cost,
    }
    return amounts.get(measure, 1)


def _counted(audience: Audience, question: Question) -> set[int]:
    """The agreements that the question is about."""
    if question.measure == Measure.IN_FORCE:
        covering = Stretch.objects.true().seen_by(audience).covering(question.on)
        return set(covering.values_list("agreement", flat=True))
    if question.measure == Measure.ENDED:
        try:
            return {move.agreement for move in Movements(audience, question.since, question.on).ended}
        except MovementsRefused:
            return set()
    known = Agreement.objects.seen_by(audience).order_by().exclude(signed_as="")
    return {
        pk
        for pk, signed_as in known.values_list("pk", "signed_as")
        if is_within(signed_as, question.since, question.on)
    }


def _agreements(audience: Audience, wanted: set[int]) -> Iterable[Groups]:
    seen = Agreement.objects.seen_by(audience).order_by()
    fields: dict[int, list[str]] = defaultdict(list)
    links = AgreementField.objects.filter(agreement__in=seen.values("pk")).order_by()
    for agreement, slug in links.values_list("agreement", "field__slug"):
        fields[agreement].append(slug)
    kinds: dict[int, set[str]] = defaultdict(set)
    parties = Party.objects.filter(agreement__in=seen.values("pk"), organisation__isnull=False).order_by()
    for agreement, kind in parties.values_list("agreement", "organisation__kind"):
        kinds[agreement].add(kind)
    for pk, form, document, division, signed_as in seen.values_list(
        "pk", "form", "document_kind", "division", "signed_as"
    ):
        if pk in wanted:
            yield {
                "field": fields_of(fields[pk]),
                "kind": tuple(sorted(kinds[pk])) or (NONE,),
                "form": (form,),
                "document": (document,),
                "division": (str(division or NONE),),
                "year": (_fiscal_year_of(signed_as),),
            }


def _fiscal_year_of(signed_as: str) -> str:
    """The fiscal year of signing; NONE where it is not known for certain, as of "2019"."""
    if not signed_as:
        return NONE
    day = PartialDay.from_iso(signed_as)
    years = {fiscal_year(one) for one in (day.first, day.last)}
    return str(years.pop()) if len(years) == 1 else NONE


def _sums_of_indicators(audience: Audience, question: Question) -> dict[int, Decimal]:
    """By result, what its indicators of the unit add up to."""
    found = ResultFigure.objects.filter(
        indicator__unit=question.unit, result__fiscal_year__in=question.years
    ).order_by()
    if audience.municipality is not None:
        found = found.filter(result__municipality=audience.municipality)
    return dict(found.values_list("result").annotate(Sum("value")))
