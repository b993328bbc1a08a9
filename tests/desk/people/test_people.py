"""People at the desk: the list as of a day, the page of a person, and each verb with its refusals."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from renkei.accounts.models import Role, User
from renkei.people.services.deputies import appoint_deputy
from renkei.people.services.staff import leave
from tests.factories import a_division, a_municipality, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(client: Client) -> Client:
    """The window of the town's administrator."""
    client.force_login(a_user(role=Role.ADMINISTRATOR, sign_in_name="kanri"))
    return client


def test_the_second_of_two_who_edit_sees_both_and_presses_again(chief, person):
    opened = re.search(r'name="seen" value="([0-9a-f]+)"', shown(chief, "person_edit", person.public_id))[1]
    User.objects.filter(pk=person.pk).update(name="見本 一郎")
    typed = {"name": "見本 二郎", "sign_in_name": "bosai", "email": "", "seen": opened}
    page = sent(chief, "person_edit", person.public_id, **typed).content.decode()
    assert "いまは 氏名「見本 一郎」" in page
    assert 'value="見本 二郎"' in page
    typed["seen"] = re.search(r'name="seen" value="([0-9a-f]+)"', page)[1]
    assert "登録内容を直しました" in sent(chief, "person_edit", person.public_id, **typed).content.decode()
    assert User.objects.get(pk=person.pk).name == "見本 二郎"


@pytest.fixture
def division():
    return a_division(name="防災課")


@pytest.fixture
def person(division) -> User:
    return a_user(role=Role.RESPONSIBLE, division=division, sign_in_name="bosai")


def at(name, *args):
    return reverse(f"desk:{name}", args=args)


def shown(client, name, *args, **asked) -> str:
    return client.get(at(name, *args), asked).content.decode()


def sent(client, page, /, *args, **typed):
    return client.post(at(page, *args), typed, follow=True)


def day(distance: int) -> str:
    return (timezone.localdate() + timedelta(days=distance)).isoformat()


@pytest.mark.parametrize(
    "asked, found",
    [
        ({"q": "見本花子"}, {"kanri", "bosai"}),
        ({"q": "BOSAI"}, {"bosai"}),
        ({"q": "だれも"}, set()),
        ({"role": "administrator"}, {"kanri"}),
        ({"on": "平成12年3月31日", "role": "responsible"}, set()),
        ({"on": "2000-04-01", "role": "responsible"}, {"bosai"}),
        ({"state": "closed"}, set()),
    ],
)
def test_people_are_found_by_name_and_role_as_of_a_day(chief, person, asked, found):
    page = shown(chief, "people", **asked)
    assert {name for name in ("kanri", "bosai") if f">{name}</td>" in page} == found


def test_people_are_found_by_division(chief, person, division):
    page = shown(chief, "people", division=division.public_id)
    assert ">bosai</td>" in page
    assert ">kanri</td>" not in page


def test_nobody_sees_the_people_of_another_town(chief, person):
    stranger = a_user(municipality=a_municipality("011002"), sign_in_name="yoso")
    assert "yoso" not in shown(chief, "people", state="all")
    for name in ("person", "person_edit", "person_role_new", "person_deputy", "person_leave"):
        assert chief.get(at(name, stranger.public_id)).status_code == 404


def test_only_who_reads_the_log_sees_when_others_signed_in(chief, person, client):
    assert "最後のサインイン" in shown(chief, "people")
    client.force_login(person)
    assert "最後のサインイン" not in shown(client, "people")
    assert "最後のサインイン" in shown(client, "person", person.public_id)


def test_a_role_is_given_and_stands_on_the_page(chief, person, division):
    answer = sent(chief, "person_role_new", person.public_id, role="reader", division="", starts_on=day(0))
    assert "役割を与えました。" in answer.content.decode()
    assert person.holds(Role.READER, day=timezone.localdate())
    assert "に役割「閲覧者」を与えました" in shown(chief, "person", person.public_id)


def test_a_refusal_keeps_what_was_typed(chief, person, division):
    answer = sent(
        chief, "person_role_new", person.public_id,
        role="responsible", division=division.public_id, starts_on=day(0), reason="異動のため",
    )  # fmt: skip
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "同じ役割をすでに持っています" in page
    assert 'value="異動のため"' in page


def test_a_role_is_changed_and_ended(chief, person, division):
    role = person.assignments.get()
    other = a_division(name="環境課")
    sent(
        chief, "person_role_change", person.public_id, role.pk,
        role="responsible", division=other.public_id, starts_on=day(10),
    )  # fmt: skip
    later = person.assignments.get(division=other)
    sent(chief, "person_role_end", person.public_id, later.pk, on=day(20))
    later.refresh_from_db()
    assert later.ends_on.isoformat() == day(20)
    page = shown(chief, "person", person.public_id)
    assert "これから始まる役割" in page


