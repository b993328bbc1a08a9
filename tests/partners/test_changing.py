"""What is known of a partner is written down, put right and taken back; its number is checked."""

from datetime import date

import pytest

from renkei.audit.models import Entry
from renkei.partners.models import Organisation
from renkei.partners.services import PartnerRefused, SameNumber, dissolve, edit, revive
from tests.factories import a_municipality, an_agreement

pytestmark = pytest.mark.django_db

GOOD = "5000012010008"


@pytest.fixture
def partner() -> Organisation:
    return an_agreement(partners=("見本銀行",)).partners[0].organisation


def test_only_what_differs_is_told_before_and_after(partner):
    edit(partner, facts={"name_kana": "みほんぎんこう", "kind": partner.kind, "address": ""}, actor=None)
    told = Entry.objects.latest("number")
    assert told.sentence == "システムが「見本銀行」の記録を直しました"
    assert told.changes == {"partners.organisation.name_kana": ["", "みほんぎんこう"]}


def test_a_kind_is_told_in_words(partner):
    edit(partner, facts={"kind": "npo"}, actor=None)
    assert Entry.objects.latest("number").changes == {
        "partners.organisation.kind": ["金融機関", "NPO・一般社団・財団"]
    }


def test_nothing_differs_so_nothing_is_told(partner):
    told = Entry.objects.count()
    with pytest.raises(PartnerRefused, match="変わった所がありません"):
        edit(partner, facts={"name": "見本銀行 "}, actor=None)
    assert Entry.objects.count() == told


@pytest.mark.parametrize("written", ["5000012010008", "５０００－０１２０－１０００８", " 5 0000 1201 0008 "])
def test_a_number_is_kept_as_its_digits(partner, written):
    edit(partner, facts={"corporate_number": written}, actor=None)
    assert Organisation.objects.get().corporate_number == GOOD


@pytest.mark.parametrize("wrong", ["5000012010009", "012041", "1.45E+12"])
def test_a_wrong_number_is_refused_with_a_sentence(partner, wrong):
    with pytest.raises(PartnerRefused, match="。"):
        edit(partner, facts={"corporate_number": wrong}, actor=None)
    assert Organisation.objects.get().corporate_number == ""


def test_a_number_that_another_record_has_names_that_record(partner):
    other = an_agreement(partners=("ミホン銀行",)).partners[0].organisation
    edit(other, facts={"corporate_number": GOOD}, actor=None)
    with pytest.raises(SameNumber) as refusal:
        edit(partner, facts={"corporate_number": GOOD}, actor=None)
    assert refusal.value.other == other
    assert "二つの記録をまとめてください" in str(refusal.value)


def test_another_towns_record_may_have_the_same_number(partner):
    theirs = (
        an_agreement(municipality=a_municipality("011002"), partners=("見本銀行",)).partners[0].organisation
    )
    edit(theirs, facts={"corporate_number": GOOD}, actor=None)
    edit(partner, facts={"corporate_number": GOOD}, actor=None)
    assert Organisation.objects.filter(corporate_number=GOOD).count() == 2


def test_a_name_that_was_written_wrong_is_put_right_without_a_former_name(partner):
    edit(partner, facts={"name": "三本銀行"}, actor=None, reason="写し違い")
    found = Organisation.objects.get()
    assert (found.name, found.folded_name, found.names.count()) == ("三本銀行", "三本銀行", 0)
    assert Entry.objects.latest("number").reason == "写し違い"


def test_the_second_of_two_editors_is_refused(partner):
    seen = Organisation.objects.get()
    edit(partner, facts={"address": "本町1"}, actor=None)
    with pytest.raises(PartnerRefused, match="ほかの人が先に変更しました"):
        edit(seen, facts={"address": "本町2"}, actor=None)
    assert Organisation.objects.get().address == "本町1"


def test_a_partner_is_gone_from_a_day_and_that_is_taken_back(partner):
    dissolve(partner, on=date(2026, 3, 31), actor=None, reason="解散の公告")
    with pytest.raises(PartnerRefused, match="すでに令和8年3月31日"):
        dissolve(partner, on=date(2026, 4, 1), actor=None)
    revive(partner, actor=None)
    assert Organisation.objects.get().dissolved_on is None
    with pytest.raises(PartnerRefused, match="取り消す物がありません"):
        revive(partner, actor=None)
    assert [one.event for one in Entry.objects.order_by("-number")[:2]] == [
        "partner.revived",
        "partner.dissolved",
    ]
