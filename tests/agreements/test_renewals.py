"""Renewing, letting it renew itself, declining, and taking the decision back."""

from datetime import date

import pytest

from renkei.agreements.facts import RenewalFacts
from renkei.agreements.models import Agreement, RenewalDecision, RenewalRule
from renkei.agreements.outlook import outlook
from renkei.agreements.services import (
    ChangedMeanwhile,
    DecisionRefused,
    decline,
    leave,
    let_renew,
    renew,
    undo_decision,
)
from renkei.agreements.term_rows import rows_of
from renkei.agreements.vocabulary import Decision, NoticeEffect, RenewalKind
from renkei.audit.models import Entry
from tests.factories import a_user, an_agreement

pytestmark = pytest.mark.django_db

YEARLY = RenewalFacts(RenewalKind.AUTOMATIC, months=12, notice_months=3)
BY_AGREEMENT = RenewalFacts(RenewalKind.BY_AGREEMENT)
ENDS = date(2027, 3, 31)
ON = date(2026, 11, 1)


def yearly(**facts) -> Agreement:
    return an_agreement(starts="2024-04-01", ends="2025-03-31", renewal=YEARLY, **facts)


def by_agreement(**facts) -> Agreement:
    return an_agreement(starts="2024-04-01", ends="2027-03-31", renewal=BY_AGREEMENT, **facts)


def fresh(agreement: Agreement) -> Agreement:
    return Agreement.objects.with_everything().get(pk=agreement.pk)


def in_force(agreement: Agreement, day: str) -> bool:
    return Agreement.objects.in_force_on(date.fromisoformat(day)).filter(pk=agreement.pk).exists()


def test_a_renewal_by_agreement_adds_the_term_that_follows():
    agreement = by_agreement()
    term = renew(agreement, until=date(2030, 3, 31), on=ON, actor=None)
    assert (term.starts_on, term.ends_on, term.in_force_until) == (
        date(2027, 4, 1), date(2030, 3, 31), date(2030, 3, 31),
    )  # fmt: skip
    assert in_force(agreement, "2030-03-31")
    assert not in_force(agreement, "2030-04-01")
    assert outlook(fresh(agreement), date(2027, 4, 1)).renewals == 1


def test_an_explicit_renewal_of_what_renews_itself_goes_on_renewing_itself_afterwards():
    agreement = yearly()
    term = renew(agreement, until=date(2029, 3, 31), on=ON, actor=None)
    assert term.starts_on == date(2027, 4, 1)
    seen = outlook(fresh(agreement), date(2029, 4, 1))
    assert (seen.running.first, seen.running.last, seen.renewals) == (
        date(2029, 4, 1), date(2030, 3, 31), 4,
    )  # fmt: skip


@pytest.mark.parametrize("day", ["2027-03-31", "2027-04-01", "2027-09-30"])
def test_a_further_term_after_a_pause_is_told_before_and_in_the_pause(day):
    agreement = by_agreement()
    renew(agreement, until=date(2030, 3, 31), starts_on=date(2027, 10, 1), on=ON, actor=None)
    seen = outlook(fresh(agreement), date.fromisoformat(day))
    assert "令和9年(2027年)10月1日(金)から令和12年(2030年)3月31日(日)までの次の期間" in seen.if_nobody_acts
    assert [period.first for period in seen.ahead] == [date(2027, 10, 1)]
    assert len(seen.past) == (day > "2027-03-31")
    assert in_force(agreement, day) is (day == "2027-03-31")


def test_a_renewal_tells_who_what_why_before_and_after():
    person = a_user()
    agreement = by_agreement()
    renew(agreement, until=date(2030, 3, 31), on=ON, actor=person, note="実績が続いているため")
    entry = Entry.objects.get(event="agreement.renewed")
    assert (entry.actor, entry.reason) == (person, "実績が続いているため")
    before, after = entry.changes["agreements.term"]
    assert (len(before), len(after)) == (1, 2)
    assert "令和12年3月31日まで更新しました" in entry.sentence


@pytest.mark.parametrize(
    ("until", "starts_on", "sentence"),
    [
        (date(2027, 3, 31), None, "最後の日は、それより後"),
        (date(2030, 3, 31), date(2027, 3, 31), "その翌日か、それより後"),
    ],
)
def test_a_renewal_follows_the_last_term(until, starts_on, sentence):
    agreement = by_agreement()
    with pytest.raises(DecisionRefused, match=sentence):
        renew(agreement, until=until, starts_on=starts_on, on=ON, actor=None)
    assert len(rows_of(agreement)) == 1


def test_what_has_no_end_needs_no_renewal():
    with pytest.raises(DecisionRefused, match="更新は要りません"):
        renew(an_agreement(), until=date(2030, 3, 31), on=ON, actor=None)


