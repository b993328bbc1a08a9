"""Which work is asked for: the same words for every list of initiatives and of results, and for the figures.

A word may be given several times (any of its values); words that nobody knows narrow nothing away and find nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from renkei.agreements.models import AgreementField, Party
from renkei.initiatives.models import Initiative, PlannedYear, Result
from renkei.initiatives.vocabulary import InitiativeState
from renkei.partners.models import Organisation
from renkei.rules.fiscal_years import first_day, last_day

WORDS = ("year", "field", "division", "kind", "form", "document", "result", "state", "valued")
NONE = "none"
FIRST_YEAR, LAST_YEAR = 1900, 9000
MOST_VALUES = 200
LONGEST_VALUE = 60


@dataclass(frozen=True)
class AskedWork:
    """The chosen values by word; no values are no condition."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, word: str) -> tuple[str, ...]:
        """The values of a word."""
        return self.chosen.get(word, ())

    @property
    def years(self) -> list[int]:
        """The fiscal years that are asked for; what is no year is left out."""
        return [int(year) for year in self.of("year") if is_year(year)]


def is_year(said: str) -> bool:
    """Whether it can be a fiscal year."""
    return said.isascii() and said.isdigit() and len(said) == 4 and FIRST_YEAR <= int(said) <= LAST_YEAR


def asked_work(params: Mapping[str, Sequence[str]]) -> AskedWork:
    """From the lists of values of an address; what is empty asks nothing."""
    chosen = {
        word: tuple(value[:LONGEST_VALUE] for value in params.get(word, ())[:MOST_VALUES] if value)
        for word in WORDS
    }
    return AskedWork({word: values for word, values in chosen.items() if values})


def in_years(years: Sequence[int]) -> Q:
    """Initiatives that are planned for one of the fiscal years or under way in it; what is only an idea is not."""
    found = Q(pk__in=[])
    for year in years:
        under_way = Q(begins_on__lte=last_day(year)) & (Q(ends_on=None) | Q(ends_on__gte=first_day(year)))
        planned = Q(Exists(PlannedYear.objects.filter(initiative=OuterRef("pk"), fiscal_year=year)))
        found |= (planned | under_way) & ~Q(state=InitiativeState.IDEA)
    return found


def narrowed_initiatives(found: "QuerySet[Initiative]", asked: AskedWork) -> "QuerySet[Initiative]":
    """Those that were asked for: by year, field, division, kind of partner, form, document and state."""
    if asked.of("year"):
        found = found.filter(in_years(asked.years))
    if asked.of("state"):
        found = found.filter(state__in=asked.of("state"))
    found = found.alias(holder=Coalesce("division", "agreement__division"))
    return found.filter(_of_agreement(asked) & _of_field(asked, "field") & _held(asked) & _of_kind(asked))


def narrowed_results(found: "QuerySet[Result]", asked: AskedWork) -> "QuerySet[Result]":
    """Those that were asked for: also by kind of result, and `valued` 1 or 0; `state` is that of the initiative."""
    if asked.of("year"):
        found = found.filter(fiscal_year__in=asked.years)
    if asked.of("state"):
        found = found.filter(initiative__state__in=asked.of("state"))
    if asked.of("result"):
        found = found.filter(kind__in=asked.of("result"))
    if asked.of("valued"):
        found = found.filter(value__isnull="1" not in asked.of("valued"))
    found = found.alias(holder=Coalesce("division", "initiative__division", "agreement__division"))
    return found.filter(
        _of_agreement(asked)
        & _of_field(asked, "initiative__field")
        & _held(asked)
        & _of_kind_of_results(asked)
    )


def _of_agreement(asked: AskedWork) -> Q:
    found = Q()
    if asked.of("form"):
        found &= Q(agreement__form__in=asked.of("form"))
    if asked.of("document"):
        found &= Q(agreement__document_kind__in=asked.of("document"))
    return found


def _of_field(asked: AskedWork, own: str) -> Q:
    """By the initiative's own field; where it has none, by those of its agreement."""
    slugs = asked.of("field")
    if not slugs:
        return Q()
    of_agreement = AgreementField.objects.filter(agreement=OuterRef("agreement"))
    found = Q(pk__in=[])
    for slug in slugs:
        if slug == NONE:
            found |= Q(**{own: None}) & ~Q(Exists(of_agreement))
            continue
        found |= _field_is(f"{own}__slug", slug)
        found |= Q(**{own: None}) & Q(Exists(of_agreement.filter(_field_is("field__slug", slug))))
    return found


def _field_is(column: str, slug: str) -> Q:
    return Q(**{column: slug}) | Q(**{f"{column}__startswith": f"{slug}."})


def _held(asked: AskedWork) -> Q:
    """By the division that answered for it, its own or else that of the agreement; all of a lineage are named."""
    values = asked.of("division")
    if not values:
        return Q()
    known = Q(holder__in=[int(value) for value in values if value.isascii() and value.isdigit()])
    return known | Q(holder=None) if NONE in values else known


def _of_kind(asked: AskedWork) -> Q:
    """By the kind of whoever does it; where nobody is named, by the agreement's partners of the asked years."""
    kinds = asked.of("kind")
    if not kinds:
        return Q()
    everyone = _partner_is(kinds, asked.years)
    if asked.years:
        everyone = Q(pk__in=[])
        for year in asked.years:
            everyone |= in_years([year]) & _partner_is(kinds, [year])
    return Q(organisation__in=of_kinds(kinds)) | Q(organisation=None) & everyone


def _of_kind_of_results(asked: AskedWork) -> Q:
    """By the kind of whoever did it, or does the initiative; else by the agreement's partners of that year."""
    kinds = asked.of("kind")
    if not kinds:
        return Q()
    everyone = _partner_is(kinds, [])
    if asked.years:
        everyone = Q(pk__in=[])
        for year in asked.years:
            everyone |= Q(fiscal_year=year) & _partner_is(kinds, [year])
    nobody, doer = Q(organisation=None), "initiative__organisation"
    of_initiative = nobody & Q(**{f"{doer}__in": of_kinds(kinds)})
    return Q(organisation__in=of_kinds(kinds)) | of_initiative | nobody & Q(**{doer: None}) & everyone


def _partner_is(kinds: Sequence[str], years: Sequence[int]) -> Q:
    parties = parties_in(years).filter(agreement=OuterRef("agreement"), organisation__kind__in=kinds)
    return Q(Exists(parties))


def of_kinds(kinds: Sequence[str]) -> "QuerySet[Organisation]":
    """Partners of some kinds; of a record that was merged into another, the other's kind counts."""
    here = Q(merged_into=None, kind__in=kinds)
    return Organisation.objects.filter(here | Q(merged_into__kind__in=kinds)).order_by()


def parties_in(years: Sequence[int]) -> "QuerySet[Party]":
    """Parties, without the town, that were present on some day of the fiscal years; of all times without years."""
    found = Party.objects.filter(organisation__isnull=False).order_by()
    if not years:
        return found
    joined = Q(joined_on=None) | Q(joined_on__lte=last_day(max(years)))
    return found.filter(joined, Q(left_on=None) | Q(left_on__gte=first_day(min(years))))
