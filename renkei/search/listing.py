"""A page of the list of agreements: its rows, and the facets with their names."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import islice

from django.db.models import Prefetch

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement, AgreementField, Party
from renkei.agreements.vocabulary import top_field
from renkei.search.asking import PAGE, STATES, Asked
from renkei.search.finding import FacetValue, Found, find
from renkei.search.labels import FACET_NAMES, labels
from renkei.search.rows import Row, rows

CHUNK = 500
MOST_VALUES = 10
"""Values of a facet that are shown at first; the most frequent ones."""


@dataclass(frozen=True)
class Value:
    """A facet value with its name, its count, and the values of the level below."""

    value: str
    name: str
    count: int
    is_chosen: bool
    below: list["Value"] = field(default_factory=list)


@dataclass(frozen=True)
class Facet:
    """A facet with its values, the most frequent first."""

    facet: str
    name: str
    values: list[Value]
    left_out: int = 0


@dataclass(frozen=True)
class Chosen:
    """A filter that is on, with what to call it."""

    facet: str
    value: str
    facet_name: str
    name: str


@dataclass(frozen=True)
class Listing:
    """All that a page of the list shows."""

    found: Found
    rows: list[Row]
    facets: list[Facet]
    chosen: list[Chosen]

    @property
    def first(self) -> int:
        """The number of the first row of the page among all results."""
        return (self.found.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        """The number of the last row of the page."""
        return self.first + len(self.rows) - 1


def listing(question: Asked, *, whole: Sequence[str] = ()) -> Listing:
    """Find and read what the page shows, the facets named in `whole` with all their values; raises QueryRefused."""
    found = find(question)
    return Listing(
        found, rows(found, question.audience), facets(found, question.audience, whole), chosen(question)
    )


def partner_names(agreement: Agreement, audience: Audience) -> list[str]:
    """The names of the parties beside the town, as the audience may see them."""
    others = [party for party in agreement.parties.all() if party.organisation_id]
    return [party.name_as_signed if audience.internal else party.public_name for party in others]


def in_order(ids: Sequence[int]) -> list[Agreement]:
    """The agreements with what downloads show of them, in the order of the ids."""
    read = Agreement.objects.filter(pk__in=ids).select_related(
        "municipality", "division", "series", "renewal_rule"
    )
    by_id = read.prefetch_related(
        Prefetch("parties", Party.objects.select_related("organisation")),
        Prefetch("field_links", AgreementField.objects.select_related("field")),
        "terms",
        "items",
    ).in_bulk()
    return [by_id[pk] for pk in ids if pk in by_id]


def agreements_in_order(ids: Iterable[int]) -> Iterator[Agreement]:
    """The agreements of downloads in the order of the ids, read in chunks."""
    rest = iter(ids)
    while some := list(islice(rest, CHUNK)):
        yield from in_order(some)


def facets(found: Found, audience: Audience, whole: Sequence[str] = ()) -> list[Facet]:
    """The facets that can narrow the list, with names."""
    shown = []
    for facet, values in found.facets.items():
        if len(values) < 2 and not any(value.is_chosen for value in values):
            continue
        most = len(values) if facet == "field" or facet in whole else MOST_VALUES
        kept = nsmallest(most, values, key=_order(facet))
        names = labels(facet, [value.value for value in kept], audience)
        named = [Value(one.value, names[one.value], one.count, one.is_chosen) for one in kept]
        shown.append(
            Facet(
                facet,
                str(FACET_NAMES[facet]),
                _two_levels(named) if facet == "field" else named,
                len(values) - len(kept),
            )
        )
    return shown


def chosen(question: Asked) -> list[Chosen]:
    """The filters that are on, in the order of the facets."""
    found = []
    for facet, values in question.chosen.items():
        names = labels(facet, values, question.audience)
        found += [Chosen(facet, value, str(FACET_NAMES[facet]), names[value]) for value in values]
    return found


def _order(facet: str) -> Callable[[FacetValue], tuple[object, ...]]:
    """States in their own order, years from the newest, everything else from the most frequent."""
    if facet == "state":
        return lambda one: (STATES.index(one.value) if one.value in STATES else len(STATES),)
    if facet == "year":
        return lambda one: (not one.value.isdecimal(), -int(one.value) if one.value.isdecimal() else 0)
    return lambda one: (not one.is_chosen, -one.count, one.value)


def _two_levels(values: Iterable[Value]) -> list[Value]:
    """The fields of the upper level, each with those of the lower level under it."""
    ordered = sorted(values, key=lambda value: -value.count)
    below: dict[str, list[Value]] = defaultdict(list)
    for value in ordered:
        if "." in value.value:
            below[top_field(value.value)].append(value)
    return [
        Value(top.value, top.name, top.count, top.is_chosen, below[top.value])
        for top in ordered
        if "." not in top.value
    ]