def test_a_signed_paper_goes_to_the_documents():
    agreement = by_agreement()
    renew(agreement, until=date(2030, 3, 31), on=ON, actor=None, document=("更新合意書.pdf", b"%PDF-1.7"))
    assert agreement.attachments.get().document.name == "更新合意書.pdf"


def test_confirming_a_renewal_by_silence_changes_no_term_but_the_day_of_confirmation():
    agreement = yearly()
    before = rows_of(agreement)
    let_renew(agreement, term_ends_on=ENDS, on=ON, actor=None)
    assert rows_of(agreement) == before
    rule = RenewalRule.objects.get(agreement=agreement)
    assert rule.last_confirmed_on == ON
    assert outlook(fresh(agreement), ON).renewals == 2


def test_each_term_is_decided_once():
    agreement = yearly()
    let_renew(agreement, term_ends_on=ENDS, on=ON, actor=None)
    with pytest.raises(DecisionRefused, match="「自動更新に任せる」と判断されています"):
        decline(agreement, term_ends_on=ENDS, on=ON, notified_on=ON, actor=None)


def test_only_what_renews_itself_can_be_let_renew():
    with pytest.raises(DecisionRefused, match="「更新を記録する」"):
        let_renew(by_agreement(), term_ends_on=ENDS, on=ON, actor=None)
    with pytest.raises(DecisionRefused, match="終わる期間はありません"):
        let_renew(yearly(title="別の協定"), term_ends_on=date(2027, 3, 30), on=ON, actor=None)
    with pytest.raises(DecisionRefused, match="もう自動で更新されました"):
        let_renew(yearly(title="また別の協定"), term_ends_on=date(2026, 3, 31), on=ON, actor=None)


def test_a_notice_in_time_ends_the_agreement_with_its_term():
    agreement = yearly()
    decision = decline(agreement, term_ends_on=ENDS, on=date(2026, 12, 31), notified_on=date(2026, 12, 31),
                       actor=None, note="市の直営にするため")  # fmt: skip
    assert (decision.decision, decision.notified_on) == (Decision.DECLINE, date(2026, 12, 31))
    assert in_force(agreement, "2027-03-31")
    assert not in_force(agreement, "2027-04-01")
    assert "令和9年(2027年)3月31日(水)で終わります" in outlook(fresh(agreement), ON).if_nobody_acts


def test_a_late_notice_is_refused_with_the_next_day_on_which_the_agreement_can_end():
    agreement = yearly()
    with pytest.raises(DecisionRefused) as refusal:
        decline(agreement, term_ends_on=ENDS, on=date(2027, 1, 1), notified_on=date(2027, 1, 1), actor=None)
    for words in ("令和8年(2026年)12月31日(木)", "令和10年(2028年)3月31日(金)", "令和9年(2027年)12月31日(金)", "双方が合意"):  # fmt: skip
        assert words in str(refusal.value)
    decline(agreement, term_ends_on=ENDS, on=date(2027, 1, 1), by_both=True, actor=None)
    assert not in_force(agreement, "2027-04-01")


@pytest.mark.parametrize(
    ("notified_on", "sentence"),
    [(None, "通知した日を入れて"), (date(2026, 11, 2), "今日までの日")],
    ids=["no notice", "not yet"],
)
def test_a_notice_was_given_on_a_day(notified_on, sentence):
    with pytest.raises(DecisionRefused, match=sentence):
        decline(yearly(), term_ends_on=ENDS, on=ON, notified_on=notified_on, actor=None)


def test_what_ends_anyway_is_declined_without_a_notice():
    agreement = by_agreement()
    before = rows_of(agreement)
    decline(agreement, term_ends_on=ENDS, on=ON, actor=None)
    assert rows_of(agreement) == before


def three_parties(effect: NoticeEffect) -> Agreement:
    agreement = an_agreement(
        partners=("見本大学", "見本銀行"), starts="2024-04-01", ends="2025-03-31", renewal=YEARLY
    )
    agreement.parties.create(position=3, name_as_signed="見本市")
    RenewalRule.objects.filter(agreement=agreement).update(notice_effect=effect)
    return fresh(agreement)


def test_with_three_parties_one_may_leave_while_the_others_go_on():
    agreement = three_parties(NoticeEffect.PARTY)
    with pytest.raises(DecisionRefused, match="抜ける当事者を選んで"):
        decline(agreement, term_ends_on=ENDS, on=ON, notified_on=ON, actor=None)
    bank = agreement.parties.get(name_as_signed="見本銀行")
    decision = decline(agreement, term_ends_on=ENDS, on=ON, notified_on=ON, party=bank, actor=None)
    bank.refresh_from_db()
    assert bank.left_on == ENDS
    assert in_force(agreement, "2030-01-01")
    undo_decision(agreement, decision, on=ON, actor=None)
    bank.refresh_from_db()
    assert bank.left_on is None


def test_where_one_notice_ends_it_for_all_it_ends_for_all():
    agreement = three_parties(NoticeEffect.ALL)
    decline(agreement, term_ends_on=ENDS, on=ON, notified_on=ON, actor=None)
    assert not in_force(agreement, "2027-04-01")


