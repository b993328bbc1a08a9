"""The pages of the verbs about terms: each done by its form, refused with a sentence, and seen on the page."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from renkei.agreements.facts import RenewalFacts
from renkei.agreements.models import Agreement, Amendment, Ending, Relation, RenewalDecision, RenewalRule
from renkei.agreements.services import Amended, amend, decline, end, supersede
from renkei.agreements.vocabulary import Decision, EndReason, NoticeEffect, RenewalKind
from renkei.rules.japanese_calendar import japanese_date
from renkei.rules.terms import months_before
from tests.factories import a_municipality, an_agreement

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.localdate()


LAST = timedelta(days=200)


def yearly(**facts) -> Agreement:
    """An agreement whose running term ends in 200 days, with a notice of three months."""
    last = today() + LAST
    renewal = RenewalFacts(RenewalKind.AUTOMATIC, months=12, notice_months=3)
    return an_agreement(
        starts=str(months_before(last + timedelta(days=1), 12)), ends=str(last), renewal=renewal,
        purpose="はじめの目的", **facts,
    )  # fmt: skip


def shown(client, agreement, query: str = "") -> str:
    return client.get(f"/desk/agreements/{agreement.public_id}/{query}").content.decode()


def send(client, agreement, verb: str, **sent):
    sent = {"version": Agreement.objects.get(pk=agreement.pk).version, **sent}
    return client.post(f"/desk/agreements/{agreement.public_id}/{verb}/", sent, follow=True)


def ends_on(agreement) -> str:
    return str(agreement.terms.get().ends_on)


def test_a_renewal_by_its_form(clerk):
    agreement = yearly()
    until = months_before(today() + LAST, -36)
    answer = send(clerk, agreement, "renew", until=str(until), note="協議のとおり")
    assert "更新を記録しました" in answer.content.decode()
    assert agreement.terms.last().ends_on == until


def test_letting_it_renew_by_its_form(clerk):
    agreement = yearly()
    page = clerk.get(f"/desk/agreements/{agreement.public_id}/let-renew/").content.decode()
    assert f'name="term_ends_on" value="{ends_on(agreement)}"' in page
    answer = send(clerk, agreement, "let-renew", term_ends_on=ends_on(agreement))
    assert "人が確かめた日が今日になりました" in answer.content.decode()
    assert RenewalRule.objects.get(agreement=agreement).last_confirmed_on == today()
    assert "自動更新に任せる" in shown(clerk, agreement)


def test_declining_and_taking_it_back_by_their_forms(clerk):
    agreement = yearly()
    answer = send(clerk, agreement, "decline", term_ends_on=ends_on(agreement), notified_on=str(today()))
    page = answer.content.decode()
    assert "更新しないと決めたため" in page
    assert f"undo-decision/?term={ends_on(agreement)}" in page
    answer = send(clerk, agreement, "undo-decision", term_ends_on=ends_on(agreement), reason="続ける")
    assert "期間は元のとおりです" in answer.content.decode()
    assert not RenewalDecision.objects.exists()


def test_a_late_notice_is_refused_on_the_page_with_everything_typed_still_there(clerk):
    agreement = yearly()
    last = today() + timedelta(days=30)
    agreement.terms.update(starts_on=months_before(last + timedelta(days=1), 12), ends_on=last)
    answer = send(
        clerk, agreement, "decline", term_ends_on=str(last), notified_on=str(today()), note="理由です"
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "を過ぎた通知では、この期間で終わりません" in page
    assert "理由です" in page
    answer = send(clerk, agreement, "decline", term_ends_on=str(last), by_both="on")
    assert RenewalDecision.objects.get().decision == Decision.DECLINE


def test_one_of_three_parties_leaves_by_the_form(clerk):
    agreement = yearly(partners=("見本大学", "見本銀行", "見本生協"))
    RenewalRule.objects.update(notice_effect=NoticeEffect.PARTY)
    bank = agreement.parties.get(name_as_signed="見本銀行")
    assert "抜ける当事者" in clerk.get(f"/desk/agreements/{agreement.public_id}/decline/").content.decode()
    sent = {"term_ends_on": ends_on(agreement), "notified_on": str(today())}
    assert "抜ける当事者を選んでください" in send(clerk, agreement, "decline", **sent).content.decode()
    send(clerk, agreement, "decline", **sent, party=bank.pk)
    bank.refresh_from_db()
    assert str(bank.left_on) == ends_on(agreement)


def test_an_amendment_by_its_form_changes_only_what_was_written_otherwise(clerk):
    agreement = yearly(items=("健康に関すること",))
    on = today() + timedelta(days=40)
    sent = {
        "on": str(on), "summary": "目的を広げる", "title": agreement.title, "purpose": "広い目的",
        "items": "健康に関すること", "last_day": ends_on(agreement), "kind": "automatic", "months": "12",
        "notice_months": "3",
    }  # fmt: skip
    page = send(clerk, agreement, "amend", **sent).content.decode()
    amendment = Amendment.objects.get()
    assert (amendment.former, amendment.later) == ({"purpose": "はじめの目的"}, {"purpose": "広い目的"})
    assert "から変わります" in page
    assert "はじめの目的" in shown(clerk, agreement).split("変更の経過")[0]
    assert "広い目的" in shown(clerk, agreement, f"?on={on}").split("変更の経過")[0]
    page = send(clerk, agreement, "undo-amendment", reason="別の協定だった").content.decode()
    assert "変更の前のとおりです" in page
    assert not Amendment.objects.exists()


def test_an_amendment_that_changes_nothing_is_refused(clerk):
    agreement = yearly()
    sent = {"on": str(today()), "summary": "何も", "title": agreement.title, "purpose": "はじめの目的",
            "last_day": ends_on(agreement), "kind": "automatic", "months": "12", "notice_months": "3"}  # fmt: skip
    answer = send(clerk, agreement, "amend", **sent)
    assert answer.status_code == 422
    assert "変わる所がありません" in answer.content.decode()


def test_two_people_amend_at_once_and_the_second_is_told(clerk):
    agreement = yearly()
    version = agreement.version
    amend(agreement, Amended(title="先の名称"), on=today(), summary="改称", actor=None)
    answer = send(
        clerk, agreement, "amend", version=version, on=str(today()), summary="二人目", title="後の名称"
    )
    assert answer.status_code == 422
    assert "後の名称" in answer.content.decode()
    assert Amendment.objects.count() == 1


def test_taking_the_end_back_by_its_form(clerk):
    agreement = yearly()
    end(agreement, on=today(), reason=EndReason.BY_BOTH, actor=None)
    assert "終了を取り消す" in shown(clerk, agreement)
    assert send(clerk, agreement, "reopen").status_code == 422
    page = send(clerk, agreement, "reopen", reason="取り違え").content.decode()
    assert "終了を取り消しました" in page
    assert not Ending.objects.exists()


def test_the_newer_agreement_is_found_chosen_and_replaces(clerk):
    agreement = yearly(title="古い物資の協定")
    by = an_agreement(title="新しい物資の協定", starts=str(today() + timedelta(days=30)), ends="2040-03-31")
    page = clerk.get(f"/desk/agreements/{agreement.public_id}/supersede/?q=新しい物資").content.decode()
    assert f"other={by.public_id}" in page
    page = clerk.get(
        f"/desk/agreements/{agreement.public_id}/supersede/?other={by.public_id}"
    ).content.decode()
    assert f'value="{by.public_id}"' in page
    send(clerk, agreement, "supersede", other=by.public_id)
    assert Ending.objects.get(agreement=agreement).on == today() + timedelta(days=29)
    assert "この協定を置き換えた協定" in shown(clerk, agreement)


def test_an_agreement_of_another_town_is_not_found(clerk):
    agreement = yearly()
    there = an_agreement(title="よその協定", municipality=a_municipality("011002"))
    page = clerk.get(f"/desk/agreements/{agreement.public_id}/relate/?q=よその&other={there.public_id}")
    assert "よその協定" not in page.content.decode()
    answer = send(clerk, agreement, "relate", kind="amends", other=there.public_id)
    assert answer.status_code == 422
    assert "は見つかりません" in answer.content.decode()


def test_a_relation_is_recorded_and_taken_back_on_its_page(clerk):
    agreement, other = yearly(), an_agreement(title="もとの協定")
    send(clerk, agreement, "relate", kind="based_on", other=other.public_id)
    relation = Relation.objects.get()
    page = send(clerk, agreement, "unrelate", relation=relation.pk).content.decode()
    assert "関係の記録を取り消しました" in page
    assert not Relation.objects.exists()
    assert "もうありません" in send(clerk, agreement, "unrelate", relation="9" * 30).content.decode()


@pytest.mark.parametrize(
    "verb",
    ["renew", "let-renew", "decline", "undo-decision", "amend", "undo-amendment", "reopen", "supersede"],
)
def test_a_verb_that_does_not_apply_opens_and_says_why(clerk, verb):
    agreement = an_agreement()
    assert clerk.get(f"/desk/agreements/{agreement.public_id}/{verb}/").status_code == 200
    answer = send(clerk, agreement, verb, reason="理由", term_ends_on="2027-03-31", until="2030-03-31")
    assert answer.status_code == 422


def test_past_terms_stand_in_a_list_and_confirmation_is_another_fact_than_renewal(clerk):
    renewal = RenewalFacts(RenewalKind.AUTOMATIC, months=12, last_confirmed_on=date(2022, 5, 1))
    agreement = an_agreement(starts="2020-04-01", ends="2021-03-31", renewal=renewal)
    page = shown(clerk, agreement, "?on=2023-06-01")
    assert "3回の期間" in page
    assert "2021/04/01 (R3.4.1)から2022/03/31 (R4.3.31)まで" in page
    assert "3回更新されています" in page
    assert "人が最後に確かめた日: 令和4年(2022年)5月1日(日)" in page


def test_the_public_reads_what_stands_today_and_no_decision(client, clerk):
    agreement = yearly(published=True)
    amend(
        agreement, Amended(purpose="先の目的"), on=today() + timedelta(days=9), summary="広げる", actor=None
    )
    last = agreement.terms.get().ends_on
    decline(agreement, term_ends_on=last, on=today(), notified_on=today(), note="庁内の理由", actor=None)
    page = client.get(f"/agreements/{agreement.public_id}/").content.decode()
    assert "はじめの目的" in page.split("変更の経過")[0]
    assert "先の目的" not in page.split("変更の経過")[0]
    assert "庁内の理由" not in page


def test_an_agreement_replaced_says_by_which(clerk):
    agreement = yearly(title="古い協定")
    by = an_agreement(title="新しい協定", starts=str(today() + timedelta(days=30)), ends="2040-03-31")
    supersede(agreement, by, actor=None)
    assert "この協定が置き換えた協定" in shown(clerk, by)


def test_a_change_that_comes_later_is_shown_with_the_term_before_and_after(clerk, client):
    agreement, on = yearly(published=True), today() + timedelta(days=40)
    later = today() + LAST + timedelta(days=31)
    amend(agreement, Amended(last_day=later), on=on, summary="延長", actor=None)
    for page in (shown(clerk, agreement), client.get(f"/agreements/{agreement.public_id}/").content.decode()):
        assert f"{japanese_date(later)}まで</" in page.replace("\n", "")


def test_what_an_amendment_cannot_say_is_refused_beside_the_field(clerk):
    agreement = yearly()
    sent = {"on": str(today()), "summary": "変更", "title": "新", "purpose": "はじめの目的", "kind": "automatic",
            "months": "12", "notice_months": "3"}  # fmt: skip
    assert "期間の最後の日は空にできません" in send(clerk, agreement, "amend", **sent).content.decode()
    RenewalRule.objects.all().delete()
    sent |= {"last_day": ends_on(agreement), "kind": ""}
    assert "更新の種類を選んでください" in send(clerk, agreement, "amend", **sent).content.decode()
    assert not Amendment.objects.exists()


def test_after_a_refusal_the_page_says_that_the_paper_is_to_be_chosen_again(clerk):
    agreement = yearly()
    paper = SimpleUploadedFile("覚書.pdf", b"%PDF-1.7\n%%EOF\n")
    answer = send(clerk, agreement, "renew", until="2001-01-01", document=paper)
    assert answer.status_code == 422
    assert "もう一度選んでください" in answer.content.decode()
    assert "もう一度選んでください" not in send(clerk, agreement, "renew", until="").content.decode()


def test_a_renewal_that_is_recorded_late_is_offered_on_the_page(clerk):
    agreement = an_agreement(starts="2020-04-01", ends="2021-03-31")
    assert f"{agreement.public_id}/renew/" in shown(clerk, agreement)
    assert f"{agreement.public_id}/decline/" not in shown(clerk, agreement)


@pytest.mark.parametrize("verb", ["decline", "let-renew", "undo-decision"])
@pytest.mark.parametrize("term", ["0001-01-01", "9999-12-31", "?"])
def test_a_term_that_is_not_there_is_no_crash(clerk, verb, term):
    agreement = yearly()
    assert clerk.get(f"/desk/agreements/{agreement.public_id}/{verb}/?term={term}").status_code == 200
