"""サインインの設定: setting up and taking away, each confirmed; devices; and what an administrator does for others."""

import re
from urllib.parse import quote

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from renkei.accounts.factors import RecoveryCode, RequiredFactor, TotpKey
from renkei.accounts.links import SignInLink
from renkei.accounts.models import Role, Sitting, User
from renkei.accounts.totp import code_at
from renkei.audit.models import Entry
from renkei.people.services.access import is_locked_out
from tests.factories import PASSWORD, a_municipality, a_user

pytestmark = pytest.mark.django_db

SECURITY = "/desk/security/"
APP = "/desk/security/app/"
REMOVE = "/desk/security/app/remove/"
CONFIRM = "/desk/security/confirm/"


@pytest.fixture
def window(client, user, sign_in) -> Client:
    """The window of somebody who has just signed in."""
    sign_in(client)
    return client


def secret_on(page: str) -> str:
    return re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")


def now_code(secret: str) -> str:
    return code_at(secret, int(timezone.now().timestamp()) // 30)


def set_up_app(window: Client) -> None:
    secret = secret_on(window.get(APP).content.decode())
    assert window.post(APP, {"code": now_code(secret)})["Location"] == "/desk/security/codes/"


def test_an_app_is_set_up_by_a_picture_or_the_key_as_text(window, user):
    page = window.get(APP).content.decode()
    secret = secret_on(page)
    assert re.search(r'<svg viewBox="0 0 \d+ \d+"[^>]*role="img"', page)
    assert "style=" not in page
    assert secret_on(window.get(APP).content.decode()) == secret, "reading the page again changes nothing"
    assert window.post(APP, {"code": "000000"}).status_code == 422
    assert not TotpKey.objects.exists()
    set_up_app(window)
    assert TotpKey.objects.get().user == user
    assert "認証アプリを加えました" in Entry.objects.order_by("number").last().sentence


def test_recovery_codes_are_shown_in_one_answer_only(window, user):
    set_up_app(window)
    page = window.post("/desk/security/codes/").content.decode()
    codes = re.findall(r"<li><code>([0-9a-z-]+)</code>", page)
    assert len(codes) == 10
    assert "download=" in page
    assert all(f"{code}%0D%0A" in page for code in codes)
    assert not any(code in window.get("/desk/security/codes/").content.decode() for code in codes)
    assert RecoveryCode.objects.filter(user=user).count() == 10


def test_taking_a_factor_away_is_confirmed_each_time(window, user, app):
    app(user)
    assert window.post(REMOVE)["Location"] == f"{CONFIRM}?next={quote(REMOVE, safe='')}"
    assert TotpKey.objects.exists()
    assert window.post(CONFIRM, {"password": "wrong", "next": REMOVE}).status_code == 422
    assert window.post(REMOVE).status_code == 302
    assert TotpKey.objects.exists()
    assert window.post(CONFIRM, {"password": PASSWORD, "next": REMOVE})["Location"] == REMOVE
    assert window.get(REMOVE).status_code == 200
    assert window.post(REMOVE)["Location"] == SECURITY
    assert not TotpKey.objects.exists()
    app(user)
    window.post(REMOVE)
    assert TotpKey.objects.exists(), "one confirmation is good for one removal"


def test_setting_up_is_confirmed_when_signing_in_is_long_past(window):
    session = window.session
    session["confirmed"] = {"*": timezone.now().timestamp() - 301}
    session.save()
    assert window.get(APP)["Location"].startswith(CONFIRM)


def test_ten_wrong_confirmations_lock(window):
    for _ in range(10):
        window.post(CONFIRM, {"password": "wrong", "next": REMOVE})
    answer = window.post(CONFIRM, {"password": PASSWORD, "next": REMOVE})
    assert answer.status_code == 422
    assert "しばらくサインインできません" in answer.content.decode()


def test_a_new_password_signs_out_every_other_device(window, user, sign_in):
    other = Client()
    sign_in(other)
    new = "another-long-password"
    fields = {"old_password": "wrong", "new_password": new, "password_again": new}
    assert window.post("/desk/security/password/", fields).status_code == 422
    assert other.get("/desk/").status_code == 200
    fields["old_password"] = PASSWORD
    assert window.post("/desk/security/password/", fields)["Location"] == SECURITY
    assert window.get("/desk/").status_code == 200
    assert other.get("/desk/").status_code == 302
    assert User.objects.get(pk=user.pk).check_password(new)


def test_whoever_has_only_a_passkey_sets_a_password_after_proving_it_anew(window, user, app):
    code, page = app(user), "/desk/security/password/"
    User.objects.filter(pk=user.pk).update(password=(unusable := make_password(None)))
    user.refresh_from_db()
    window.force_login(user)
    assert window.get(page)["Location"] == f"{CONFIRM}?next={quote(page, safe='')}"
    assert window.post(CONFIRM, {"code": code(), "next": page})["Location"] == page
    new = "another-long-password"
    assert window.post(page, {"new_password": new, "password_again": new})["Location"] == SECURITY
    assert User.objects.get(pk=user.pk).password != unusable


@pytest.mark.parametrize(
    "new, again, sentence", [("short", "short", "12"), ("long-enough-1", "long-enough-2", "違います")]
)
def test_a_password_is_refused_with_a_sentence(window, new, again, sentence):
    fields = {"old_password": PASSWORD, "new_password": new, "password_again": again}
    answer = window.post("/desk/security/password/", fields)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_devices_are_listed_and_ended_one_by_one_or_all(window, user, sign_in):
    others = [
        Client(headers={"User-Agent": f"Mozilla/5.0 (Windows) {sign}"}) for sign in ("Edg/1", "Firefox/2")
    ]
    for other in others:
        sign_in(other)
    page = window.get(SECURITY).content.decode()
    assert "Edge(Windows)" in page
    assert "127.0.0.1" in page
    assert page.count(">この端末<") == 1
    edge = Sitting.objects.get(device__contains="Edg/")
    window.post(reverse("desk:security_sitting_end", args=[edge.public_id]))
    assert [other.get("/desk/").status_code for other in others] == [302, 200]
    window.post(reverse("desk:security_others_end"))
    assert others[1].get("/desk/").status_code == 302
    assert window.get("/desk/").status_code == 200


def test_nobody_ends_somebody_elses_session_by_its_name(window):
    stranger = a_user(municipality=a_municipality("011002"), sign_in_name="stranger")
    theirs = Client()
    theirs.force_login(stranger)
    theirs.get("/desk/")
    sitting = Sitting.objects.get(user=stranger)
    assert window.post(reverse("desk:security_sitting_end", args=[sitting.public_id])).status_code == 404
    assert theirs.get("/desk/").status_code == 200


@pytest.fixture
def administrator() -> Client:
    found = Client()
    found.force_login(a_user(role=Role.ADMINISTRATOR, sign_in_name="kanri"))
    return found


def page_of(person: User) -> str:
    return reverse("desk:person_sign_in", args=[person.public_id])


def test_an_administrator_ends_sessions_takes_lost_factors_and_makes_a_link(window, user, app, administrator):
    app(user)
    assert "認証アプリ" in administrator.get(page_of(user)).content.decode()
    administrator.post(page_of(user), {"act": "factors"})
    assert not TotpKey.objects.exists()
    assert window.get("/desk/").status_code == 302
    administrator.post(page_of(user), {"act": "link"})
    shown = administrator.get(page_of(user)).content.decode()
    link = re.search(r"http://testserver(/desk/sign-in/links/[^<]+)</code>", shown)[1]
    assert link not in administrator.get(page_of(user)).content.decode(), "it is shown once"
    assert Client().get(link).status_code == 200


def test_a_link_is_shown_on_the_page_of_its_person_only(administrator, user):
    other = a_user(sign_in_name="other")
    administrator.post(page_of(user), {"act": "link"})
    assert "/desk/sign-in/links/" not in administrator.get(page_of(other)).content.decode()
    assert "/desk/sign-in/links/" in administrator.get(page_of(user)).content.decode()


@pytest.mark.parametrize("act", ["factors", "link"])
def test_an_administrator_gets_around_no_proof_of_his_own(administrator, app, act):
    himself = User.objects.get(sign_in_name="kanri")
    app(himself)
    assert 'value="link"' not in administrator.get(page_of(himself)).content.decode()
    assert administrator.post(page_of(himself), {"act": act})["Location"] == SECURITY
    assert TotpKey.objects.filter(user=himself).exists()
    assert not SignInLink.objects.exists()


def test_a_coordinator_unlocks_but_looks_after_nothing_else(user, sign_in):
    for _ in range(10):
        sign_in(Client(), password="wrong")
    coordinator = Client()
    coordinator.force_login(a_user(sign_in_name="sokatsu"))
    page = coordinator.get(page_of(user)).content.decode()
    assert "停止を解く" in page
    assert "使えなくする" not in page
    for act in ("end_all", "factors", "link", "deactivate", "reactivate", "end"):
        assert coordinator.post(page_of(user), {"act": act}).status_code == 403
    coordinator.post(page_of(user), {"act": "unlock"})
    assert not is_locked_out(user, at=timezone.now())
    assert "サインインの停止を解きました" in Entry.objects.order_by("number").last().sentence


def test_the_person_of_another_town_is_not_there(user):
    theirs = Client()
    theirs.force_login(
        a_user(role=Role.ADMINISTRATOR, municipality=a_municipality("011002"), sign_in_name="x")
    )
    for act in ("unlock", "end_all", "factors", "link", "deactivate"):
        assert theirs.post(page_of(user), {"act": act}).status_code == 404


def test_an_administrator_says_which_roles_must_have_a_second_factor(administrator, user):
    policy = reverse("desk:sign_in_policy")
    administrator.post(policy, {"roles": ["administrator", "coordinator"]})
    assert set(RequiredFactor.objects.values_list("role", flat=True)) == {"administrator", "coordinator"}
    entry = Entry.objects.get(event="town.factors_required")
    assert entry.changes == {"accounts.requiredfactor": [[], ["管理者", "総括課の担当者"]]}
    reader = Client()
    reader.force_login(a_user(role=Role.READER, sign_in_name="etsuran"))
    assert reader.post(policy, {"roles": []}).status_code == 403
    assert RequiredFactor.objects.count() == 2
