"""What the clause on the term proposes for a form, and where it says otherwise than the days that were given."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from renkei.agreements.facts import RenewalFacts, TermFacts
from renkei.agreements.vocabulary import RenewalKind, StartBasis
from renkei.rules.japanese_calendar import PartialDay, both_calendars

if TYPE_CHECKING:
    from renkei.agreements.models import Agreement
    from renkei.rules.clauses import Reading


@dataclass(frozen=True)
class Proposal:
    """How the clause is read: in words, as a term and as a renewal rule; None where it does not say."""

    readable: bool
    explanation: str
    other_reading: str = ""
    term: TermFacts | None = None
    renewal: RenewalFacts | None = None


def proposal(clause: str, signed: PartialDay | None) -> Proposal | None:
    """What the clause says, read strictly; None for an empty one."""
    if not clause.strip():
        return None
    from renkei.rules.clauses import read_clause

    reading = read_clause(clause, signed=signed)
    return Proposal(
        readable=reading.readable,
        explanation=reading.explanation,
        other_reading=reading.other_reading.reason if reading.other_reading else "",
        term=TermFacts(reading.first_day, reading.last_day) if reading.first_day else None,
        renewal=_renewal(reading, clause),
    )


def _renewal(reading: "Reading", clause: str) -> RenewalFacts | None:
    if reading.renewal is None:
        return None
    return RenewalFacts(
        kind=RenewalKind(reading.renewal.kind),
        months=reading.renewal.months,
        notice_months=reading.notice_months or None,
        notice_days=reading.notice_days or None,
        in_force_until=reading.renewal.until,
        clause=clause,
    )


def disagreements(
    proposed: Proposal | None, term: TermFacts | None, renewal: RenewalFacts | None
) -> Iterator[str]:
    """A sentence for each thing that the clause says otherwise than what was given."""
    if proposed is None:
        return
    if proposed.term and not term:
        yield _("条文から期間を読み取れますが、始期と終期が空です。「条文を読み取る」で入れられます。")
    if proposed.term and term:
        if proposed.term.first_day != term.first_day:
            yield _("条文からは始期は%(day)sと読めますが、入力した始期と違います。") % {
                "day": both_calendars(proposed.term.first_day)
            }
        if proposed.term.last_day != term.last_day:
            yield _("条文からは終期は%(day)sと読めますが、入力した終期と違います。") % {
                "day": _day_or_open(proposed.term)
            }
    if proposed.renewal and renewal:
        yield from _other_rule(proposed.renewal, renewal)


def _day_or_open(term: TermFacts) -> str:
    return both_calendars(term.last_day) if term.last_day else _("(定めなし)")


def _other_rule(read: RenewalFacts, given: RenewalFacts) -> Iterator[str]:
    if read.kind != given.kind:
        yield _("条文からは更新は「%(kind)s」と読めますが、選んだものと違います。") % {
            "kind": RenewalKind(read.kind).label
        }
    pairs = (
        (_("更新の月数"), read.months, given.months),
        (_("通知期限(月前)"), read.notice_months, given.notice_months),
        (_("通知期限(日前)"), read.notice_days, given.notice_days),
    )
    for name, says, is_given in pairs:
        if says and says != is_given:
            yield _("条文からは%(name)sは%(number)sと読めますが、入力と違います。") % {
                "name": name,
                "number": says,
            }


def clause_disagreements(agreement: "Agreement") -> list[str]:
    """Where the clause of an agreement in the register says otherwise than its first term and its renewal rule."""
    rule = getattr(agreement, "renewal_rule", None)
    read = proposal(rule.clause, agreement.signed) if rule else None
    if rule is None or read is None or not read.readable:
        return []
    first = min(agreement.terms.all(), key=lambda one: one.starts_on, default=None)
    if first is None or first.start_basis != StartBasis.STATED:
        read = replace(read, term=None)
    term = TermFacts(first.starts_on, first.ends_on) if first else None
    given = RenewalFacts(
        kind=RenewalKind(rule.kind),
        months=rule.months,
        notice_months=rule.notice_months,
        notice_days=rule.notice_days,
    )
    return [*disagreements(read, term, given)]
