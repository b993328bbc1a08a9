"""The daily work: twice, missed, on two machines at once, killed, and with a step that fails – the same result."""

import threading
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from renkei.accounts.models import Draft, Role, User
from renkei.municipalities.daily import Notice, daily_work
from renkei.reminders.daily import do_day
from renkei.reminders.management.commands.keep_days import look
from renkei.reminders.models import DailyWork, Letter, LetterKind, Reminder
from renkei.reminders.models.day import GIVEN_UP_AFTER, DayState
from tests.factories import a_division, a_municipality, a_user
from tests.reminders.writing import an_ending

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 31)


@pytest.fixture
def clerk():
    user = a_user(role=Role.RESPONSIBLE, division=a_division())
    user.email = "clerk@town.example.jp"
    user.save()
    return user


@pytest.fixture
def heard():
    """A receiver of another room that answers what the test tells it to."""

    class Heard(list):
        answer = None

        def hear(self, sender, municipality, day, now, **kwargs):
            self.append((municipality, day))
            if isinstance(self.answer, Exception):
                raise self.answer
            return self.answer

    heard = Heard()
    daily_work.connect(heard.hear, weak=False)
    yield heard
    daily_work.disconnect(heard.hear)


def letters() -> list[str]:
    return sorted(Letter.objects.exclude(kind=LetterKind.NOTICE).values_list("kind", flat=True))


def test_the_day_is_done_once(clerk, now, heard):
    an_ending("2027-03-31", division=clerk.assignments.get().division)
    work = do_day(a_municipality(), DAY, now)
    assert (work.state, work.problems) == (DayState.DONE, [])
    assert do_day(a_municipality(), DAY, now) is None
    assert letters() == [LetterKind.REMINDER]
    assert heard == [(a_municipality(), DAY)]


def test_after_a_missed_month_there_is_one_reminder(clerk, now):
    an_ending("2027-03-31", division=clerk.assignments.get().division)
    do_day(a_municipality(), date(2026, 11, 1), now)
    do_day(a_municipality(), date(2027, 3, 26), now + timedelta(days=120))
    assert list(Reminder.objects.order_by("pk").values_list("distance", flat=True)) == [180, 7]


def test_a_day_whose_program_was_killed_is_done_again(now, heard):
    DailyWork.objects.create(municipality=a_municipality(), day=DAY, started_at=now)
    assert do_day(a_municipality(), DAY, now + GIVEN_UP_AFTER) is None
    work = do_day(a_municipality(), DAY, now + GIVEN_UP_AFTER + timedelta(seconds=1))
    assert work.state == DayState.DONE
    assert len(heard) == 1


def test_a_step_that_fails_is_told_and_does_not_stop_the_others(clerk, now, heard):
    an_ending("2027-03-31", division=clerk.assignments.get().division)
    heard.answer = RuntimeError("the disk is full")
    work = do_day(a_municipality(), DAY, now)
    assert work.state == DayState.FAILED
    assert "the disk is full" in work.problems[0]
    assert letters() == [LetterKind.REMINDER]
    heard.answer = None
    assert do_day(a_municipality(), DAY, now, again_after=timedelta(hours=1)) is None
    assert do_day(a_municipality(), DAY, now).state == DayState.DONE
    assert letters() == [LetterKind.REMINDER]


def test_a_notice_of_another_room_goes_to_the_administrators_or_where_it_says(now, heard):
    a_user(role=Role.ADMINISTRATOR, sign_in_name="kanri")
    heard.answer = [
        Notice("head", "末尾の控え", "012041 7 abc"),
        Notice("alarm", "異常", "x", addresses=("audit@town.example.jp",)),
    ]
    do_day(a_municipality(), DAY, now)
    own = Letter.objects.filter(subject__in=("末尾の控え", "異常"))
    assert {(one.name, one.address) for one in own} == {("見本 花子", ""), ("", "audit@town.example.jp")}


