"""Which partners and divisions an audience may see, and how many agreements of theirs are in force."""

from collections import Counter
from datetime import date

from django.db.models import Count, Exists, OuterRef

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement, Party
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division, DivisionQuerySet
from renkei.partners.models import Organisation, OrganisationQuerySet, PartnerKind


def partners_seen_by(audience: Audience) -> OrganisationQuerySet:
    """Staff see all partners of their own; everyone else those of published agreements, never an individual."""
    seen: OrganisationQuerySet = Organisation.objects.unmerged()
    if audience.municipality:
        seen = seen.of(audience.municipality)
    if audience.internal:
        return seen
    published = Party.objects.filter(organisation=OuterRef("pk"), agreement__is_published=True)
    return seen.exclude(kind=PartnerKind.INDIVIDUAL).filter(Exists(published))


def partners_in_force_on(audience: Audience, day: date) -> OrganisationQuerySet:
    """The partners, among those the audience may see, of the agreements in force on the day."""
    in_force = Agreement.objects.seen_by(audience).in_force_on(day).order_by().values("pk")
    parties = (
        Party.objects.present_on(day).filter(agreement__in=in_force, organisation__isnull=False).order_by()
    )
    return partners_seen_by(audience).filter(pk__in=parties.values("organisation"))


def divisions_seen_by(audience: Audience) -> DivisionQuerySet:
    """Staff see all divisions of their own; everyone else those of published agreements and their lines."""
    seen: DivisionQuerySet = Division.objects.all()
    if audience.municipality:
        seen = seen.of(audience.municipality, with_portions=True)
    if audience.internal:
        return seen.filter(portion_of=None)
    return seen.filter(portion_of=None, pk__in=_in_public_lines(seen))


def _in_public_lines(divisions: DivisionQuerySet) -> set[int]:
    """Divisions with published agreements, and all that went before or came after them."""
    published = Agreement.objects.published().filter(division__in=divisions)
    reached = set(published.values_list("division", flat=True))
    reached.discard(None)
    steps = list(divisions.filter(successions__isnull=False).values_list("pk", "successions__successor"))
    portions = divisions.filter(portion_of__isnull=False).values_list("pk", "portion_of")
    steps += [(portion, whole) for portion, whole in portions if whole]
    while further := {b for a, b in steps if a in reached} | {a for a, b in steps if b in reached}:
        if further <= reached:
            break
        reached |= further
    return reached


def in_force_by_partner(partners: list[int], audience: Audience, day: date) -> dict[int, int]:
    """How many agreements of each partner are in force on the day."""
    agreements = Agreement.objects.seen_by(audience).in_force_on(day)
    parties = Party.objects.present_on(day).filter(organisation__in=partners, agreement__in=agreements)
    counted = parties.values("organisation").annotate(count=Count("agreement", distinct=True))
    return {row["organisation"]: row["count"] for row in counted}


def in_force_by_division(lineage: Lineage, audience: Audience, day: date) -> Counter[int]:
    """How many agreements in force each division answers for on the day, along the reorganisations."""
    agreements = Agreement.objects.seen_by(audience).in_force_on(day).order_by()
    found: Counter[int] = Counter()
    for division, count in agreements.values_list("division").annotate(count=Count("pk")):
        if division in lineage.divisions:
            found[lineage.on(division, day).pk] += count
    return found
