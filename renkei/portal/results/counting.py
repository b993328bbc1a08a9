"""How many of a year's results each value of each facet has: one question of the results for all facets together."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Count

from renkei.agreements.models import Agreement, Field, Party
from renkei.agreements.vocabulary import top_field
from renkei.initiatives.models.result import ResultQuerySet
from renkei.partners.models import PartnerKind


class Group(NamedTuple):
    """Results that are the same in everything that is counted."""

    result: str
    field: int | None
    division: int | None
    agreement: int
    organisation: int | None
    results: int


@dataclass(frozen=True)
class Partner:
    """A party of an agreement as far as it is counted."""

    key: int
    public_id: str
    kind: str


def groups(results: ResultQuerySet) -> list[Group]:
    """The results, put together where they do not differ; asked once, however many facets there are."""
    columns = ("kind", "initiative__field", "division", "agreement", "organisation")
    told = results.order_by().values_list(*columns).annotate(Count("pk"))
    return [Group(*row) for row in told]


class Known:
    """What is known of the fields, agreements and partners of the results; asked once."""

    def __init__(self, results: ResultQuerySet) -> None:
        told = results.order_by().values("agreement")
        self.fields = dict(Field.objects.values_list("pk", "slug"))
        agreements = Agreement.objects.filter(pk__in=told).order_by()
        self.agreements = {
            key: (form, code)
            for key, form, code in agreements.values_list("pk", "form", "municipality__code")
        }
        self.partners: dict[int, list[Partner]] = defaultdict(list)
        parties = Party.objects.filter(agreement__in=told, organisation__isnull=False).order_by()
        columns = ("agreement", "organisation", "organisation__public_id", "organisation__kind")
        for agreement, key, public_id, kind in parties.values_list(*columns):
            self.partners[agreement].append(Partner(key, public_id, kind))

    def doing(self, did: tuple[int, int | None]) -> list[Partner]:
        """The partners that did it, of an agreement and the one that is told; else all of the agreement."""
        agreement, only = did
        known = self.partners.get(agreement, [])
        return known if only is None else [one for one in known if one.key == only]


def counted(facet: str, found: Iterable[Group], known: Known) -> dict[str, int]:
    """The values of the facet with their counts; a result counts once for each value that it has."""
    column, values = FACETS[facet]
    together: Counter[Any] = Counter()
    for group in found:
        together[column(group)] += group.results
    counts: Counter[str] = Counter()
    for told, count in together.items():
        for value in set(values(told, known)):
            counts[value] += count
    return dict(counts)


def _fields(field: int | None, known: Known) -> Iterator[str]:
    """Both levels: a field of the upper level counts everything below it."""
    if field is None:
        yield "none"
    else:
        yield known.fields[field]
        yield top_field(known.fields[field])


DID = attrgetter("agreement", "organisation")
FACETS: dict[str, tuple[Callable[[Group], Any], Callable[[Any, Known], Iterable[str]]]] = {
    "field": (attrgetter("field"), _fields),
    "result": (attrgetter("result"), lambda kind, _known: (kind,)),
    "division": (attrgetter("division"), lambda key, _known: ("none" if key is None else str(key),)),
    "form": (attrgetter("agreement"), lambda key, known: (known.agreements[key][0],)),
    "municipality": (attrgetter("agreement"), lambda key, known: (known.agreements[key][1],)),
    "kind": (DID, lambda did, known: (one.kind for one in known.doing(did))),
    "partner": (
        DID,
        lambda did, known: (one.public_id for one in known.doing(did) if one.kind != PartnerKind.INDIVIDUAL),
    ),
}
"""For each facet what of a group it looks at, and the values that this has."""
