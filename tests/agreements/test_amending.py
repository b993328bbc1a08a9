"""Amending from a day on: the former text stays readable, as of any day, and can stand again."""

from datetime import date

import pytest

from renkei.agreements.deadlines import due_between
from renkei.agreements.facts import PartyFacts, RenewalFacts
from renkei.agreements.models import Agreement, Amendment
from renkei.agreements.outlook import outlook, outlook_as_of
from renkei.agreements.services import (
    Amended,
    AmendRefused,
    Refused,
    amend,
    decline,
    end,
    let_renew,
    reopen,
    undo_amendment,
)
from renkei.agreements.spans import spans_begun_by
from renkei.agreements.term_rows import rows_of
from renkei.agreements.versions import amendments_of, as_of, text_of
from renkei.agreements.vocabulary import EndReason, RenewalKind
from renkei.audit.models import Entry
from renkei.partners.models import Organisation
from tests.factories import an_agreement

pytestmark = pytest.mark.django_db

YEARLY = RenewalFacts(RenewalKind.AUTOMATIC, months=12, notice_months=3)
NOTICE_LATER = {"kind": RenewalKind.AUTOMATIC, "months": 12, "notice_months": 1}
ON = date(2026, 4, 1)
BEFORE, AFTER = date(2026, 3, 31), ON


def yearly(**facts) -> Agreement:
    return an_agreement(
        starts="2024-04-01", ends="2025-03-31", renewal=YEARLY, purpose="はじめの目的",
        items=("健康に関すること",), **facts,
    )  # fmt: skip


def fresh(agreement: Agreement) -> Agreement:
    return Agreement.objects.with_everything().get(pk=agreement.pk)


def test_what_stood_on_a_day_is_shown_for_that_day():
    agreement = yearly()
    party = agreement.parties.get()
    amended = Amended(title="新しい名称", purpose="次の目的", items=("防災に関すること", "福祉に関すること"),
                      duties={party.pk: "人を出す"})  # fmt: skip
    amend(agreement, amended, on=ON, summary="名称などの変更", actor=None)
    agreement = fresh(agreement)
    former, later = as_of(agreement, BEFORE), as_of(agreement, AFTER)
    assert (former.title, former.purpose) == ("災害時における物資の供給に関する協定", "はじめの目的")
    assert [item.heading for item in former.items.all()] == ["健康に関すること"]
    assert [one.duties for one in former.parties.all()] == [""]
    assert (later.title, later.purpose) == ("新しい名称", "次の目的")
    assert [item.heading for item in later.items.all()] == ["防災に関すること", "福祉に関すること"]
    assert [one.duties for one in later.parties.all()] == ["人を出す"]
    assert fresh(agreement).title == "新しい名称"


def test_several_amendments_are_laid_back_one_after_another():
    agreement = yearly()
    for year, title in ((2025, "二番目"), (2026, "三番目"), (2027, "四番目")):
        amend(agreement, Amended(title=title), on=date(year, 4, 1), summary=title, actor=None)
    agreement = fresh(agreement)
    assert [as_of(agreement, date(year, 3, 31)).title for year in (2026, 2027, 2028)] == [
        "二番目", "三番目", "四番目",
    ]  # fmt: skip


def test_a_partner_who_joins_is_no_party_before():
    agreement = yearly()
    amend(
        agreement, Amended(joining=(PartyFacts("見本生協", letter="丙"),)), on=ON, summary="参加", actor=None
    )
    agreement = fresh(agreement)
    assert [str(one) for one in as_of(agreement, BEFORE).parties.all()] == ["株式会社見本"]
    assert [(str(one), one.joined_on) for one in as_of(agreement, AFTER).parties.all()] == [
        ("株式会社見本", None), ("見本生協", ON),
    ]  # fmt: skip
    undo_amendment(agreement, reason="誤り", actor=None)
    assert not Organisation.objects.filter(name="見本生協").exists()


