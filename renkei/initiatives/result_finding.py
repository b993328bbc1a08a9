"""Which results a list shows: the words of its address, the results they find, and their sums in one question."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement, Party
from renkei.initiatives.models import Result
from renkei.initiatives.narrowing import asked_work, narrowed_results
from renkei.initiatives.valuing import Totals
from renkei.initiatives.vocabulary import ResultState
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division, Municipality

Params = Mapping[str, Sequence[str]]
ALL = "all"
LONGEST = 200
IN_WORDS = (
    "what", "public_text", "place", "notes", "initiative__title", "agreement__title", "value_basis",
)  # fmt: skip


def results_found(municipality: Municipality, params: Params, *, day: date) -> QuerySet[Result]:
    """The town's results that the words of an address ask for, what was done last first.

    Without a state those that count: neither sent back nor taken back.
    """
    states = [one for one in params.get("state", ()) if one]
    of_results = [one for one in states if one in ResultState.values]
    rest = {**params, "state": [one for one in states if one not in (*of_results, ALL)]}
    rest["division"] = held_by_named(municipality, params.get("division", ()), day)
    seen = Result.objects.seen_by(Audience.staff(municipality))
    if of_results:
        seen = seen.filter(state__in=of_results)
    elif ALL not in states:
        seen = seen.valid()
    found = narrowed_results(seen, asked_work(rest))
    return _about(found, last_word(params, "agreement"), last_word(params, "partner")).filter(
        _words(last_word(params, "q"))
    )


def last_word(params: Params, name: str) -> str:
    """The last value of a word, without what no database takes."""
    given = params.get(name, ())
    return given[-1][:LONGEST].replace("\0", "").strip() if given else ""


def held_by_named(municipality: Municipality, values: Sequence[str], day: date) -> list[str]:
    """A division by its public id is every division whose duties it holds on the day; keys are taken as they are."""
    chosen = {one.public_id: one for one in Division.objects.of(municipality).filter(public_id__in=values)}
    if not chosen:
        return list(values)
    lineage, found = Lineage(municipality), []
    for value in values:
        held = [str(pk) for pk in lineage.held_by(chosen[value], day)] if value in chosen else [value]
        found += held or [str(chosen[value].pk)]
    return found


def _about(found: QuerySet[Result], agreement: str, partner: str) -> QuerySet[Result]:
    if agreement:
        found = found.filter(agreement__in=Agreement.objects.filter(public_id=agreement).values("pk"))
    if partner:
        of_partner = Party.objects.filter(organisation__public_id=partner).values("agreement")
        own = Q(organisation__public_id=partner) | Q(organisation__merged_into__public_id=partner)
        found = found.filter(own | Q(organisation=None, agreement__in=of_partner))
    return found


def _words(text: str) -> Q:
    """Every word stands somewhere in the result, its initiative or its agreement."""
    found = Q()
    for word in text.split():
        anywhere = Q()
        for column in IN_WORDS:
            anywhere |= Q(**{f"{column}__icontains": word})
        found &= anywhere
    return found


def totals_found(found: QuerySet[Result]) -> tuple[Totals, int]:
    """The sums of all results that were found, and in how many agreements they are."""
    told = found.order_by().aggregate(
        entries=Count("pk"),
        valued=Count("value"),
        total=Sum("value"),
        costed=Count("pk", filter=Q(town_cost__isnull=False) | Q(partner_cost__isnull=False)),
        town=Sum("town_cost"),
        partner=Sum("partner_cost"),
        agreements=Count("agreement", distinct=True),
    )
    sums = Totals(
        entries=told["entries"],
        valued=told["valued"],
        value=told["total"] or 0,
        costed=told["costed"],
        town_cost=told["town"] or 0,
        partner_cost=told["partner"] or 0,
    )
    return sums, told["agreements"]
