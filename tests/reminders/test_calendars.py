"""Calendars as a second implementation and a strict reader of lines see them."""

import re
from datetime import date, timedelta

import pytest
import vobject
from django.urls import reverse

from renkei.accounts.models import Role
from renkei.agreements.services import end
from renkei.agreements.vocabulary import EndReason
from renkei.audit.models import Entry
from renkei.reminders.calendars import calendar_of
from renkei.reminders.models import Deadline, Feed
from renkei.reminders.services import refresh, renew
from tests.factories import a_division, a_municipality, a_user
from tests.reminders.writing import a_yearly, an_ending

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 26)
LONG = "災害時における物資の供給、輸送および髙層住宅の𠮷凶に関する協定;その他,逆\\斜線"


@pytest.fixture
def feed(now):
    """The town's calendar."""
    return renew(Feed(municipality=a_municipality()), actor=a_user(), now=now)


def refreshed(now):
    refresh(a_municipality(), DAY, now)


def read(content: bytes) -> list[vobject.base.Component]:
    """What the second implementation makes of it."""
    return getattr(vobject.readOne(content.decode()), "vevent_list", [])


def test_each_line_keeps_the_rules(feed, now):
    an_ending("2027-03-31", title=LONG * 3, partners=("株式会社見本" * 20,))
    a_yearly()
    refreshed(now)
    content = calendar_of(feed, DAY)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")  # no character is cut in two


def test_the_second_implementation_reads_what_was_written(feed, now):
    an_ending("2027-03-31", title=LONG)
    refreshed(now)
    (event,) = read(calendar_of(feed, DAY))
    assert event.summary.value == f"期間の終わり: {LONG}(株式会社見本)"
    assert event.dtstart.value == date(2027, 3, 31)
    assert event.dtend.value == date(2027, 4, 1)
    assert event.status.value == "CONFIRMED"
    assert event.valarm.trigger.value == timedelta(days=-7, hours=9)
    calendar = vobject.readOne(calendar_of(feed, DAY).decode())
    assert calendar.contents["x-wr-calname"][0].value == f"連携の期限({a_municipality()})"


def test_an_item_keeps_its_uid_while_its_day_moves_and_its_sequence_rises(feed, now):
    agreement = an_ending("2027-03-31")
    refreshed(now)
    (before,) = read(calendar_of(feed, DAY))
    agreement.terms.update(ends_on=date(2027, 9, 30), in_force_until=date(2027, 9, 30))
    refreshed(now + timedelta(hours=1))
    (after,) = read(calendar_of(feed, DAY))
    assert after.uid.value == before.uid.value
    assert (int(before.sequence.value), int(after.sequence.value)) == (0, 1)
    assert after.dtstart.value == date(2027, 9, 30)
    assert after.dtstamp.value > before.dtstamp.value


def test_what_is_no_longer_due_is_cancelled_and_without_alarm(feed, now):
    agreement = an_ending("2027-03-31")
    refreshed(now)
    end(agreement, on=DAY, reason=EndReason.BY_BOTH, actor=None)
    refreshed(now)
    (event,) = read(calendar_of(feed, DAY))
    assert (event.status.value, event.sequence.value) == ("CANCELLED", "1")
    assert "valarm" not in event.contents


def test_a_decided_item_rings_no_alarm(feed, now):
    an_ending("2027-03-31")
    refreshed(now)
    Deadline.objects.update(is_decided=True)
    (event,) = read(calendar_of(feed, DAY))
    assert event.status.value == "CONFIRMED"
    assert "valarm" not in event.contents


def test_line_breaks_in_a_title_add_no_item(feed, now):
    an_ending("2027-03-31", title="一\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:二")
    refreshed(now)
    assert len(read(calendar_of(feed, DAY))) == 1


