"""The weekly digest: on the first working day of the week, once, to those who want it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from renkei.accounts.models import Role
from renkei.agreements.models import RenewalDecision
from renkei.agreements.vocabulary import Decision
from renkei.audit.models import Entry
from renkei.reminders.models import Letter
from renkei.reminders.services import choose_digest, refresh, send_digests
from renkei.reminders.services.digest import digest_week
from tests.factories import a_division, a_municipality, a_user
from tests.reminders.writing import an_ending

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 3, 15)


@pytest.fixture
def clerk():
    user = a_user(role=Role.RESPONSIBLE, division=a_division())
    user.email = "clerk@town.example.jp"
    user.save()
    return user


def on(day: date) -> int:
    moment = datetime.combine(day, time(1), tzinfo=UTC)
    refresh(a_municipality(), day, moment)
    return send_digests(a_municipality(), day, moment)


def division_of(clerk):
    return clerk.assignments.get().division


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        ("2026-11-30", "2026-11-30"),  # a Monday
        ("2026-12-02", "2026-11-30"),  # missed until Wednesday
        ("2026-11-23", None),  # 勤労感謝の日, a Monday
        ("2026-11-24", "2026-11-23"),
        ("2026-12-28", "2026-12-28"),
        ("2027-01-03", "2026-12-28"),
        ("2020-05-04", None),  # みどりの日 … until Wednesday
        ("2020-05-06", None),
        ("2020-05-07", "2020-05-04"),
    ],
)
def test_the_digest_is_due_from_the_weeks_first_working_day(day, monday):
    assert digest_week(date.fromisoformat(day)) == (date.fromisoformat(monday) if monday else None)


def test_it_comes_once_a_week_also_when_a_day_is_missed(clerk):
    an_ending("2027-03-31", division=division_of(clerk))
    assert [on(MONDAY + timedelta(days=days)) for days in (1, 2, 3, 7, 8)] == [
        1,
        0,
        0,
        0,
        1,
    ]  # the second Monday is a holiday


def test_it_says_what_waits_what_was_missed_and_what_was_decided(clerk):
    division = division_of(clerk)
    an_ending("2027-03-31", division=division, title="待つ協定")
    an_ending("2027-03-10", division=division, title="過ぎた協定")
    decided = an_ending("2027-03-30", division=division, title="決めた協定")
    refresh(a_municipality(), date(2027, 3, 1), datetime(2027, 3, 1, tzinfo=UTC))
    RenewalDecision.objects.create(
        agreement=decided, term_ends_on=date(2027, 3, 30), decision=Decision.RENEW,
        decided_on=date(2027, 3, 12), decided_by=clerk,
    )  # fmt: skip
    on(MONDAY)
    parts = Letter.objects.get().plain.split("■ ")
    assert [part.splitlines()[0] for part in parts[1:]] == [
        "判断を待っている期限(30日以内)",
        "判断のないまま過ぎた期限(この30日)",
        "この一週間に判断された協定",
    ]
    for part, title in zip(parts[1:], ("待つ協定", "過ぎた協定", "決めた協定"), strict=True):
        assert f"「{title}」" in part
        assert part.count("「") == 1 + part.count("「期限のカレンダーと通知」")


def test_a_deadline_decided_after_it_passed_is_not_told_as_missed(clerk):
    late = an_ending("2027-03-10", division=division_of(clerk))
    refresh(a_municipality(), date(2027, 3, 1), datetime(2027, 3, 1, tzinfo=UTC))
    RenewalDecision.objects.create(
        agreement=late, term_ends_on=date(2027, 3, 10), decision=Decision.DECLINE, decided_on=date(2027, 3, 1)
    )
    assert on(MONDAY) == 0


def test_nothing_to_tell_is_not_told(clerk):
    an_ending("2028-03-31", division=division_of(clerk))
    assert on(MONDAY) == 0


def test_it_can_be_switched_off_and_on_and_that_is_told(clerk):
    an_ending("2027-03-31", division=division_of(clerk))
    choose_digest(clerk, is_wanted=False)
    assert on(MONDAY) == 0
    choose_digest(clerk, is_wanted=True)
    assert on(MONDAY) == 1
    told = Entry.objects.filter(event="reminders.digest_chosen").order_by("number")
    assert [entry.facts["choice"] for entry in told] == ["受け取らない", "受け取る"]


def test_a_reader_of_the_register_gets_none():
    a_user(role=Role.READER)
    an_ending("2027-03-31")
    assert on(MONDAY) == 0
