"""People, and the roles they hold from day to day."""

from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from renkei.accounts.models import Assignment, Role, User
from renkei.agreements.permissions import why_not_change, why_not_register
from tests.factories import PASSWORD, a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db

TODAY = date(2024, 6, 1)


def test_a_password_is_kept_only_as_a_hash_and_lets_the_person_in():
    user = a_user()
    assert PASSWORD not in user.password
    assert authenticate(username="tanto", password=PASSWORD) == user
    assert authenticate(username="tanto", password="wrong") is None


def test_without_a_password_nobody_signs_in():
    User.objects.create_user("nobody", name="見本", municipality=a_municipality())
    assert authenticate(username="nobody", password="") is None


def test_an_inactive_person_does_not_sign_in():
    user = a_user()
    user.is_active = False
    user.save()
    assert authenticate(username="tanto", password=PASSWORD) is None


@pytest.mark.parametrize(
    "day, holds", [("2024-03-31", False), ("2024-04-01", True), ("2025-03-31", True), ("2025-04-01", False)]
)
def test_a_role_is_held_from_its_first_to_its_last_day(day, holds):
    user = User.objects.create_user("ido", name="見本", municipality=a_municipality())
    division = a_division()
    Assignment.objects.create(
        user=user,
        division=division,
        role=Role.RESPONSIBLE,
        starts_on=date(2024, 4, 1),
        ends_on=date(2025, 3, 31),
    )
    asked = date.fromisoformat(day)
    assert user.holds(Role.RESPONSIBLE, day=asked) is holds
    assert user.works_for(division, day=asked) is holds
    assert not user.holds(Role.AUDITOR, day=asked)


def test_nobody_works_for_no_division_or_for_another_one():
    division = a_division()
    user = a_user(role=Role.RESPONSIBLE, division=division)
    assert not user.works_for(None, day=TODAY)
    assert not user.works_for(a_division(name="福祉課"), day=TODAY)


def test_a_role_cannot_end_before_it_starts():
    wrong = Assignment(user=a_user(), role=Role.READER, starts_on=TODAY, ends_on=date(2024, 5, 31))
    with pytest.raises(ValidationError, match="終期は始期と同じ日か"):
        wrong.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.save()


@pytest.mark.parametrize(
    "role, sentence",
    [
        (Role.ADMINISTRATOR, None),
        (Role.COORDINATOR, None),
        (Role.RESPONSIBLE, "防災課か総括課"),
        (Role.DISASTER_OFFICER, "防災課か総括課"),
        (Role.READER, "防災課か総括課"),
        (Role.AUDITOR, "防災課か総括課"),
    ],
)
def test_who_may_change_an_agreement_of_another_division(role, sentence):
    agreement = an_agreement(division=a_division())
    why = why_not_change(a_user(role=role, division=a_division(name="福祉課")), agreement, day=TODAY)
    assert (why is None) if sentence is None else (sentence in why)


def test_the_clerk_of_the_division_may_change_its_agreement():
    division = a_division()
    user = a_user(role=Role.RESPONSIBLE, division=division)
    assert why_not_change(user, an_agreement(division=division), day=TODAY) is None
    assert "総括課の担当者だけ" in why_not_change(user, an_agreement(title="別の協定"), day=TODAY)


def test_nobody_changes_the_agreement_of_another_town():
    coordinator = a_user(municipality=a_municipality("011002"))
    assert "ほかの自治体" in why_not_change(coordinator, an_agreement(), day=TODAY)


@pytest.mark.parametrize(
    "role, may",
    [
        (Role.ADMINISTRATOR, True),
        (Role.COORDINATOR, True),
        (Role.RESPONSIBLE, True),
        (Role.DISASTER_OFFICER, False),
        (Role.READER, False),
        (Role.AUDITOR, False),
    ],
)
def test_who_may_bring_agreements_into_the_register(role, may):
    why = why_not_register(a_user(role=role), day=TODAY)
    assert (why is None) is may
    assert may or "総括課に頼んでください" in why


def test_a_role_of_yesterday_gives_no_right_today():
    user = a_user()
    user.assignments.update(ends_on=date(2024, 5, 31))
    assert why_not_register(user, day=TODAY) is not None
    assert why_not_change(user, an_agreement(), day=TODAY) is not None
