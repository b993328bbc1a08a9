"""What lies ahead of an agreement, seen from a day: the running term, the notice deadline, what comes by itself."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement, RenewalRule, Term
from renkei.agreements.vocabulary import RenewalKind, StartBasis
from renkei.rules import terms
from renkei.rules.clauses import read_clause
from renkei.rules.japanese_calendar import both_calendars, is_working_day

TERMS_AHEAD = 5


@dataclass(frozen=True)
class Outlook:
    """Seen from one day; what is not known or does not apply is None or empty."""

    first: terms.Period | None = None
    running: terms.Period | None = None
    renewals: int = 0
    deadline: date | None = None
    last_working_day: date | None = None
    passed_deadline: date | None = None
    ahead: tuple[terms.Period, ...] = ()
    basis: str = ""
    derivation: str = ""
    if_nobody_acts: str = ""


def outlook(agreement: Agreement, day: date) -> Outlook:
    """How the agreement goes on from the day; needs `terms`, `renewal_rule` and `ending`."""
    term = _term_on(agreement, day)
    if term is None:
        return Outlook()
    rule: RenewalRule | None = getattr(agreement, "renewal_rule", None)
    first = terms.Period(term.starts_on, term.ends_on)
    as_rule = _rule(rule, term)
    renewals, running = terms.counted_term_on(first, as_rule, day)
    is_over = not term.covers(day) and term.starts_on <= day
    running = None if is_over else running
    deadline, passed = _deadlines(running, first, as_rule, rule, day)
    return Outlook(
        first=first,
        running=running,
        renewals=0 if is_over else renewals,
        deadline=deadline,
        last_working_day=_working_day_up_to(deadline) if deadline else None,
        passed_deadline=passed,
        ahead=() if is_over else _ahead(first, as_rule, day),
        basis=_basis(term),
        derivation=_derivation(agreement, rule),
        if_nobody_acts="" if is_over else _if_nobody_acts(rule, as_rule, first, running, day),
    )


def _term_on(agreement: Agreement, day: date) -> Term | None:
    """The term that covers the day, else the latest that began before it, else the first."""
    known = list(agreement.terms.all())
    begun = [term for term in known if term.starts_on <= day]
    covering = [term for term in begun if term.covers(day)]
    found = covering or begun or known[:1]
    return found[-1] if found else None


def _rule(rule: RenewalRule | None, term: Term) -> terms.RenewalRule:
    if rule is None:
        return terms.RenewalRule(terms.RenewalKind.NONE)
    limit = term.in_force_until if rule.kind == RenewalKind.AUTOMATIC else None
    return terms.RenewalRule(terms.RenewalKind(rule.kind), months=rule.months, until=limit)


def _deadlines(
    running: terms.Period | None,
    first: terms.Period,
    as_rule: terms.RenewalRule,
    rule: RenewalRule | None,
    day: date,
) -> tuple[date | None, date | None]:
    """The next day up to which a notice keeps the agreement from renewing, and the one just missed, if any."""
    if running is None or rule is None or not (rule.notice_months or rule.notice_days):
        return None, None
    if rule.kind != RenewalKind.AUTOMATIC:
        return None, None
    missed = None
    for period in [running, *_ahead(first, as_rule, day)]:
        if period.last is None:
            continue
        deadline = terms.notice_deadline(
            period.last, months=rule.notice_months or 0, days=rule.notice_days or 0
        )
        if deadline >= day:
            return deadline, missed
        missed = deadline
    return None, missed


def _ahead(first: terms.Period, as_rule: terms.RenewalRule, day: date) -> tuple[terms.Period, ...]:
    """The next terms that begin after the day."""
    found: list[terms.Period] = []
    for period in terms.following_terms(first, as_rule):
        if period.first > day:
            found.append(period)
        if len(found) == TERMS_AHEAD:
            break
    return tuple(found)


def _working_day_up_to(deadline: date) -> date | None:
    """The last working day before a deadline on a day off; None where the deadline is a working day."""
    day = deadline
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day if day != deadline else None


def _basis(term: Term) -> str:
    return "" if term.start_basis == StartBasis.STATED else term.get_start_basis_display()


def _derivation(agreement: Agreement, rule: RenewalRule | None) -> str:
    if rule is None or not rule.clause:
        return ""
    reading = read_clause(rule.clause, signed=agreement.signed)
    return reading.explanation


def _if_nobody_acts(
    rule: RenewalRule | None,
    as_rule: terms.RenewalRule,
    first: terms.Period,
    running: terms.Period | None,
    day: date,
) -> str:
    period = running or first
    if period.last is None:
        return _("期間の定めがないため、終わらせるまで有効です。")
    if rule is None:
        return _("%(last)sまで有効です。更新の定めは記録されていません。") % {
            "last": both_calendars(period.last)
        }
    following = next(iter(_ahead(first, as_rule, day)), None)
    if rule.kind == RenewalKind.AUTOMATIC and following and following.last:
        return _("%(first)sから%(last)sまで、自動で更新されます。") % {
            "first": both_calendars(following.first),
            "last": both_calendars(following.last),
        }
    return _sentence(rule) % {"last": both_calendars(period.last)}


def _sentence(rule: RenewalRule) -> str:
    return {
        RenewalKind.AUTOMATIC: _(
            "%(last)sで終わります。自動更新の限りに達するか、更新の月数が記録されていません。"
        ),
        RenewalKind.BY_AGREEMENT: _(
            "%(last)sで終わります。続けるには、それまでに相手方と協議して更新します。"
        ),
        RenewalKind.UNTIL_NOTICE: _("%(last)sの後も、どちらかが終了を通知するまで有効です。"),
        RenewalKind.ASSEMBLY: _("%(last)sで終わります。続けるには議会の議決が要ります。"),
        RenewalKind.NONE: _("%(last)sで終わります。更新の定めはありません。"),
    }[RenewalKind(rule.kind)]
