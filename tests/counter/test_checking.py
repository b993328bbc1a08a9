"""The yearly check of contacts by a link without an account: what is shown, confirmed, corrected, and refused."""

import io
import logging

import pytest
from django.test import Client
from django.urls import reverse

from renkei.accounts.models import Role
from renkei.disasters.checks.links import token_of
from renkei.disasters.models import Capability, ContactCheck, EmergencyContact
from renkei.disasters.services.check_visits import WRONG_LINKS
from renkei.disasters.vocabulary import CheckState, HowVerified
from tests.disaster_factories import AT, a_capability, a_contact, a_contact_check
from tests.factories import a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def check() -> ContactCheck:
    """One partner's part, with another partner's records beside it."""
    agreement = an_agreement(form="disaster")
    a_contact(agreement)
    a_contact(
        agreement,
        organisation=None,
        unit="防災課",
        name="市役所の当直",
        channels=(("phone", "0166-00-9999"),),
    )
    a_capability(agreement)
    other = an_agreement(title="別の協定", partners=("別の会社",), form="disaster")
    a_contact(other, name="別の会社の人", channels=(("mobile", "090-9999-9999"),))
    a_user(role=Role.DISASTER_OFFICER)
    return a_contact_check(agreement)


def address(check: ContactCheck, page: str = "", token: str = "", code: str = "") -> str:
    town = check.campaign.municipality
    return reverse(f"counter:contact_check{page}", args=[code or town.code, token or token_of(check)])


def test_the_link_shows_only_what_the_partner_may_know_and_says_nothing_by_itself(client: Client, check):
    shown = client.get(address(check))
    page = shown.content.decode()
    assert "090-0000-0001" in page
    assert "0166-00-9999" in page
    assert "飲料水 2,000本" in page
    assert "別の会社" not in page
    assert shown["Referrer-Policy"] == "same-origin", (
        "nobody outside learns the link; with less, browsers hide where the answer comes from, and it is refused"
    )
    assert "no-store" in shown["Cache-Control"]
    assert "noindex" in shown["X-Robots-Tag"]
    check.refresh_from_db()
    assert check.state == CheckState.WAITING
    log, (console,) = (
        io.StringIO(),
        (one for one in logging.root.handlers if type(one) is logging.StreamHandler),
    )
    before = console.setStream(log)
    without_name = client.post(address(check), {"by_name": ""})
    console.setStream(before)
    assert f"/contacts/{check.public_id}…/" in log.getvalue()
    assert token_of(check) not in log.getvalue()
    assert without_name.status_code == 422
    assert "お名前を入れてください" in without_name.content.decode()


def test_nothing_has_changed_is_one_press(client: Client, check):
    answer = client.post(address(check), {"by_name": "佐藤"}, follow=True)
    assert "回答を受け取りました" in answer.content.decode()
    client.post(address(check), {"by_name": "佐藤"})
    check.refresh_from_db()
    assert (check.state, check.answered_by, check.answered_how) == ("confirmed", "佐藤", HowVerified.LINK)