def test_the_role_of_another_person_is_not_found_under_this_one(chief, person):
    role = a_user(role=Role.READER, sign_in_name="etsuran").assignments.get()
    for name in ("person_role_end", "person_role_change", "person_role_drop"):
        assert chief.post(at(name, person.public_id, role.pk), {"on": day(0)}).status_code == 404


def test_a_deputy_is_found_by_name_and_shown_as_one(chief, person, division):
    User.objects.create_user("kankyo", name="見本　環", municipality=a_municipality())
    typed = {"division": division.public_id, "starts_on": day(0), "ends_on": day(30), "reason": "育児休業"}
    unknown = sent(chief, "person_deputy", person.public_id, deputy="見本 謎", **typed)
    assert "この名前の職員は見つかりません" in unknown.content.decode()
    sent(chief, "person_deputy", person.public_id, deputy="見本 環", **typed)
    deputy = User.objects.get(sign_in_name="kankyo")
    assert deputy.works_for(division, day=timezone.localdate())
    for page in (shown(chief, "people"), shown(chief, "person", deputy.public_id)):
        assert "担当課の担当者(防災課)・見本 花子の代理" in page
    assert "この職員の代理" in shown(chief, "person", person.public_id)


def test_a_deputy_administrator_may_manage_people_as_the_administrator_may(chief, person, client):
    today = timezone.localdate()
    kanri = User.objects.get(sign_in_name="kanri")
    appoint_deputy(
        person, for_whom=kanri, division=None, starts_on=today, ends_on=today, actor=kanri, day=today
    )
    client.force_login(person)
    other, given = a_user(sign_in_name="other"), {"role": "reader", "starts_on": day(0)}
    assert sent(client, "person_role_new", other.public_id, **given).status_code == 200
    refused = sent(client, "person_role_new", person.public_id, **given)
    assert refused.status_code == 422
    assert "自分に役割を与えることもできません" in refused.content.decode()


def test_somebody_new_gets_an_invitation_and_no_password(chief, division):
    answer = sent(
        chief, "person_new",
        name="見本 新", sign_in_name="shin", role="responsible", division=division.public_id, starts_on=day(0),
    )  # fmt: skip
    new = User.objects.get(sign_in_name="shin")
    assert not new.has_usable_password()
    assert new.works_for(division, day=timezone.localdate())
    page = answer.content.decode()
    assert "/desk/sign-in/links/" in page
    assert "招待中" in shown(chief, "people", q="shin")


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ({"sign_in_name": "kanri"}, "すでに使われています"),
        ({"sign_in_name": "a b"}, "空白を入れられません"),
        ({"name": ""}, "氏名を入れてください"),
        ({"division": ""}, "この役割には課が要ります"),
        ({"starts_on": "いつか"}, "いつか"),
    ],
)
def test_a_new_person_that_cannot_be_is_refused_with_a_sentence(chief, division, typed, sentence):
    right = {"name": "見本 新", "sign_in_name": "shin", "role": "responsible", "division": division.public_id}
    answer = sent(chief, "person_new", **{**right, "starts_on": day(0), **typed})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert User.objects.count() == 1


def test_whoever_has_left_opens_no_page_even_before_the_account_is_closed(chief, person, client):
    person.last_day = timezone.localdate() - timedelta(days=1)
    person.save()
    client.force_login(person)
    answer = client.get(at("people"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(at("sign_in"))


def test_leaving_is_recorded_and_taken_back(chief, person):
    sent(chief, "person_leave", person.public_id, on=day(5), reason="退職")
    assert "在籍の最後の日" in shown(chief, "person", person.public_id)
    assert "取り消しました" in sent(chief, "person_stay", person.public_id).content.decode()
    person.refresh_from_db()
    assert person.last_day is None


def test_the_last_administrators_page_says_why_not(chief):
    kanri = User.objects.get(sign_in_name="kanri")
    answer = sent(chief, "person_leave", kanri.public_id, on=day(5))
    assert "管理者がいなくなる日ができます" in answer.content.decode()


def test_whoever_may_not_is_told_why_and_finds_no_buttons(chief, person, client):
    client.force_login(person)
    page = shown(client, "person", person.public_id)
    assert "役割を与える" not in page
    assert "管理者だけができます" in shown(client, "person_role_new", person.public_id)
    assert client.post(at("person_role_new", person.public_id)).status_code == 403


def test_a_closed_account_is_listed_among_the_closed(chief, person):
    leave(person, on=timezone.localdate() - timedelta(days=1), actor=None, day=timezone.localdate())
    assert ">bosai</td>" not in shown(chief, "people")
    assert ">bosai</td>" in shown(chief, "people", state="closed")
