"""What the meeting after a regular meeting could say: a year later, with the same people, about what was left open."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from renkei.initiatives.meeting_facts import Invitee, RegularMeetingFacts
from renkei.initiatives.models import Attendee, RegularMeeting
from renkei.municipalities.divisions import Lineage
from renkei.rules.japanese_calendar import is_working_day

ONE_DAY = timedelta(days=1)
WEEKS_IN_A_YEAR = 52


def next_facts(meeting: RegularMeeting, day: date) -> RegularMeetingFacts:
    """The next meeting, for a person to put right; what is still to be done stands first on its agenda."""
    division = meeting.division
    return RegularMeetingFacts(
        title=meeting.title,
        held_on=next_day(meeting.held_on, day),
        begins_at=meeting.begins_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        agenda=_agenda(meeting),
        division=Lineage(meeting.municipality).on(division.pk, day) if division else None,
        agreements=list(meeting.agreements.all()),
        attendees=[Invitee.of(one) for one in meeting.attendees.all() if _is_still_there(one)],
    )


def next_day(held_on: date, day: date) -> date:
    """The same weekday a year later that lies after the day; the next working day where it is none."""
    on = held_on
    while on <= day or on == held_on:
        on += timedelta(weeks=WEEKS_IN_A_YEAR)
    while not is_working_day(on):
        on += ONE_DAY
    return on


def _agenda(meeting: RegularMeeting) -> str:
    left = [
        _("前回からの持ち越し: %(what)s(%(who)s)") % {"what": one.text, "who": one.whose}
        for one in meeting.follow_ups.open().select_related("division", "organisation")
    ]
    return "\n".join([*left, meeting.agenda] if meeting.agenda else left)


def _is_still_there(one: Attendee) -> bool:
    """Neither a clerk who left nor a person of a partner whose access was ended."""
    if one.user is not None:
        return one.user.is_active
    return one.correspondent is None or one.correspondent.closed_at is None