def test_when_the_town_itself_leaves_the_agreement_is_over_for_the_town():
    agreement = three_parties(NoticeEffect.PARTY)
    town = agreement.parties.get(organisation=None)
    decline(agreement, term_ends_on=ENDS, on=ON, notified_on=ON, party=town, actor=None)
    assert not in_force(agreement, "2027-04-01")


def test_a_decision_is_taken_back_while_its_term_runs():
    agreement = yearly()
    before = rows_of(agreement)
    decision = decline(agreement, term_ends_on=ENDS, on=ON, notified_on=ON, actor=None)
    undo_decision(agreement, decision, on=ENDS, actor=None, reason="相手方と話し合い、続けることにした")
    assert rows_of(agreement) == before
    assert not RenewalDecision.objects.exists()
    entry = Entry.objects.get(event="agreement.decision_undone")
    assert entry.reason == "相手方と話し合い、続けることにした"
    assert "「更新しない」を取り消しました" in entry.sentence


def test_a_decision_about_a_term_that_is_over_stays_unless_its_record_was_wrong():
    agreement = yearly()
    before = rows_of(agreement)
    decision = decline(agreement, term_ends_on=ENDS, on=ON, notified_on=ON, actor=None)
    with pytest.raises(DecisionRefused, match="何が間違っていたかを書いて"):
        undo_decision(agreement, decision, on=date(2027, 4, 1), actor=None, reason=" ")
    undo_decision(agreement, decision, on=date(2027, 4, 1), actor=None, reason="別の協定の通知だった")
    assert rows_of(agreement) == before


def test_a_renewal_recorded_late_with_a_wrong_day_is_taken_back():
    agreement = by_agreement()
    before = rows_of(agreement)
    renew(agreement, until=date(2300, 3, 31), on=date(2028, 6, 1), actor=None)
    decision = agreement.renewal_decisions.get()
    undo_decision(agreement, decision, on=date(2028, 6, 2), actor=None, reason="年の打ち間違い")
    assert rows_of(agreement) == before


def test_taking_a_decision_back_leaves_a_later_confirmation_and_a_later_leaving():
    agreement = three_parties(NoticeEffect.PARTY)
    decision = let_renew(agreement, term_ends_on=ENDS, on=ON, actor=None)
    RenewalRule.objects.update(last_confirmed_on=date(2026, 12, 1))
    leave(agreement, agreement.parties.get(name_as_signed="見本銀行"), on=ON, actor=None)
    undo_decision(agreement, decision, on=ENDS, actor=None)
    assert RenewalRule.objects.get().last_confirmed_on == date(2026, 12, 1)
    assert agreement.parties.get(name_as_signed="見本銀行").left_on == ON


def test_only_a_party_of_the_term_leaves_with_it():
    agreement, other = three_parties(NoticeEffect.PARTY), by_agreement(title="別の協定")
    bank = agreement.parties.get(name_as_signed="見本銀行")
    bank.joined_on = date(2027, 4, 1)
    bank.save()
    for party in (other.parties.get(), bank):
        with pytest.raises(DecisionRefused, match="当事者ではありません"):
            decline(agreement, term_ends_on=ENDS, on=ON, notified_on=ON, party=party, actor=None)
    assert not RenewalDecision.objects.exists()


def test_decisions_are_taken_back_in_the_reverse_order():
    agreement = yearly()
    first = let_renew(agreement, term_ends_on=ENDS, on=ON, actor=None)
    second = decline(agreement, term_ends_on=date(2028, 3, 31), on=ON, notified_on=ON, actor=None)
    with pytest.raises(DecisionRefused, match="先に、後の期間"):
        undo_decision(agreement, first, on=ON, actor=None)
    undo_decision(agreement, second, on=ON, actor=None)
    undo_decision(agreement, first, on=ON, actor=None)
    assert RenewalRule.objects.get(agreement=agreement).last_confirmed_on is None


def test_a_decision_is_not_taken_back_over_a_later_change():
    agreement = yearly()
    decision = decline(agreement, term_ends_on=ENDS, on=ON, notified_on=ON, actor=None)
    agreement.terms.update(in_force_until=date(2026, 12, 31))
    with pytest.raises(DecisionRefused, match="この判断の後に期間が変わった"):
        undo_decision(agreement, decision, on=ON, actor=None)


def test_of_two_people_who_decide_at_once_the_second_is_told():
    agreement = yearly()
    other = fresh(agreement)
    renew(agreement, until=date(2028, 3, 31), on=ON, actor=None)
    RenewalDecision.objects.all().delete()
    with pytest.raises(ChangedMeanwhile):
        decline(other, term_ends_on=ENDS, on=ON, notified_on=ON, actor=None)
    assert not Entry.objects.filter(event="agreement.declined").exists()
