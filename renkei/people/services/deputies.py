"""Deputies: for a time, at most a year, somebody holds what another holds in a division."""

from datetime import date

from django.utils.translation import gettext as _

from renkei.accounts.models import Assignment, User
from renkei.audit.services import record
from renkei.municipalities.models import Division
from renkei.people import events
from renkei.people.services.roles import overlapping, why_not_hold
from renkei.people.services.staffing import (
    PeopleRefused,
    period_words,
    refuse_beyond_a_deputy,
    staffing,
    told_roles,
)
from renkei.rules.japanese_calendar import japanese_date
from renkei.rules.terms import last_day_of_term

LONGEST_MONTHS = 12


def appoint_deputy(
    deputy: User,
    *,
    for_whom: User,
    division: Division | None,
    starts_on: date,
    ends_on: date,
    actor: User | None,
    day: date,
    reason: str = "",
) -> list[Assignment]:
    """The deputy holds the roles of the other in the division from the first to the last day; one row for each."""
    with staffing(deputy.municipality, day=day):
        roles = _roles_to_hold(deputy, for_whom, division, starts_on, ends_on)
        refuse_beyond_a_deputy(actor, [(deputy, role) for role in roles], day=day)
        before = told_roles(deputy, day)
        held = [
            Assignment.objects.create(
                user=deputy,
                role=role,
                division=division,
                deputy_for=for_whom,
                starts_on=starts_on,
                ends_on=ends_on,
            )
            for role in roles
        ]
        record(
            events.DEPUTY_APPOINTED,
            actor,
            deputy,
            municipality=deputy.municipality,
            reason=reason,
            changes={"accounts.assignment": (before, told_roles(deputy, day))},
            name=for_whom.name,
            role="、".join(one.get_role_display() for one in held),
            period=period_words(starts_on, ends_on),
        )
    return held


def _roles_to_hold(
    deputy: User, for_whom: User, division: Division | None, starts_on: date, ends_on: date
) -> list[str]:
    if reason := _why_not(deputy, for_whom, starts_on, ends_on):
        raise PeopleRefused(reason)
    own = for_whom.assignments.own().holding_on(starts_on).filter(division=division)
    roles = sorted({one.role for one in own})
    if not roles:
        raise PeopleRefused(
            _("%(name)sは、%(day)sにこの課の役割を持っていません。代理の始まりの日か課を確かめてください。")
            % {"name": for_whom, "day": japanese_date(starts_on)}
        )
    for role in roles:
        if reason := why_not_hold(deputy, role, division, starts_on, ends_on):
            raise PeopleRefused(reason)
    return [
        role for role in roles if not _has_it(deputy, for_whom, role, division, starts_on, ends_on)
    ] or _nothing(deputy)


def _why_not(deputy: User, for_whom: User, starts_on: date, ends_on: date) -> str | None:
    if deputy.pk == for_whom.pk:
        return _("代理には、本人とは別の職員を選んでください。")
    if deputy.municipality_id != for_whom.municipality_id:
        return _("ほかの自治体の職員です。")
    if not deputy.is_active:
        return _("%(name)sはサインインできない職員です。別の職員を選んでください。") % {"name": deputy}
    if ends_on > (longest := last_day_of_term(starts_on, months=LONGEST_MONTHS)):
        return _("代理は1年までです。最後の日は%(last)sか、それより前の日にしてください。") % {
            "last": japanese_date(longest)
        }
    return None


def _has_it(
    deputy: User, for_whom: User, role: str, division: Division | None, starts_on: date, ends_on: date
) -> bool:
    """Whether the deputy holds the role himself all the time, or already as the same deputy for some of it."""
    own = overlapping(deputy, role, division, starts_on, starts_on)
    if own and (own.ends_on is None or own.ends_on >= ends_on):
        return True
    rows = deputy.assignments.until(starts_on).filter(starts_on__lte=ends_on, deputy_for=for_whom)
    return rows.filter(role=role, division=division).exists()


def _nothing(deputy: User) -> list[str]:
    raise PeopleRefused(
        _("%(name)sは、この間、同じ役割をすでに持っています。代理を立てる必要はありません。")
        % {"name": deputy}
    )
