"""A partner's record on screen: edited, renamed, gone, merged and parted, each told on its page."""

import pytest

from renkei.accounts.models import Role
from renkei.agreements.models import Ending, PartnerMerge, Party
from renkei.partners.models import Organisation
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db

GOOD = "5000012010008"


def a_partner(name: str) -> Organisation:
    return an_agreement(title=f"{name}との協定", partners=(name,)).partners[0].organisation


@pytest.fixture
def partner() -> Organisation:
    return a_partner("見本銀行")


def at(partner: Organisation, what: str = "") -> str:
    return f"/desk/partners/{partner.public_id}/{what}"


def edited(client, partner, **typed):
    told = {"name": partner.name, "kind": partner.kind, "version": partner.version}
    return client.post(at(partner, "edit/"), {**told, **typed}, follow=True)


def test_what_is_written_stands_on_the_page_with_what_was_before(clerk, partner):
    shown = edited(
        clerk, partner, corporate_number="５０００－０１２０－１０００８", reason="公表サイトで確認"
    ).content.decode()
    assert f"<code>{GOOD}</code>" in shown
    assert "見本 花子が「見本銀行」の記録を直しました" in shown
    assert f"法人番号: (なし) → {GOOD}" in shown
    assert "理由: 公表サイトで確認" in shown


def test_a_number_that_another_record_has_leads_to_merging(clerk, partner):
    other = a_partner("ミホン銀行")
    edited(clerk, other, corporate_number=GOOD)
    answer = edited(clerk, partner, corporate_number=GOOD)
    assert answer.status_code == 422
    assert at(partner, f"merge/{other.public_id}/") in answer.content.decode()


def test_somebody_was_faster(clerk, partner):
    edited(clerk, partner, address="本町1")
    answer = edited(clerk, partner, address="本町2")
    assert answer.status_code == 422
    assert "ほかの人が先に変更しました" in answer.content.decode() and "本町2" in answer.content.decode()


def test_renaming_keeps_the_former_name(clerk, partner):
    asked = {"name": "新見本銀行", "from_day": "R8.4.1", "version": partner.version}
    shown = clerk.post(at(partner, "rename/"), asked, follow=True).content.decode()
    assert "名称を改めました。" in shown
    assert "見本銀行 <span" in shown and "名称: 見本銀行 → 新見本銀行" in shown


def test_a_partner_that_is_gone_ends_what_was_chosen(clerk, partner):
    agreement, other = Party.objects.get(organisation=partner).agreement, an_agreement(partners=("見本銀行",))
    shown = clerk.get(at(partner, "gone/")).content.decode()
    assert "そのままにする" in shown and "この相手方だけ" not in shown
    asked = {"on": "R8.3.31", f"fate_{agreement.public_id}": "end", "version": partner.version}
    shown = clerk.post(at(partner, "gone/"), asked, follow=True).content.decode()
    assert "令和8年(2026年)3月31日(火)に解散・閉店などをした相手方です。" in shown
    assert [one.agreement for one in Ending.objects.all()] == [agreement]
    assert not hasattr(other, "ending")
    shown = clerk.post(at(partner, "revive/"), {"version": partner.version + 1}, follow=True).content.decode()
    assert "解散などの記録を取り消しました。" in shown


def test_agreements_that_the_person_may_not_change_are_not_offered(client, partner):
    client.force_login(a_user(role=Role.RESPONSIBLE, division=a_division(), sign_in_name="bosai"))
    shown = client.get(at(partner, "gone/")).content.decode()
    assert "そのままにする" not in shown


