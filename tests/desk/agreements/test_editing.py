"""Edit and correct on screen: what is shown, what is refused, and nothing typed is lost."""

import re

import pytest

from renkei.agreements.facts import RenewalFacts
from renkei.agreements.models import Agreement
from renkei.agreements.services import attach, end
from renkei.agreements.vocabulary import EndReason, RenewalKind
from renkei.audit.models import Entry
from tests.desk.agreements.forms import as_a_browser_sends, open_form, text_of
from tests.factories import a_division, an_agreement

pytestmark = pytest.mark.django_db

AUTOMATIC = RenewalFacts(kind=RenewalKind.AUTOMATIC, months=12, notice_months=3, clause="期間は\n1年とする。")


@pytest.fixture
def agreement():
    """An agreement of which every part is filled."""
    return an_agreement(
        title="見本協定", partners=("株式会社一", "株式会社二"), starts="2024-04-01", ends="2025-03-31",
        renewal=AUTOMATIC, division=a_division(), fields=("disaster",), main_field="health",
        purpose="目的\n二行目", notes="メモ", source="文書綴り", items=("防災", "健康"),
    )  # fmt: skip


@pytest.mark.parametrize("verb", ["edit", "correct"])
def test_the_page_sent_back_as_it_was_shown_changes_nothing(clerk, agreement, verb):
    address, sent = open_form(clerk, agreement, verb)
    answer = clerk.post(address, sent | {"reason": "照合した。"})
    assert answer.status_code == 422 and "何も変わっていません" in text_of(answer)
    assert (Agreement.objects.get().version, Entry.objects.count()) == (1, 1)


def test_an_edit_is_saved_and_told(clerk, agreement):
    address, sent = open_form(clerk, agreement, "edit")
    other = a_division(name="環境課")
    answer = clerk.post(
        address, sent | {"purpose": "新しい目的", "division": other.pk, "last_confirmed_on": "R8.1.5"}
    )
    assert answer["Location"] == f"/desk/agreements/{agreement.public_id}/"
    assert set(Entry.objects.last().changes) == {
        "agreements.agreement.purpose", "agreements.agreement.division",
        "agreements.renewalrule.last_confirmed_on",
    }  # fmt: skip
    assert "編集を保存しました。" in text_of(clerk.get(answer["Location"]))


def test_a_correction_is_saved_with_its_reason(clerk, agreement):
    address, sent = open_form(clerk, agreement, "correct")
    changes = {"title": "見本の協定", "items": "防災\r\n健康\r\n見守り", "party-0-unit": "旭川支店"}
    clerk.post(address, sent | changes | {"reason": "写しと照合した。"})
    assert Entry.objects.last().reason == "写しと照合した。"
    assert set(Entry.objects.last().changes) == {
        "agreements.agreement.title", "agreements.item", "agreements.party"
    }  # fmt: skip


def test_a_correction_without_its_reason_keeps_what_was_typed(clerk, agreement):
    address, sent = open_form(clerk, agreement, "correct")
    answer = clerk.post(address, sent | {"title": "見本の協定"})
    assert answer.status_code == 422 and "訂正の理由を書いてください" in text_of(answer)
    assert 'value="見本の協定"' in text_of(answer)


def test_a_correction_that_would_move_an_ended_term_says_what_to_take_back_first(clerk, agreement):
    end(agreement, on=agreement.terms.get().ends_on, reason=EndReason.EXPIRED, actor=None)
    address, sent = open_form(clerk, agreement, "correct")
    answer = clerk.post(address, sent | {"last_day": "令和9年3月31日", "reason": "照合した。"})
    assert answer.status_code == 422 and "先に「終了を取り消す」" in text_of(answer)
    assert 'value="令和9年3月31日"' in text_of(answer)


def test_a_party_is_left_out_and_another_put_first_by_buttons(clerk, agreement):
    address, sent = open_form(clerk, agreement, "correct")
    sent = as_a_browser_sends(clerk.post(address, sent | {"do": "add-party", "party-1-letter": "丙"}))
    sent = as_a_browser_sends(
        clerk.post(address, sent | {"do": "raise-party-1", "party-2-name": "株式会社三"})
    )
    sent = as_a_browser_sends(clerk.post(address, sent | {"do": "remove-party-1"}))
    clerk.post(address, sent | {"reason": "照合した。"})
    parties = [(party.letter, party.name_as_signed) for party in agreement.parties.all()]
    assert parties == [("丙", "株式会社二"), ("", "株式会社三")]


def test_who_may_not_change_it_is_told_why_before_and_after(reader, agreement):
    for verb in ("edit", "correct"):
        address, sent = open_form(reader, agreement, verb)
        assert "防災課か総括課の担当者だけが変更できます" in text_of(reader.get(address))
        for more in ({}, {"do": "add-party"}):
            assert reader.post(address, sent | more).status_code == 403


def test_a_document_is_taken_off_and_put_back_from_the_page(clerk, agreement):
    attach(agreement, b"%PDF-1.7\n%%EOF\n", name="協定書.pdf", actor=None)
    page = text_of(clerk.get(f"/desk/agreements/{agreement.public_id}/"))
    [address] = set(re.findall(r'action="([^"]+/detach/)"', page))
    clerk.post(address, {"attached": "no"})
    page = text_of(clerk.get(f"/desk/agreements/{agreement.public_id}/"))
    assert "文書「協定書.pdf」を外しました" in page and "「協定書.pdf」を戻す" in page
    assert agreement.attachments.attached().count() == 0
    assert "すでに外されています" in text_of(clerk.post(address, {"attached": "no"}, follow=True))
    clerk.post(address, {"attached": "yes"})
    assert agreement.attachments.attached().count() == 1