def test_a_longer_term_changes_no_day_before():
    agreement = yearly()
    was = [
        (span.first, span.last, span.renewals) for span in spans_begun_by(fresh(agreement), date(2025, 6, 1))
    ]
    amend(agreement, Amended(last_day=date(2028, 3, 31)), on=date(2025, 6, 1), summary="延長", actor=None)
    assert [row[:3] for row in rows_of(agreement)] == [
        ["2024-04-01", "2025-03-31", "2025-03-31"],
        ["2025-04-01", "2028-03-31", None],
    ]
    agreement = fresh(agreement)
    assert was[:-1] == [
        (one.first, one.last, one.renewals) for one in spans_begun_by(agreement, date(2025, 3, 31))
    ]
    seen = outlook(agreement, date(2026, 6, 1))
    assert (seen.running.first, seen.running.last, seen.renewals) == (
        date(2025, 4, 1), date(2028, 3, 31), 1,
    )  # fmt: skip
    assert outlook(as_of(agreement, date(2025, 5, 31)), date(2025, 5, 31)).running.last == date(2026, 3, 31)


def test_what_is_to_come_is_told_with_the_amendments_already_recorded():
    agreement = yearly()
    amend(agreement, Amended(last_day=date(2029, 3, 31)), on=date(2026, 9, 1), summary="延長", actor=None)
    seen = outlook_as_of(fresh(agreement), date(2026, 8, 31))
    assert (seen.running.last, seen.renewals) == (date(2027, 3, 31), 2)
    assert seen.deadline == date(2028, 12, 31)
    (due,) = due_between(Agreement.objects.all(), date(2026, 8, 31), date(2029, 3, 31))
    assert due.on == seen.deadline
    (shown,) = amendments_of(fresh(agreement), date(2026, 8, 31), internal=True)
    assert [(one.former, one.later) for one in shown.facts] == [
        (("令和8年4月1日から令和9年3月31日まで",), ("令和8年4月1日から令和11年3月31日まで",))
    ]


def test_a_new_rule_of_renewal_does_not_count_former_terms_otherwise():
    agreement = yearly()
    amend(agreement, Amended(rule={"kind": RenewalKind.AUTOMATIC, "months": 36}), on=date(2026, 6, 1),
          summary="三年ごとに", actor=None)  # fmt: skip
    agreement = fresh(agreement)
    assert [(str(one.first), str(one.last)) for one in spans_begun_by(agreement, date(2027, 4, 1))] == [
        ("2024-04-01", "2025-03-31"),
        ("2025-04-01", "2026-03-31"),
        ("2026-04-01", "2027-03-31"),
        ("2027-04-01", "2030-03-31"),
    ]


def test_a_rule_without_renewal_lets_it_end_with_the_running_term():
    agreement = yearly()
    amend(agreement, Amended(rule={"kind": RenewalKind.NONE, "months": None}), on=date(2026, 6, 1),
          summary="更新をやめる", actor=None)  # fmt: skip
    assert Agreement.objects.in_force_on(date(2027, 3, 31)).exists()
    assert not Agreement.objects.in_force_on(date(2027, 4, 1)).exists()


def test_the_former_text_is_shown_with_the_amendment_and_what_is_ahead_says_so():
    agreement = yearly()
    amend(agreement, Amended(purpose="次の目的"), on=ON, summary="目的の変更", signed_on=BEFORE, actor=None)
    (shown,) = amendments_of(agreement, BEFORE, internal=True)
    assert (shown.is_ahead, shown.summary, shown.signed_on) == (True, "目的の変更", BEFORE)
    assert [(one.name, one.former, one.later) for one in shown.facts] == [
        ("目的", ("はじめの目的",), ("次の目的",))
    ]
    assert not amendments_of(agreement, ON, internal=True)[0].is_ahead


def test_taking_the_latest_amendment_back_restores_everything():
    agreement = yearly()
    before = text_of(agreement)
    amended = Amended(
        title="新しい名称", purpose="", items=(), duties={agreement.parties.get().pk: "人を出す"},
        last_day=date(2029, 3, 31), rule={"kind": RenewalKind.BY_AGREEMENT, "months": None},
        joining=(PartyFacts("見本生協"),),
    )  # fmt: skip
    amend(agreement, amended, on=ON, summary="全面的な変更", actor=None)
    assert text_of(agreement) != before
    undo_amendment(agreement, reason="記録する協定を間違えたため", actor=None)
    assert text_of(fresh(agreement)) == before
    assert not Amendment.objects.exists()
    entry = Entry.objects.get(event="agreement.amendment_undone")
    assert entry.reason == "記録する協定を間違えたため"
    assert entry.changes["agreements.agreement.title"] == [
        "新しい名称",
        "災害時における物資の供給に関する協定",
    ]


