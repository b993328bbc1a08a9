"""When each agreement was last talked about, and when it is next: what a year of meetings still lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from renkei.agreements.models import Agreement
from renkei.initiatives.models import RegularMeeting
from renkei.initiatives.vocabulary import MeetingState
from renkei.rules.japanese_calendar import fiscal_year

Through = RegularMeeting.agreements.through


@dataclass
class Spoken:
    """The last meeting that was held about an agreement, and the next one that is planned."""

    last: RegularMeeting | None = None
    next: RegularMeeting | None = None

    def is_in(self, year: int) -> bool:
        """Whether one of them lies in the fiscal year."""
        return any(one is not None and fiscal_year(one.held_on) == year for one in (self.last, self.next))


def spoken_about(agreements: Iterable[Agreement], day: date) -> dict[int, Spoken]:
    """Last and next meeting by the key of the agreement, in two queries; one that is past and unrecorded is neither."""
    ids = [one.pk for one in agreements]
    links = Through.objects.filter(agreement__in=ids).values_list("agreement_id", "regularmeeting_id")
    known = RegularMeeting.objects.filter(pk__in=[meeting for _agreement, meeting in links])
    meetings = known.exclude(state=MeetingState.CANCELLED).in_bulk()
    found = {pk: Spoken() for pk in ids}
    for agreement, key in links:
        if meeting := meetings.get(key):
            _note(found[agreement], meeting, day)
    return found


def _note(spoken: Spoken, meeting: RegularMeeting, day: date) -> None:
    if meeting.state == MeetingState.HELD:
        if spoken.last is None or meeting.held_on > spoken.last.held_on:
            spoken.last = meeting
    elif meeting.is_coming(day) and (spoken.next is None or meeting.held_on < spoken.next.held_on):
        spoken.next = meeting


def without_meeting(agreements: Iterable[Agreement], year: int, day: date) -> list[tuple[Agreement, Spoken]]:
    """The agreements of which no meeting was held or is planned in the fiscal year, as of the day."""
    listed = list(agreements)
    spoken = spoken_about(listed, day)
    return [(one, spoken[one.pk]) for one in listed if not spoken[one.pk].is_in(year)]
