"""What is typed and not sent: kept by the script's request, offered on return, gone once sent or thrown away."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from renkei.accounts.drafts import draft_of
from renkei.accounts.models import Draft, User
from renkei.agreements.models import Agreement
from tests.desk.agreements.forms import as_a_browser_sends, open_form, text_of
from tests.factories import PASSWORD, a_user, an_agreement

pytestmark = pytest.mark.django_db

NEW = "/desk/agreements/new/"


@pytest.fixture
def agreement():
    return an_agreement(title="見本協定", purpose="はじめの目的")


def keep(window, address, **typed):
    """What the script sends."""
    return window.post("/desk/drafts/", {"draft_address": address, "page": "協定の編集"} | typed)


def test_what_is_kept_is_offered_with_its_time_and_what_differs(clerk, agreement):
    address, sent = open_form(clerk, agreement, "edit")
    assert keep(clerk, address, **sent | {"purpose": "書きかけの目的"}).status_code == 204
    page = text_of(clerk.get(address))
    assert "書きかけがあります" in page and re.search(r"\d{4}/\d\d/\d\d \d\d:\d\dに預かりました", page)
    offer = page[page.index('class="notice draft-offer"') : page.index("</section>")]
    assert "書きかけの目的" in offer and "はじめの目的" in offer
    assert "出典" not in offer
    assert as_a_browser_sends(clerk.get(address))["purpose"] == "はじめの目的"


def test_used_it_is_in_the_form_and_saved_it_is_gone(clerk, agreement):
    address, sent = open_form(clerk, agreement, "edit")
    keep(clerk, address, **sent | {"purpose": "書きかけの目的"})
    again = clerk.get(f"{address}?draft=use")
    assert "書きかけがあります" not in text_of(again) and "error-summary" not in text_of(again)
    assert clerk.post(address, as_a_browser_sends(again)).status_code == 302
    assert Agreement.objects.get().purpose == "書きかけの目的"
    assert not Draft.objects.exists()


def test_thrown_away_it_is_gone(clerk, agreement):
    address, sent = open_form(clerk, agreement, "edit")
    keep(clerk, address, **sent | {"purpose": "書きかけの目的"})
    assert clerk.post("/desk/drafts/", {"draft_address": address, "do": "discard"})["Location"] == address
    assert "書きかけがあります" not in text_of(clerk.get(address))


def test_a_draft_that_says_nothing_else_is_not_offered(clerk, agreement):
    address, sent = open_form(clerk, agreement, "edit")
    keep(clerk, address, **sent)
    assert "書きかけがあります" not in text_of(clerk.get(address))


def test_a_draft_from_before_somebody_elses_change_meets_it_when_it_is_saved(clerk, agreement):
    address, sent = open_form(clerk, agreement, "edit")
    keep(clerk, address, **sent | {"notes": "書きかけのメモ"})
    _address, theirs = open_form(clerk, agreement, "edit")
    clerk.post(address, theirs | {"purpose": "ほかの人の目的"})
    keep(clerk, address, **sent | {"notes": "書きかけのメモ"})
    answer = clerk.post(address, as_a_browser_sends(clerk.get(f"{address}?draft=use")))
    assert answer.status_code == 422 and "ほかの人が先に変更しました" in text_of(answer)
    sent = as_a_browser_sends(answer)
    assert (sent["purpose"], sent["notes"]) == ("ほかの人の目的", "書きかけのメモ")


def test_rows_come_back_with_the_draft(clerk):
    sent = as_a_browser_sends(clerk.get(NEW))
    rows = {"party-TOTAL_FORMS": "3", "party-1-name": "株式会社一", "party-2-name": "株式会社二"}
    keep(clerk, NEW, **sent | rows)
    assert "株式会社一" in text_of(clerk.get(NEW))
    back = as_a_browser_sends(clerk.get(f"{NEW}?draft=use"))
    assert (back["party-1-name"], back["party-2-name"], back["key"]) == (
        "株式会社一",
        "株式会社二",
        sent["key"],
    )


def test_every_person_has_their_own_drafts_and_a_list_of_them(clerk, agreement):
    address, sent = open_form(clerk, agreement, "edit")
    keep(clerk, address, **sent | {"purpose": "秘密の目的"})
    other = Client()
    other.force_login(a_user(sign_in_name="futari"))
    assert "書きかけがあります" not in text_of(other.get(address))
    assert "秘密の目的" not in text_of(other.get(f"{address}?draft=use"))
    assert "書きかけはありません" in text_of(other.get("/desk/drafts/"))
    assert f'href="{address}?draft=use">協定の編集' in text_of(clerk.get("/desk/drafts/"))


def test_neither_a_token_nor_a_password_is_kept(clerk):
    keep(clerk, NEW, title="協定", csrfmiddlewaretoken="t", password="p", new_password1="p", do="")
    assert set(Draft.objects.get().content) == {"title", "page"}


@pytest.mark.parametrize(
    "address", ["", "https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example/", "x/"]
)
def test_a_draft_of_no_page_of_ours_is_not_kept(clerk, address):
    assert keep(clerk, address, title="協定").status_code == 422
    assert clerk.post("/desk/drafts/", {"draft_address": address, "do": "discard"}).status_code == 422


def test_too_long_a_draft_is_refused_with_a_sentence(clerk):
    answer = keep(clerk, NEW, notes="あ" * 70_000)
    assert answer.status_code == 422 and "200kBまで" in text_of(answer)


def carried_on(page):
    """What the sign-in page carries."""
    found = re.findall(r'<input type="hidden" name="(next|typed|typed_at)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def signed_in_again(window, page):
    """Sign in with what the sign-in page carries."""
    sent = carried_on(page)
    return window.post(reverse("desk:sign_in"), sent | {"username": "tanto", "password": PASSWORD})


def test_after_a_lapsed_session_the_form_comes_back_filled_without_a_script(clerk, agreement):
    address, sent = open_form(clerk, agreement, "edit")
    clerk.logout()
    answer = clerk.post(address, sent | {"purpose": '長い目的 "&<b>', "password": "geheim"})
    page = text_of(answer)
    assert answer.status_code == 403 and "サインインの時間が切れていたため" in page
    assert "geheim" not in page and "<b>" not in page
    assert Agreement.objects.get().purpose == "はじめの目的"
    back = signed_in_again(clerk, page)
    assert back["Location"] == f"{address}?draft=use"
    again = as_a_browser_sends(clerk.get(back["Location"]))
    assert again["purpose"] == '長い目的 "&<b>'
    assert clerk.post(address, again).status_code == 302
    assert Agreement.objects.get().purpose == '長い目的 "&<b>'


def test_a_wrong_password_in_between_loses_nothing(clerk, agreement):
    address, sent = open_form(clerk, agreement, "edit")
    clerk.logout()
    page = text_of(clerk.post(address, sent | {"purpose": "長い目的"}))
    wrong = clerk.post(reverse("desk:sign_in"), carried_on(page) | {"username": "tanto", "password": "wrong"})
    signed_in_again(clerk, text_of(wrong))
    assert draft_of(User.objects.get(), address).content["purpose"] == ["長い目的"]


def test_a_file_cannot_be_kept_and_that_is_said(clerk, agreement):
    address, sent = open_form(clerk, agreement, "attach")
    clerk.logout()
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    page = text_of(clerk.post(address, sent | {"label": "写し", "file": file}))
    assert "もう一度選んでください" in page and "写し" in page


def test_a_button_of_a_page_leads_back_to_that_page(clerk, agreement):
    page = f"/desk/agreements/{agreement.public_id}/"
    clerk.logout()
    answer = clerk.post(
        f"{page}publish/", {"publishes": "yes"}, headers={"Referer": f"http://testserver{page}"}
    )
    assert signed_in_again(clerk, text_of(answer))["Location"] == f"{page}?draft=use"
    assert clerk.get(f"{page}?draft=use").status_code == 200
    assert not Agreement.objects.get().is_published


def test_a_page_elsewhere_is_not_where_a_sign_in_leads(client, agreement):
    address = f"/desk/agreements/{agreement.public_id}/edit/"
    a_user()
    answer = client.post(address, {"purpose": "x"}, headers={"Referer": "https://elsewhere.example/desk/"})
    assert signed_in_again(client, text_of(answer))["Location"] == f"{address}?draft=use"


def test_who_signed_in_meanwhile_in_another_window_loses_nothing_either(clerk, agreement):
    address, sent = open_form(clerk, agreement, "edit")
    person = User.objects.get()
    clerk.logout()
    page = text_of(clerk.post(address, sent | {"purpose": "長い目的"}))
    clerk.force_login(person)
    back = signed_in_again(clerk, page)
    assert back["Location"] == f"{address}?draft=use"
    assert as_a_browser_sends(clerk.get(back["Location"]))["purpose"] == "長い目的"
