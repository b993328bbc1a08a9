"""Roles are given from a day, held to their last day, changed and taken back, and never without an administrator."""

from datetime import date

import pytest
from django.utils import timezone

from renkei.accounts.models import Assignment, Role, User
from renkei.agreements.permissions import why_not_change
from renkei.audit.models import Entry
from renkei.municipalities.daily import daily_work
from renkei.people.services.roles import change_role, drop_role, end_role, give_role
from renkei.people.services.staff import close_accounts, edit, leave, state_of, stay
from renkei.people.services.staffing import PeopleRefused
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db

TODAY, APRIL = date(2026, 3, 2), date(2026, 4, 1)
MARCH_31 = date(2026, 3, 31)


@pytest.fixture
def chief():
    """The town's administrator."""
    return a_user(role=Role.ADMINISTRATOR, sign_in_name="kanri")


@pytest.fixture
def clerk():
    """Somebody who reads, and nothing more."""
    return a_user(role=Role.READER, sign_in_name="kankyo")


def last_told() -> Entry:
    return Entry.objects.order_by("number").last()


def test_a_role_that_is_given_is_held_from_its_first_day_and_told_with_before_and_after(chief, clerk):
    division = a_division(name="環境課")
    give_role(clerk, role=Role.RESPONSIBLE, division=division, starts_on=APRIL, actor=chief, day=TODAY)
    assert not clerk.works_for(division, day=MARCH_31)
    assert clerk.works_for(division, day=APRIL)
    told = last_told()
    assert (
        told.sentence
        == "見本 花子が「見本 花子」に役割「担当課の担当者(環境課)」を与えました(令和8年4月1日から)"
    )
    before, after = told.changes["accounts.assignment"]
    assert set(after) - set(before) == {"担当課の担当者(環境課) 令和8年4月1日から"}


def test_a_role_ends_at_its_last_day(chief, clerk):
    division = a_division()
    agreement = an_agreement(division=division)
    role = give_role(clerk, role=Role.RESPONSIBLE, division=division, starts_on=TODAY, actor=chief, day=TODAY)
    end_role(role, on=MARCH_31, actor=chief, day=TODAY, reason="人事異動")
    assert why_not_change(clerk, agreement, day=MARCH_31) is None
    assert why_not_change(clerk, agreement, day=APRIL) is not None
    assert last_told().reason == "人事異動"


@pytest.mark.parametrize(
    "on, sentence",
    [("2026-03-01", "役割は令和8年3月2日に始まります"), ("2027-01-01", "役割は令和8年3月31日で終わります")],
)
def test_a_last_day_outside_the_role_is_refused(chief, clerk, on, sentence):
    role = give_role(
        clerk,
        role=Role.READER,
        division=a_division(),
        starts_on=TODAY,
        ends_on=MARCH_31,
        actor=chief,
        day=TODAY,
    )
    with pytest.raises(PeopleRefused, match=sentence):
        end_role(role, on=date.fromisoformat(on), actor=chief, day=TODAY)
    assert Assignment.objects.get(pk=role.pk).ends_on == MARCH_31


def test_from_a_day_on_another_role_is_held_instead(chief, clerk):
    old, new = a_division(name="環境課"), a_division(name="福祉課")
    role = give_role(clerk, role=Role.RESPONSIBLE, division=old, starts_on=TODAY, actor=chief, day=TODAY)
    change_role(role, role=Role.RESPONSIBLE, division=new, starts_on=APRIL, actor=chief, day=TODAY)
    assert [clerk.works_for(old, day=MARCH_31), clerk.works_for(new, day=MARCH_31)] == [True, False]
    assert [clerk.works_for(old, day=APRIL), clerk.works_for(new, day=APRIL)] == [False, True]


def test_a_role_is_taken_back_until_it_has_been_held_for_a_day(chief, clerk):
    role = give_role(clerk, role=Role.AUDITOR, division=None, starts_on=APRIL, actor=chief, day=TODAY)
    with pytest.raises(PeopleRefused, match="最後の日を入れて終えてください"):
        drop_role(role, actor=chief, day=date(2026, 4, 2))
    drop_role(role, actor=chief, day=TODAY)
    assert not Assignment.objects.filter(pk=role.pk).exists()


REFUSED = {
    "without a division": ({"division": None}, "課を選んでください"),
    "twice": ({"role": Role.READER, "division": None}, "同じ役割をすでに持っています"),
    "backwards": ({"ends_on": date(2026, 3, 1)}, "始まりの日と同じ日か"),
}


@pytest.mark.parametrize("facts, sentence", REFUSED.values(), ids=REFUSED)
def test_a_role_that_means_nothing_is_refused(chief, clerk, facts, sentence):
    told, held = Entry.objects.count(), Assignment.objects.count()
    wanted = {"role": Role.RESPONSIBLE, "division": a_division(), "starts_on": TODAY, **facts}
    with pytest.raises(PeopleRefused, match=sentence):
        give_role(clerk, actor=chief, day=TODAY, **wanted)
    assert (Entry.objects.count(), Assignment.objects.count()) == (told, held)


def test_no_role_in_a_division_of_another_town_or_of_another_time(chief, clerk):
    theirs = a_division(municipality=a_municipality("011002"))
    closed = a_division(name="旧課", closed_on=date(2019, 3, 31))
    for division, sentence in ((theirs, "ほかの自治体"), (closed, "令和8年3月2日にはない課")):
        with pytest.raises(PeopleRefused, match=sentence):
            give_role(clerk, role=Role.READER, division=division, starts_on=TODAY, actor=chief, day=TODAY)


