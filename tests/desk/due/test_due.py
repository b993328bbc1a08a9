"""The page of deadlines: what falls due, counted as it is listed, and decided for many at once."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from renkei.accounts.models import Role
from renkei.agreements.facts import RenewalFacts
from renkei.agreements.models import Agreement, BulkChange, RenewalDecision
from renkei.agreements.vocabulary import RenewalKind
from renkei.rules.terms import months_before
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.localdate()


def due_in(days: int, *, title: str = "協定", notice_days: int = 10, **facts) -> Agreement:
    """A yearly agreement whose next notice is due in so many days."""
    last = today() + timedelta(days=days + notice_days)
    first = months_before(last + timedelta(days=1), 12)
    renewal = RenewalFacts(RenewalKind.AUTOMATIC, months=12, notice_days=notice_days)
    return an_agreement(title=title, starts=str(first), ends=str(last), renewal=renewal, **facts)


def ends_in(days: int, *, title: str = "終わる協定", **facts) -> Agreement:
    last = today() + timedelta(days=days)
    return an_agreement(title=title, starts="2020-04-01", ends=str(last),
                        renewal=RenewalFacts(RenewalKind.BY_AGREEMENT), **facts)  # fmt: skip


def page(client, query: str = "") -> str:
    return client.get(f"/desk/due/{query}").content.decode()


def titles(shown: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/desk/agreements/\w+/">([^<]+)</a>', shown)


def value_of(agreement: Agreement) -> str:
    ends_on = agreement.terms.get().ends_on
    return f"{agreement.public_id}:{ends_on}:{agreement.version}"


def test_the_nearest_comes_first_and_the_distance_counts_its_last_day(clerk):
    due_in(31, title="三十一日後")
    due_in(30, title="三十日後")
    ends_in(5)
    assert titles(page(clerk, "?within=30")) == ["終わる協定", "三十日後"]
    assert titles(page(clerk, "?within=90")) == ["終わる協定", "三十日後", "三十一日後"]
    assert titles(page(clerk, f"?until={today() + timedelta(days=5)}")) == ["終わる協定"]


def test_each_says_why_and_what_happens_if_nobody_acts(clerk):
    due_in(3)
    ends_in(4)
    shown = page(clerk)
    assert "誰も何もしなければ" in shown
    assert "自動で更新されます" in shown
    assert "それまでに相手方と協議して更新します" in shown


@pytest.mark.parametrize("query", ["", "?within=180", "?kind=notice", "?state=open&kind=end"])
def test_each_count_is_that_of_the_list_which_its_link_opens(clerk, query):
    one, other = a_division(name="防災課"), a_division(name="環境課")
    for days in (5, 20, 60, 120, 170):
        due_in(days, division=one if days % 2 else other)
    ends_in(40, division=one)
    links = re.findall(
        r'<a href="(\?[^"]*)"[^>]*>[^<]*?(?:<strong>)?(\d+)(?:</strong>)?件</a>', page(clerk, query)
    )
    assert len(links) > 5
    for address, count in links:
        assert (address, len(titles(page(clerk, address.replace("&amp;", "&"))))) == (address, int(count))


def test_another_town_is_not_shown(clerk):
    due_in(3, municipality=a_municipality("011002"))
    assert "条件に当てはまる期限はありません" in page(clerk)


def test_a_day_that_cannot_be_read_is_refused(clerk):
    answer = clerk.get("/desk/due/?until=そのうち")
    assert answer.status_code == 422
    assert "日として読めません" in answer.content.decode()
    assert clerk.get(f"/desk/due/?until={today() - timedelta(days=1)}").status_code == 422


def test_first_it_is_shown_what_would_become_of_each_and_nothing_is_written(client):
    division = a_division()
    client.force_login(a_user(role=Role.RESPONSIBLE, division=division))
    ours, theirs = due_in(5, division=division), due_in(6, division=a_division(name="環境課"))
    sent = {"chosen": [value_of(ours), value_of(theirs)], "decision": "let_renew"}
    shown = client.post("/desk/due/decide/", sent).content.decode()
    assert "選んだ2件のうち、1件を「自動更新に任せる」と判断します" in shown
    assert "環境課か総括課の担当者だけが変更できます" in shown
    assert not RenewalDecision.objects.exists()


def test_what_was_confirmed_is_decided_in_one_act_and_taken_back_in_one(clerk):
    agreements = [due_in(days) for days in (5, 6, 7)]
    sent = {"chosen": [value_of(one) for one in agreements], "decision": "decline", "confirmed": "yes",
            "notified_on": str(today())}  # fmt: skip
    answer = clerk.post("/desk/due/decide/", sent)
    act = BulkChange.objects.get()
    assert answer["Location"] == f"/desk/due/acts/{act.public_id}/"
    assert RenewalDecision.objects.count() == 3
    assert "3件を判断しました" in clerk.get(answer["Location"]).content.decode()
    assert titles(page(clerk, "?state=open")) == []
    assert len(titles(page(clerk, "?state=decided"))) == 3
    clerk.post(answer["Location"])
    assert not RenewalDecision.objects.exists()
    assert clerk.post(answer["Location"]).status_code == 422


def test_what_could_not_be_taken_back_is_said_and_named(clerk):
    agreements = [due_in(days) for days in (5, 6)]
    sent = {"chosen": [value_of(one) for one in agreements], "decision": "let_renew", "confirmed": "yes"}
    address = clerk.post("/desk/due/decide/", sent)["Location"]
    RenewalDecision.objects.filter(agreement=agreements[0]).delete()
    shown = clerk.post(address, follow=True).content.decode()
    assert "1件は取り消せませんでした" in shown
    assert "もう取り消されています" in shown


def test_where_none_can_be_decided_there_is_nothing_to_press(clerk):
    agreement = due_in(5)
    sent = {"chosen": [value_of(agreement)], "decision": "decline"}
    shown = clerk.post("/desk/due/decide/", sent).content.decode()
    assert "通知した日を入れて" in shown
    assert "0件を判断する" not in shown


def test_an_agreement_that_somebody_changed_since_the_list_was_shown_is_left_out(clerk):
    first, second = due_in(5), due_in(6)
    sent = {"chosen": [value_of(first), value_of(second)], "decision": "let_renew", "confirmed": "yes"}
    Agreement.objects.claim(first)
    shown = clerk.post("/desk/due/decide/", sent, follow=True).content.decode()
    assert "1件は判断しませんでした" in shown
    assert "ほかの人が先に変更しました" in shown


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"decision": "let_renew"}, "協定が選ばれていません"),
        ({"decision": "let_renew", "chosen": ["x", "a:b:c", "::"]}, "協定が選ばれていません"),
        ({"chosen": ["abc:2027-03-31:1"]}, "どちら|「自動更新に任せる」か"),
        ({"chosen": ["abc:2027-03-31:1"], "decision": "decline", "notified_on": "いつか"}, "読めません"),
    ],
)
def test_what_is_missing_is_said(clerk, sent, sentence):
    answer = clerk.post("/desk/due/decide/", sent)
    assert answer.status_code == 422
    assert re.search(sentence, answer.content.decode())


def test_a_bulk_change_of_something_else_is_no_act_of_renewals(clerk):
    other = BulkChange.objects.create(
        municipality=a_municipality(), actor=a_user(sign_in_name="other"), fact="form", rows=[]
    )
    assert clerk.get(f"/desk/due/acts/{other.public_id}/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_list(clerk, django_assert_max_num_queries):
    for days in range(40):
        due_in(days, title=f"協定{days}")
    with django_assert_max_num_queries(25):
        page(clerk, "?chosen=all")
