"""Chains: whom to call at this hour, and in which order."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from renkei.agreements.models import Agreement
from renkei.disasters.models import ContactChannel, EmergencyContact
from renkei.disasters.models.contact import ONE_YEAR, EmergencyContactQuerySet
from renkei.disasters.vocabulary import ChannelKind, ReachedWhen
from renkei.municipalities.models import Municipality
from renkei.partners.models import Organisation
from renkei.rules.japanese_calendar import is_working_day

TOKYO = ZoneInfo("Asia/Tokyo")
OFFICE_OPENS, OFFICE_CLOSES = time(8, 30), time(17, 15)
TELEPHONES = (ChannelKind.MOBILE, ChannelKind.PHONE, ChannelKind.SATELLITE)
BY_NIGHT = (ReachedWhen.NIGHT, ReachedWhen.ALWAYS, ReachedWhen.DAY)
BY_DAY = (ReachedWhen.DAY, ReachedWhen.ALWAYS, ReachedWhen.NIGHT)


def is_night(at: datetime) -> bool:
    """Whether offices are closed in Japan at the moment: outside 8:30 to 17:15, at weekends and on holidays."""
    there = at.astimezone(TOKYO)
    return not (is_working_day(there.date()) and OFFICE_OPENS <= there.time() < OFFICE_CLOSES)


def chain_of(partner: Organisation, agreement: Agreement | None, *, at: datetime) -> list[EmergencyContact]:
    """Whom to call at the moment, first to last; with an agreement its own chain stands before the partner's.

    Other agreements' chains are left out; without an agreement all follow the partner's own.
    """
    found = in_use_with_channels(EmergencyContact.objects.of_partner(partner))
    if agreement is not None:
        found = found.filter(Q(agreement=agreement) | Q(agreement=None))
    return for_hour(found, agreement, partner=partner, at=at)


def chains_of(partners: Iterable[Organisation], *, at: datetime) -> dict[int, list[EmergencyContact]]:
    """By the partners' keys, whom to call at the moment, whatever the agreement; two queries for all of them."""
    known = {partner.pk: partner for partner in partners}
    their = Q(organisation__in=known) | Q(organisation__merged_into__in=known)
    # By the town first: that has an index, and the question after merged records has none.
    towns = {partner.municipality_id for partner in known.values()}
    contacts = defaultdict(list)
    for one in in_use_with_channels(EmergencyContact.objects.filter(their, municipality__in=towns)):
        contacts[partner_key(one)].append(one)
    return {
        key: for_hour(contacts.get(key, []), None, partner=partner, at=at) for key, partner in known.items()
    }


def chain_of_town(town: Municipality, *, at: datetime) -> list[EmergencyContact]:
    """The town's own contacts, as partners are told them, for the moment."""
    return for_hour(in_use_with_channels(EmergencyContact.objects.of(town).of_town()), None, at=at)


def in_use_with_channels(contacts: EmergencyContactQuerySet) -> EmergencyContactQuerySet:
    """Those in use with their channels, in two queries whatever their number."""
    found: EmergencyContactQuerySet = (
        contacts.in_use().select_related("organisation", "agreement", "division").prefetch_related("channels")
    )
    return found


def for_hour(
    contacts: Iterable[EmergencyContact],
    agreement: Agreement | None,
    *,
    partner: Organisation | None = None,
    at: datetime,
) -> list[EmergencyContact]:
    """In the order in which to call at the moment; of a merged record after the partner's own.

    Who answers at this hour comes first, then whose hour it is not, last those that were not reached the last time.
    """
    order = BY_NIGHT if is_night(at) else BY_DAY
    wanted = agreement.pk if agreement else None

    def place(one: EmergencyContact) -> tuple[bool, bool, bool, bool, int, int, int]:
        hour = order.index(ReachedWhen(one.reached_when))
        is_others = one.agreement_id != wanted
        is_merged = partner is not None and one.organisation_id != partner.pk
        return one.has_failed, hour == 2, is_others, is_merged, hour, one.position, one.pk

    return sorted(contacts, key=place)


def partner_key(contact: EmergencyContact) -> int | None:
    """The key of the partner whose contact it is: of a merged record, the one it was merged into."""
    organisation = contact.organisation
    return (organisation.merged_into_id or organisation.pk) if organisation else None


def is_for_the_night(contact: EmergencyContact) -> bool:
    """Whether it has a telephone and is not for the day only."""
    return contact.reached_when != ReachedWhen.DAY and has_telephone(contact)


def answers_at_night(contact: EmergencyContact) -> bool:
    """Reachable at night (夜間につながる): it is for the night, and did not fail the last time."""
    return is_for_the_night(contact) and not contact.has_failed


def is_sure_at_night(contact: EmergencyContact, day: date) -> bool:
    """Reachable at night, and verified within a year before the day: what readiness counts."""
    return is_for_the_night(contact) and contact.is_verified(day)


def sure_at_night(contacts: QuerySet[Any], day: date) -> QuerySet[Any]:
    """The contacts of which `is_sure_at_night` holds on the day, found by the database."""
    telephones = ContactChannel.objects.filter(contact=OuterRef("pk"), kind__in=TELEPHONES)
    not_failed = Q(failed_on=None) | Q(failed_on__lt=F("verified_on")) | Q(failed_on__gt=day)
    return contacts.exclude(reached_when=ReachedWhen.DAY).filter(
        not_failed, Exists(telephones), verified_on__range=(day - ONE_YEAR, day)
    )


def has_telephone(contact: EmergencyContact) -> bool:
    """Whether somebody can speak with it from any telephone."""
    known = vars(contact).get("rings")  # where it was read with the contact, see readiness
    return any(channel.kind in TELEPHONES for channel in contact.channels.all()) if known is None else known


def is_reached_at_night(chain: Sequence[EmergencyContact]) -> bool:
    """Whether somebody in the chain answers the telephone at night."""
    return any(answers_at_night(one) for one in chain)
