"""What everyone may see of a fiscal year: the results that were approved, of the towns that published the year."""

from django.db.models import Case, CharField, Count, F, Sum, When

from renkei.agreements.audience import Audience
from renkei.initiatives.models import Campaign, Result, Story
from renkei.initiatives.models.campaign import CampaignQuerySet
from renkei.initiatives.models.result import ResultQuerySet
from renkei.initiatives.vocabulary import Publicity
from renkei.partners.models import Organisation

PUBLIC_WORDS = Case(When(public_text="", then=F("what")), default=F("public_text"), output_field=CharField())
"""How everyone reads a result, for questions; `Result.public_words` says the same of one."""


def published_years(audience: Audience) -> CampaignQuerySet:
    """The years that towns published, the latest first."""
    published: CampaignQuerySet = Campaign.objects.filter(publicity=Publicity.PUBLISHED)
    return published.of(audience.municipality) if audience.municipality else published


def results_of_year(audience: Audience, fiscal_year: int) -> ResultQuerySet:
    """The approved results of the year, of towns that published it as a whole."""
    towns = published_years(audience).filter(fiscal_year=fiscal_year).order_by().values("municipality")
    seen: ResultQuerySet = (
        Result.objects.seen_by(audience).of_year(fiscal_year).filter(municipality__in=towns)
    )
    return seen


def counts_by_year(audience: Audience) -> list[tuple[int, int]]:
    """The published years with the number of their approved results, the latest first."""
    years = (
        published_years(audience).order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    )
    return [(year, results_of_year(audience, year).count()) for year in years]


def counts_by_field(results: ResultQuerySet) -> dict[str, int]:
    """How many results each field has, by its slug; "" for those without a field."""
    told = results.order_by().values("initiative__field__slug").annotate(count=Count("pk"))
    return {one["initiative__field__slug"] or "": one["count"] for one in told}


def totals(results: ResultQuerySet) -> dict[str, int]:
    """Results, agreements with results, and the value to the town as far as it was reckoned."""
    told = results.order_by().aggregate(
        results=Count("pk"),
        agreements=Count("agreement", distinct=True),
        valued=Count("value"),
        value=Sum("value"),
    )
    return {name: count or 0 for name, count in told.items()}


def results_of_partner(partner: Organisation) -> ResultQuerySet:
    """The approved results under the partner's agreements, without what another partner of them did alone."""
    seen: ResultQuerySet = Result.objects.seen_by(Audience.public(partner.municipality)).told_to(partner)
    return seen


def stories_of_year(audience: Audience, fiscal_year: int) -> list[Story]:
    """The approved stories of the year with their first pictures."""
    told = Story.objects.seen_by(audience).filter(fiscal_year=fiscal_year)
    return list(told.select_related("agreement", "municipality").prefetch_related("pictures__document"))
