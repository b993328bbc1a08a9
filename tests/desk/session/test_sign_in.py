"""The doors of the desk: what lets in, what a session is bound to, and that no address leads around it."""

import itertools
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from machine import addresses
from renkei.accounts.models import Draft, RequiredFactor, Role, Sitting, User
from renkei.accounts.recovery_codes import new_codes
from renkei.audit.models import Entry
from renkei.desk.session.guard import WITHOUT_SECOND_FACTOR
from renkei.people.services.access import deactivate, end_sessions
from tests.factories import PASSWORD, a_municipality, a_user

pytestmark = pytest.mark.django_db

HOME = "/desk/"
SECOND = "/desk/sign-in/second/"


def is_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def test_name_and_password_let_in_and_it_is_told(client, user, sign_in):
    answer = sign_in(client, next="/desk/partners/")
    assert answer["Location"] == "/desk/partners/"
    assert is_in(client)
    assert Entry.objects.get().sentence == "見本 花子がサインインしました(パスワード)"
    assert Sitting.objects.get().user == user


@pytest.mark.parametrize("name", ["tanto", "nobody"])
def test_the_page_says_the_same_whether_the_name_exists_or_not(client, user, name):
    answer = client.post(reverse("desk:sign_in"), {"username": name, "password": "wrong"})
    assert answer.status_code == 422
    assert "サインイン名かパスワードが違います。" in answer.content.decode()


def test_the_eleventh_try_is_answered_without_looking(client, user, sign_in):
    for _ in range(10):
        sign_in(client, password="wrong")
    answer = sign_in(client)
    assert answer.status_code == 422
    assert "30分たってからもう一度試すか" in answer.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize(
    "header, counted",
    [
        ("203.0.113.1, 198.51.100.9", "198.51.100.9"),
        ("198.51.100.9:51234", "198.51.100.9"),
        ("[2001:db8::7]:51234", "2001:db8::7"),
        ("unknown", "127.0.0.1"),
        ("", "127.0.0.1"),
    ],
)
def test_the_address_is_the_one_that_the_nearest_proxy_saw(client, user, sign_in, settings, header, counted):
    settings.PROXIES = 1
    client.post(
        reverse("desk:sign_in"),
        {"username": "tanto", "password": PASSWORD},
        headers={"X-Forwarded-For": header} if header else {},
    )
    assert Sitting.objects.get().address == counted


def test_the_session_gets_a_new_key_when_somebody_comes_in(client, user, sign_in):
    client.get(reverse("desk:sign_in"))
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    sign_in(client)
    assert client.cookies["sessionid"].value != planted
    fixed = Client()
    fixed.cookies["sessionid"] = planted
    assert not is_in(fixed)


def test_whoever_has_an_app_is_not_in_before_its_code(client, user, sign_in, app):
    code = app(user)
    assert sign_in(client, next="/desk/partners/")["Location"] == SECOND
    assert not is_in(client)
    assert client.post(SECOND, {"code": "000000"}).status_code == 422
    assert not is_in(client)
    right = code()
    assert client.post(SECOND, {"code": right})["Location"] == "/desk/partners/"
    assert is_in(client)
    other = Client()
    sign_in(other)
    assert other.post(SECOND, {"code": right}).status_code == 422, "a code that was taken is not taken again"


def test_ten_wrong_codes_lock_the_second_step(client, user, sign_in, app):
    code = app(user)
    sign_in(client)
    for _ in range(10):
        client.post(SECOND, {"code": "000000"})
    answer = client.post(SECOND, {"code": code()})
    assert "しばらくサインインできません" in answer.content.decode()
    assert not is_in(client)


def test_a_recovery_code_lets_in_once(client, user, sign_in, app):
    app(user)
    code = new_codes(user.pk)[0]
    for expected in (302, 422):
        window = Client()
        sign_in(window)
        assert window.post(SECOND, {"code": code}).status_code == expected


def test_half_way_is_no_way_after_a_while_or_after_all_sessions_ended(client, user, sign_in, app):
    code = app(user)
    sign_in(client)
    end_sessions(user, actor=None)
    assert client.post(SECOND, {"code": code()})["Location"] == "/desk/sign-in/"
    sign_in(client)
    session = client.session
    session["half_way"] = {**session["half_way"], "at": timezone.now().timestamp() - 601}
    session.save()
    assert client.get(SECOND)["Location"] == "/desk/sign-in/"


def test_whoever_signs_out_is_listed_nowhere_any_more(client, user, sign_in):
    sign_in(client)
    client.post(reverse("desk:sign_out"))
    assert not Sitting.objects.exists()
    assert not is_in(client)


def every_address() -> list[tuple[str, str]]:
    """Each address of the desk, filled with something."""
    found = []
    for address, name in addresses.listed()["desk"]:
        filled = address
        for sign, value in [("‹public_id›", "0" * 12), ("‹token›", "x"), ("‹kind›", "csv")]:
            filled = filled.replace(sign, value)
        while "‹" in filled:
            start, rest = filled.split("‹", 1)
            filled = f"{start}1{rest.split('›', 1)[1]}"
        found.append((name, filled))
    return found


SIGNING = {name for name, _ in every_address() if name.startswith("sign_in") and name != "sign_in_policy"}
WITH_SECRET = {"calendar_feed"}
"""What is opened by a secret address without signing in."""


