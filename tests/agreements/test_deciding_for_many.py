"""Deciding about many renewals: looked at before, one act, taken back in one act."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from renkei.accounts.models import Role
from renkei.agreements.facts import RenewalFacts
from renkei.agreements.models import Agreement, BulkChange, RenewalDecision
from renkei.agreements.services import Choice, Refused, Wish, decide_many, let_renew, plan, undo_many
from renkei.agreements.term_rows import rows_of
from renkei.agreements.vocabulary import Decision, RenewalKind
from renkei.audit.models import Entry
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db

YEARLY = RenewalFacts(RenewalKind.AUTOMATIC, months=12, notice_months=3)
ENDS = date(2027, 3, 31)
ON = date(2026, 11, 1)
LET, DECLINE = Wish(Decision.LET_RENEW), Wish(Decision.DECLINE, notified_on=ON)


def some(count: int = 3, **facts) -> list[Agreement]:
    return [
        an_agreement(title=f"協定{number}", starts="2024-04-01", ends="2025-03-31", renewal=YEARLY, **facts)
        for number in range(count)
    ]


def chosen(agreements: list[Agreement]) -> list[Choice]:
    return [Choice(one.public_id, ENDS, one.version) for one in agreements]


def test_one_act_decides_for_all_and_is_told_for_each_and_once_for_all():
    person, agreements = a_user(), some()
    act = decide_many(chosen(agreements), DECLINE, actor=person, day=ON)
    assert RenewalDecision.objects.filter(decision=Decision.DECLINE).count() == 3
    assert not Agreement.objects.in_force_on(date(2027, 4, 1)).exists()
    assert Entry.objects.filter(event="agreement.declined").count() == 3
    assert "3件の協定の更新をまとめて「更新しない」" in Entry.objects.get(event="renewals.decided").sentence
    assert [row["refusal"] for row in act.rows] == ["", "", ""]


def test_the_plan_names_who_is_left_out_and_writes_nothing():
    division = a_division()
    person = a_user(role=Role.RESPONSIBLE, division=division)
    ours, theirs = some(1, division=division)[0], some(1, division=a_division(name="環境課"))[0]
    decided = some(1, division=division)[0]
    let_renew(decided, term_ends_on=ENDS, on=ON, actor=None)
    told = Entry.objects.count()
    planned = plan(chosen([ours, theirs, decided]), LET, actor=person, day=ON)
    assert [bool(one.refusal) for one in planned] == [False, True, True]
    assert "環境課か総括課" in planned[1].refusal
    assert "判断されています" in planned[2].refusal
    assert (RenewalDecision.objects.count(), Entry.objects.count()) == (1, told)


def test_the_plan_and_the_act_leave_out_the_same():
    person, agreements = a_user(), some()
    let_renew(agreements[1], term_ends_on=ENDS, on=ON, actor=None)
    choices = chosen(agreements)
    planned = [one.refusal for one in plan(choices, DECLINE, actor=person, day=ON)]
    act = decide_many(choices, DECLINE, actor=person, day=ON)
    assert [row["refusal"] for row in act.rows] == planned
    assert RenewalDecision.objects.filter(decision=Decision.DECLINE).count() == 2


def test_an_agreement_that_somebody_changed_meanwhile_is_left_out_and_named():
    person, agreements = a_user(), some()
    choices = chosen(agreements)
    Agreement.objects.claim(Agreement.objects.get(pk=agreements[0].pk))
    act = decide_many(choices, LET, actor=person, day=ON)
    assert "ほかの人が先に変更しました" in act.rows[0]["refusal"]
    assert RenewalDecision.objects.count() == 2


def test_one_act_takes_all_back():
    person, agreements = a_user(), some()
    before = [rows_of(one) for one in agreements]
    act = decide_many(chosen(agreements), DECLINE, actor=person, day=ON)
    undo_many(act, actor=person, day=timezone.localdate())
    assert [rows_of(one) for one in agreements] == before
    assert not RenewalDecision.objects.exists()
    with pytest.raises(Refused, match="すでに取り消されています"):
        undo_many(act, actor=person, day=timezone.localdate())


def test_two_terms_of_one_agreement_are_taken_back_together():
    person, agreement = a_user(), some(1)[0]
    choices = [Choice(agreement.public_id, date(year, 3, 31), agreement.version) for year in (2027, 2028)]
    act = decide_many(choices, LET, actor=person, day=ON)
    assert RenewalDecision.objects.count() == 2
    act = undo_many(act, actor=person, day=ON)
    assert not RenewalDecision.objects.exists()
    assert [(row["term_ends_on"], row["left"]) for row in act.rows] == [
        ("2027-03-31", ""),
        ("2028-03-31", ""),
    ]


def test_after_thirty_days_the_act_stays():
    person = a_user()
    act = decide_many(chosen(some()), LET, actor=person, day=ON)
    with pytest.raises(Refused, match="30日"):
        undo_many(act, actor=person, day=timezone.localdate() + timedelta(days=31))
    assert RenewalDecision.objects.count() == 3


def test_what_cannot_be_taken_back_is_named_and_the_rest_is():
    person, agreements = a_user(), some()
    act = decide_many(chosen(agreements), LET, actor=person, day=ON)
    RenewalDecision.objects.filter(agreement=agreements[0]).delete()
    undone = undo_many(act, actor=person, day=timezone.localdate())
    assert [bool(row["left"]) for row in undone.rows] == [True, False, False]
    assert not RenewalDecision.objects.exists()


def test_who_may_not_decide_about_any_decides_about_none():
    reader = a_user(role=Role.READER)
    with pytest.raises(Refused, match="総括課の担当者だけ"):
        decide_many(chosen(some()), LET, actor=reader, day=ON)
    assert not BulkChange.objects.exists()


def test_another_town_is_not_reached():
    there = some(1, municipality=a_municipality("011002"))
    with pytest.raises(Refused, match="協定を選んで"):
        decide_many(chosen(there), LET, actor=a_user(), day=ON)
