"""Whom a regular meeting is about: the partners of its agreements, and the people who can be proposed for it."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from renkei.accounts.models import User
from renkei.agreements.holdings import holder_on
from renkei.agreements.models import Agreement, Party
from renkei.correspondents.models import Correspondent
from renkei.initiatives.models import RegularMeeting
from renkei.initiatives.people import clerks_of, people_of
from renkei.municipalities.models import Division, Municipality
from renkei.partners.models import Organisation


def organisations_of(agreements: Iterable[Agreement]) -> list[Organisation]:
    """The partners of the agreements, each once, in the order of the parties; merged ones as what they are now."""
    parties = Party.objects.filter(agreement__in=[one.pk for one in agreements], organisation__isnull=False)
    found: dict[int, Organisation] = {}
    for party in parties.select_related("organisation__merged_into").order_by("agreement", "position"):
        assert party.organisation is not None
        partner = party.organisation.merged_into or party.organisation
        found.setdefault(partner.pk, partner)
    return list(found.values())


def told_agreements(meeting: RegularMeeting, partner: Organisation | None) -> list[str]:
    """The titles that somebody may read: a partner's people only their own, what others signed is theirs."""
    seen = Agreement.objects.filter(pk__in=meeting.agreements.values("pk"))
    if partner is not None:
        is_party = Q(parties__organisation=partner) | Q(parties__organisation__merged_into=partner)
        seen = seen.filter(is_party).distinct()
    return [str(one) for one in seen.order_by("title", "pk")]


def holders_of(agreements: Sequence[Agreement], day: date) -> list[Division]:
    """The divisions that answer for the agreements on the day, each once."""
    found: dict[int, Division] = {}
    for one in agreements:
        if division := holder_on(one, day):
            found.setdefault(division.pk, division)
    return list(found.values())


def proposed_clerks(municipality: Municipality, agreements: Sequence[Agreement], day: date) -> list[User]:
    """The clerks of the divisions that answer for the agreements."""
    found: dict[int, User] = {}
    for division in holders_of(agreements, day):
        found |= {one.pk: one for one in clerks_of(division, municipality, day)}
    return list(found.values())


def proposed_partners(municipality: Municipality, agreements: Sequence[Agreement]) -> list[Correspondent]:
    """The people of the partners whom the town accepted."""
    return people_of(organisations_of(agreements), municipality)
