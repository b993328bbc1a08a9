"""What a person or a division holds on a day: agreements with what lies ahead, deadlines, notes, recent changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Exists, OuterRef, Q

from renkei.accounts.models import Role, User
from renkei.agreements.deadlines import Due, due_between
from renkei.agreements.models import Agreement, AgreementQuerySet, Party, Term
from renkei.audit.models import Entry
from renkei.handovers.models import Handover
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division
from renkei.procedures.awaiting import awaited, together
from renkei.procedures.models import Procedure
from renkei.procedures.steps import Awaited

ONE_DAY = timedelta(days=1)
A_YEAR = timedelta(days=365)
RECENTLY = timedelta(days=90)
MOST_CHANGES = 50
HOLDING = (Role.RESPONSIBLE, Role.COORDINATOR, Role.DISASTER_OFFICER)


@dataclass(frozen=True)
class HeldAgreement:
    """One agreement as it is handed over: its state and next deadline seen from the successor's first day."""

    agreement: Agreement
    state: str
    partners: list[str]
    contacts: list[str]
    next_due: Due | None
    note: str


@dataclass(frozen=True)
class HeldProcedure:
    """A procedure under way, and what comes next in it."""

    procedure: Procedure
    next: Awaited | None


def divisions_of(person: User, day: date) -> list[Division]:
    """The divisions for which the person works on the day, in a role that answers for agreements."""
    held = person.assignments.holding_on(day).filter(role__in=HOLDING, division__isnull=False)
    return sorted({one.division for one in held.select_related("division") if one.division}, key=str)


class Holding:
    """What is handed over, as of the day before the successor begins; ended agreements are left out."""

    def __init__(self, handover: Handover) -> None:
        self.handover = handover
        self.last_day = handover.on - ONE_DAY
        self.lineage = Lineage(handover.municipality)

    @cached_property
    def divisions(self) -> list[Division]:
        """The division itself, or those for which the person works on the last day."""
        if self.handover.division:
            return [self.handover.division]
        return divisions_of(self.handover.giver, self.last_day)

    @cached_property
    def _recorded_under(self) -> set[int]:
        """The divisions under which records stand that the divisions hold on the last day."""
        return {key for division in self.divisions for key in self.lineage.held_by(division, self.last_day)}

    @cached_property
    def procedures(self) -> list[HeldProcedure]:
        """The procedures under way whose window the divisions are, the oldest first, each with what comes next."""
        mine = (
            Procedure.objects.of(self.handover.municipality)
            .running()
            .filter(division__in=self._recorded_under)
        )
        return [
            HeldProcedure(one, next(iter(awaited(one, self.last_day)), None))
            for one in together(mine.order_by("opened_on", "pk"))
        ]

    @cached_property
    def agreements(self) -> AgreementQuerySet:
        """The agreements that are in force on the day or begin later, by title."""
        held = Agreement.objects.of(self.handover.municipality)
        found: AgreementQuerySet = held.filter(division__in=self._recorded_under)
        going_on = Term.objects.filter(
            Q(in_force_until=None) | Q(in_force_until__gte=self.handover.on), agreement=OuterRef("pk")
        )
        return found.filter(Exists(going_on)).order_by("title", "pk")

    @cached_property
    def deadlines(self) -> list[Due]:
        """What falls due in the successor's first year, by day."""
        held = Agreement.objects.of(self.handover.municipality).filter(
            pk__in=list(self.agreements.order_by().values_list("pk", flat=True))
        )
        due = due_between(held, self.handover.on, self.handover.on + A_YEAR)
        return sorted(due, key=lambda one: (one.on, one.agreement.title, one.agreement.pk))

    @cached_property
    def partners(self) -> dict[int, list[str]]:
        """By agreement, its partners as they signed."""
        parties = Party.objects.filter(
            agreement__in=self.agreements.order_by().values("pk"), organisation__isnull=False
        )
        found: dict[int, list[str]] = {}
        for agreement, name in parties.order_by("agreement", "position").values_list(
            "agreement", "name_as_signed"
        ):
            found.setdefault(agreement, []).append(name)
        return found

    @property
    def deadlines_with_partners(self) -> list[tuple[Due, list[str]]]:
        """Each deadline with the partners of its agreement, since many agreements bear one title."""
        return [(one, self.partners.get(one.agreement.pk, [])) for one in self.deadlines]

    @cached_property
    def undecided(self) -> list[Due]:
        """What is still to be done: deadlines about which nobody has decided."""
        return [one for one in self.deadlines if one.decided is None]

    @cached_property
    def changes(self) -> list[Entry]:
        """What was told about the agreements in the last ninety days, newest first; at most fifty."""
        ids = self.agreements.order_by().values("public_id")
        told = Entry.objects.filter(
            municipality=self.handover.municipality,
            subject_type="agreements.agreement",
            subject_id__in=ids,
            at__date__gte=self.last_day - RECENTLY,
        )
        return list(told.order_by("-number")[:MOST_CHANGES])

    def rows(self, agreements: Sequence[Agreement] | AgreementQuerySet) -> list[HeldAgreement]:
        """The agreements with what lies ahead and what the giver says about them."""
        following = self._next_due()
        return [self._row(one, following.get(one.pk)) for one in agreements]

    def _row(self, agreement: Agreement, due: Due | None) -> HeldAgreement:
        partners: list[Party] = [party for party in agreement.parties.all() if party.organisation_id]
        return HeldAgreement(
            agreement=agreement,
            state=agreement.state_on(self.handover.on),
            partners=self.partners.get(agreement.pk, []),
            contacts=[contact for party in partners if (contact := contact_of(party))],
            next_due=due,
            note=str(self.handover.notes.get(agreement.public_id, "")),
        )

    def _next_due(self) -> dict[int, Due]:
        following: dict[int, Due] = {}
        for due in self.deadlines:
            following.setdefault(due.agreement.pk, due)
        return following


def contact_of(party: Party) -> str:
    """Whom to turn to at the partner, as far as it is known: the unit that signed, and where the partner is."""
    organisation = party.organisation
    known = [party.unit, organisation.address if organisation else ""]
    told = "、".join(one for one in known if one)
    return f"{party.name_as_signed}: {told}" if told else ""