def test_the_calendar_of_a_division_and_of_a_person_hold_their_own(now):
    here, there = a_division(name="防災課"), a_division(name="環境課")
    an_ending("2027-03-31", division=here, title="防災の協定")
    an_ending("2027-03-31", division=there, title="環境の協定")
    clerk = a_user(role=Role.RESPONSIBLE, division=there)
    refreshed(now)
    of_division = renew(Feed(municipality=a_municipality(), division=here), actor=clerk, now=now)
    of_person = renew(Feed(municipality=a_municipality(), person=clerk), actor=clerk, now=now)
    assert "防災の協定" in read(calendar_of(of_division, DAY))[0].summary.value
    assert "環境の協定" in read(calendar_of(of_person, DAY))[0].summary.value
    assert len(read(calendar_of(of_division, DAY))) == len(read(calendar_of(of_person, DAY))) == 1


def address_of(feed: Feed) -> str:
    return reverse("desk:calendar_feed", args=[feed.public_id, feed.secret])


def test_whoever_knows_the_address_reads_it_without_signing_in(client, feed, now):
    an_ending("2027-03-31", notes="内緒のメモ")
    refreshed(now)
    answer = client.get(address_of(feed))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    assert "内緒のメモ" not in text
    told = set(re.findall(r"^([A-Z-]+)[;:]", text.split("BEGIN:VEVENT")[1], re.MULTILINE))
    assert told <= {
        "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "STATUS", "DESCRIPTION", "TRANSP", "BEGIN", "END",
        "ACTION", "TRIGGER", "LAST-MODIFIED",
    }  # fmt: skip


def test_an_unchanged_calendar_is_not_sent_twice(client, feed, now):
    agreement = an_ending("2027-03-31")
    refreshed(now)
    tag = client.get(address_of(feed))["ETag"]
    assert client.get(address_of(feed), headers={"if-none-match": tag}).status_code == 304
    agreement.terms.update(ends_on=date(2027, 9, 30), in_force_until=date(2027, 9, 30))
    refreshed(now + timedelta(hours=1))
    assert client.get(address_of(feed), headers={"if-none-match": tag}).status_code == 200


def test_two_agreements_that_change_places_are_seen(client, now):
    here, there = a_division(name="防災課"), a_division(name="環境課")
    one, other = (an_ending("2027-03-31", division=where, title=str(where)) for where in (here, there))
    third = an_ending("2027-03-31", division=here, title="三つめ")
    refreshed(now)
    address = address_of(renew(Feed(municipality=a_municipality(), division=here), actor=a_user(), now=now))
    tag = client.get(address)["ETag"]
    for agreement, division in ((one, there), (other, here)):
        type(agreement).objects.filter(pk=agreement.pk).update(division=division)
    refreshed(now)
    assert third.pk == max(one.pk, other.pk, third.pk), "the newest stays where it is"
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_an_old_address_says_that_it_is_gone_and_a_guessed_one_nothing(client, feed, now):
    old = address_of(feed)
    renew(feed, actor=a_user(sign_in_name="other"), now=now)
    assert client.get(address_of(feed)).status_code == 200
    gone = client.get(old)
    assert gone.status_code == 410
    assert "新しいアドレスを確かめてください" in gone.content.decode()
    for secret in ("1-", "x", "2-" + "0" * 40, "99999999999-abc", "１-abc", feed.secret[:-1]):
        assert (
            client.get(
                reverse("desk:calendar_feed", args=[feed.public_id, "a"])[:-5] + f"{secret}.ics"
            ).status_code
            == 404
        )
    assert [
        entry.event for entry in Entry.objects.filter(event__startswith="reminders.feed").order_by("number")
    ] == [
        "reminders.feed_made",
        "reminders.feed_renewed",
    ]


def test_the_calendar_of_somebody_who_left_is_gone(client, now):
    person = a_user()
    feed = renew(Feed(municipality=a_municipality(), person=person), actor=person, now=now)
    type(person).objects.update(is_active=False)
    assert client.get(address_of(feed)).status_code == 410


def test_no_secret_stands_in_the_database(feed):
    kept = " ".join(str(value) for value in Feed.objects.values_list().get())
    assert feed.secret.partition("-")[2] not in kept


def test_with_another_key_of_the_installation_no_address_opens(client, feed, settings):
    address = address_of(feed)
    settings.SECRET_KEY = "another key"
    assert client.get(address).status_code == 404
