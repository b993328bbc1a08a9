"""Tries are counted before the password is looked at, and nobody learns which names exist."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import hashers
from django.db import connection

from renkei.accounts import lock_out
from renkei.accounts.lock_out import Tries
from renkei.accounts.models import User
from renkei.audit.models import Entry
from renkei.people.services.access import is_locked_out, unlock
from renkei.people.services.invitations import forgotten_link
from renkei.people.services.sign_in import LockedOut, SignInRefused, Visit, sign_in_with_password
from tests.factories import PASSWORD, a_user

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)


def a_visit(*, minutes: float = 0, address: str = "192.0.2.7") -> Visit:
    return Visit(at=NOON + timedelta(minutes=minutes), address=address)


@pytest.fixture
def hashed(monkeypatch):
    """How often a password was put through the hash."""
    found = []
    real = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", lambda *given: found.append(1) or real(*given))
    return found


def test_of_a_hundred_wrong_passwords_from_many_addresses_ten_are_looked_at(hashed):
    a_user()
    hashed.clear()
    refused = []
    for number in range(100):
        with pytest.raises(SignInRefused) as refusal:
            sign_in_with_password("tanto", f"wrong-{number}", a_visit(address=f"192.0.2.{number}"))
        refused.append(refusal.type)
    assert len(hashed) == 10
    assert refused.count(LockedOut) == 90
    with pytest.raises(LockedOut):
        sign_in_with_password("tanto", PASSWORD, a_visit())


def test_one_password_over_many_names_is_tried_as_often_as_the_address_may(hashed, settings):
    settings.TRIES_PER_ADDRESS = 15
    for number in range(60):
        with pytest.raises(SignInRefused):
            sign_in_with_password(f"name-{number}", "spring-2026", a_visit())
    assert len(hashed) == 15


def test_a_town_hall_of_one_address_is_not_locked_by_a_few_who_mistype(settings):
    user = a_user()
    for number in range(45):
        for _ in range(2):
            with pytest.raises(SignInRefused):
                sign_in_with_password(f"name-{number}", "mistyped", a_visit())
    assert sign_in_with_password("tanto", PASSWORD, a_visit()) == user


@pytest.mark.parametrize("name", ["tanto", "nobody", "no-mail"])
def test_a_forgotten_password_is_hashed_for_whatever_name(name, hashed):
    a_user(sign_in_name="no-mail")
    a_user()
    User.objects.filter(sign_in_name="tanto").update(email="tanto@example.jp")
    hashed.clear()
    assert (forgotten_link(name, a_visit()) is not None) == (name == "tanto")
    assert len(hashed) == 1, "so the time of the answer tells nothing"


def test_after_half_an_hour_the_person_may_try_again():
    user = a_user()
    for _ in range(10):
        with pytest.raises(SignInRefused):
            sign_in_with_password("tanto", "wrong", a_visit())
    with pytest.raises(LockedOut):
        sign_in_with_password("tanto", PASSWORD, a_visit(minutes=29.9))
    assert sign_in_with_password("tanto", PASSWORD, a_visit(minutes=30)) == user


def test_a_colleague_unlocks_at_once():
    user, colleague = a_user(), a_user(sign_in_name="sokatsu")
    for _ in range(10):
        with pytest.raises(SignInRefused):
            sign_in_with_password("tanto", "wrong", a_visit())
    assert is_locked_out(user, at=NOON)
    unlock(user, actor=colleague)
    assert not is_locked_out(user, at=NOON)
    assert sign_in_with_password("tanto", PASSWORD, a_visit(address="192.0.2.8")) == user


def test_a_right_password_clears_only_its_own_tries():
    a_user()
    for name in ["tanto", "tanto", "nobody", "nobody", "nobody"]:
        with pytest.raises(SignInRefused):
            sign_in_with_password(name, "wrong", a_visit())
    sign_in_with_password("tanto", PASSWORD, a_visit())
    assert Tries.objects.get(key=lock_out.key_of("address", "192.0.2.7")).count == 3
    assert not Tries.objects.filter(key=lock_out.key_of("name", "tanto")).exists()


@pytest.mark.parametrize("spelling", ["tanto", "TANTO", "ｔａｎｔｏ", " tanto "])
def test_another_spelling_is_no_other_name(spelling):
    for _ in range(10):
        with pytest.raises(SignInRefused):
            sign_in_with_password("tanto", "wrong", a_visit())
    with pytest.raises(LockedOut):
        sign_in_with_password(spelling, "wrong", a_visit(address="192.0.2.9"))


@pytest.mark.parametrize("tries", [1, 10, 11], ids=["first", "last", "locked"])
@pytest.mark.parametrize("kind", ["unknown", "inactive", "without a password", "gone"])
def test_the_answer_and_its_work_are_the_same_for_every_name(kind, tries, hashed):
    a_user()
    other = a_user(sign_in_name="other")
    if kind == "unknown":
        other.delete()
    elif kind == "inactive":
        type(other).objects.filter(pk=other.pk).update(is_active=False)
    elif kind == "gone":
        type(other).objects.filter(pk=other.pk).update(last_day=NOON.date() - timedelta(days=1))
    else:
        other.set_unusable_password()
        other.save()
    answers = []
    for name, address in [("tanto", "192.0.2.1"), ("other", "192.0.2.2")]:
        hashed.clear()
        for _ in range(tries):
            with pytest.raises(SignInRefused) as refusal:
                sign_in_with_password(name, "wrong", a_visit(address=address))
        answers.append((refusal.type, str(refusal.value), len(hashed)))
    assert answers[0] == answers[1]


def test_failures_and_the_lock_are_told_without_the_address():
    a_user()
    for _ in range(12):
        with pytest.raises(SignInRefused):
            sign_in_with_password("tanto", "wrong", a_visit())
    told = [entry.event for entry in Entry.objects.order_by("number")]
    assert told == ["person.sign_in_failed"] * 10 + ["person.locked_out"]
    assert "192.0.2.7" not in str(list(Entry.objects.values()))


def test_what_was_typed_as_a_name_is_kept_nowhere():
    with pytest.raises(SignInRefused):
        sign_in_with_password("my-secret-password", "", a_visit())
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM accounts_tries")
        assert all("my-secret" not in key for (key,) in cursor.fetchall())
    assert not Entry.objects.exists()
