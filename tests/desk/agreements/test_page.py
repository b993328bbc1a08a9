"""The page of an agreement: everything about it in one place."""

from datetime import date

import pytest

from renkei.accounts.models import Role
from renkei.agreements.facts import PartyFacts, RenewalFacts
from renkei.agreements.models import Agreement, Relation, Series
from renkei.agreements.services import end
from renkei.agreements.vocabulary import EndReason, RelationKind, RenewalKind
from renkei.municipalities.models import DivisionSuccession
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db

YEARLY = RenewalFacts(
    RenewalKind.AUTOMATIC,
    months=12,
    notice_months=1,
    clause="この協定の有効期間は、締結の日から1年間とする。ただし、期間満了の1か月前までに申出がないときは、更に1年間更新し、以後も同様とする。",
)


def page(client, agreement, query=""):
    return client.get(f"/desk/agreements/{agreement.public_id}/{query}").content.decode()


def test_it_says_what_the_agreement_is(clerk):
    agreement = an_agreement(
        title="見本の協定", purpose="暮らしを支える。", items=("健康に関すること",), fields=("health",),
        division=a_division(department="総務部"), notes="庁内の事情", remarks=("備考: 原本は金庫",), source="一覧表",
    )  # fmt: skip
    shown = page(clerk, agreement)
    for text in ("見本の協定", "暮らしを支える。", "健康に関すること", "健康・医療", "総務部 防災課", "庁内の事情",
                 "備考: 原本は金庫", "一覧表", "令和6年(2024年)4月1日(月)", "個別連携協定", "協定書"):  # fmt: skip
        assert text in shown


def test_parties_stand_in_their_order_with_what_each_takes_on(clerk):
    from renkei.agreements.facts import AgreementFacts
    from renkei.agreements.services import register

    agreement = register(
        AgreementFacts(
            title="三者の協定", listed_on=date(2024, 4, 1),
            parties=(
                PartyFacts("見本県", letter="甲", duties="助言する", signatory="知事"),
                PartyFacts("旭川市", letter="乙", is_town=True),
                PartyFacts("見本銀行", letter="丙", unit="旭川支店"),
            ),
        ),
        municipality=a_municipality(), actor=None,
    )  # fmt: skip
    shown = page(clerk, agreement)
    assert shown.index("見本県</a>") < shown.index("旭川市 <span") < shown.index("見本銀行</a>")
    assert "助言する" in shown
    assert "知事" in shown
    assert "旭川支店" in shown


@pytest.mark.parametrize(
    "day, state", [("2025-04-01", "有効"), ("2024-04-01", "開始前"), ("2025-04-02", "終了")]
)
def test_the_state_is_that_of_the_asked_day(clerk, day, state):
    agreement = an_agreement(starts="2024-04-02", ends="2025-04-01")
    assert f">{state}</span>" in page(clerk, agreement, f"?on={day}")


def test_a_day_that_cannot_be_read_is_refused(clerk):
    answer = clerk.get(f"/desk/agreements/{an_agreement().public_id}/?on=あした")
    assert answer.status_code == 422
    assert "日として読めません" in answer.content.decode()


def test_the_term_is_explained_in_words(clerk):
    agreement = an_agreement(starts="2024-04-02", ends="2025-04-01", renewal=YEARLY)
    shown = page(clerk, agreement, "?on=2026-03-02")
    assert "令和7年(2025年)4月2日(水)から令和8年(2026年)4月1日(水)まで" in shown
    assert "1回更新されています" in shown
    assert "令和9年(2027年)3月1日(月)" in shown
    assert "いまの期間の期限(令和8年(2026年)3月1日(日))は過ぎました" in shown
    assert "自動で更新されます" in shown
    assert "民法140条" in shown


def test_a_deadline_on_a_day_off_is_warned_of(clerk):
    agreement = an_agreement(starts="2024-04-02", ends="2025-04-01", renewal=YEARLY)
    shown = page(clerk, agreement, "?on=2025-06-01")
    assert "令和8年(2026年)3月1日(日)" in shown
    assert "前の開庁日の令和8年(2026年)2月27日(金)までに" in shown


def test_an_ended_agreement_says_when_and_why(clerk):
    agreement = an_agreement(signed="2020-04-01")
    end(agreement, on=date(2023, 3, 31), reason=EndReason.PARTNER_GONE, actor=None, note="合併した")
    shown = page(clerk, agreement)
    assert "令和5年(2023年)3月31日(金)まで有効でした(相手方の解散・合併)" in shown
    assert "合併した" in shown
    assert "終了を記録する" not in shown


def test_relations_are_shown_from_both_sides(clerk):
    first, second = an_agreement(title="元の協定"), an_agreement(title="変更の協定")
    Relation.objects.create(agreement=second, kind=RelationKind.AMENDS, other=first)
    assert "この協定を変更した協定" in page(clerk, first)
    assert "この協定が変更した協定" in page(clerk, second)


