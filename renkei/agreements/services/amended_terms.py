"""How an amendment changes the terms: from its day on, and never what was before."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement, RenewalRule
from renkei.agreements.services.claiming import Refused
from renkei.agreements.services.standing import write_terms
from renkei.agreements.spans import Span, spans
from renkei.agreements.term_rows import TermRow, iso, rows_of
from renkei.agreements.vocabulary import RenewalKind, StartBasis
from renkei.rules.japanese_calendar import both_calendars

ONE_DAY = timedelta(days=1)
GOES_ON = (RenewalKind.AUTOMATIC, RenewalKind.UNTIL_NOTICE)


class TermsRefused(Refused):
    """The terms cannot be amended so; str() says why and what to do."""


def amend_terms(agreement: Agreement, last_day: date | None, rule: Mapping[str, Any], on: date) -> None:
    """Give the term that runs on the day another last day, and let the new rule hold for what follows it.

    Terms that came by themselves before are written down where a new rule would count them otherwise.
    """
    now: RenewalRule | None = getattr(agreement, "renewal_rule", None)
    counts_otherwise = any(
        name in rule and rule[name] != getattr(now, name, None) for name in ("kind", "months")
    )
    past, running = _until(agreement, on)
    is_longer = last_day is not None and last_day != running.last
    if not (is_longer or counts_otherwise):
        return
    _refuse(agreement, running, last_day if is_longer else None, on)
    kind = rule.get("kind", now.kind if now else RenewalKind.NONE)
    ends = last_day or running.last
    before = [_row(span, span.last, span.in_force_until) for span in past]
    if not counts_otherwise:
        before = _stored_before(agreement, running)
    write_terms(agreement, [*before, _row(running, ends, _in_force_until(running, ends, kind, now))])


def _until(agreement: Agreement, on: date) -> tuple[list[Span], Span]:
    """The terms before the one that covers the day, and that one."""
    begun: list[Span] = []
    for span in spans(agreement):
        if span.first > on:
            break
        begun.append(span)
    return begun[:-1], begun[-1]


def _refuse(agreement: Agreement, running: Span, last_day: date | None, on: date) -> None:
    if last_day and last_day < on:
        raise TermsRefused(
            _("期間の最後の日は、変更が効く%(on)sと同じ日か、それより後の日にしてください。")
            % {"on": both_calendars(on)}
        )
    if agreement.terms.filter(starts_on__gt=running.term.starts_on).exists():
        raise TermsRefused(
            _("次の期間がすでに登録されています。先に、その期間を加えた更新や変更を取り消してください。")
        )
    if agreement.renewal_decisions.filter(term_ends_on__gte=on).exists():
        raise TermsRefused(
            _(
                "この期間の更新はすでに判断されています。先にその判断を取り消してから、期間を変更してください。"
            )
        )


def _in_force_until(running: Span, ends: date | None, kind: str, now: RenewalRule | None) -> date | None:
    if kind not in GOES_ON:
        return ends
    limit = running.term.in_force_until
    is_same_kind = now is not None and now.kind == kind
    if not is_same_kind or limit is None:
        return None
    return ends if ends is None or limit <= (running.last or limit) else max(limit, ends)


def _stored_before(agreement: Agreement, running: Span) -> list[TermRow]:
    """The stored terms up to the running one, cut where that begins if it came by itself."""
    rows = [
        row
        for row in rows_of(agreement)
        if date.fromisoformat(row[0] or "") < running.first  # each term has a first day
    ]
    if running.by_itself:
        rows[-1][2] = (running.first - ONE_DAY).isoformat()
    return rows


def _row(span: Span, last: date | None, until: date | None) -> TermRow:
    basis = StartBasis.STATED.value if span.by_itself else span.term.start_basis
    return [iso(span.first), iso(last), iso(until), basis]
