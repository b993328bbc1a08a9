"""The clause on the term and the rule are one thing: what a choice writes is read back as the same choice."""

from datetime import date
from itertools import product

import pytest

from renkei.rules.clauses import read_clause
from renkei.rules.term_reading import as_written, choice_read
from renkei.rules.term_wording import WRITTEN_RENEWALS, TermChoice, TermKind, term_clause
from renkei.rules.terms import RenewalKind

SIGNED = date(2026, 6, 1)
LETTERS = [["甲", "乙"], ["甲", "乙", "丙"], ["甲", "乙", "丙", "丁", "戊", "己"]]
NOTICES = [(None, None), (1, None), (3, None), (6, None), (None, 14), (None, 30)]


@pytest.mark.parametrize("letters", LETTERS, ids="".join)
@pytest.mark.parametrize("renewal", WRITTEN_RENEWALS, ids=str)
@pytest.mark.parametrize("kind", TermKind, ids=str)
def test_every_choice_is_read_back_from_its_clause(kind, renewal, letters):
    for length, renewal_months, notice in product((1, 2, 10, 18), (6, 12, 30, 36), NOTICES):
        choice = TermChoice(kind, length, date(2029, 3, 31), renewal, renewal_months, *notice, months=length)
        clause = term_clause(choice, letters)
        assert choice_read(clause, SIGNED) == as_written(choice), clause


@pytest.mark.parametrize(
    "choice, last_day",
    [
        (TermChoice(), date(2027, 5, 31)),
        (TermChoice(TermKind.MONTHS, months=6), date(2026, 11, 30)),
        (TermChoice(TermKind.MONTHS, months=18), date(2027, 11, 30)),
        (TermChoice(TermKind.FIXED_END, last_day=date(2029, 3, 31)), date(2029, 3, 31)),
        (TermChoice(TermKind.OPEN), None),
        (TermChoice(renewal=RenewalKind.UNTIL_NOTICE), None),
    ],
)
def test_the_register_reads_the_days_of_the_clause(choice, last_day):
    reading = read_clause(term_clause(choice, ["甲", "乙"]), signed=SIGNED)
    assert (reading.first_day, reading.last_day) == (SIGNED, last_day)
    assert reading.other_reading is None


@pytest.mark.parametrize(
    "words, notice",
    [
        ("終了しようとする日の３か月前までに", (3, 0)),
        ("終了する日の少なくとも1年前までに", (12, 0)),
        ("終了しようとする日の30日前までに", (0, 30)),
        ("終了しようとする日の２週間前までに", (0, 14)),
    ],
)
def test_until_notice_the_notice_is_read_from_its_paragraph(words, notice):
    text = f"この協定は、締結の日から効力を生じ、甲又は乙が書面により終了を通知するまで効力を有する。\n２　前項の通知は、{words}行うものとする。"
    reading = read_clause(text, signed=SIGNED)
    assert reading.readable, reading.explanation
    assert reading.renewal.kind is RenewalKind.UNTIL_NOTICE
    assert (reading.notice_months, reading.notice_days) == notice
    assert "前までの終了の通知がない限り" in reading.explanation


def test_a_notice_of_cancelling_does_not_become_the_rule_of_a_term_that_ends():
    text = "有効期間は、締結の日から起算して１年間とし、更新しない。\n２　甲又は乙は、終了しようとする日の3か月前までに通知するものとする。"
    reading = read_clause(text, signed=SIGNED)
    assert not reading.readable or reading.notice_months is None


@pytest.mark.parametrize("text", ["", "この協定の有効期間は、しばらくの間とする。", "別に定める。"])
def test_what_cannot_be_read_proposes_no_choice(text):
    assert choice_read(text, SIGNED) is None


def test_a_clause_that_others_wrote_proposes_the_nearest_choice():
    text = "この協定の有効期間は、締結の日から令和９年３月31日までとする。ただし、期間満了の１か月前までに甲乙いずれからも申し出がないときは、更に１年間自動的に更新するものとし、以後も同様とする。"
    expected = TermChoice(TermKind.FIXED_END, None, date(2027, 3, 31), RenewalKind.AUTOMATIC, 12, 1)
    assert choice_read(text, SIGNED) == expected