def test_forgotten_drafts_and_people_who_never_come_are_cleared_but_not_from_a_day_to_come(now):
    Draft.objects.create(user=a_user(), address="/desk/x/", content={})
    Draft.objects.update(kept_at=now - timedelta(days=31))
    unseen = a_user(role=Role.READER, sign_in_name="unseen")
    User.objects.filter(pk=unseen.pk).update(open_since=now - timedelta(days=20))
    do_day(a_municipality(), date(2030, 1, 1), now)
    assert not Draft.objects.exists()
    unseen.refresh_from_db()
    assert unseen.is_active
    User.objects.filter(pk=unseen.pk).update(open_since=now - timedelta(days=200))
    do_day(a_municipality(), DAY, now)
    unseen.refresh_from_db()
    assert not unseen.is_active


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("daily", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_takes_a_day_in_any_spelling_and_tells_what_was_done(clerk):
    an_ending("2027-03-31", division=clerk.assignments.get().division)
    assert "督促1件を書きました" in told("--on", "R8.12.31")
    assert "済んでいるか、ほかの機械が行っています" in told("--on", "2026-12-31")


@pytest.mark.parametrize("day", ["いつか", "2026年"])
def test_the_command_refuses_what_is_no_day(day):
    a_municipality()
    with pytest.raises(CommandError):
        told("--on", day)


def test_the_command_ends_with_an_error_where_something_failed(heard):
    a_municipality()
    heard.answer = RuntimeError("x")
    with pytest.raises(CommandError, match="もう一度実行してください"):
        told("--on", "2026-12-31")


def test_the_clock_does_the_day_from_its_hour_on_and_makes_up_a_missed_one(heard):
    a_municipality()
    look(datetime(2026, 12, 30, 20, 59, tzinfo=UTC), 6)  # 05:59 in Tokyo
    assert heard == []
    look(datetime(2026, 12, 30, 21, 0, tzinfo=UTC), 6)
    look(datetime(2026, 12, 30, 21, 0, 5, tzinfo=UTC), 6)
    look(datetime(2027, 1, 3, 9, 0, tzinfo=UTC), 6)  # after days without a machine
    assert [day for _town, day in heard] == [date(2026, 12, 31), date(2027, 1, 3)]


@pytest.mark.django_db(transaction=True)
def test_on_two_machines_at_once_the_same_is_done_once(now, heard):
    division = a_division()
    a_user(role=Role.RESPONSIBLE, division=division)
    for number in range(20):
        an_ending("2027-03-31", division=division, title=f"協定{number}")
    town, works = a_municipality(), []
    gate = threading.Barrier(4)

    def machine() -> None:
        gate.wait(10)
        try:
            works.append(do_day(town, DAY, now))
        finally:
            connection.close()

    machines = [threading.Thread(target=machine) for _number in range(4)]
    for one in machines:
        one.start()
    for one in machines:
        one.join(60)
    assert sorted(work is None for work in works) == [False, True, True, True]
    assert letters() == [LetterKind.REMINDER]
    assert Reminder.objects.count() == 20
    assert len(heard) == 1


@pytest.mark.django_db(transaction=True)
def test_even_two_that_remind_at_the_same_time_remind_once(now):
    """As after a claim that was given up although its machine was only slow."""
    from renkei.reminders.services import refresh, remind

    division = a_division()
    for number in range(3):
        a_user(role=Role.RESPONSIBLE, division=division, sign_in_name=f"clerk{number}")
    for number in range(10):
        an_ending("2027-03-31", division=division, title=f"協定{number}")
    town = a_municipality()
    refresh(town, DAY, now)
    gate, written = threading.Barrier(3), []

    def machine() -> None:
        gate.wait(10)
        try:
            written.append(remind(town, DAY, now))
        finally:
            connection.close()

    machines = [threading.Thread(target=machine) for _number in range(3)]
    for one in machines:
        one.start()
    for one in machines:
        one.join(60)
    assert sum(written) == Reminder.objects.count() == 30
    assert letters() == [LetterKind.REMINDER] * 3
