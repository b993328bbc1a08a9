"""What an address asks of a year's results, and what can be asked further."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from renkei.agreements.audience import Audience
from renkei.agreements.seen import partners_seen_by
from renkei.agreements.vocabulary import Form
from renkei.initiatives.models import Result
from renkei.initiatives.models.result import ResultQuerySet
from renkei.initiatives.published import PUBLIC_WORDS, results_of_year
from renkei.initiatives.vocabulary import ResultKind
from renkei.portal.results.counting import Known, counted, groups
from renkei.portal.towns import audience_of
from renkei.search.labels import FACET_NAMES, labels
from renkei.search.listing import Chosen, Facet, Value

MOST_VALUES, MOST_WORDS, LONGEST = 30, 5, 100
SHOWN_VALUES = 10
OF_ONE_TOWN = {"partner", "division"}
"""Facets that make sense only where one town is asked."""
NAMES = {**FACET_NAMES, "partner": _("相手方"), "result": _("実績の種類")}
PARTNER = "agreement__parties__organisation"
ITS_PARTNERS = Q(organisation=None) | Q(organisation=F(PARTNER))
"""Of an agreement with several partners the one that did it, where it is told."""
FACETS = ("field", "result", "kind", "partner", "form", "division", "municipality")


@dataclass(frozen=True)
class AskedResults:
    """A question to the published results of a fiscal year."""

    year: int
    audience: Audience
    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def facets(self) -> tuple[str, ...]:
        """The facets that this audience can use."""
        one_town = self.audience.municipality is not None
        left_out = {"municipality"} if one_town else OF_ONE_TOWN
        return tuple(facet for facet in FACETS if facet not in left_out)


def asked_results(request: HttpRequest, year: int) -> AskedResults:
    """From the address; what nobody knows finds nothing."""
    audience = audience_of(request)
    question = AskedResults(year, audience, request.GET.get("q", "")[:LONGEST].replace("\0", ""))
    chosen = {
        facet: tuple(value[:60].replace("\0", "") for value in request.GET.getlist(facet)[:MOST_VALUES])
        for facet in question.facets
        if request.GET.getlist(facet)
    }
    return AskedResults(year, audience, question.text, chosen)


def found(question: AskedResults, *, without: str = "") -> ResultQuerySet:
    """The results that are asked for; `without` leaves one facet out, to count what else it could be."""
    results = results_of_year(question.audience, question.year)
    for word in question.text.split()[:MOST_WORDS]:
        results = results.annotate(words=PUBLIC_WORDS).filter(
            Q(words__icontains=word)
            | Q(initiative__title__icontains=word)
            | Q(agreement__title__icontains=word)
        )
    for facet, values in question.chosen.items():
        if facet != without:
            results = results.filter(CONDITIONS[facet](values))
    return results


def _of_field(values: Iterable[str]) -> Q:
    condition = Q(pk__in=[])
    for value in values:
        if value == "none":
            condition |= Q(initiative__field=None)
        else:
            condition |= Q(initiative__field__slug=value) | Q(initiative__field__slug__startswith=f"{value}.")
    return condition


def _of_division(values: Iterable[str]) -> Q:
    given = list(values)
    keys = [int(value) for value in given if value.isascii() and value.isdigit() and len(value) < 18]
    condition = Q(division__in=keys)
    return condition | Q(division=None) if "none" in given else condition


def _of_partners(condition: Q) -> Q:
    """One row of a result, though an agreement may have many partners that are meant."""
    meant = Result.objects.filter(condition & ITS_PARTNERS)
    return Q(pk__in=meant.order_by().values("pk"))


CONDITIONS: dict[str, Callable[[Iterable[str]], Q]] = {
    "field": _of_field,
    "division": _of_division,
    "result": lambda values: Q(kind__in=list(values)),
    "form": lambda values: Q(agreement__form__in=list(values)),
    "municipality": lambda values: Q(municipality__code__in=list(values)),
    "kind": lambda values: _of_partners(Q(**{f"{PARTNER}__kind__in": list(values)})),
    "partner": lambda values: _of_partners(Q(**{f"{PARTNER}__public_id__in": list(values)})),
}


def facets(question: AskedResults) -> list[Facet]:
    """What the list can be narrowed by, with names and counts."""
    shown, known = [], Known(results_of_year(question.audience, question.year))
    together = groups(found(question))
    for facet in question.facets:
        chosen = question.chosen.get(facet, ())
        counts = counted(facet, groups(found(question, without=facet)) if chosen else together, known)
        if len(counts) < 2 and not chosen:
            continue
        order = sorted(counts, key=lambda value: (value not in chosen, -counts[value], value))
        kept = order if facet == "field" else order[: SHOWN_VALUES + len(chosen)]
        names = _names(facet, kept, question.audience)
        named = [Value(one, names[one], counts[one], one in chosen) for one in kept if one in names]
        values = _two_levels(named) if facet == "field" else named
        shown.append(Facet(facet, str(NAMES[facet]), values, len(order) - len(kept)))
    return shown


def chosen(question: AskedResults) -> list[Chosen]:
    """The filters that are on, in the order of the facets."""
    told = []
    for facet, values in question.chosen.items():
        names = _names(facet, values, question.audience)
        told += [Chosen(facet, one, str(NAMES[facet]), names.get(one, one[:40])) for one in values]
    return told


def _names(facet: str, values: Iterable[str], audience: Audience) -> dict[str, str]:
    given = list(values)
    if facet == "result":
        known: dict[str, Any] = dict(ResultKind.choices)
        return {value: str(known[value]) for value in given if value in known}
    if facet == "partner":
        seen = partners_seen_by(audience).filter(public_id__in=given)
        return dict(seen.values_list("public_id", "name"))
    if facet == "form":
        return {value: str(Form(value).label) for value in given if value in Form}
    names = labels(facet, given, audience)
    return {**names, "none": str(_("分野なし"))} if facet == "field" else names


def _two_levels(values: list[Value]) -> list[Value]:
    """The fields of the upper level in the order of their counts, each with those below it."""
    tops = sorted((one for one in values if "." not in one.value), key=lambda one: -one.count)
    return [Value(top.value, top.name, top.count, top.is_chosen, _below(top.value, values)) for top in tops]


def _below(top: str, values: list[Value]) -> list[Value]:
    return sorted((one for one in values if one.value.startswith(f"{top}.")), key=lambda one: -one.count)
