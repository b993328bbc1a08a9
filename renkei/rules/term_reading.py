"""From the clause on the term back to the choice that writes it: the form shows what the text says."""

from datetime import date

from renkei.rules.clause_days import Known, computed
from renkei.rules.clause_parts import Clause, Length
from renkei.rules.clause_text import UnreadableClause
from renkei.rules.clauses import clause_read
from renkei.rules.term_wording import WRITTEN_RENEWALS, TermChoice, TermKind
from renkei.rules.terms import RenewalKind


def choice_read(text: str, signed: date | None = None) -> TermChoice | None:
    """The choice that comes nearest to what a clause says; None where it cannot be read or no choice is near."""
    known = Known(signed)
    try:
        clause = clause_read(text, known)
        found = computed(clause, known)
    except UnreadableClause:
        return None
    rule = found.rule
    if rule.kind not in WRITTEN_RENEWALS:
        return None
    kind, length = _first_term(clause, found.term.last)
    years, months = divmod(length, 12)
    notice = clause.notice or clause.early_notice or Length()
    return TermChoice(
        kind=TermKind.MONTHS if kind is TermKind.YEARS and months else kind,
        years=years if kind is TermKind.YEARS and not months else None,
        months=length if months else None,
        last_day=found.term.last if kind is TermKind.FIXED_END else None,
        renewal=rule.kind,
        renewal_months=rule.months,
        notice_months=notice.months or None,
        notice_days=notice.days or None,
    )


def _first_term(clause: Clause, last: date | None) -> tuple[TermKind, int]:
    """How the end of the first term is told, and its length in months where one is written."""
    if clause.end is not None or (clause.length is not None and clause.length.days):
        return (TermKind.FIXED_END if last else TermKind.YEARS), 0
    if clause.length is not None:
        return TermKind.YEARS, clause.length.months
    return TermKind.OPEN, 0


def as_written(choice: TermChoice) -> TermChoice:
    """The choice without what its clause does not say."""
    until_notice, is_open = choice.is_until_notice, choice.kind == TermKind.OPEN
    kind = TermKind.OPEN if until_notice else choice.kind
    renewal = RenewalKind.NONE if is_open and not until_notice else choice.renewal
    renews = renewal in (RenewalKind.AUTOMATIC, RenewalKind.BY_AGREEMENT)
    tells_notice = renewal in (RenewalKind.AUTOMATIC, RenewalKind.UNTIL_NOTICE)
    years, months = (choice.years, None) if kind == TermKind.YEARS else (None, choice.months)
    if kind == TermKind.MONTHS and months and not months % 12:
        kind, years, months = TermKind.YEARS, months // 12, None
    return TermChoice(
        kind=kind,
        years=years if kind == TermKind.YEARS else None,
        months=months if kind == TermKind.MONTHS else None,
        last_day=choice.last_day if kind == TermKind.FIXED_END else None,
        renewal=renewal,
        renewal_months=choice.renewal_months if renews else None,
        notice_months=choice.notice_months if tells_notice and not choice.notice_days else None,
        notice_days=choice.notice_days if tells_notice else None,
    )
