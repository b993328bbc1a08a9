"""Whoever lets a handover wait for a week hears of it once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from renkei.accounts.models import Role, User
from renkei.handovers.services import accept, hand_over, prepare
from renkei.reminders.daily import do_day
from renkei.reminders.models import Letter
from tests.factories import a_division, a_municipality, a_user

pytestmark = pytest.mark.django_db

MARCH = date(2027, 3, 31)
AT = datetime(2027, 4, 7, 1, tzinfo=UTC)


@pytest.fixture
def division():
    return a_division()


def a_clerk(name, division):
    a_user(role=Role.RESPONSIBLE, division=division, sign_in_name=name)
    User.objects.filter(sign_in_name=name).update(email=f"{name}@example.jp")
    return User.objects.get(sign_in_name=name)


def addresses_on(*days: int) -> list[str]:
    """Who was written to about a handover, by the daily work of so many days after it was handed over."""
    for after in days:
        do_day(a_municipality(), MARCH + timedelta(days=after), AT + timedelta(days=after))
    return sorted(Letter.objects.filter(subject__contains="引継ぎ").values_list("address", flat=True))


def test_the_receiver_hears_after_seven_days_and_only_once(division):
    giver, receiver = a_clerk("giver", division), a_clerk("receiver", division)
    handover = prepare(giver=giver, receiver=receiver, on=MARCH + timedelta(days=1), actor=giver)
    hand_over(handover, actor=giver, day=MARCH)
    assert addresses_on(6) == []
    assert addresses_on(7, 8, 30) == ["receiver@example.jp"]


def test_the_clerks_of_the_receiving_division_hear(division):
    giver, other = a_clerk("giver", division), a_division(name="危機管理課")
    a_clerk("one", other), a_clerk("two", other)
    handover = prepare(
        giver=giver, division=division, receiving_division=other, on=MARCH + timedelta(days=1), actor=giver
    )
    hand_over(handover, actor=giver, day=MARCH)
    assert addresses_on(7) == ["one@example.jp", "two@example.jp"]


def test_nobody_hears_of_an_accepted_one(division):
    giver, receiver = a_clerk("giver", division), a_clerk("receiver", division)
    handover = prepare(giver=giver, receiver=receiver, on=MARCH + timedelta(days=1), actor=giver)
    hand_over(handover, actor=giver, day=MARCH)
    accept(handover, actor=receiver, at=AT)
    assert addresses_on(7) == []
