"""Signing in at a real identity provider (canaille, a program of its own): who is known comes in, nobody else."""

import http.cookiejar
import re
import subprocess
import sys
from html import unescape
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, build_opener

import pytest
from django.test import Client
from django.urls import reverse

from machine.postgres import free_port
from renkei.accounts import provider
from renkei.accounts.models import RequiredFactor, Role, User
from renkei.accounts.provider import Asking, Provider, ProviderRefused
from renkei.audit.models import Entry
from renkei.settings import origins
from tests.factories import a_municipality, a_user

pytestmark = pytest.mark.django_db

SECRET = "a-secret-of-the-provider-and-us"
BACK = "http://localhost/desk/sign-in/provider/back/"


@pytest.fixture(scope="module")
def issuer():
    """The address of a running provider."""
    port = free_port()
    program = [sys.executable, "-m", "tests.desk.session.identity_provider", str(port), BACK, SECRET]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        try:
            assert child.stdout.readline() == "ready\n"
            yield f"http://127.0.0.1:{port}"
        finally:
            child.terminate()


@pytest.fixture
def ours(issuer, settings) -> Client:
    """The window of somebody at our sign-in page, with the provider set."""
    settings.OIDC = {
        "issuer": issuer, "client_id": "renkei", "secret": SECRET, "claim": "sub", "scope": "openid profile",
    }  # fmt: skip
    return Client(headers={"Host": "localhost"})


class Stop(HTTPRedirectHandler):
    """Follows no redirect to us: that step is made by the test."""

    def redirect_request(self, request, file, code, words, headers, address):
        if address.startswith(BACK):
            return None
        return super().redirect_request(request, file, code, words, headers, address)


class Visitor:
    """A browser without scripts at the provider's own pages."""

    def __init__(self) -> None:
        self.opener = build_opener(HTTPCookieProcessor(http.cookiejar.CookieJar()), Stop)

    def open(self, address: str, fields: dict[str, str] | None = None) -> tuple[str, str]:
        """Where the answer led, and the page."""
        from urllib.error import HTTPError

        try:
            with self.opener.open(
                address, urlencode(fields).encode() if fields else None, timeout=20
            ) as answer:
                return answer.url, answer.read().decode()
        except HTTPError as answer:
            return answer.headers.get("Location", address), ""

    def sign_in(self, address: str, name: str) -> str:
        """Name, then password, on the provider's pages; the address that leads back to us."""
        place, page = self.open(address)
        for _ in range(4):
            if place.startswith(BACK):
                return place
            fields = {
                unescape(name): unescape(value)
                for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page)
            }
            fields |= {"login": name} if 'name="login"' in page else {}
            fields |= {"password": SECRET} if 'name="password"' in page else {}
            action = re.search(r'<form[^>]*action="([^"]+)"', page)
            place, page = self.open(urljoin(place, unescape(action[1])) if action else place, fields)
        raise AssertionError(f"The provider did not lead back: {place}")


def led_back(ours: Client, name: str = "tanto", **fields: str) -> str:
    asked = ours.post(reverse("desk:sign_in_provider"), fields)
    return Visitor().sign_in(asked["Location"], name)


def test_a_known_person_comes_in_and_is_told(ours, user):
    answer = ours.get(led_back(ours, next="/desk/partners/"))
    assert answer["Location"] == "/desk/partners/"
    assert ours.get("/desk/").status_code == 200
    assert Entry.objects.get().sentence == "見本 花子がサインインしました(庁内の認証基盤)"


@pytest.mark.parametrize("kind", ["unknown", "inactive", "another town"])
def test_nobody_else_comes_in(ours, kind, settings):
    if kind == "inactive":
        a_user()
        User.objects.update(is_active=False)
    elif kind == "another town":
        a_municipality()
        a_user(municipality=a_municipality("011002"))
        settings.PROVIDER_TOWN = "012041"
    answer = ours.get(led_back(ours), follow=True)
    assert answer.redirect_chain == [("/desk/sign-in/", 302)]
    assert "登録されていないか" in answer.content.decode()
    assert ours.get("/desk/").status_code == 302
    assert User.objects.count() == (0 if kind == "unknown" else 1)


