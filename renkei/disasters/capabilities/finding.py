"""Which capabilities are asked for: the words of an address, each narrowing the list."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q

from renkei.agreements.models import Agreement, AgreementQuerySet
from renkei.disasters.agreements import for_disasters
from renkei.disasters.capabilities.proposing import functions_in
from renkei.disasters.models import Capability, District
from renkei.disasters.models.capability import CapabilityQuerySet
from renkei.disasters.vocabulary import CapabilityState
from renkei.municipalities.models import Municipality
from renkei.rules.terms import months_before

PLAIN = ("function", "certainty", "hours", "state")
TITLE_WORDS = ("災害", "防災", "緊急", "応援")
CONFIRMED_FOR = 12
"""Months for which what a partner has confirmed counts as checked."""


def capabilities_found(town: Municipality, asked: Mapping[str, str], *, day: date) -> CapabilityQuerySet:
    """What the address asks for; without a state everything but what was ended."""
    found: CapabilityQuerySet = Capability.objects.of(town)
    for word in PLAIN:
        if value := asked.get(word):
            found = found.filter(**{word: value})
    if not asked.get("state"):
        found = found.exclude(state=CapabilityState.ENDED)
    if whose := _whose(asked):
        found = found.filter(whose)
    if asked.get("checked") == "no":
        found = found.filter(unchecked(day))
    if place := asked.get("place"):
        found = _near(found, town, place)
    for word in asked.get("q", "").split()[:5]:
        found = found.filter(_says(word[:100]))
    return found


def capabilities_of_agreement(agreement: Agreement) -> CapabilityQuerySet:
    """What the agreement's partners do, with proposals, without what was ended; for its page at the desk."""
    found: CapabilityQuerySet = Capability.objects.about(agreement).exclude(state=CapabilityState.ENDED)
    return found.select_related("organisation__merged_into")


def _whose(asked: Mapping[str, str]) -> Q:
    found = Q()
    if partner := asked.get("partner"):
        found &= Q(organisation__public_id=partner) | Q(organisation__merged_into__public_id=partner)
    if agreement := asked.get("agreement"):
        found &= Q(agreement__public_id=agreement)
    return found


def unchecked(day: date) -> Q:
    """What nobody has confirmed within a year before the day."""
    return Q(confirmed_on=None) | Q(confirmed_on__lt=months_before(day, CONFIRMED_FOR))


def _says(word: str) -> Q:
    said = Q(pk__in=[])
    columns = (
        "goods", "area", "conditions", "agreement__title", "organisation__name", "organisation__merged_into__name",
        "places__name", "places__address",
    )  # fmt: skip
    for column in columns:
        said |= Q(**{f"{column}__icontains": word})
    if functions := functions_in(word):
        said |= Q(function__in=functions)
    return Q(pk__in=Capability.objects.filter(said).order_by().values("pk"))


def _near(found: CapabilityQuerySet, town: Municipality, place: str) -> CapabilityQuerySet:
    """What can act in a district: its name stands in the area, or no area is written."""
    district = District.objects.of(town).filter(public_id=place).first()
    if district is None:
        return found.none()
    bare = district.name.removesuffix("地区")
    return found.filter(
        Q(area="") | Q(area__icontains=bare) | Q(area__icontains=town.name) | Q(area__icontains="全域")
    )


def nothing_known(town: Municipality, day: date) -> AgreementQuerySet:
    """Agreements in force of which nothing was ever written or proposed: for disasters, or by a title like one.

    Ledgers file an emergency water main under water, and a town's clinic under health.
    """
    known = Capability.objects.of(town).filter(agreement=OuterRef("pk"))
    meant = Q(pk__in=for_disasters(town, day).order_by().values("pk"))
    for word in TITLE_WORDS:
        meant |= Q(title__contains=word)
    found: AgreementQuerySet = Agreement.objects.of(town).in_force_on(day).filter(meant)
    return found.exclude(Exists(known))
