"""Who may come in at all: deactivating, the long absent, the last administrator, and the end of sessions."""

from datetime import UTC, date, datetime, timedelta

import pytest

from renkei.accounts.models import Assignment, Role, User
from renkei.audit.models import Entry
from renkei.people.services.access import AccessRefused, deactivate, lock_inactive, reactivate
from tests.factories import a_municipality, a_user

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 1)
NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)


def seen(user: User, *, days_ago: int | None, known_for: int = 1000) -> User:
    User.objects.filter(pk=user.pk).update(
        open_since=NOON - timedelta(days=known_for),
        last_login=None if days_ago is None else NOON - timedelta(days=days_ago),
    )
    return user


def is_active(user: User) -> bool:
    return User.objects.get(pk=user.pk).is_active


def locked(*, days: int = 180, town: str = "012041") -> int:
    """How many are locked of a town because nobody saw them for so many days."""
    return lock_inactive(DAY - timedelta(days=days), municipality=a_municipality(town), day=DAY)


def test_whoever_was_not_seen_for_long_is_locked_and_that_is_told():
    long_gone = seen(a_user(sign_in_name="gone"), days_ago=181)
    never = seen(a_user(sign_in_name="never"), days_ago=None)
    here = seen(a_user(sign_in_name="here"), days_ago=179)
    invited = seen(a_user(sign_in_name="invited"), days_ago=None, known_for=3)
    assert locked() == 2
    assert [is_active(one) for one in (long_gone, never, here, invited)] == [False, False, True, True]
    assert {entry.subject_name for entry in Entry.objects.filter(event="person.deactivated")} == {"見本 花子"}
    assert locked() == 0


def test_the_last_administrator_of_a_town_is_never_locked():
    first = seen(a_user(role=Role.ADMINISTRATOR, sign_in_name="first"), days_ago=400)
    last = seen(a_user(role=Role.ADMINISTRATOR, sign_in_name="last"), days_ago=300)
    alone = a_user(role=Role.ADMINISTRATOR, municipality=a_municipality("011002"), sign_in_name="alone")
    seen(alone, days_ago=500)
    assert (locked(), locked(town="011002")) == (1, 0)
    assert [is_active(one) for one in (first, last, alone)] == [False, True, True]


def test_the_last_administrator_is_not_deactivated_by_hand_either():
    last = a_user(role=Role.ADMINISTRATOR, sign_in_name="last")
    with pytest.raises(AccessRefused, match="最後の管理者"):
        deactivate(last, actor=last, day=DAY)
    other = a_user(role=Role.READER, sign_in_name="other")
    Assignment.objects.create(user=other, role=Role.ADMINISTRATOR, starts_on=DAY)
    deactivate(last, actor=other, day=DAY)
    assert not is_active(last)


def test_the_last_administrator_is_the_one_of_today_not_of_half_a_year_ago():
    former, now = a_user(role=Role.ADMINISTRATOR, sign_in_name="former"), a_user(sign_in_name="now")
    former.assignments.update(ends_on=DAY - timedelta(days=100))
    Assignment.objects.create(user=now, role=Role.ADMINISTRATOR, starts_on=DAY - timedelta(days=99))
    for one in (former, now):
        seen(one, days_ago=300)
    assert locked() == 1
    assert [is_active(one) for one in (former, now)] == [False, True]


def test_a_deputy_of_the_last_administrator_is_no_administrator_beside_him():
    last, deputy = a_user(role=Role.ADMINISTRATOR, sign_in_name="last"), a_user(sign_in_name="deputy")
    Assignment.objects.create(
        user=deputy, role=Role.ADMINISTRATOR, deputy_for=last, starts_on=DAY, ends_on=DAY + timedelta(days=9)
    )
    with pytest.raises(AccessRefused, match="最後の管理者"):
        deactivate(last, actor=deputy, day=DAY)


def test_one_town_locks_nobody_of_another():
    seen(a_user(municipality=a_municipality("011002"), sign_in_name="theirs"), days_ago=400)
    assert locked() == 0
    assert locked(town="011002") == 1


def test_whoever_has_left_is_not_let_in_by_the_back_door():
    user, actor = a_user(), a_user(role=Role.ADMINISTRATOR, sign_in_name="kanri")
    User.objects.filter(pk=user.pk).update(is_active=False, last_day=DAY - timedelta(days=1))
    user.refresh_from_db()
    with pytest.raises(AccessRefused, match="退職・転出を取り消して"):
        reactivate(user, actor=actor, at=NOON)
    assert not is_active(user)


def test_whoever_is_let_in_again_is_not_locked_the_next_day():
    user, actor = seen(a_user(), days_ago=400), a_user(sign_in_name="kanri")
    seen(actor, days_ago=1)
    deactivate(user, actor=actor, day=DAY, reason="休職")
    with pytest.raises(AccessRefused, match="すでに使えなく"):
        deactivate(user, actor=actor, day=DAY)
    reactivate(user, actor=actor, at=NOON)
    with pytest.raises(AccessRefused, match="すでに使えます"):
        reactivate(user, actor=actor, at=NOON)
    assert locked(days=179) == 0
    first = Entry.objects.order_by("number").first()
    assert first.sentence == "見本 花子が見本 花子を使えなくしました(休職)"
    assert first.changes == {"accounts.user.is_active": [True, False]}
