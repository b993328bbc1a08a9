"""Ending, taking the end back, replacing by a newer agreement, and relations."""

from datetime import date

import pytest

from renkei.agreements.changes import changed
from renkei.agreements.facts import RenewalFacts
from renkei.agreements.models import Agreement, Ending, Relation, RenewalRule
from renkei.agreements.services import (
    EndRefused,
    RelationRefused,
    end,
    leave,
    relate,
    reopen,
    supersede,
    unrelate,
)
from renkei.agreements.term_rows import rows_of
from renkei.agreements.vocabulary import EndReason, RelationKind, RenewalKind
from renkei.audit.models import Entry
from tests.factories import a_municipality, an_agreement

pytestmark = pytest.mark.django_db

YEARLY = RenewalFacts(RenewalKind.AUTOMATIC, months=12)


def old() -> Agreement:
    return an_agreement(title="古い協定", starts="2020-04-01", ends="2021-03-31", renewal=YEARLY)


def new(**facts) -> Agreement:
    return an_agreement(title="新しい協定", **{"starts": "2026-10-01", "ends": "2029-03-31", **facts})


def test_an_end_is_taken_back_as_if_it_had_not_been():
    agreement = old()
    before = rows_of(agreement)
    end(agreement, on=date(2026, 5, 31), reason=EndReason.BREACH, actor=None, note="事情")
    reopen(agreement, reason="別の協定の間違い", actor=None)
    assert rows_of(agreement) == before
    assert not Ending.objects.exists()
    entry = Entry.objects.get(event="agreement.reopened")
    assert "別の協定の間違い" in entry.sentence
    assert entry.changes["agreements.ending.on"] == ["2026-05-31", None]


def test_there_is_no_end_to_take_back_where_none_is_recorded():
    with pytest.raises(EndRefused, match="終了が記録されていない"):
        reopen(old(), reason="?", actor=None)


def test_an_end_whose_former_terms_were_not_kept_is_not_guessed():
    agreement = old()
    Ending.objects.create(agreement=agreement, on=date(2026, 5, 31), reason=EndReason.EXPIRED)
    before = rows_of(agreement)
    reopen(agreement, reason="取り違え", actor=None)
    assert (rows_of(agreement), Ending.objects.count()) == (before, 0)
    assert Entry.objects.get(event="agreement.reopened").changes["agreements.ending.on"] == [
        "2026-05-31",
        None,
    ]


def test_the_old_agreement_ends_the_day_before_the_new_one_begins():
    agreement, by = old(), new()
    supersede(agreement, by, actor=None)
    ending = Ending.objects.get(agreement=agreement)
    assert (ending.on, ending.reason) == (date(2026, 9, 30), EndReason.SUPERSEDED)
    relation = Relation.objects.get()
    assert (relation.agreement, relation.kind, relation.other) == (by, RelationKind.REPLACES, agreement)
    assert list(Agreement.objects.in_force_on(date(2026, 9, 30))) == [agreement]
    assert list(Agreement.objects.in_force_on(date(2026, 10, 1))) == [by]
    assert "「新しい協定」に置き換え" in Entry.objects.get(event="agreement.superseded").sentence


def test_a_replacement_is_taken_back_with_its_relation():
    agreement, by = old(), new()
    before = rows_of(agreement)
    supersede(agreement, by, actor=None)
    reopen(agreement, reason="取り違え", actor=None)
    assert rows_of(agreement) == before
    assert not Relation.objects.exists()


def test_a_relation_that_was_there_before_outlives_the_taking_back():
    agreement, by = old(), new()
    relate(by, agreement, kind=RelationKind.REPLACES, actor=None)
    supersede(agreement, by, actor=None)
    reopen(agreement, reason="取り違え", actor=None)
    assert Relation.objects.count() == 1


def test_what_ended_by_itself_before_the_new_one_began_keeps_its_last_day():
    agreement = an_agreement(title="古い協定", starts="2020-04-01", ends="2025-03-31")
    supersede(agreement, new(), actor=None)
    assert Ending.objects.get().on == date(2025, 3, 31)


def test_taking_an_end_back_leaves_what_was_written_since_as_it_is():
    agreement = an_agreement(
        partners=("見本大学", "見本銀行"), starts="2020-04-01", ends="2021-03-31", renewal=YEARLY
    )
    end(agreement, on=date(2026, 5, 31), reason=EndReason.BREACH, actor=None)
    RenewalRule.objects.update(last_confirmed_on=date(2026, 6, 1))
    leave(agreement, agreement.parties.get(name_as_signed="見本銀行"), on=date(2026, 3, 31), actor=None)
    reopen(agreement, reason="取り違え", actor=None)
    assert RenewalRule.objects.get().last_confirmed_on == date(2026, 6, 1)
    assert agreement.parties.get(name_as_signed="見本銀行").left_on == date(2026, 3, 31)
    assert agreement.state_on(date(2027, 1, 1)) == "in_force"


def test_taking_a_replacement_back_is_told_to_the_readers_of_both():
    agreement, by = old(), new()
    supersede(agreement, by, actor=None)
    told = []
    changed.connect(lambda ids, **_rest: told.extend(ids), weak=False, dispatch_uid="watching")
    reopen(agreement, reason="取り違え", actor=None)
    changed.disconnect(dispatch_uid="watching")
    assert told == [agreement.pk, by.pk]


def test_only_a_later_agreement_of_the_same_town_replaces():
    agreement = old()
    for by, sentence in (
        (agreement, "別の協定"),
        (new(municipality=a_municipality("011002")), "同じ自治体"),
        (new(starts="2020-04-01"), "より後ではありません"),
        (new(starts=None, signed="2024"), "始期が分かりません"),
    ):
        with pytest.raises(EndRefused, match=sentence):
            supersede(agreement, by, actor=None)
    assert not Ending.objects.exists()


def test_a_relation_is_recorded_once_and_taken_back():
    agreement, other = new(), old()
    relation = relate(agreement, other, kind=RelationKind.BASED_ON, actor=None)
    with pytest.raises(RelationRefused, match="すでに記録"):
        relate(agreement, other, kind=RelationKind.BASED_ON, actor=None)
    unrelate(agreement, relation, actor=None)
    assert not Relation.objects.exists()
    assert [entry.event for entry in Entry.objects.order_by("number")][-2:] == [
        "agreement.related",
        "agreement.unrelated",
    ]


def test_an_agreement_is_related_to_another_one_of_its_town():
    for other in (None, an_agreement(municipality=a_municipality("011002"))):
        agreement = new()
        with pytest.raises(RelationRefused, match="同じ自治体の別の協定"):
            relate(agreement, other or agreement, kind=RelationKind.AMENDS, actor=None)


def test_a_relation_recorded_with_an_end_is_taken_back_with_it():
    agreement, by = old(), new()
    supersede(agreement, by, actor=None)
    with pytest.raises(RelationRefused, match="終了とともに記録"):
        unrelate(by, Relation.objects.get(), actor=None)
