"""Editing what the register adds: just what changed is told, and of two editors one is told to look again."""

from dataclasses import replace
from datetime import date

import pytest

from renkei.agreements.comparing import kept_facts
from renkei.agreements.facts import RenewalFacts
from renkei.agreements.models import Agreement, Series
from renkei.agreements.services import ChangedMeanwhile, Refused, edit
from renkei.agreements.vocabulary import NoticeEffect, RenewalKind
from renkei.audit.models import Entry
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db

AUTOMATIC = RenewalFacts(kind=RenewalKind.AUTOMATIC, months=12, notice_months=3, clause="期間は1年とする。")


def edited(agreement, **changes):
    return edit(agreement, replace(kept_facts(agreement), **changes), actor=a_user())


def told():
    return Entry.objects.order_by("number").last()


def test_an_edit_tells_just_what_changed_with_before_and_after():
    agreement = an_agreement(title="見本協定", purpose="はじめの目的", source="台帳")
    edited(agreement, purpose="新しい目的", source="台帳")
    assert told().sentence == "見本 花子が「見本協定」を編集しました"
    assert told().changes == {"agreements.agreement.purpose": ["はじめの目的", "新しい目的"]}
    assert Agreement.objects.get().purpose == "新しい目的"


def test_the_division_is_told_by_its_name():
    agreement = an_agreement(division=a_division(name="防災課"))
    edited(agreement, division_id=a_division(name="環境課").pk)
    assert told().changes == {"agreements.agreement.division": ["防災課", "環境課"]}


def test_fields_are_told_as_lists_the_main_one_first():
    agreement = an_agreement(fields=("disaster", "health"))
    edited(agreement, main_field="health", fields=("environment",))
    assert told().changes == {
        "agreements.agreementfield": [["防災・災害対策", "健康・医療"], ["健康・医療(主な分野)", "環境"]]
    }


def test_the_same_fields_in_another_order_are_no_change():
    agreement = an_agreement(fields=("disaster", "health"))
    with pytest.raises(Refused, match="何も変わっていません"):
        edited(agreement, fields=("health", "disaster"))


def test_an_edit_without_a_change_tells_nothing_and_leaves_the_version():
    agreement = an_agreement()
    with pytest.raises(Refused, match="何も変わっていません"):
        edited(agreement)
    assert (Agreement.objects.get().version, Entry.objects.count()) == (1, 1)


def test_what_the_register_knows_of_the_rule_is_edited_and_the_rule_itself_stays():
    agreement = an_agreement(starts="2024-04-01", ends="2025-03-31", renewal=AUTOMATIC)
    edited(agreement, notice_effect=NoticeEffect.PARTY, last_confirmed_on=date(2026, 1, 15))
    rule = Agreement.objects.get().renewal_rule
    assert (rule.notice_effect, rule.last_confirmed_on) == ("party", date(2026, 1, 15))
    assert (rule.months, rule.notice_months, rule.clause) == (12, 3, "期間は1年とする。")


def test_without_a_rule_there_is_nothing_to_confirm():
    with pytest.raises(Refused, match="先に「訂正する」で更新の定めを入れてください"):
        edited(an_agreement(), last_confirmed_on=date(2026, 1, 15))


def test_neither_a_division_nor_a_series_of_another_town_is_taken():
    agreement, theirs = an_agreement(), a_municipality("011002")
    with pytest.raises(Refused, match="担当課が見つかりません"):
        edited(agreement, division_id=a_division(municipality=theirs).pk)
    series = Series.objects.create(municipality=theirs, name="よその同文協定")
    with pytest.raises(Refused, match="同文協定が見つかりません"):
        edit(agreement, replace(kept_facts(agreement), series_id=series.pk), actor=None)


def test_the_second_of_two_editors_is_refused_and_writes_nothing():
    first = an_agreement(purpose="はじめ")
    second = Agreement.objects.get(pk=first.pk)
    edited(first, purpose="一人目")
    with pytest.raises(ChangedMeanwhile, match="ほかの人が先に変更しました"):
        edit(second, replace(kept_facts(second), purpose="二人目"), actor=None)
    assert Agreement.objects.get().purpose == "一人目"
    assert Entry.objects.count() == 2
