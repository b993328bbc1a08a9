"""The entrance of the counter as a visitor, a mail scanner, a spammer and somebody who guesses meet it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from renkei.correspondents.links import make_link, token_of
from renkei.correspondents.models import Correspondent, CounterLink, Purpose
from renkei.correspondents.services.account import choose_password
from renkei.correspondents.services.closing import close
from renkei.correspondents.services.entering import LINKS_FOR_AN_ADDRESS
from renkei.counter.visitor import SEEN, own_page
from renkei.reminders.models import Letter
from renkei.ui.public_forms import shown_at
from tests.factories import a_division, a_municipality, a_user
from tests.procedure_factories import a_correspondent, a_partner, a_procedure, visit

pytestmark = pytest.mark.django_db
ENTER, HOME = "/counter/012041/enter/", "/counter/012041/"
PASSWORD = "a-long-and-quiet-river"  # noqa: S105


@pytest.fixture(autouse=True)
def town(settings):
    settings.EMAIL_HOST = "mail.example.jp"
    return a_municipality()


def ask(client: Client, email: str = "hanako@example.com", **fields: str):
    return client.post(ENTER, {"email": email, "shown_at": shown_at(timezone.now()), **fields})


def pressed(client: Client, link: CounterLink):
    return client.post(f"{ENTER}links/{token_of(link)}/")


def test_a_stranger_asks_opens_the_mail_presses_the_button_says_who_they_are_and_goes_on(client):
    wanted = f"{HOME}colleagues/"
    assert client.get(wanted)["Location"] == f"{ENTER}?next=%2Fcounter%2F012041%2Fcolleagues%2F"
    assert ask(client, next=wanted)["Location"] == f"{ENTER}sent/"
    letter = Letter.objects.get().plain
    address = re.search(r"http://testserver(/counter/012041/enter/links/\S+/)", letter)[1]
    for _ in range(2):  # a mail scanner opens the link as well, and uses up nothing
        page = client.get(address).content.decode()
    assert "hanako@example.com として入ります" in page
    answer = client.post(address, follow=True)
    assert answer.request["PATH_INFO"] == f"{HOME}about/"
    assert client.get(HOME)["Location"].startswith(f"{HOME}about/"), "nobody goes on without a name"
    said = {"name": "山田\r\n花子", "organisation_name": "見本製薬", "phone": "０１６６", "next": wanted}
    assert client.post(f"{HOME}about/", said)["Location"] == wanted
    assert Correspondent.objects.get().name == "山田 花子"
    assert client.get(wanted).status_code == 200
    for method in ("get", "post"):
        assert getattr(client, method)(address).status_code == 410


def test_the_answer_is_the_same_for_known_unknown_and_ended_addresses(client):
    a_correspondent(email="known@example.com")
    close(a_correspondent(email="ended@example.com"), a_user(), timezone.now())
    answers = {
        (answer.status_code, answer["Location"], answer.content)
        for email in ("known@example.com", "ended@example.com", "new@example.com")
        if (answer := ask(client, email))
    }
    assert len(answers) == 1


@pytest.mark.parametrize(
    "email",
    [
        "a@example.com\r\nBcc: b@example.com", "a@example.com\nb@example.com", "a@example.com,b@example.com",
        '"a b"@example.com', "a@example.com;b@example.com", "<a@example.com>", "a", "ä@example.com", "a@exämple.com",
        f"{'a' * 250}@example.com", "a@example.com\0", "",
    ],
)  # fmt: skip
def test_what_is_not_one_plain_address_gets_a_sentence_and_no_letter(client, email):
    answer = ask(client, email)
    assert answer.status_code == 422
    assert "エラー:" in answer.content.decode()
    assert not Letter.objects.exists()


def test_full_width_letters_are_taken(client):
    ask(client, "　ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｃｏｍ ")
    assert Letter.objects.get().address == "hanako@example.com"


@pytest.mark.parametrize(
    "asked",
    [
        "https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "/desk/", "/counter/011002/",
        "/counter/012041", "/counter/012041/../../desk/", "/counter/012041/%0d%0aSet-Cookie:x/", "javascript:alert(1)",
        "/counter/012041/nowhere/at/all/", "/counter/012041/enter/\n", "http:/counter/012041/", "",
    ],
)  # fmt: skip
def test_the_way_on_leads_to_no_other_place(town, asked):
    assert own_page(town, asked) == HOME


def test_a_link_goes_to_no_other_place_though_its_record_says_so(client):
    person = a_correspondent()
    link = make_link(person, Purpose.ENTER, target="https://elsewhere.example/", at=timezone.now())
    assert pressed(client, link)["Location"] == HOME


def test_a_link_of_another_town_opens_nothing_here(client):
    link = make_link(a_correspondent(municipality=a_municipality("011002")), Purpose.ENTER, at=timezone.now())
    assert pressed(client, link).status_code == 410
    link.refresh_from_db()
    assert link.used_at is None


def test_a_flood_from_one_address_is_answered_429_with_a_sentence(client):
    answers = [ask(client) for _ in range(LINKS_FOR_AN_ADDRESS + 1)]
    assert [one.status_code for one in answers] == [302] * LINKS_FOR_AN_ADDRESS + [429]
    assert "電話してください" in answers[-1].content.decode()
    assert Letter.objects.count() == LINKS_FOR_AN_ADDRESS


@pytest.mark.parametrize(
    ("carried", "sentence"),
    [
        ({"homepage": "https://buy.example/"}, "何も書かないで"),
        ({"shown_at": ""}, "時間がたちすぎました"),
        ({"shown_at": "1764000000:forged"}, "時間がたちすぎました"),
        ({"shown_at": timedelta(days=1, seconds=5)}, "時間がたちすぎました"),
        ({"shown_at": timedelta(seconds=1)}, "早すぎました"),
    ],
    ids=["trap", "none", "forged", "old", "fast"],
)
def test_a_form_that_a_program_fills_is_refused_and_the_page_can_be_sent_again(
    client, settings, carried, sentence
):
    settings.FORM_SECONDS = 2
    if isinstance(carried.get("shown_at"), timedelta):
        carried = {"shown_at": shown_at(timezone.now() - carried["shown_at"])}
    answer = ask(client, **{"shown_at": shown_at(timezone.now() - timedelta(seconds=9)), **carried})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert not Letter.objects.exists()
    settings.FORM_SECONDS = 0
    again = re.search(r'name="shown_at" value="([^"]+)"', page)[1]
    assert ask(client, shown_at=again).status_code == 302


def test_without_a_mail_server_the_page_says_whom_to_telephone(client, settings):
    settings.EMAIL_HOST = ""
    a_division(name="地域活動推進課", is_coordinating=True)
    page = client.get(ENTER).content.decode()
    assert "地域活動推進課に電話" in page
    assert "リンクを送る" not in page


def test_a_password_is_chosen_after_coming_by_link_and_lets_in_again(client):
    person = a_correspondent()
    pressed(client, make_link(person, Purpose.ENTER, at=timezone.now()))
    page, new = f"{HOME}security/password/", {"new_password": PASSWORD, "password_again": PASSWORD}
    assert client.post(page, {**new, "password_again": "other"}).status_code == 422
    elsewhere = visit(Client(), person)
    assert elsewhere.get(HOME).status_code == 200
    assert client.post(page, new)["Location"] == f"{HOME}security/"
    assert elsewhere.get(HOME).status_code == 302, "the other device is out"
    assert client.get(HOME).status_code == 200
    assert client.post(f"{HOME}leave/")["Location"] == ENTER
    assert client.get(HOME).status_code == 302
    signing_in = {"email": "HANAKO@example.com", "password": PASSWORD, "next": "//elsewhere.example"}
    assert client.post(f"{ENTER}password/", {**signing_in, "password": "x"}).status_code == 422
    assert client.post(f"{ENTER}password/", signing_in)["Location"] == HOME
    assert "old_password" in client.get(page).content.decode()
    assert client.post(page, {**new, "old_password": "wrong"}).status_code == 422


def test_whoever_came_a_while_ago_comes_in_again_before_a_way_of_signing_in_changes(client):
    visit(client, a_correspondent())
    for address, fields in (
        ("security/password/", {"new_password": PASSWORD, "password_again": PASSWORD}),
        ("security/passkeys/", {"answer": "{}"}),
    ):
        assert client.post(HOME + address, fields)["Location"].startswith(f"{ENTER}?again")
    assert not Correspondent.objects.get().password


def test_a_session_ends_for_want_of_activity_with_the_access_and_with_what_it_was_given_for(client, settings):
    person = a_correspondent()
    visit(client, person)
    assert client.get(HOME).status_code == 200
    session = client.session
    session[SEEN] = {"012041": timezone.now().timestamp() - settings.IDLE_SECONDS - 1}
    session.save()
    assert client.get(HOME).status_code == 302
    for change in (
        lambda: choose_password(person, PASSWORD),
        lambda: Correspondent.objects.filter(pk=person.pk).update(organisation=a_partner()),
        lambda: close(person, a_user(), timezone.now()),
    ):
        window = visit(Client(), person)
        assert window.get(HOME).status_code == 200
        change()
        assert window.get(HOME).status_code == 302
        person.refresh_from_db()


def test_a_wrong_answer_of_a_passkey_leads_back_with_a_sentence(client):
    asked = client.post(f"{ENTER}passkey/asked/").json()
    assert asked["publicKey"]["userVerification"] == "required"
    answer = client.post(f"{ENTER}passkey/", {"answer": '{"id": "x"}'}, follow=True)
    assert "パスキーで入れませんでした" in answer.content.decode()


def test_no_cache_keeps_what_a_visitor_is_answered_not_even_refusals(client):
    visit(client, a_correspondent())
    for answer, status in (
        (client.get(HOME), 200),
        (client.get(f"{HOME}procedures/{'0' * 12}/"), 404),
        (client.post(f"{HOME}colleagues/", {"email": "new@example.com"}), 403),
    ):
        assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (status, True)


def test_a_company_looks_after_its_people_on_two_pages(client):
    partner = a_partner()
    boss = a_correspondent(organisation=partner, is_responsible=True)
    jiro = a_correspondent(email="jiro@example.com", name="見本 次郎", organisation=partner)
    procedure = a_procedure(author=boss)
    visit(client, boss)
    colleagues = f"{HOME}colleagues/"
    assert client.post(colleagues, {"email": "new@example.com"})["Location"] == colleagues
    assert "new@example.com" in client.get(colleagues).content.decode()
    people = reverse("counter:procedure_people", args=["012041", procedure.public_id])
    assert client.post(people, {"act": "add", "person": jiro.public_id})["Location"] == people
    assert client.post(people, {"act": "lead", "person": jiro.public_id})["Location"] == people
    assert "見本 次郎さんだけができます" in client.get(people).content.decode()
    client.post(f"{colleagues}{jiro.public_id}/", {"act": "end"})
    jiro.refresh_from_db()
    assert jiro.closed_at
    client.post(f"{colleagues}{jiro.public_id}/", {"act": "restore"})
    client.post(f"{colleagues}{jiro.public_id}/", {"act": "hand-over"})
    assert "責任者だけができます" in client.get(colleagues).content.decode()
    assert client.post(colleagues, {"email": "more@example.com"}).status_code == 403
    assert client.post(f"{colleagues}{jiro.public_id}/", {"act": "end"}).status_code == 403
