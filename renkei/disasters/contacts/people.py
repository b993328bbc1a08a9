"""Who is known of a partner already, and may be offered as a contact; nobody becomes one by itself."""

from renkei.agreements.models import Party
from renkei.correspondents.models import Correspondent
from renkei.disasters.contacts.facts import ChannelFacts, ContactFacts
from renkei.disasters.models import EmergencyContact
from renkei.disasters.vocabulary import ChannelKind, ReachedWhen
from renkei.partners.models import Organisation

MOST = 20


def known_people(partner: Organisation, chain: list[EmergencyContact]) -> list[ContactFacts]:
    """People of the partner at the counter, and who signed its agreements, that are not in the chain yet."""
    present = {_bare(one.name) for one in chain if one.name}
    found: dict[str, ContactFacts] = {}
    for one in [*_at_counter(partner), *_signatories(partner)]:
        if _bare(one.name) not in present:
            found.setdefault(_bare(one.name), one)
    return list(found.values())[:MOST]


def _at_counter(partner: Organisation) -> list[ContactFacts]:
    return [
        ContactFacts(
            unit=person.unit,
            name=person.name,
            reached_when=ReachedWhen.DAY,
            channels=_channels(person),
        )
        for person in Correspondent.objects.of(partner.municipality).of_partner(partner)
        if person.name
    ]


def _channels(person: Correspondent) -> tuple[ChannelFacts, ...]:
    told = [(ChannelKind.PHONE, person.phone), (ChannelKind.MAIL, person.email)]
    return tuple(ChannelFacts(kind, value) for kind, value in told if value)


def _signatories(partner: Organisation) -> list[ContactFacts]:
    parties = Party.objects.filter(organisation=partner, left_on=None).exclude(signatory="")
    return [
        ContactFacts(unit=party.unit, name=party.signatory, reached_when=ReachedWhen.DAY)
        for party in parties.order_by("-agreement__signed_as", "pk")[:MOST]
    ]


def _bare(name: str) -> str:
    return "".join(name.split())