def test_two_records_are_looked_at_merged_and_parted(clerk, partner):
    other = a_partner("ミホン銀行")
    shown = clerk.get(at(partner, f"merge/{other.public_id}/")).content.decode()
    assert "移る協定 1件" in shown and "ミホン銀行との協定" in shown
    seen = {"kept": partner.version, "merged": other.version}
    shown = clerk.post(at(partner, f"merge/{other.public_id}/"), seen, follow=True).content.decode()
    assert "「ミホン銀行」の記録をまとめました" in shown and "(別の書き方)" in shown
    assert clerk.get(at(other))["Location"] == at(partner)
    listed = clerk.get("/desk/partners/?q=ミホン").content.decode()
    assert "1の相手方" in listed and "別の書き方: ミホン銀行" in listed
    merge = PartnerMerge.objects.get()
    shown = clerk.post(at(partner, f"merges/{merge.public_id}/undo/"), follow=True).content.decode()
    assert "「ミホン銀行」の記録を元に戻しました。" in shown
    assert clerk.get(at(other)).status_code == 200


def test_only_the_coordinating_division_merges(client, partner):
    client.force_login(a_user(role=Role.RESPONSIBLE, division=a_division(), sign_in_name="bosai"))
    address = at(partner, f"merge/{a_partner('ミホン銀行').public_id}/")
    assert "総括課の担当者だけができます" in client.get(address).content.decode()
    assert client.post(address).status_code == 403


@pytest.mark.parametrize(
    "one, other, why",
    [
        ("株式会社見本堂", "見本堂", "法人の種類や書き方を除くと同じ"),
        ("見本市社会福祉協議会", "見本市社会福祉協議會", "名称が、法人の種類や書き方を除くと同じ"),
        ("北見本環境整備事業協同組合", "北見本環境整備事業協働組合", "名称がよく似ています"),
    ],
)
def test_records_that_may_be_one_partner_are_listed(clerk, one, other, why):
    Organisation.objects.filter(pk=a_partner(other).pk).update(folded_name="別に登録された")
    a_partner(one)
    shown = clerk.get("/desk/partners/candidates/").content.decode()
    assert "1組の記録" in shown and why in shown


@pytest.mark.parametrize(
    "one, other", [("見本商店第1号店", "見本商店第2号店"), ("見本第一小学校", "見本第二小学校")]
)
def test_records_that_differ_by_a_number_are_not(clerk, one, other):
    a_partner(one), a_partner(other)
    assert "見つかりません" in clerk.get("/desk/partners/candidates/").content.decode()


def test_records_with_different_corporate_numbers_are_not(clerk):
    one, other = a_partner("株式会社見本堂"), a_partner("有限会社見本堂")
    assert "1組の記録" in clerk.get("/desk/partners/candidates/").content.decode()
    edited(clerk, one, corporate_number=GOOD)
    edited(clerk, other, corporate_number="7000012050002")
    assert "見つかりません" in clerk.get("/desk/partners/candidates/").content.decode()


def test_another_towns_records_are_never_beside_ours(clerk, partner):
    theirs = (
        an_agreement(municipality=a_municipality("011002"), partners=("見本銀行",)).partners[0].organisation
    )
    assert clerk.get(at(partner, f"merge/{theirs.public_id}/")).status_code == 404
    assert "見つかりません" in clerk.get("/desk/partners/candidates/").content.decode()
    assert theirs.public_id not in clerk.get(at(partner, "merge/?q=見本銀行")).content.decode()


def test_partners_join_and_leave_on_the_agreements_page(clerk, partner):
    agreement = Party.objects.get(organisation=partner).agreement
    address = f"/desk/agreements/{agreement.public_id}/"
    asked = {"names": "見本信用金庫\t本店\n見本証券", "on": "R7.4.1"}
    shown = clerk.post(f"{address}join/", asked, follow=True).content.decode()
    assert "加入を記録しました。" in shown and "2025/04/01 (R7.4.1)に参加" in shown
    shown = clerk.post(f"{address}leave/", {"party": "1", "on": "R8.3.31"}, follow=True).content.decode()
    assert "2026/03/31 (R8.3.31)に離脱" in shown
    shown = clerk.post(f"{address}parties/1/stay/", follow=True).content.decode()
    assert "離脱の記録を取り消しました。" in shown and "に離脱" not in shown
