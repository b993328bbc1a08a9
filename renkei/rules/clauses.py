"""Reads the clause on an agreement's term: what it says, which days follow, and how they were derived."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from renkei.rules.clause_asides import FORMER as FORMER_AGREEMENT
from renkei.rules.clause_days import Found, Known, computed
from renkei.rules.clause_grammar import clause_of
from renkei.rules.clause_parts import Clause
from renkei.rules.clause_sentence import explained, length_in_words
from renkei.rules.clause_text import (
    LONGEST_SENTENCE,
    UnreadableClause,
    articles,
    plain,
    sentences,
    sentences_on_the_term,
)
from renkei.rules.japanese_calendar import PartialDay, japanese_date, japanese_partial
from renkei.rules.terms import Period, RenewalKind, RenewalRule

__all__ = ["OtherReading", "Reading", "UnreadableClause", "read_clause"]

LONGEST_REMEMBERED = 2_000
"""Letters of a text whose reading is kept: towns write the same few clauses over and over, and none so long."""


@dataclass(frozen=True)
class OtherReading:
    """Another last day that the same words allow, with the reason."""

    last_day: date
    reason: str


@dataclass(frozen=True)
class Reading:
    """How a clause is read; days that cannot be computed are None. Unreadable: only an explanation."""

    readable: bool
    explanation: str
    first_day: date | None = None
    last_day: date | None = None
    other_reading: OtherReading | None = None
    renewal: RenewalRule | None = None
    notice_deadline: date | None = None
    notice_months: int | None = None
    notice_days: int | None = None
    next_terms: tuple[Period, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The reading as plain values: days as ISO text, absent ones None."""
        other = self.other_reading
        return {
            "readable": self.readable,
            "first_day": iso(self.first_day),
            "last_day": iso(self.last_day),
            "other_reading": {"last_day": iso(other.last_day), "reason": other.reason} if other else None,
            "renewal": {"kind": str(self.renewal.kind), "months": self.renewal.months}
            if self.renewal
            else None,
            "notice_deadline": iso(self.notice_deadline),
            "next_terms": [[iso(term.first), iso(term.last)] for term in self.next_terms],
            "explanation": self.explanation,
        }


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def read_clause(
    text: str,
    *,
    signed: date | PartialDay | None = None,
    effective: date | None = None,
    explains: bool = True,
) -> Reading:
    """Read a clause strictly (民法138–143条); what is unknown or doubtful is said, never guessed.

    Without `explains` the sentence stays empty: where thousands of clauses are read, only their days are wanted.
    """
    exact = signed.exact if isinstance(signed, PartialDay) else signed
    known = Known(exact, effective)
    try:
        clause = clause_read(text, known)
        found = computed(clause, known)
    except UnreadableClause as refusal:
        return Reading(readable=False, explanation=str(refusal))
    if isinstance(signed, PartialDay) and exact is None:
        clause.remarks.append(f"締結日は{japanese_partial(signed)}までしか分かっていません")
    return reading_of(clause, found, explained(clause, found, known) if explains else "")


@dataclass(frozen=True)
class Wording:
    """What a text says whatever the days are: a clause, or why there is none."""

    clause: Clause | None = None
    refusal: str = ""
    may_end_a_former: bool = False


def clause_read(text: str, known: Known) -> Clause:
    wording = (remembered if len(text) <= LONGEST_REMEMBERED else wording_of)(text)
    if wording.clause is None:
        former = former_agreement(text, known) if wording.may_end_a_former else None
        raise UnreadableClause(former or wording.refusal)
    told = wording.clause
    return replace(told, kinds=set(told.kinds), remarks=list(told.remarks))


def wording_of(text: str) -> Wording:
    """Read the words without any day from outside."""
    try:
        asked, of_use = sentences_on_the_term(text)
        clause = clause_of(asked) if asked else None
    except UnreadableClause as refusal:
        return Wording(refusal=str(refusal))
    if clause is None or not says_anything(clause):
        return Wording(refusal=nothing_on_the_term(of_use), may_end_a_former=clause is not None)
    return Wording(clause)


remembered = lru_cache(maxsize=512)(wording_of)


def says_anything(clause: Clause) -> bool:
    return any(
        (
            clause.start,
            clause.effect,
            clause.end,
            clause.length,
            clause.open_ended,
            clause.kinds,
            clause.condition,
        )
    )


def nothing_on_the_term(of_use: bool) -> str:
    if of_use:
        return (
            "施設や物資を使う期間についての文で、協定そのものの有効期間ではありません。"
            "協定の有効期間の条文を入れてください。"
        )
    return "協定の有効期間の始まり・長さ・終わりを決める文が見つかりません。有効期間の条文を入れてください。"


def former_agreement(text: str, known: Known) -> str | None:
    """The sentence about a clause that only ends a former agreement."""
    every = [said for article in articles(plain(text)) for said in sentences(article.body)]
    if not any(len(said) <= LONGEST_SENTENCE and FORMER_AGREEMENT.search(said) for said in every):
        return None
    day = (
        f"(この協定の締結日の前日は{japanese_date(known.signed - timedelta(days=1))})" if known.signed else ""
    )
    return (
        f"前の協定がいつ効力を失うか{day}を定めた文で、この協定の有効期間ではありません。"
        "前の協定の終了として記録してください。"
    )


def reading_of(clause: Clause, found: Found, explanation: str) -> Reading:
    notice = clause.notice or (clause.early_notice if found.rule.kind is RenewalKind.UNTIL_NOTICE else None)
    return Reading(
        readable=True,
        explanation=explanation,
        first_day=found.term.first,
        last_day=found.term.last,
        other_reading=other_reading(clause, found),
        renewal=found.rule,
        notice_deadline=found.deadline,
        notice_months=notice.months if notice else None,
        notice_days=notice.days if notice else None,
        next_terms=found.following if found.rule.kind is RenewalKind.AUTOMATIC else (),
    )


def other_reading(clause: Clause, found: Found) -> OtherReading | None:
    term = found.term
    if term.other_last is None or term.base is None:
        return None
    length = f"から{length_in_words(clause.length)}" if clause.length else ""
    reason = (
        f"締結の日({japanese_date(term.base)})を1日目に数える趣旨であれば(民法138条)、その日{length}の終わりは"
        f"{japanese_date(term.other_last)}になるため、当事者の意思を確かめて選んでください。"
    )
    return OtherReading(term.other_last, reason)
