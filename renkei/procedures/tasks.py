"""My tasks: everything that is awaited from one clerk, in whatever procedure of the town."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef, Q

from renkei.accounts.models import Assignment, Role, User
from renkei.agreements.vocabulary import Side
from renkei.municipalities.divisions import Lineage
from renkei.procedures.awaiting import awaited, together
from renkei.procedures.models import InquiredDivision, Point, Procedure, Reviewer
from renkei.procedures.steps import Awaited


@dataclass(frozen=True)
class Waiting:
    """One awaited thing with its procedure, and whether its day has passed."""

    procedure: Procedure
    awaited: Awaited
    is_late: bool
    more: int = 0
    """How much else of the same procedure waits, where only the first is shown."""


@dataclass(frozen=True)
class Desk:
    """For whom a person acts on a day: divisions with what they took over, and for coordinators what is nobody's."""

    user_id: int
    divisions: frozenset[int]
    coordinates: bool

    def is_asked(self, one: Awaited) -> bool:
        """Whether it is awaited from this person."""
        if one.side != Side.TOWN:
            return False
        if one.user_id is not None:
            return one.user_id == self.user_id
        if one.division is None:
            return self.coordinates
        return one.division.pk in self.divisions


def desk_of(user: User, day: date) -> Desk:
    """For whom the person acts on the day; coordinators also for divisions that have no clerk, as letters do."""
    lineage = Lineage(user.municipality)
    held = Assignment.objects.holding_on(day).filter(user__municipality=user.municipality_id)
    clerks = held.filter(role=Role.RESPONSIBLE, user__is_active=True, division__isnull=False)
    own, staffed = set(), set()
    for user_id, division_id in clerks.values_list("user", "division"):
        now = lineage.on(division_id, day).pk
        staffed.add(now)
        if user_id == user.pk:
            own.add(now)
    coordinates = held.filter(user=user, role=Role.COORDINATOR).exists()
    mine = own | ({pk for pk in lineage.divisions if pk not in staffed} if coordinates else set())
    divisions = frozenset(pk for pk in lineage.divisions if lineage.on(pk, day).pk in mine)
    return Desk(user.pk, divisions, coordinates)


def tasks_of(user: User, day: date) -> list[Waiting]:
    """Everything that is awaited from the person on the day: what is late first, then by its day."""
    desk = desk_of(user, day)
    running = Procedure.objects.of(user.municipality).running().filter(may_ask(desk))
    found = [
        Waiting(procedure, one, one.is_late(day))
        for procedure in together(running)
        for one in awaited(procedure, day)
        if desk.is_asked(one)
    ]
    return sorted(found, key=lambda one: (one.awaited.by is None, one.awaited.by or day))


def may_ask(desk: Desk) -> Q:
    """Procedures that may ask this person for something: only these are read, however many the town runs."""
    here = OuterRef("pk")
    asked = InquiredDivision.objects.filter(inquiry__procedure=here, division__in=desk.divisions)
    points = Point.objects.filter(procedure=here, owner_division__in=desk.divisions)
    reviewers = Reviewer.objects.filter(round__procedure=here, round__closed_at=None)
    reviewers = reviewers.filter(Q(user=desk.user_id) | Q(division__in=desk.divisions))
    mine = Q(division__in=desk.divisions) | Q(Exists(asked)) | Q(Exists(points)) | Q(Exists(reviewers))
    return mine | Q(division=None) if desk.coordinates else mine


def first_of_each(waiting: Iterable[Waiting]) -> list[Waiting]:
    """Of each procedure the first thing, with how much else of it waits."""
    by_procedure: dict[int, list[Waiting]] = {}
    for one in waiting:
        by_procedure.setdefault(one.procedure.pk, []).append(one)
    return [replace(ones[0], more=len(ones) - 1) for ones in by_procedure.values()]