def test_the_last_administrator_can_neither_be_ended_nor_changed_nor_leave(chief):
    only = chief.assignments.get()
    ways = [
        lambda: end_role(only, on=MARCH_31, actor=chief, day=TODAY),
        lambda: change_role(only, role=Role.READER, division=None, starts_on=APRIL, actor=chief, day=TODAY),
        lambda: leave(chief, on=MARCH_31, actor=chief, day=TODAY),
    ]
    for way in ways:
        with pytest.raises(PeopleRefused, match="管理者がいなくなる日ができます"):
            way()
    assert Assignment.objects.get(pk=only.pk).ends_on is None
    assert User.objects.get(pk=chief.pk).last_day is None


@pytest.mark.parametrize(
    "starts_on, may", [(APRIL, True), (date(2026, 4, 2), False)], ids=["next day", "a gap"]
)
def test_an_administrator_may_end_where_the_next_one_begins_without_a_gap(chief, clerk, starts_on, may):
    give_role(clerk, role=Role.ADMINISTRATOR, division=None, starts_on=starts_on, actor=chief, day=TODAY)
    if may:
        end_role(chief.assignments.get(), on=MARCH_31, actor=chief, day=TODAY)
        assert not chief.holds(Role.ADMINISTRATOR, day=APRIL)
    else:
        with pytest.raises(PeopleRefused, match="管理者がいなくなる日"):
            end_role(chief.assignments.get(), on=MARCH_31, actor=chief, day=TODAY)


def test_whoever_leaves_holds_nothing_after_the_last_day_and_the_daily_work_closes_the_account(chief, clerk):
    give_role(clerk, role=Role.AUDITOR, division=None, starts_on=APRIL, actor=chief, day=TODAY)
    leave(clerk, on=MARCH_31, actor=chief, day=TODAY)
    assert clerk.holds(Role.READER, day=MARCH_31)
    assert not clerk.holds(*Role, day=APRIL)
    for day, is_active in ((MARCH_31, True), (APRIL, False), (APRIL, False)):
        daily_work.send(None, municipality=clerk.municipality, day=day, now=timezone.now())
        assert User.objects.get(pk=clerk.pk).is_active is is_active
    assert close_accounts(clerk.municipality, day=APRIL) == 0
    assert Entry.objects.filter(event="person.deactivated").count() == 1


def test_whoever_stays_after_all_may_sign_in_again(chief, clerk):
    leave(clerk, on=date(2026, 3, 1), actor=chief, day=TODAY)
    clerk.refresh_from_db()
    assert not clerk.is_active
    stay(clerk, actor=chief, at=timezone.now(), day=TODAY)
    clerk.refresh_from_db()
    assert (clerk.is_active, clerk.last_day) == (True, None)


def test_no_role_goes_on_beyond_the_last_day_in_the_town(chief, clerk):
    leave(clerk, on=date(2026, 12, 31), actor=chief, day=TODAY)
    clerk.refresh_from_db()
    given = {
        "role": Role.DISASTER_OFFICER,
        "division": None,
        "actor": chief,
        "day": TODAY,
        "starts_on": TODAY,
    }
    for ends_on in (None, date(2027, 1, 1)):
        with pytest.raises(PeopleRefused, match="在籍は令和8年12月31日まで"):
            give_role(clerk, ends_on=ends_on, **given)
    give_role(clerk, ends_on=date(2026, 12, 31), **given)


def test_the_second_of_two_who_edit_is_told_what_stands_now(chief, clerk):
    seen = state_of(clerk)
    first = {"sign_in_name": clerk.sign_in_name, "name": "見本 環", "email": ""}
    edit(clerk, seen=seen, actor=chief, day=TODAY, **first)
    for before in (seen, ""):
        with pytest.raises(PeopleRefused, match="の登録内容を変えました。いまは 氏名「見本 環」"):
            edit(clerk, seen=before, actor=chief, day=TODAY, **{**first, "email": "x@example.jp"})
    assert User.objects.get(pk=clerk.pk).email == ""


def test_an_edit_tells_only_what_changed_and_nothing_where_nothing_did(chief, clerk):
    facts = {"sign_in_name": clerk.sign_in_name, "name": "見本 環", "email": ""}
    edit(clerk, seen=state_of(clerk), actor=chief, day=TODAY, **facts)
    assert last_told().changes == {"accounts.user.name": ["見本 花子", "見本 環"]}
    told = Entry.objects.count()
    edit(clerk, seen=state_of(clerk), actor=chief, day=TODAY, **facts)
    assert Entry.objects.count() == told
    with pytest.raises(PeopleRefused, match="すでに使われています"):
        edit(clerk, seen=state_of(clerk), actor=chief, day=TODAY, **{**facts, "sign_in_name": "kanri"})


def test_of_two_who_end_one_role_at_once_the_second_is_told(chief, clerk):
    seen = clerk.assignments.get()
    end_role(clerk.assignments.get(), on=MARCH_31, actor=chief, day=TODAY)
    with pytest.raises(PeopleRefused, match="ほかの人が先に"):
        end_role(seen, on=date(2026, 3, 30), actor=chief, day=TODAY)