def test_the_others_of_a_series_are_shown(clerk):
    series = Series.objects.create(municipality=a_municipality(), name="見守りの同文")
    one = an_agreement(partners=("一の会社",), series_id=series.pk)
    an_agreement(partners=("二の会社",), series_id=series.pk)
    shown = page(clerk, one)
    assert "ほかに1件の協定があります" in shown
    assert "二の会社" in shown


def test_the_timeline_tells_days_and_events_newest_first(clerk):
    agreement = an_agreement(signed="2024-04-01")
    clerk.post(f"/desk/agreements/{agreement.public_id}/publish/", {"publishes": "yes"})
    shown = page(clerk, agreement)
    told = shown[shown.index('class="timeline"') :]
    assert told.index("公開しました") < told.index("台帳に登録しました") < told.index("締結</li>")


def test_another_towns_agreement_is_not_there(clerk):
    theirs = an_agreement(municipality=a_municipality("011002"))
    assert clerk.get(f"/desk/agreements/{theirs.public_id}/").status_code == 404


def test_publishing_and_taking_it_back(clerk):
    agreement = an_agreement()
    address = f"/desk/agreements/{agreement.public_id}/publish/"
    for publishes, sentence in (("yes", "公開しました"), ("no", "取りやめました")):
        assert sentence in clerk.post(address, {"publishes": publishes}, follow=True).content.decode()
        agreement.refresh_from_db()
        assert agreement.is_published is (publishes == "yes")


def test_whoever_may_not_publish_sees_why_and_can_still_press(reader):
    agreement = an_agreement(division=a_division())
    shown = page(reader, agreement)
    assert "公開する</button>" in shown
    assert "防災課か総括課の担当者だけが変更できます。" in shown
    answer = reader.post(f"/desk/agreements/{agreement.public_id}/publish/", {"publishes": "yes"})
    assert answer.status_code == 403
    assert "防災課か総括課の担当者だけが変更できます。" in answer.content.decode()
    assert not Agreement.objects.get().is_published


def test_the_responsible_division_may_publish(client):
    division = a_division()
    client.force_login(a_user(role=Role.RESPONSIBLE, division=division))
    agreement = an_agreement(division=division)
    client.post(f"/desk/agreements/{agreement.public_id}/publish/", {"publishes": "yes"})
    assert Agreement.objects.get().is_published


def test_ending_by_the_form(clerk):
    agreement = an_agreement(signed="2024-04-01")
    address = f"/desk/agreements/{agreement.public_id}/end/"
    clerk.post(address, {"on": "R7.3.31", "reason": "by_both", "note": "話し合った"})
    assert Agreement.objects.get().ending.on == date(2025, 3, 31)
    assert (
        "すでに終了しています" in clerk.post(address, {"on": "R7.3.31", "reason": "by_both"}).content.decode()
    )


@pytest.mark.parametrize(
    "on, sentence", [("", "最後の日を入れてください"), ("いつか", "読めません"), ("H1.1.1", "始期と同じ日か")]
)
def test_an_ending_that_cannot_be_is_refused(clerk, on, sentence):
    agreement = an_agreement(signed="2024-04-01")
    answer = clerk.post(
        f"/desk/agreements/{agreement.public_id}/end/", {"on": on, "reason": "expired", "note": "残る"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert "<title>エラー:" in text
    assert "残る</textarea>" in text


def test_after_a_reorganisation_the_page_names_who_answers_for_it(clerk):
    old = a_division(name="防災対策課", closed_on=date(2019, 3, 31))
    new = a_division(name="防災課", opened_on=date(2019, 4, 1))
    DivisionSuccession.objects.create(predecessor=old, successor=new, on=date(2019, 4, 1))
    agreement = an_agreement(division=old, signed="2010-04-01")
    assert "引き継いでいる課" not in page(clerk, agreement, "?on=2018-06-01")
    assert "引き継いでいる課" in page(clerk, agreement, "?on=2024-06-01")


def test_the_division_that_took_over_may_change_what_its_predecessor_signed(client):
    old = a_division(name="防災対策課", closed_on=date(2019, 3, 31))
    new = a_division(name="防災課", opened_on=date(2019, 4, 1))
    DivisionSuccession.objects.create(predecessor=old, successor=new, on=date(2019, 4, 1))
    agreement = an_agreement(division=old, signed="2010-04-01")
    address = f"/desk/agreements/{agreement.public_id}/publish/"
    client.force_login(a_user(role=Role.RESPONSIBLE, division=old, sign_in_name="mukashi"))
    assert client.post(address, {"publishes": "yes"}).status_code == 403
    client.force_login(a_user(role=Role.RESPONSIBLE, division=new, sign_in_name="ima"))
    assert client.post(address, {"publishes": "yes"}).status_code == 302
    assert Agreement.objects.get().is_published
