"""A regular meeting in the words of calendars (iTIP, RFC 5546): asked to come, changed, cancelled.

Each receiver's calendar names only the receiver: nobody learns another's mail address. The identity (UID) stays the
same for the whole life of the meeting, SEQUENCE rises with each change, so that calendars move what they hold.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from renkei.initiatives.models import RegularMeeting

if TYPE_CHECKING:
    from icalendar import Event, vCalAddress

ONE_DAY = timedelta(days=1)
USUAL = timedelta(hours=1)
"""How long a meeting stands in a calendar whose end is not told."""
TOKYO = ZoneInfo("Asia/Tokyo")


class Method(StrEnum):
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True)
class Receiver:
    """Who is told: a name and a mail address."""

    name: str
    address: str


def calendar_of(
    meeting: RegularMeeting, method: Method, *, at: datetime, receiver: Receiver | None = None
) -> str:
    """The calendar's text with CRLF, its lines folded; without a receiver it asks nobody, as a file for anyone."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Renkei//Meetings//JA")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", str(method))
    calendar.add_component(_event(meeting, method, at, receiver))
    return bytes(calendar.to_ical()).decode()


def _event(meeting: RegularMeeting, method: Method, at: datetime, receiver: Receiver | None) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{meeting.public_id}@{meeting.municipality.code}.renkei")
    event.add("dtstamp", at)
    event.add("sequence", meeting.sequence)
    _add_times(event, meeting)
    event.add("summary", one_line(meeting.title))
    if meeting.place:
        event.add("location", one_line(meeting.place))
    if meeting.agenda:
        event.add("description", _("議題:") + "\n" + printable(meeting.agenda))
    event.add("status", "CANCELLED" if method == Method.CANCEL else "CONFIRMED")
    organiser = meeting.written_by
    if organiser is not None and organiser.email:
        event.add("organizer", _person(organiser.name, organiser.email))
    if receiver is not None:
        asked = _person(receiver.name, receiver.address)
        asked.params["ROLE"] = "REQ-PARTICIPANT"
        asked.params["PARTSTAT"] = "NEEDS-ACTION"
        asked.params["RSVP"] = "TRUE"
        event.add("attendee", asked)
    return event


def _add_times(event: "Event", meeting: RegularMeeting) -> None:
    """A meeting without a time takes the whole day; the day after it is its end (RFC 5545, 3.6.1)."""
    if meeting.begins_at is None:
        event.add("dtstart", meeting.held_on)
        event.add("dtend", meeting.held_on + ONE_DAY)
        return
    begins = datetime.combine(meeting.held_on, meeting.begins_at, TOKYO)
    ends = datetime.combine(meeting.held_on, meeting.ends_at, TOKYO) if meeting.ends_at else begins + USUAL
    event.add("dtstart", begins.astimezone(ZoneInfo("UTC")))
    event.add("dtend", ends.astimezone(ZoneInfo("UTC")))


def _person(name: str, address: str) -> "vCalAddress":
    from icalendar import vCalAddress

    person = vCalAddress(f"mailto:{one_line(address)}")
    person.params["CN"] = one_line(name).replace('"', "”") or one_line(address)
    return person


def one_line(text: str) -> str:
    """Without line breaks and signs that nobody sees: nothing that is typed begins a line of its own."""
    return " ".join(printable(text).split())


def printable(text: str) -> str:
    """Without signs that nobody sees, line ends excepted."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\u3000")
