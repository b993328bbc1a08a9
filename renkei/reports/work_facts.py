"""The work of some fiscal years, read once for counting: what was under way, what was done, and where it counts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from renkei.agreements.audience import Audience
from renkei.agreements.models import AgreementField
from renkei.agreements.vocabulary import top_field
from renkei.initiatives.models import Initiative, PlannedYear, Result
from renkei.initiatives.narrowing import in_years, parties_in
from renkei.partners.models import Organisation
from renkei.reports.models import NONE
from renkei.rules.fiscal_years import first_day, last_day

Groups = dict[str, tuple[str, ...]]
"""The values with which something counts, by dimension: {"field": ("health", "health.promotion"), …}."""


@dataclass(frozen=True)
class Piece:
    """An initiative, or a result: where it counts, whose it is, and what it brought."""

    pk: int
    agreement: int
    groups: Groups
    partners: frozenset[int]
    year: int = 0
    value: int | None = None
    town_cost: int | None = None
    partner_cost: int | None = None
    kinds: Mapping[int, str] = field(default_factory=dict)
    """The kinds of all partners, by their keys."""

    @property
    def names(self) -> Iterator[str]:
        """As the sums of the register name groups: `field:health`."""
        return (f"{word}:{value}" for word, values in self.groups.items() for value in values)


RESULT = (
    "pk", "agreement", "fiscal_year", "kind", "value", "town_cost", "partner_cost", "initiative__state",
    "organisation", "initiative__organisation", "initiative__field__slug", "holder", "agreement__form",
    "agreement__document_kind",
)  # fmt: skip
INITIATIVE = (
    "pk", "agreement", "state", "begins_on", "ends_on", "organisation", "field__slug", "holder", "agreement__form",
    "agreement__document_kind",
)  # fmt: skip


def results_in(audience: Audience, years: Sequence[int]) -> list[Piece]:
    """What counts as done in the fiscal years: neither taken back nor sent back."""
    found = Result.objects.seen_by(audience).valid().filter(fiscal_year__in=years).order_by()
    found = found.annotate(holder=Coalesce("division", "initiative__division", "agreement__division"))
    around = Around(audience, found.values("agreement"), years)
    pieces = []
    for row in found.values_list(*RESULT):
        (
            pk,
            agreement,
            year,
            kind,
            value,
            town,
            partner,
            state,
            done_by,
            done_by_all,
            slug,
            holder,
            form,
            document,
        ) = row
        partners = around.partners(agreement, done_by or done_by_all, [year])
        groups = around.groups(agreement, slug, holder, partners, form, document)
        groups |= {"result": (kind,), "state": (state,), "year": (str(year),)}
        pieces.append(Piece(pk, agreement, groups, partners, year, value, town, partner, around.kinds))
    return pieces


def initiatives_in(audience: Audience, years: Sequence[int]) -> list[Piece]:
    """What was planned for the fiscal years or under way in them; each once, with all of its years."""
    found = Initiative.objects.seen_by(audience).filter(in_years(years)).order_by()
    found = found.annotate(holder=Coalesce("division", "agreement__division"))
    around = Around(audience, found.values("agreement"), years)
    planned: dict[int, set[int]] = defaultdict(set)
    known = PlannedYear.objects.filter(fiscal_year__in=years, initiative__in=found.values("pk")).order_by()
    for pk, year in known.values_list("initiative", "fiscal_year"):
        planned[pk].add(year)
    pieces = []
    for row in found.values_list(*INITIATIVE):
        pk, agreement, state, begins, ends, done_by, slug, holder, form, document = row
        under_way = {
            year for year in years if begins <= last_day(year) and (ends is None or ends >= first_day(year))
        }
        its_years = sorted(under_way | planned[pk])
        partners = around.partners(agreement, done_by, its_years)
        groups = around.groups(agreement, slug, holder, partners, form, document)
        groups |= {"state": (state,), "year": tuple(str(year) for year in its_years)}
        pieces.append(Piece(pk, agreement, groups, partners))
    return pieces


class Around:
    """What the agreements tell about the work under them: fields, and partners with the time they were present."""

    def __init__(self, audience: Audience, agreements: "QuerySet[Any, Any]", years: Sequence[int]) -> None:
        self.fields: dict[int, list[str]] = defaultdict(list)
        links = AgreementField.objects.filter(agreement__in=agreements).order_by()
        for agreement, slug in links.values_list("agreement", "field__slug"):
            self.fields[agreement].append(slug)
        self.present: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        parties = parties_in(years).filter(agreement__in=agreements)
        for agreement, partner, joined, left in parties.values_list(
            "agreement", "organisation", "joined_on", "left_on"
        ):
            since = _year(joined.year, joined.month) if joined else 0
            until = _year(left.year, left.month) if left else 9999
            self.present[agreement].append((partner, since, until))
        self.known: dict[tuple[int, ...], frozenset[int]] = {}
        known = Organisation.objects.order_by()
        if audience.municipality is not None:
            known = known.of(audience.municipality)
        self.kinds: dict[int, str] = {}
        self.merged: dict[int, int] = {}
        for pk, kind, into in known.values_list("pk", "kind", "merged_into"):
            self.kinds[pk] = kind
            if into:
                self.merged[pk] = into

    def partners(self, agreement: int, named: int | None, years: Sequence[int]) -> frozenset[int]:
        """Who does it: whoever is named, else everyone who was a partner of the agreement in one of the years."""
        if named is not None:
            return frozenset([self.merged.get(named, named)])
        asked = (agreement, *years)
        if asked not in self.known:
            self.known[asked] = frozenset(
                pk
                for pk, since, until in self.present[agreement]
                if any(since <= year <= until for year in years)
            )
        return self.known[asked]

    def groups(
        self,
        agreement: int,
        slug: str | None,
        holder: int | None,
        partners: Iterable[int],
        form: str,
        document: str,
    ) -> Groups:
        """Where it counts; each value once."""
        return {
            "field": fields_of([slug] if slug else self.fields[agreement]),
            "division": (str(holder or NONE),),
            "kind": tuple(sorted({self.kinds[pk] for pk in partners})) or (NONE,),
            "form": (form,),
            "document": (document,),
        }


def fields_of(slugs: Sequence[str]) -> tuple[str, ...]:
    """Both levels, each once; of what has no field, NONE."""
    if not slugs:
        return (NONE,)
    return tuple(dict.fromkeys(name for slug in slugs for name in (top_field(slug), slug)))


def _year(year: int, month: int) -> int:
    return year if month >= 4 else year - 1