def test_whoever_must_have_a_second_factor_and_has_none_sees_nothing_else(client):
    RequiredFactor.objects.create(municipality=a_municipality(), role=Role.ADMINISTRATOR)
    client.force_login(a_user(role=Role.ADMINISTRATOR))
    guarded = [
        pair for pair in every_address() if pair[0] not in WITHOUT_SECOND_FACTOR | SIGNING | WITH_SECRET
    ]
    methods = itertools.cycle(
        [client.get, client.post]
    )  # the guard stands before the view and asks for no method
    answers = {name: method(address) for (name, address), method in zip(guarded, methods, strict=False)}
    assert len(answers) > 80
    others = {key for key, answer in answers.items() if answer.headers.get("Location") != "/desk/security/"}
    assert others == set()


def test_what_stands_open_without_a_second_factor_is_the_way_to_one():
    assert {name for name in WITHOUT_SECOND_FACTOR if not name.startswith("security")} == {
        "sign_in", "sign_out", "session_left", "session_extend",
    }  # fmt: skip
    assert "security_others_end" not in WITHOUT_SECOND_FACTOR


def test_a_session_from_before_the_rule_proves_the_factor_that_there_is(client, user, app):
    client.force_login(user)
    app(user)
    assert is_in(client)
    RequiredFactor.objects.create(municipality=user.municipality, role=Role.COORDINATOR)
    assert client.get(HOME)["Location"].startswith("/desk/sign-in/")


@pytest.mark.parametrize(
    "ends", ["role changed", "role ended by the day", "role added", "deactivated", "gone"]
)
def test_a_session_ends_with_what_it_was_given_for(client, user, sign_in, ends):
    sign_in(client)
    kept = client.cookies["sessionid"].value
    if ends == "role changed":
        user.assignments.update(role=Role.READER)
    elif ends == "role ended by the day":
        user.assignments.update(ends_on=timezone.localdate() - timedelta(days=1))
    elif ends == "role added":
        user.assignments.create(role=Role.ADMINISTRATOR, starts_on=timezone.localdate())
    elif ends == "deactivated":
        deactivate(user, actor=None, day=date(2026, 4, 1))
    else:
        User.objects.update(last_day=timezone.localdate() - timedelta(days=1))
    assert not is_in(client)
    client.cookies["sessionid"] = kept
    assert not is_in(client)


def test_refusals_and_missing_pages_are_kept_in_no_cache_either(client):
    client.force_login(a_user(role=Role.READER))
    answers = [client.get("/desk/people/sign-in-none/"), client.post(reverse("desk:sign_in_policy"))]
    assert [answer.status_code for answer in answers] == [404, 403]
    assert all("no-store" in answer.headers.get("Cache-Control", "") for answer in answers)


def test_a_code_or_a_passkeys_answer_is_kept_in_no_draft(client, user):
    typed = {"code": "01234-56789", "answer": "{}", "old_password": "x", "name": "見本"}
    page = client.post(reverse("desk:security_app"), typed).content.decode()
    assert "見本" in page
    assert "01234" not in page


def test_how_somebody_came_in_is_told_as_it_was(client, user, sign_in, app):
    code = app(user)
    sign_in(client)
    client.post(SECOND, {"code": code()})
    client.post(reverse("desk:security_others_end"))
    told = [entry.sentence for entry in Entry.objects.filter(event="person.signed_in").order_by("number")]
    assert [one.split("(")[1] for one in told] == ["パスワードと確認コード)", "ほかの端末を終わらせて続行)"]


def test_an_idle_session_ends_and_asking_how_long_is_no_activity(client, user, sign_in, settings):
    sign_in(client)
    Sitting.objects.update(seen_at=timezone.now() - timedelta(seconds=settings.IDLE_SECONDS - 90))
    assert client.get(reverse("desk:session_left")).json()["left"] <= 90
    assert client.get(reverse("desk:session_left")).json()["left"] <= 90
    assert client.post(reverse("desk:session_extend")).json()["left"] == settings.IDLE_SECONDS
    assert client.get(reverse("desk:session_left")).json()["left"] > settings.IDLE_SECONDS - 30
    Sitting.objects.update(seen_at=timezone.now() - timedelta(seconds=settings.IDLE_SECONDS + 1))
    assert not is_in(client)


def test_what_was_typed_before_the_session_lapsed_survives_both_steps(client, user, sign_in, app):
    code = app(user)
    typed = {"typed": '{"note": ["長い文"]}', "typed_at": "/desk/agreements/x/edit/"}
    sign_in(client, **typed)
    page = client.get(SECOND).content.decode()
    assert "長い文" in page
    client.post(SECOND, {"code": code(), **typed})
    assert Draft.objects.get().address == "/desk/agreements/x/edit/"


@pytest.mark.parametrize(
    "wanted",
    [
        "//elsewhere.example/",
        "https://elsewhere.example/",
        "javascript:alert(1)",
        "\\\\x",
        "desk",
        "*",
        "?x=1",
    ],
)
def test_after_both_steps_nobody_is_led_elsewhere(client, user, sign_in, app, wanted):
    code = app(user)
    sign_in(client, next=wanted)
    assert client.post(SECOND, {"code": code()})["Location"] == HOME
