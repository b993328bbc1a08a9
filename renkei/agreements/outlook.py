"""What lies ahead of an agreement, seen from a day: the running term, the notice deadline, what comes by itself."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice, takewhile

from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement, RenewalRule, Term
from renkei.agreements.spans import Span, notice_deadline, spans, spans_begun_by
from renkei.agreements.versions import as_of
from renkei.agreements.vocabulary import Decision, RenewalKind, StartBasis
from renkei.rules import terms
from renkei.rules.japanese_calendar import both_calendars, is_working_day

TERMS_AHEAD = 5


@dataclass(frozen=True)
class Outlook:
    """Seen from one day; what is not known or does not apply is None or empty.

    `past` are the terms that are over; those of them that came by themselves are counted in `renewals` too.
    """

    first: terms.Period | None = None
    running: terms.Period | None = None
    renewals: int = 0
    deadline: date | None = None
    last_working_day: date | None = None
    passed_deadline: date | None = None
    past: tuple[Span, ...] = ()
    ahead: tuple[terms.Period, ...] = ()
    basis: str = ""
    derivation: str = ""
    if_nobody_acts: str = ""


def outlook(agreement: Agreement, day: date) -> Outlook:
    """How the agreement goes on from the day; needs `terms`, `renewal_rule`, `renewal_decisions` and `ending`."""
    first = next(spans(agreement), None)
    if first is None:
        return Outlook()
    rule: RenewalRule | None = getattr(agreement, "renewal_rule", None)
    begun = spans_begun_by(agreement, day)
    running = begun[-1] if begun and begun[-1].covers(day) else None
    latest = running or (begun[-1] if begun else first)
    coming = _coming(agreement, latest)
    is_over = bool(begun) and running is None and not coming
    deadline, passed = _deadlines([running, *coming] if running else [], rule, day)
    return Outlook(
        first=terms.Period(first.first, first.last),
        running=terms.Period(running.first, running.last) if running else None,
        renewals=running.renewals if running else 0,
        deadline=deadline,
        last_working_day=_working_day_up_to(deadline) if deadline else None,
        passed_deadline=passed,
        past=tuple(begun[:-1] if running else begun),
        ahead=tuple(terms.Period(span.first, span.last) for span in coming),
        basis=_basis(first.term),
        derivation=_derivation(agreement, rule),
        if_nobody_acts="" if is_over else _if_nobody_acts(agreement, rule, latest, coming),
    )


def outlook_as_of(agreement: Agreement, day: date) -> Outlook:
    """The terms as they stood on the day, but what is to come with the amendments that are already recorded."""
    shown = as_of(agreement, day)
    seen = outlook(shown, day)
    if shown is agreement:
        return seen
    known = outlook(agreement, day)
    return replace(
        seen,
        deadline=known.deadline,
        last_working_day=known.last_working_day,
        passed_deadline=known.passed_deadline,
        ahead=known.ahead,
        if_nobody_acts=known.if_nobody_acts,
    )


def _coming(agreement: Agreement, span: Span) -> list[Span]:
    """The next terms after this one."""
    return list(islice((one for one in spans(agreement) if one.first > span.first), TERMS_AHEAD))


def _deadlines(goes_on: list[Span], rule: RenewalRule | None, day: date) -> tuple[date | None, date | None]:
    """The next day up to which a notice keeps the agreement from renewing, and the one just missed, if any."""
    missed = None
    for span in takewhile(lambda one: one.follows == "itself", goes_on):
        deadline = notice_deadline(rule, span.last) if span.last else None
        if deadline and deadline >= day:
            return deadline, missed
        missed = deadline
    return None, missed


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
    from renkei.rules.clauses import read_clause

    reading = read_clause(rule.clause, signed=agreement.signed)
    return reading.explanation


def _if_nobody_acts(agreement: Agreement, rule: RenewalRule | None, span: Span, coming: list[Span]) -> str:
    following = coming[0] if coming else None
    if following and following.last:
        sentence = (
            _("%(first)sから%(last)sまで、自動で更新されます。")
            if span.follows == "itself"
            else _("%(first)sから%(last)sまでの次の期間が登録されています。")
        )
        return sentence % {"first": both_calendars(following.first), "last": both_calendars(following.last)}
    if span.in_force_until and (span.last is None or span.in_force_until < span.last):
        return _("%(last)sで終わります。") % {"last": both_calendars(span.in_force_until)}
    if span.last is None:
        return _("期間の定めがないため、終わらせるまで有効です。")
    if _is_declined(agreement, span.last):
        return _("更新しないと決めたため、%(last)sで終わります。") % {"last": both_calendars(span.last)}
    if rule is None:
        return _("%(last)sまで有効です。更新の定めは記録されていません。") % {
            "last": both_calendars(span.last)
        }
    return _sentence(rule) % {"last": both_calendars(span.last)}


def _is_declined(agreement: Agreement, last: date) -> bool:
    """Whether a person decided that the agreement ends with this term."""
    return any(
        one.term_ends_on == last and one.decision == Decision.DECLINE
        for one in agreement.renewal_decisions.all()
    )


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
