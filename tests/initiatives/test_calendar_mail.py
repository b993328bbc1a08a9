"""A meeting as other calendars read it: no line is broken, nothing that is typed becomes a line of its own."""

from datetime import UTC, date, datetime, time

import pytest
from icalendar import Calendar

from renkei.accounts.models import User
from renkei.initiatives.calendar_mail import Method, Receiver, calendar_of
from renkei.initiatives.models import RegularMeeting
from renkei.municipalities.models import Municipality
from renkei.reminders.mail import message_of
from renkei.reminders.models import Letter

AT = datetime(2024, 5, 1, 1, 0, tzinfo=UTC)
HOSTILE = (
    '会議"\r\nATTENDEE:mailto:evil@example.com\r\nX-EVIL;A=\x00\u202e1,2:3\\n' + "とても長い名前の協議会" * 20
)
FOLDED_AT = 75
LETTERS = "連携"


def a_meeting(**facts: object) -> RegularMeeting:
    known = {"title": "連携協議会", "held_on": date(2024, 6, 3), "public_id": "meeting00001", "sequence": 2}
    town, clerk = (
        Municipality(code="012041", name="見本市"),
        User(name="見本 花子", email="hanako@town.example"),
    )
    return RegularMeeting(municipality=town, written_by=clerk, **{**known, **facts})


def event_of(meeting: RegularMeeting, method: Method = Method.REQUEST, receiver: Receiver | None = None):
    return Calendar.from_ical(calendar_of(meeting, method, at=AT, receiver=receiver)).walk("VEVENT")[0]


def test_a_meeting_with_times_stands_at_its_hours_of_tokyo_and_asks_the_receiver_alone():
    meeting = a_meeting(begins_at=time(14, 0), ends_at=time(15, 30), place="会議室", agenda="取組\n予定")
    text = calendar_of(meeting, Method.REQUEST, at=AT, receiver=Receiver("佐藤 一郎", "sato@example.com"))
    event = Calendar.from_ical(text).walk("VEVENT")[0]
    assert "METHOD:REQUEST\r\n" in text
    assert event["uid"] == "meeting00001@012041.renkei"
    assert event["sequence"] == 2
    assert event["dtstart"].dt == datetime(2024, 6, 3, 5, 0, tzinfo=UTC)
    assert event["dtend"].dt == datetime(2024, 6, 3, 6, 30, tzinfo=UTC)
    assert event["organizer"] == "mailto:hanako@town.example"
    assert event["attendee"] == "mailto:sato@example.com"
    assert event["attendee"].params["RSVP"] == "TRUE"
    assert event["description"].endswith("取組\n予定")


def test_a_meeting_without_times_takes_the_whole_day_and_one_without_an_end_an_hour():
    whole, open_ended = event_of(a_meeting()), event_of(a_meeting(begins_at=time(9, 0)))
    assert (whole["dtstart"].dt, whole["dtend"].dt) == (date(2024, 6, 3), date(2024, 6, 4))
    assert open_ended["dtend"].dt == datetime(2024, 6, 3, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("method, status", [(Method.REQUEST, "CONFIRMED"), (Method.CANCEL, "CANCELLED")])
def test_hostile_words_stay_words(method, status):
    meeting = a_meeting(title=HOSTILE, place=HOSTILE, agenda=HOSTILE)
    meeting.written_by.name = HOSTILE
    text = calendar_of(meeting, method, at=AT, receiver=Receiver(HOSTILE, "sato@example.com"))
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    assert event["attendee"] == "mailto:sato@example.com"
    assert "X-EVIL" not in event
    assert event["status"] == status
    assert {line.partition(":")[0] for line in text.split("\r\n")} >= {"METHOD", "UID", "SEQUENCE"}
    assert "\n" not in text.replace("\r\n", "")
    assert "\x00" not in text and "\u202e" not in text
    assert all(len(line) <= FOLDED_AT for line in text.encode().split(b"\r\n"))
    assert all(line.decode() is not None for line in text.encode().split(b"\r\n"))


def test_the_mail_offers_the_meeting_as_an_alternative_and_as_a_file():
    text = calendar_of(a_meeting(), Method.CANCEL, at=AT, receiver=Receiver("佐藤", "sato@example.com"))
    letter = Letter(
        name=HOSTILE, address="sato@example.com", subject=HOSTILE, plain="中止", html="<p>中止</p>"
    )
    letter.written_at, letter.calendar = AT, text
    message = message_of(letter)
    parts = {part.get_content_type(): part for part in message.walk()}
    (alternatives,) = [part for part in message.walk() if part.get_content_type() == "multipart/alternative"]
    kinds = [part.get_content_type() for part in alternatives.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    assert parts["text/calendar"].get_param("method") == "CANCEL"
    assert parts["application/ics"].get_filename() == "meeting.ics"
    assert parts["application/ics"].get_content() == text.encode()
    assert parts["text/calendar"].get_content().split() == text.split()
    assert message["To"].addresses[0].addr_spec == "sato@example.com"
    assert "X-EVIL" not in message
