"""Whom a deadline concerns on a day: the clerks of the division that answers for it, and who stands in for them."""

from collections import defaultdict
from datetime import date, timedelta

from django.utils.translation import gettext as _

from renkei.accounts.models import Assignment, Role, User
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Municipality
from renkei.reminders.models import Deadline, DeadlineQuerySet

WATCHED_BY_ALL = timedelta(days=30)
WATCHED_BY_THE_DIVISION = timedelta(days=180)


class Staff:
    """Who holds what in a town on a day, read once."""

    def __init__(self, municipality: Municipality, day: date) -> None:
        lineage = Lineage(municipality)
        held = Assignment.objects.holding_on(day).filter(
            user__municipality=municipality, user__is_active=True
        )
        self.clerks: dict[int, dict[int, User]] = defaultdict(dict)
        self.by_role: dict[str, dict[int, User]] = defaultdict(dict)
        for one in held.select_related("user").order_by("user__sign_in_name"):
            self.by_role[one.role][one.user_id] = one.user
            if one.role == Role.RESPONSIBLE and one.division_id:
                self.clerks[lineage.on(one.division_id, day).pk][one.user_id] = one.user

    @property
    def coordinators(self) -> list[User]:
        """Those of the coordinating division; the administrators where there is none."""
        return list((self.by_role[Role.COORDINATOR] or self.by_role[Role.ADMINISTRATOR]).values())

    @property
    def administrators(self) -> list[User]:
        """The administrators; the coordinators where there is none."""
        return list((self.by_role[Role.ADMINISTRATOR] or self.by_role[Role.COORDINATOR]).values())

    def responsible_for(self, deadline: Deadline) -> tuple[list[User], str]:
        """Who is to be told, and why it is not a clerk of the division, if it is not."""
        clerks = self.clerks.get(deadline.division_id or 0)
        if clerks:
            return list(clerks.values()), ""
        if deadline.division is None:
            return self.coordinators, _("担当課が決まっていないため、総括課に知らせます")
        return self.coordinators, _("%(division)sに担当者がいないため、総括課に知らせます") % {
            "division": deadline.division
        }


def concerning(person: User, day: date) -> DeadlineQuerySet:
    """Deadlines of the divisions in which the person is a responsible clerk; the whole town's for coordinators."""
    town = Deadline.objects.of(person.municipality).standing()
    if watches_the_town(person, day):
        return town
    return town.filter(division__in=_divisions_of(person, day))


def ahead_of(person: User, day: date) -> DeadlineQuerySet:
    """What concerns the person and is near: thirty days for the whole town, half a year for their own divisions."""
    span = WATCHED_BY_ALL if watches_the_town(person, day) else WATCHED_BY_THE_DIVISION
    return concerning(person, day).between(day, day + span)


def watches_the_town(person: User, day: date) -> bool:
    """Whether all deadlines of the town concern the person."""
    return person.holds(Role.COORDINATOR, Role.ADMINISTRATOR, day=day)


def _divisions_of(person: User, day: date) -> set[int]:
    held = person.assignments.holding_on(day).filter(role=Role.RESPONSIBLE, division__isnull=False)
    lineage = Lineage(person.municipality)
    return {lineage.on(division, day).pk for division in held.values_list("division", flat=True) if division}
