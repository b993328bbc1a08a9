"""Keeping and disposal on screen: by two people, each told what is missing."""

import pytest
from django.test import Client

from renkei.accounts.models import Role
from renkei.agreements.models import Agreement
from renkei.agreements.services import attach
from renkei.agreements.vocabulary import Form
from renkei.retention.models import Certificate, Disposal, Hold, RetentionRule
from renkei.retention.services import set_rule
from tests.factories import a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    """An agreement whose time of keeping is over, with a document."""
    set_rule(a_municipality(), Form.INDIVIDUAL, 5, reason="文書管理規程", actor=None)
    agreement = an_agreement(title="古い協定", starts="2010-04-01", ends="2015-03-31")
    attach(agreement, b"%PDF-1.7", name="a.pdf", actor=None)
    return agreement


@pytest.fixture
def approver() -> Client:
    client = Client()
    client.force_login(a_user(role=Role.ADMINISTRATOR, sign_in_name="shonin"))
    return client


def propose(clerk, agreement) -> str:
    answer = clerk.post("/desk/retention/", {"id": [agreement.public_id], "reason": "保存期間の満了"})
    assert answer.status_code == 302
    return answer["Location"]


def test_without_a_rule_the_page_says_that_nothing_may_go(clerk):
    page = clerk.get("/desk/retention/").content.decode()
    assert "保存期間をまだ定めていません" in page


def test_a_rule_is_set_with_its_reason(clerk):
    answer = clerk.post("/desk/retention/rules/", {"kind": "disaster", "years": "30", "reason": "規程"})
    assert answer.status_code == 302
    assert RetentionRule.objects.get().years == 30
    assert "規程" in clerk.get("/desk/retention/rules/").content.decode()


@pytest.mark.parametrize("wrong", [{"years": "7"}, {"kind": "x"}, {"reason": ""}], ids=str)
def test_a_rule_that_does_not_fit_is_refused_at_its_field(clerk, wrong):
    sent = {"kind": "disaster", "years": "30", "reason": "規程"} | wrong
    assert clerk.post("/desk/retention/rules/", sent).status_code == 422
    assert not RetentionRule.objects.exists()


def test_two_people_dispose_of_an_agreement(clerk, approver, agreement):
    page = clerk.get("/desk/retention/").content.decode()
    assert "古い協定" in page and "令和2年3月31日まで" in page
    address = propose(clerk, agreement)
    mine = clerk.get(address).content.decode()
    assert "廃棄は二人で行います" in mine and "承認して" not in mine
    assert clerk.post(f"{address}decide/", {"act": "approve"}).status_code == 403
    assert "承認して1件を廃棄する" in approver.get(address).content.decode()
    done = approver.post(f"{address}decide/", {"act": "approve"}, follow=True).content.decode()
    assert "1件を廃棄し、証明を残しました" in done
    assert not Agreement.objects.exists()
    certificate = clerk.get(f"/desk/retention/certificates/{Certificate.objects.get().public_id}/")
    assert "SHA-256" in certificate.content.decode() and "古い協定" in certificate.content.decode()


def test_a_proposal_is_sent_back_only_with_a_reason(clerk, approver, agreement):
    address = propose(clerk, agreement)
    assert approver.post(f"{address}decide/", {"act": "refuse", "note": ""}).status_code == 422
    approver.post(f"{address}decide/", {"act": "refuse", "note": "まだ要る"})
    assert "まだ要る" in clerk.get(address).content.decode()
    assert Agreement.objects.exists()


def test_a_proposal_is_withdrawn_by_whoever_made_it(clerk, approver, agreement):
    address = propose(clerk, agreement)
    assert (
        "提案した人だけ"
        in approver.post(f"{address}decide/", {"act": "withdraw"}, follow=True).content.decode()
    )
    clerk.post(f"{address}decide/", {"act": "withdraw"})
    assert Disposal.objects.get().state == "withdrawn"


def test_an_unknown_act_does_nothing(clerk, approver, agreement):
    address = propose(clerk, agreement)
    assert approver.post(f"{address}decide/", {"act": "vanish"}).status_code == 302
    assert Agreement.objects.exists() and Disposal.objects.get().state == "proposed"


@pytest.mark.parametrize(
    "sent", [{"reason": "満了"}, {"id": ["x"], "reason": ""}], ids=["nothing", "no reason"]
)
def test_a_proposal_without_choice_or_reason_keeps_what_was_chosen(clerk, agreement, sent):
    if "id" in sent:
        sent = sent | {"id": [agreement.public_id]}
    answer = clerk.post("/desk/retention/", sent)
    assert answer.status_code == 422
    assert ("checked" in answer.content.decode()) is ("id" in sent)


def test_the_list_of_a_later_day_is_for_looking_only(clerk, agreement):
    an_agreement(title="後で過ぎる協定", starts="2010-04-01", ends="2060-03-31")
    page = clerk.get("/desk/retention/?on=2090-04-01").content.decode()
    assert "後で過ぎる協定" in page and "今日廃棄できる協定だけ" in page
    sent = {"id": [Agreement.objects.get(title="後で過ぎる協定").public_id], "reason": "満了"}
    assert clerk.post("/desk/retention/?on=2090-04-01", sent).status_code == 422
    assert clerk.get("/desk/retention/?on=いつか").status_code == 422


def test_an_agreement_is_held_and_let_go_on_its_own_pages(clerk, agreement):
    address = f"/desk/agreements/{agreement.public_id}"
    clerk.post(f"{address}/hold/", {"until": "R90.3.31", "reason": "係争中"})
    assert Hold.objects.get().until.year == 2108
    assert "古い協定" not in clerk.get("/desk/retention/").content.decode()
    assert clerk.get(f"{address}/hold/")["Location"] == f"{address}/lift/"
    clerk.post(f"{address}/lift/", {"reason": "終わった"})
    assert "古い協定" in clerk.get("/desk/retention/").content.decode()
    again = clerk.post(f"{address}/lift/", {"reason": "終わった"})
    assert again.status_code == 422 and "延長されていません" in again.content.decode()


def test_the_register_of_an_earlier_day_says_what_is_missing(clerk, approver, agreement):
    address = propose(clerk, agreement)
    approver.post(f"{address}decide/", {"act": "approve"})
    assert "1件は、その後に廃棄されたため" in clerk.get("/desk/register/?on=2012-06-01").content.decode()
    assert "廃棄されたため" not in clerk.get("/desk/register/?on=2016-06-01").content.decode()


def test_certificates_are_found_by_title(clerk, approver, agreement):
    assert "まだ何も廃棄されていません" in clerk.get("/desk/retention/certificates/").content.decode()
    approver.post(f"{propose(clerk, agreement)}decide/", {"act": "approve"})
    assert "古い協定" in clerk.get("/desk/retention/certificates/?q=古い").content.decode()
    assert "この名前の証明はありません" in clerk.get("/desk/retention/certificates/?q=別").content.decode()


def test_a_reader_may_look_and_is_told_why_no_more(reader, agreement):
    assert "担当課か総括課の担当者だけ" in reader.get("/desk/retention/").content.decode()
    assert reader.post("/desk/retention/", {"id": [agreement.public_id], "reason": "x"}).status_code == 403
    assert reader.post("/desk/retention/rules/", {}).status_code == 403