def test_an_amendment_is_told_with_before_and_after():
    agreement = yearly()
    amend(
        agreement, Amended(purpose="次の目的", last_day=date(2027, 9, 30)), on=ON, summary="変更", actor=None
    )
    entry = Entry.objects.get(event="agreement.amended")
    assert entry.reason == "変更"
    assert set(entry.changes) == {"agreements.agreement.purpose", "agreements.term"}
    assert entry.changes["agreements.agreement.purpose"] == ["はじめの目的", "次の目的"]


def test_it_is_not_taken_back_over_a_later_change_of_the_same():
    agreement = yearly()
    amend(agreement, Amended(title="新しい名称"), on=ON, summary="改称", actor=None)
    Agreement.objects.filter(pk=agreement.pk).update(title="訂正した名称")
    with pytest.raises(AmendRefused, match="この変更の後に"):
        undo_amendment(fresh(agreement), reason="誤り", actor=None)


@pytest.mark.parametrize(
    ("amended", "on", "sentence"),
    [
        (Amended(), ON, "変わる所がありません"),
        (Amended(title="新"), date(2024, 3, 31), "有効ではありません"),
        (Amended(last_day=date(2026, 3, 31)), ON, "変更が効く"),
    ],
    ids=["nothing", "before the agreement", "an end before the amendment"],
)
def test_what_cannot_be_amended_is_refused_and_changes_nothing(amended, on, sentence):
    agreement = yearly()
    before = text_of(agreement)
    with pytest.raises(Refused, match=sentence):
        amend(agreement, amended, on=on, summary="変更", actor=None)
    assert text_of(fresh(agreement)) == before


def test_amendments_come_in_their_order():
    agreement = yearly()
    amend(agreement, Amended(title="新"), on=ON, summary="改称", actor=None)
    with pytest.raises(AmendRefused, match="効く変更がすでにあります"):
        amend(agreement, Amended(title="旧"), on=BEFORE, summary="改称", actor=None)


def test_an_amendment_of_terms_stays_as_long_as_a_later_term_is_decided():
    agreement = yearly()
    amend(agreement, Amended(last_day=date(2027, 9, 30)), on=ON, summary="延長", actor=None)
    let_renew(fresh(agreement), term_ends_on=date(2027, 9, 30), on=ON, actor=None)
    with pytest.raises(AmendRefused, match="先にその判断を取り消して"):
        undo_amendment(fresh(agreement), reason="誤り", actor=None)


def test_an_amendment_of_the_text_is_taken_back_over_a_decision():
    agreement = yearly()
    amend(agreement, Amended(title="新", rule=NOTICE_LATER), on=ON, summary="改称", actor=None)
    let_renew(fresh(agreement), term_ends_on=date(2027, 3, 31), on=ON, actor=None)
    undo_amendment(fresh(agreement), reason="誤り", actor=None)
    assert fresh(agreement).title == "災害時における物資の供給に関する協定"


@pytest.mark.parametrize("names", [("株式会社見本",), ("見本生協", "見本生協")], ids=["a party", "twice"])
def test_who_is_a_party_does_not_join_again(names):
    agreement = yearly()
    joining = tuple(PartyFacts(name) for name in names)
    with pytest.raises(AmendRefused, match="すでに当事者です"):
        amend(agreement, Amended(joining=joining), on=ON, summary="加入", actor=None)


def test_a_decided_term_is_not_amended():
    agreement = yearly()
    decline(agreement, term_ends_on=date(2027, 3, 31), on=ON, notified_on=ON, actor=None)
    with pytest.raises(Refused, match="先にその判断を取り消して"):
        amend(agreement, Amended(last_day=date(2027, 9, 30)), on=ON, summary="延長", actor=None)


def test_an_end_before_an_amendment_is_in_effect_holds_on_every_day():
    agreement = yearly()
    amend(agreement, Amended(last_day=date(2029, 3, 31)), on=date(2027, 1, 1), summary="延長", actor=None)
    before = rows_of(agreement)
    end(agreement, on=date(2026, 6, 30), reason=EndReason.BY_BOTH, actor=None)
    for day, state in ((date(2026, 6, 30), "in_force"), (date(2026, 7, 1), "ended")):
        assert as_of(fresh(agreement), day).state_on(day) == state
    reopen(agreement, reason="誤り", actor=None)
    assert rows_of(agreement) == before
