"""What somebody says about whom to call: a chain is a sequence of these, in the order of calling."""

from dataclasses import dataclass
from datetime import date

from renkei.disasters.models import EmergencyContact
from renkei.disasters.vocabulary import ChannelKind, HowVerified, ReachedWhen


@dataclass(frozen=True)
class ChannelFacts:
    """One way to reach somebody: 電話 0166-00-0000."""

    kind: ChannelKind
    value: str


@dataclass(frozen=True, kw_only=True)
class ContactFacts:
    """One person or desk; with `public_id` it is a contact that is in the chain already.

    `verified_on` says that these very facts were verified; without it a changed contact is unverified.
    """

    unit: str = ""
    name: str = ""
    reached_when: ReachedWhen = ReachedWhen.ALWAYS
    channels: tuple[ChannelFacts, ...] = ()
    note: str = ""
    division_id: int | None = None
    verified_on: date | None = None
    verified_how: HowVerified | None = None
    verified_by: str = ""
    is_sample: bool = False
    public_id: str = ""


def facts_of(contact: EmergencyContact) -> ContactFacts:
    """A contact as facts, to be given back changed or as it is; its verification is not among them."""
    return ContactFacts(
        public_id=contact.public_id,
        unit=contact.unit,
        name=contact.name,
        reached_when=ReachedWhen(contact.reached_when),
        channels=tuple(ChannelFacts(ChannelKind(one.kind), one.value) for one in contact.channels.all()),
        note=contact.note,
        division_id=contact.division_id,
        is_sample=contact.is_sample,
    )
