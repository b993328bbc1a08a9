"""The page behind a link, and what a forgotten password leads to."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from renkei.accounts.links import SALT, SignInLink
from renkei.accounts.models import Role, User
from renkei.people.services.invitations import invite
from renkei.reminders.models import Letter
from tests.factories import PASSWORD, a_municipality, a_user

pytestmark = pytest.mark.django_db

NEW = "a-password-of-ones-own"


@pytest.fixture
def link() -> SignInLink:
    return invite(
        municipality=a_municipality("011002"), sign_in_name="shinjin", name="見本 新", role=Role.READER,
        starts_on=timezone.localdate(), actor=None, at=timezone.now(),
    )  # fmt: skip


def page_of(link: SignInLink) -> str:
    return reverse("desk:sign_in_link", args=[link.token])


def test_whoever_opens_the_link_chooses_a_password_and_is_in(client, link):
    page = client.get(page_of(link)).content.decode()
    assert "見本 新" in page
    assert "札幌市" in page
    answer = client.post(page_of(link), {"new_password": NEW, "password_again": NEW})
    assert answer["Location"] == "/desk/"
    assert "札幌市" in client.get("/desk/").content.decode()
    again = Client().post(page_of(link), {"new_password": NEW, "password_again": NEW})
    assert again.status_code == 410
    assert "管理者に新しいリンク" in again.content.decode()


def test_a_refused_password_leaves_the_link_open(client, link):
    assert client.post(page_of(link), {"new_password": "short", "password_again": "short"}).status_code == 422
    assert client.get(page_of(link)).status_code == 200


def test_a_colleague_who_opens_it_by_mistake_stays_whoever_he_is_until_he_goes_on(client, link):
    mine = a_user()
    client.force_login(mine)
    assert "いまは 見本 花子 さんとして" in client.get(page_of(link)).content.decode()
    assert client.get("/desk/").status_code == 200
    client.post(page_of(link), {"new_password": NEW, "password_again": NEW})
    assert int(client.session["_auth_user_id"]) == link.user_id


@pytest.mark.parametrize("token", ["x", "{id}", "{id}:x", "{other}"])
def test_a_forged_link_says_no_more_than_a_used_one(client, link, token):
    other = signing.Signer(salt=SALT).sign("0" * 12)
    address = reverse("desk:sign_in_link", args=[token.format(id=link.public_id, other=other)])
    assert client.get(address).status_code == 410
    assert client.post(f"{address}asked/").status_code == 404


def test_the_link_of_somebody_who_has_left_opens_nothing(client, link):
    User.objects.filter(pk=link.user_id).update(last_day=timezone.localdate() - timedelta(days=1))
    assert client.get(page_of(link)).status_code == 410
    assert client.post(page_of(link), {"new_password": NEW, "password_again": NEW}).status_code == 410


def test_a_reset_link_of_somebody_with_an_app_still_asks_for_its_code(client, user, app, settings, sign_in):
    settings.EMAIL_HOST = "127.0.0.1"
    User.objects.update(email="tanto@example.jp")
    code = app(user)
    old = Client()
    old.force_login(user)
    client.post(reverse("desk:sign_in_forgotten"), {"username": "tanto"})
    letter = Letter.objects.get()
    link = SignInLink.objects.get()
    assert page_of(link) in letter.plain
    assert letter.address == "tanto@example.jp"
    answer = client.post(page_of(link), {"new_password": NEW, "password_again": NEW})
    assert answer["Location"] == "/desk/sign-in/second/"
    assert old.get("/desk/").status_code == 302, "a new password ends every session"
    assert client.post("/desk/sign-in/second/", {"code": code()})["Location"] == "/desk/"


def test_the_answer_to_a_forgotten_password_tells_no_name(client, user, settings):
    settings.EMAIL_HOST = "127.0.0.1"
    User.objects.update(email="tanto@example.jp")
    answers = {
        name: client.post(reverse("desk:sign_in_forgotten"), {"username": name}, follow=True).content.decode()
        for name in ("tanto", "nobody")
    }
    told = {
        name: page.split("<main")[1].split("</main>")[0].split('role="status"')[1][:120]
        for name, page in answers.items()
    }
    assert told["tanto"] == told["nobody"]
    assert Letter.objects.count() == 1


def test_a_forged_host_makes_no_link(client, user, settings):
    settings.EMAIL_HOST, settings.ALLOWED_HOSTS = "127.0.0.1", ["testserver"]
    User.objects.update(email="tanto@example.jp")
    answer = client.post(
        reverse("desk:sign_in_forgotten"), {"username": "tanto"}, headers={"Host": "elsewhere.example"}
    )
    assert answer.status_code == 400
    assert not Letter.objects.exists()


def test_without_mail_there_is_no_such_page(client, user):
    assert client.get(reverse("desk:sign_in_forgotten")).status_code == 404
    assert "管理者に新しいリンクを頼んでください" in client.get(reverse("desk:sign_in")).content.decode()
    assert PASSWORD not in client.get(reverse("desk:sign_in")).content.decode()