def test_a_correction_keeps_what_was_typed_and_is_then_what_the_town_has(client: Client, check):
    contact, water = EmergencyContact.objects.get(name="佐藤 一郎"), Capability.objects.get()
    row, supply = f"contact-{contact.public_id}", f"supply-{water.public_id}"
    sent = {
        "by_name": "鈴木", "note": "", "contact-known": contact.public_id,
        f"{row}-position": "2", f"{row}-unit": "総務部長", f"{row}-name": "鈴木 二郎", f"{row}-reached_when": "day",
        f"{row}-kind0": "mobile", f"{row}-value0": "090ー00", f"{row}-kind1": "mail", f"{row}-value1": "s@example.jp",
        "contact-new2-position": "1", "contact-new2-unit": "守衛室", "contact-new2-reached_when": "night",
        "contact-new2-kind0": "phone", "contact-new2-value0": "0166(00)1234",
        f"{supply}-says": "changed", f"{supply}-quantity": "１,５００", f"{supply}-unit": "本",
        f"{supply}-certainty": "estimated", "new-1-goods": "毛布", "new-1-quantity": "30",
    }  # fmt: skip
    for kind, field in (("contact-new", "contact-new3-unit"), ("new-", "new-4-goods")):
        more = client.post(address(check, "_change"), sent | {"more": kind, f"{supply}-says": ""})
        page = more.content.decode()
        assert more.status_code == 200, "who asks for another row has not finished: nothing is judged"
        assert page.count(" autofocus") == 1
        assert f'name="{field}"' in page
        assert all(
            f'value="{one}"' in page for one in ("守衛室", "毛布", "鈴木 二郎", "090ー00", "１,５００")
        )
        assert page.count('<details class="card" open>') == 3, "the two rows in use and the new one"
    typed = sent | {"contact-new3-unit": "五店目", "more": "contact-new"}
    assert 'name="contact-new4-unit"' in client.post(address(check, "_change"), typed).content.decode()
    assert not EmergencyContact.objects.filter(unit="五店目").exists()
    refused = client.post(address(check, "_change"), sent)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "電話番号として読めません" in page
    assert "数量の単位を入れてください" in page
    assert f'<a href="#id_{row}-value0">1. 番号・アドレス1: ' in page, "the summary leads to each row"
    assert '<a href="#id_new-1-unit">新しく供給できるもの. 単位: ' in page
    same = client.post(address(check, "_change"), sent | {f"{supply}-says": "same"}).content.decode()
    assert "数量などが書き直されています" in same, "a smaller quantity beside 「いまもできる」 is not lost"
    assert "鈴木 二郎" in page
    sent |= {f"{row}-value0": "０９０－００００－０００２", "new-1-unit": "枚"}
    sent |= {
        "new-4-goods": "簡易トイレ",
        "contact-new3-unit": "五店目",
        "contact-new3-value0": "0166-00-5555",
    }
    for unsaid in (f"{supply}-certainty", "new-1-certainty"):
        page = client.post(address(check, "_change"), sent | {unsaid: "none"}).content.decode()
        assert f'<a href="#id_{unsaid}">' in page, (
            "a quantity beside 「数量の定めなし」 is not taken silently"
        )
    shown = client.post(address(check, "_change"), sent, follow=True).content.decode()
    chain = (
        EmergencyContact.objects.in_use().exclude(organisation=None).filter(organisation=check.organisation)
    )
    told = [(str(one), [each.value for each in one.channels.all()]) for one in chain.order_by("position")]
    assert told == [
        ("守衛室", ["0166-00-1234"]),
        ("総務部長 鈴木 二郎", ["090-0000-0002", "s@example.jp"]),
        ("五店目", ["0166-00-5555"]),
    ]
    assert "簡易トイレ" in shown
    assert "飲料水 1,500本(見込みの数量)" in shown
    assert "毛布 30枚" in shown
    check.refresh_from_db()
    assert check.state == CheckState.CORRECTED
    ended = {**sent, f"{row}-removed": "on"}
    assert (
        client.post(address(check, "_change"), ended).status_code == 422
    )  # two new rows would be added again


def test_every_link_that_is_none_says_the_same_and_is_counted(client: Client, check):
    other = a_municipality("011002")
    forged = address(check, token=f"{check.public_id}:forged")
    pages = [client.get(one) for one in (forged, address(check, code=other.code), address(check, token="x"))]
    check.campaign.closed_at = AT
    check.campaign.save()
    pages.append(client.get(address(check)))
    assert {one.status_code for one in pages} == {410}
    assert all("このリンクは使えません" in one.content.decode() for one in pages)
    codes = [client.get(forged).status_code for _try in range(WRONG_LINKS)]
    assert codes[-1] == 429
    assert "090" not in client.get(forged).content.decode()


def test_the_partners_paper_is_a_pdf(client: Client, check):
    answer = client.get(address(check, "_paper"))
    assert answer.content.startswith(b"%PDF")
