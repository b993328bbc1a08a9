"""Both sides' people: who wrote, who is told, who acts for the partner."""

from datetime import date

from renkei.accounts.models import Role, User
from renkei.agreements.vocabulary import Side
from renkei.audit.actors import Actor
from renkei.correspondents.models import Correspondent
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division, Municipality
from renkei.procedures.models import Participant, Procedure

Person = User | Correspondent


def actor_of(person: Person | None) -> Actor:
    """As the log takes it."""
    return person.as_actor if isinstance(person, Correspondent) else person


def side_of(person: Person) -> Side:
    """Which side the person is on."""
    return Side.PARTNER if isinstance(person, Correspondent) else Side.TOWN


def participants(procedure: Procedure) -> list[Correspondent]:
    """The partner's people who take part now and whose access nobody has ended, the leading one first."""
    taking_part = Participant.objects.filter(
        procedure=procedure, left_at=None, correspondent__closed_at=None
    ).order_by("-is_lead", "joined_at")
    return [one.correspondent for one in taking_part.select_related("correspondent__organisation")]


def addresses_of(procedure: Procedure) -> list[tuple[str, str]]:
    """Mail address and name of each of the partner's people to whom letters go.

    Where nobody takes part at the counter (a proposal by telephone), what the proposal names; never somebody whose
    access was ended.
    """
    if people := participants(procedure):
        return [(one.email, str(one)) for one in people]
    proposal = getattr(procedure, "proposal", None)
    if proposal is None or not proposal.contact_email:
        return []
    known = Correspondent.objects.of(procedure.municipality).with_address(proposal.contact_email)
    if known.exclude(closed_at=None).exists():
        return []
    return [(proposal.contact_email, proposal.contact_name)]


def clerks_of(division: Division | None, municipality: Municipality, day: date) -> list[User]:
    """The clerks of a division on the day, after reorganisations; the coordinators where it has none."""
    people = User.objects.of(municipality).filter(is_active=True)
    if division is not None:
        now = Lineage(municipality).on(division.pk, day)
        clerks = list(people.holding(role=Role.RESPONSIBLE, division=now, day=day))
        if clerks:
            return clerks
    return list(people.holding(role=Role.COORDINATOR, day=day))