def test_of_two_towns_without_a_word_whose_provider_it_is_nobody_comes_in(ours, user):
    a_municipality("011002")
    ours.get(led_back(ours))
    assert ours.get("/desk/").status_code == 302


def test_an_answer_is_taken_by_the_browser_that_asked_and_once(ours, user):
    back = led_back(ours)
    other = Client(headers={"Host": "localhost"})
    other.get(back)
    assert other.get("/desk/").status_code == 302
    ours.get(back)
    assert ours.get("/desk/").status_code == 200
    ours.post("/desk/sign-out/")
    ours.get(back)
    assert ours.get("/desk/").status_code == 302


@pytest.mark.parametrize("changed", [{"state": "x"}, {"code": "x"}, {"iss": "https://elsewhere.example"}])
def test_an_altered_answer_lets_nobody_in(ours, user, changed):
    back = led_back(ours)
    question = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()} | changed
    answer = ours.get(f"{urlsplit(back).path}?{urlencode(question)}", follow=True)
    assert "認証基盤でサインインできませんでした" in answer.content.decode()
    assert ours.get("/desk/").status_code == 302


def test_the_towns_rule_holds_behind_a_provider_too_unless_it_proves_two(ours, user, app, settings):
    RequiredFactor.objects.create(municipality=user.municipality, role=Role.COORDINATOR)
    ours.get(led_back(ours))
    assert ours.get("/desk/")["Location"] == "/desk/security/"
    code = app(user)
    again = Client(headers={"Host": "localhost"})
    assert again.get(led_back(again))["Location"] == "/desk/sign-in/second/"
    again.post("/desk/sign-in/second/", {"code": code()})
    assert again.get("/desk/").status_code == 200
    assert "庁内の認証基盤と確認コード" in Entry.objects.order_by("number").last().sentence
    settings.PROVIDER_PROVES_TWO = True
    third = Client(headers={"Host": "localhost"})
    third.get(led_back(third))
    assert third.get("/desk/").status_code == 200


def test_a_token_for_another_question_or_another_client_is_refused(issuer, ours):
    known = provider.configured()
    asking = Asking.new()
    back = Visitor().sign_in(provider.address_to_ask(known, asking, back=BACK), "tanto")
    code = parse_qs(urlsplit(back).query)["code"][0]
    with pytest.raises(ProviderRefused, match="another question"):
        provider.name_told(known, Asking(asking.state, "another-nonce", asking.verifier), code, back=BACK)
    with pytest.raises(ProviderRefused, match="does not hold"):
        provider.claims_of(known, "not.a.token", nonce="")


def test_a_stolen_code_is_worth_nothing_without_the_verifier(ours):
    known, asking = provider.configured(), Asking.new()
    back = Visitor().sign_in(provider.address_to_ask(known, asking, back=BACK), "tanto")
    code = parse_qs(urlsplit(back).query)["code"][0]
    with pytest.raises(ProviderRefused):
        provider.name_told(known, Asking(asking.state, asking.nonce, "x" * 64), code, back=BACK)


@pytest.mark.parametrize("place", ["http://provider.example", "file:///etc/passwd", "https://127.0.0.1:1"])
def test_only_https_is_asked_and_a_dead_provider_is_a_refusal(place):
    with pytest.raises(ProviderRefused):
        provider.address_to_ask(Provider(place, "a", "b", "sub", "openid"), Asking.new(), back=BACK)


def test_a_provider_that_is_down_leaves_the_password(ours, user, settings, sign_in):
    settings.OIDC = {**settings.OIDC, "issuer": f"http://127.0.0.1:{free_port()}"}
    answer = ours.post(reverse("desk:sign_in_provider"), follow=True)
    assert "パスワードでサインインしてください" in answer.content.decode()
    assert sign_in(ours).status_code == 302


def test_the_page_says_that_this_way_brings_back_nothing_that_was_typed(ours):
    sentence = "入力したものは戻りません"
    assert sentence not in ours.get(reverse("desk:sign_in")).content.decode()
    lapsed = ours.post(reverse("desk:agreement_new"), {"title": "協定"})
    assert lapsed.status_code == 403
    assert sentence in lapsed.content.decode()


def test_the_policy_of_the_page_lets_the_button_lead_to_the_provider():
    assert origins("https://idp.example.jp/realms/town", "") == ["https://idp.example.jp"]
