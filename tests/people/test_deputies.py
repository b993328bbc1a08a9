"""A deputy holds what another holds, for a time, and only as long as the other holds it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from renkei.accounts.models import Assignment, Role, User
from renkei.agreements.permissions import why_not_change
from renkei.audit.models import Entry
from renkei.people.services.deputies import appoint_deputy
from renkei.people.services.roles import change_role, end_role, give_role
from renkei.people.services.staff import add
from renkei.people.services.staffing import PeopleRefused
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db

TODAY, FIRST, LAST = date(2026, 5, 1), date(2026, 6, 1), date(2026, 8, 31)


@pytest.fixture
def division():
    return a_division(name="防災課")


@pytest.fixture
def absent(division):
    """The clerk who will be away."""
    return a_user(role=Role.RESPONSIBLE, division=division, sign_in_name="bosai")


@pytest.fixture
def deputy():
    """A clerk of another division."""
    return a_user(role=Role.RESPONSIBLE, division=a_division(name="環境課"), sign_in_name="kankyo")


def appointed(deputy, absent, division, **facts):
    wanted = {"starts_on": FIRST, "ends_on": LAST, "actor": None, "day": TODAY, **facts}
    return appoint_deputy(deputy, for_whom=absent, division=division, **wanted)


@pytest.mark.parametrize(
    "day, may", [("2026-05-31", False), ("2026-06-01", True), ("2026-08-31", True), ("2026-09-01", False)]
)
def test_a_deputy_may_what_the_other_may_from_the_first_to_the_last_day(deputy, absent, division, day, may):
    appointed(deputy, absent, division)
    agreement, asked = an_agreement(division=division), date.fromisoformat(day)
    assert (why_not_change(deputy, agreement, day=asked) is None) is may
    assert deputy.works_for(division, day=asked) is may
    assert absent.works_for(division, day=asked)


@pytest.fixture
def acting(deputy):
    """The deputy of the only administrator, in June."""
    appointed(deputy, a_user(role=Role.ADMINISTRATOR, sign_in_name="kanri"), None)
    return deputy


JUNE = {"day": date(2026, 6, 1), "starts_on": date(2026, 6, 1)}


def test_a_deputy_of_an_administrator_makes_no_administrator_nor_himself_anything(acting, absent, division):
    given = {"actor": acting, "division": None, **JUNE}
    with pytest.raises(PeopleRefused, match="管理者の代理は"):
        give_role(absent, role=Role.ADMINISTRATOR, **given)
    with pytest.raises(PeopleRefused, match="管理者の代理は"):
        give_role(acting, role=Role.COORDINATOR, **given)
    with pytest.raises(PeopleRefused, match="管理者の代理は"):
        change_role(acting.assignments.own().get(), role=Role.COORDINATOR, **given)
    with pytest.raises(PeopleRefused, match="管理者の代理は"):
        appoint_deputy(acting, for_whom=absent, **{**given, "division": division}, ends_on=LAST)
    with pytest.raises(PeopleRefused, match="管理者の代理は"):
        add(
            acting.municipality, sign_in_name="x", name="x", email="", role=Role.ADMINISTRATOR,
            at=timezone.now(), **given,
        )  # fmt: skip
    assert not User.objects.filter(sign_in_name="x").exists()


def test_a_deputy_of_an_administrator_looks_after_everybody_else(acting, absent):
    give_role(absent, role=Role.COORDINATOR, actor=acting, division=None, **JUNE)
    kanri = User.objects.get(sign_in_name="kanri")
    given = give_role(absent, role=Role.ADMINISTRATOR, actor=kanri, division=None, **JUNE)
    assert given.role == Role.ADMINISTRATOR


def test_a_deputy_is_shown_as_one_and_told(deputy, absent, division):
    (row,) = appointed(deputy, absent, division)
    assert row.words == "担当課の担当者(防災課)・見本 花子の代理"
    sentence = Entry.objects.order_by("number").last().sentence
    assert "見本 花子の代理にしました(担当課の担当者、令和8年6月1日から令和8年8月31日まで)" in sentence


def test_when_the_other_loses_the_role_so_does_the_deputy(deputy, absent, division):
    appointed(deputy, absent, division)
    end_role(absent.assignments.get(), on=date(2026, 6, 30), actor=None, day=TODAY)
    assert deputy.works_for(division, day=date(2026, 6, 30))
    assert not deputy.works_for(division, day=date(2026, 7, 1))


def test_a_deputys_deputy_holds_nothing(deputy, absent, division):
    appointed(deputy, absent, division)
    third = a_user(role=Role.READER, sign_in_name="etsuran")
    with pytest.raises(PeopleRefused, match="この課の役割を持っていません"):
        appointed(third, deputy, division)
    Assignment.objects.create(
        user=third, role=Role.RESPONSIBLE, division=division, deputy_for=deputy, starts_on=FIRST, ends_on=LAST
    )
    assert not third.works_for(division, day=FIRST)


def test_a_role_in_no_division_is_deputised_too(deputy):
    chief = a_user(role=Role.ADMINISTRATOR, sign_in_name="kanri")
    appointed(deputy, chief, None)
    assert deputy.holds(Role.ADMINISTRATOR, day=FIRST)
    assert not deputy.holds(Role.ADMINISTRATOR, day=TODAY)


def test_a_deputy_does_not_make_the_administrator_dispensable(deputy):
    chief = a_user(role=Role.ADMINISTRATOR, sign_in_name="kanri")
    appointed(deputy, chief, None)
    with pytest.raises(PeopleRefused, match="管理者がいなくなる"):
        end_role(chief.assignments.get(), on=FIRST, actor=None, day=TODAY)


@pytest.mark.parametrize("last, may", [("2027-05-31", True), ("2027-06-01", False)])
def test_a_deputy_is_one_for_a_year_at_most(deputy, absent, division, last, may):
    if may:
        assert appointed(deputy, absent, division, ends_on=date.fromisoformat(last))
    else:
        with pytest.raises(PeopleRefused, match="代理は1年までです。最後の日は令和9年5月31日か"):
            appointed(deputy, absent, division, ends_on=date.fromisoformat(last))


def test_nobody_is_his_own_deputy_nor_one_of_another_town_nor_twice(deputy, absent, division):
    stranger = a_user(municipality=a_municipality("011002"), sign_in_name="yoso")
    for person, sentence in ((absent, "本人とは別の"), (stranger, "ほかの自治体")):
        with pytest.raises(PeopleRefused, match=sentence):
            appointed(person, absent, division)
    appointed(deputy, absent, division)
    with pytest.raises(PeopleRefused, match="すでに持っています"):
        appointed(deputy, absent, division)


def test_the_database_takes_no_deputy_without_an_end(deputy, absent, division):
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            user=deputy, role=Role.RESPONSIBLE, division=division, deputy_for=absent, starts_on=FIRST
        )
