"""Whom a campaign asks: which lines are a division's, which are a partner's, who of a partner answers."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from renkei.agreements.models import Agreement, AgreementQuerySet, Party, Term
from renkei.correspondents.models import Correspondent
from renkei.initiatives.models import Campaign, CampaignLine, CampaignPartner
from renkei.municipalities.models import Division, Municipality
from renkei.partners.models import Organisation
from renkei.rules.fiscal_years import first_day, last_day


def in_force_in(municipality: Municipality, fiscal_year: int) -> AgreementQuerySet:
    """The town's agreements that were in force on any day of the fiscal year."""
    terms = Term.objects.filter(
        Q(in_force_until=None) | Q(in_force_until__gte=first_day(fiscal_year)),
        agreement=OuterRef("pk"),
        starts_on__lte=last_day(fiscal_year),
    )
    found: AgreementQuerySet = Agreement.objects.of(municipality).filter(Exists(terms))
    return found


def parties_of_year(fiscal_year: int) -> QuerySet[Party]:
    """Partners that were parties on any day of the fiscal year."""
    joined = Q(joined_on=None) | Q(joined_on__lte=last_day(fiscal_year))
    stayed = Q(left_on=None) | Q(left_on__gte=first_day(fiscal_year))
    return Party.objects.filter(joined, stayed, organisation__isnull=False)


def lines_of_division(campaign: Campaign, division: Division | None) -> QuerySet[CampaignLine]:
    """What is asked of a division; of None what no division answers for."""
    return _shown(campaign.lines.filter(division=division))


def lines_of_partner(campaign: Campaign, partner: Organisation) -> QuerySet[CampaignLine]:
    """What is asked of a partner: about its agreements, without what another partner of them does alone."""
    agreements = parties_of_year(campaign.fiscal_year).filter(organisation=partner).values("agreement")
    own = (
        Q(initiative=None)
        | Q(initiative__organisation=None)
        | Q(initiative__organisation=partner)
        | Q(initiative__organisation__merged_into=partner)
    )
    return _shown(campaign.lines.filter(own, agreement__in=agreements))


def _shown(lines: QuerySet[CampaignLine]) -> QuerySet[CampaignLine]:
    told = lines.select_related(
        "campaign__municipality",
        "agreement",
        "initiative__item",
        "initiative__agreement",
        "initiative__municipality",
        "division",
        "answered_by",
        "answered_by_partner",
    )
    return told.prefetch_related("initiative__indicators").order_by(
        "agreement__title", "agreement", "initiative__position", "pk"
    )


def asked_of(campaign: Campaign, partner: Organisation) -> CampaignPartner | None:
    """That the partner is asked, also under a record that was merged into it; None where it is not asked."""
    known = campaign.partners.filter(Q(organisation=partner) | Q(organisation__merged_into=partner))
    return known.order_by("pk").first() if campaign.asks_partners else None


def shared_with_others(campaign: Campaign, lines: Iterable[CampaignLine], partner: Organisation) -> set[int]:
    """The lines, by key, about what several partners do together: one of them cannot say that nothing was done."""
    together = [one for one in lines if one.initiative is None or one.initiative.organisation_id is None]
    parties = parties_of_year(campaign.fiscal_year).filter(
        agreement__in={one.agreement_id for one in together}
    )
    others = set(parties.exclude(organisation=partner).values_list("agreement", flat=True))
    return {one.pk for one in together if one.agreement_id in others}


def campaigns_of(visitor: Correspondent) -> QuerySet[Campaign]:
    """The campaigns in which the person's partner is asked, the newest first; none before the town accepted them."""
    partner = visitor.partner
    if partner is None:
        return Campaign.objects.none()
    named = CampaignPartner.objects.filter(Q(organisation=partner) | Q(organisation__merged_into=partner))
    mine = Campaign.objects.of(visitor.municipality).filter(asks_partners=True)
    return mine.filter(pk__in=named.values("campaign"))


def people_by_partner(organisations: Iterable[int], campaign_town: int) -> dict[int, list[Correspondent]]:
    """Those who come to the counter for each of these partners, by the partner's key; in one question."""
    found: dict[int, list[Correspondent]] = defaultdict(list)
    known = Correspondent.objects.active().filter(municipality=campaign_town)
    wanted = set(organisations)
    for person in known.exclude(organisation=None).select_related("organisation__merged_into"):
        assert person.organisation
        keys = {person.organisation.pk, *({person.partner.pk} if person.partner else ())}
        for key in keys & wanted:
            found[key].append(person)
    return found
