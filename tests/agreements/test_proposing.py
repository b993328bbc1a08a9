"""What a clause proposes for the form, and where it says otherwise than what was given."""

from dataclasses import replace
from datetime import date

import pytest

from renkei.agreements.facts import TermFacts
from renkei.agreements.proposing import disagreements, proposal
from renkei.agreements.vocabulary import RenewalKind
from renkei.rules.japanese_calendar import PartialDay

CLAUSE = (
    "この協定の有効期間は、締結の日から令和8年3月31日までとする。"
    "ただし、期間満了の1月前までに申出がないときは、更に1年間更新し、以後も同様とする。"
)
SIGNED = PartialDay.from_iso("2025-04-01")


def test_a_clause_proposes_term_and_renewal():
    read = proposal(CLAUSE, SIGNED)
    assert read.term == TermFacts(date(2025, 4, 1), date(2026, 3, 31))
    rule = read.renewal
    assert (rule.kind, rule.months, rule.notice_months, rule.notice_days) == (
        RenewalKind.AUTOMATIC,
        12,
        1,
        None,
    )


@pytest.mark.parametrize("signed", [None, PartialDay.from_iso("2025-04")], ids=["unknown", "by month"])
def test_without_an_exact_signing_day_no_term_is_guessed(signed):
    assert proposal(CLAUSE, signed).term is None


def test_nothing_is_proposed_from_nothing_or_from_what_is_no_clause():
    assert proposal("  ", SIGNED) is None
    read = proposal("甲と乙は仲良くする。", SIGNED)
    assert (read.readable, read.term, read.renewal) == (False, None, None)
    assert read.explanation


READ = proposal(CLAUSE, SIGNED)


@pytest.mark.parametrize(
    "term, rule, sentence",
    [
        (TermFacts(date(2025, 4, 2), date(2026, 3, 31)), {}, "始期は令和7年"),
        (TermFacts(date(2025, 4, 1), date(2026, 3, 30)), {}, "終期は令和8年"),
        (TermFacts(date(2025, 4, 1)), {}, "終期は令和8年"),
        (None, {}, "始期と終期が空です"),
        (READ.term, {"kind": RenewalKind.NONE}, "更新は「自動更新」"),
        (READ.term, {"months": 24}, "更新の月数は12"),
        (READ.term, {"notice_months": 3}, "通知期限(月前)は1"),
    ],
    ids=["first day", "last day", "no last day", "no term", "kind", "months", "notice"],
)
def test_each_difference_is_said(term, rule, sentence):
    [found] = disagreements(READ, term, replace(READ.renewal, **rule))
    assert sentence in found


def test_what_agrees_or_is_not_given_is_no_difference():
    assert list(disagreements(READ, READ.term, READ.renewal)) == []
    assert list(disagreements(proposal(CLAUSE, None), None, None)) == []
    assert list(disagreements(None, READ.term, READ.renewal)) == []
