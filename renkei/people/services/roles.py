"""Roles of a person: given from a day, ended on a day, changed, taken back before they begin."""

from datetime import date

from django.utils.translation import gettext as _

from renkei.accounts.models import Assignment, Role, User
from renkei.audit.services import record
from renkei.municipalities.models import Division
from renkei.people import events
from renkei.people.services.staffing import (
    ONE_DAY,
    PeopleRefused,
    period_words,
    refuse_beyond_a_deputy,
    staffing,
    told_roles,
)
from renkei.rules.japanese_calendar import japanese_date

OF_A_DIVISION = (Role.RESPONSIBLE,)
"""Roles that mean nothing without a division."""


def give_role(
    person: User,
    *,
    role: Role,
    division: Division | None,
    starts_on: date,
    ends_on: date | None = None,
    actor: User | None,
    day: date,
    reason: str = "",
) -> Assignment:
    """Give the person a role from a first day (to a last one); `day` is the day of the act."""
    with staffing(person.municipality, day=day):
        refuse_beyond_a_deputy(actor, [(person, role)], day=day)
        before = told_roles(person, day)
        given = _begin(person, role, division, starts_on, ends_on)
        record(
            events.ROLE_GIVEN,
            actor,
            person,
            municipality=person.municipality,
            reason=reason,
            changes={"accounts.assignment": (before, told_roles(person, day))},
            role=given.words,
            period=period_words(starts_on, ends_on),
        )
    return given


def end_role(assignment: Assignment, *, on: date, actor: User | None, day: date, reason: str = "") -> None:
    """The role ends; `on` is its last day."""
    person = assignment.user
    with staffing(person.municipality, day=day):
        before, assignment = told_roles(person, day), _as_it_stands(assignment)
        _end(assignment, on)
        record(
            events.ROLE_ENDED,
            actor,
            person,
            municipality=person.municipality,
            reason=reason,
            changes={"accounts.assignment": (before, told_roles(person, day))},
            role=assignment.words,
            on=japanese_date(on),
        )


def drop_role(assignment: Assignment, *, actor: User | None, day: date, reason: str = "") -> None:
    """Take back a role that was held on no day before today, as if it had never been given."""
    person = assignment.user
    with staffing(person.municipality, day=day):
        before, assignment = told_roles(person, day), _as_it_stands(assignment)
        if assignment.starts_on < day:
            raise PeopleRefused(
                _("すでに始まっている役割は取りやめられません。最後の日を入れて終えてください。")
            )
        words, period = assignment.words, period_words(assignment.starts_on, assignment.ends_on)
        assignment.delete()
        record(
            events.ROLE_DROPPED,
            actor,
            person,
            municipality=person.municipality,
            reason=reason,
            changes={"accounts.assignment": (before, told_roles(person, day))},
            role=words,
            period=period,
        )


def change_role(
    assignment: Assignment,
    *,
    role: Role,
    division: Division | None,
    starts_on: date,
    actor: User | None,
    day: date,
    reason: str = "",
) -> Assignment:
    """From a day on the person holds another role instead; the former one ends the day before."""
    person = assignment.user
    with staffing(person.municipality, day=day):
        before, assignment = told_roles(person, day), _as_it_stands(assignment)
        refuse_beyond_a_deputy(actor, [(person, role)], day=day)
        if assignment.deputy_for:
            raise PeopleRefused(_("代理の役割は変えられません。終えてから、代理を立て直してください。"))
        if (assignment.role, assignment.division) == (role, division):
            raise PeopleRefused(_("いまと同じ役割です。別の役割か課を選んでください。"))
        last = assignment.ends_on
        _end(assignment, starts_on - ONE_DAY)
        later = _begin(person, role, division, starts_on, last)
        record(
            events.ROLE_CHANGED,
            actor,
            person,
            municipality=person.municipality,
            reason=reason,
            changes={"accounts.assignment": (before, told_roles(person, day))},
            role=assignment.words,
            later=later.words,
            on=japanese_date(starts_on),
        )
    return later


def why_not_hold(
    person: User, role: Role | str, division: Division | None, starts_on: date, ends_on: date | None
) -> str | None:
    """None if the person could hold the role in this time; otherwise the sentence to show."""
    if ends_on and ends_on < starts_on:
        return _("最後の日は、始まりの日と同じ日か、それより後の日にしてください。")
    if division is None:
        if role in OF_A_DIVISION:
            return _("この役割には課が要ります。課を選んでください。")
    elif division.municipality_id != person.municipality_id:
        return _("ほかの自治体の課です。")
    elif not division.existed_on(starts_on):
        return _("「%(division)s」は%(day)sにはない課です。その日にある課を選んでください。") % {
            "division": division,
            "day": japanese_date(starts_on),
        }
    if person.has_left(starts_on):
        return _("%(name)sは、その日には在籍していません。在籍の最後の日を確かめてください。") % {
            "name": person
        }
    if person.last_day and (ends_on is None or ends_on > person.last_day):
        return _(
            "%(name)sの在籍は%(last)sまでです。役割の最後の日を、その日か、それより前の日にしてください。"
        ) % {"name": person, "last": japanese_date(person.last_day)}
    return None


def overlapping(
    person: User, role: Role | str, division: Division | None, starts_on: date, ends_on: date | None
) -> Assignment | None:
    """A role of the person's own that is the same and meets this time; None if there is none."""
    same = person.assignments.own().until(starts_on).filter(role=role, division=division)
    return (same.filter(starts_on__lte=ends_on) if ends_on else same).first()


def _begin(
    person: User, role: Role, division: Division | None, starts_on: date, ends_on: date | None
) -> Assignment:
    if reason := why_not_hold(person, role, division, starts_on, ends_on):
        raise PeopleRefused(reason)
    if same := overlapping(person, role, division, starts_on, ends_on):
        raise PeopleRefused(
            _("同じ役割をすでに持っています(%(role)s、%(period)s)。")
            % {"role": same.words, "period": period_words(same.starts_on, same.ends_on)}
        )
    return Assignment.objects.create(
        user=person, role=role, division=division, starts_on=starts_on, ends_on=ends_on
    )


def _end(assignment: Assignment, on: date) -> None:
    if on < assignment.starts_on:
        raise PeopleRefused(
            _("役割は%(first)sに始まります。最後の日は、それと同じ日か後の日にしてください。")
            % {"first": japanese_date(assignment.starts_on)}
        )
    if assignment.ends_on and on > assignment.ends_on:
        raise PeopleRefused(
            _("役割は%(last)sで終わります。延ばすときは、その翌日からの役割を与えてください。")
            % {"last": japanese_date(assignment.ends_on)}
        )
    assignment.ends_on = on
    assignment.save(update_fields=["ends_on"])


def _as_it_stands(assignment: Assignment) -> Assignment:
    """The role as it is now that nobody else can change it; refuses where somebody did since it was read."""
    held = (
        Assignment.objects.select_related("user", "division", "deputy_for").filter(pk=assignment.pk).first()
    )
    if held is None or held.ends_on != assignment.ends_on:
        raise PeopleRefused(_("ほかの人が先にこの役割を変えました。職員のページを読み直してください。"))
    return held
