"""The terms of an agreement one after another: those that are stored, and those that come by automatic renewal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from renkei.agreements.models import Agreement, RenewalRule, Term
from renkei.agreements.vocabulary import RenewalKind
from renkei.rules import terms

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """One term, with its place in the row of terms.

    `in_force_until` is its last day unless it was ended earlier or keeps the agreement in force beyond its last day;
    `follows` says how the next one comes: "itself", "stored" or not at all ("").
    """

    term: Term
    first: date
    last: date | None
    in_force_until: date | None
    renewals: int
    by_itself: bool
    follows: str

    def covers(self, day: date) -> bool:
        """Whether the agreement is in force on the day by this term."""
        return self.first <= day and (self.in_force_until is None or day <= self.in_force_until)


def spans(agreement: Agreement) -> Iterator[Span]:
    """All terms in their order, without end where renewals have none; needs `terms` and `renewal_rule`."""
    stored = list(agreement.terms.all())
    rule: RenewalRule | None = getattr(agreement, "renewal_rule", None)
    count = 0
    for place, term in enumerate(stored):
        later = stored[place + 1] if place + 1 < len(stored) else None
        until = term.in_force_until
        if later and (until is None or until >= later.starts_on):
            until = later.starts_on - ONE_DAY
        is_followed = later is not None and until == later.starts_on - ONE_DAY
        for span in _of_one(term, until, rule, count, is_followed):
            yield span
            count = span.renewals + 1


def _of_one(
    term: Term, until: date | None, rule: RenewalRule | None, count: int, is_followed: bool
) -> Iterator[Span]:
    first = terms.Period(term.starts_on, term.ends_on)
    for number, (period, following) in enumerate(terms.with_following(first, as_rule(rule, until))):
        yield Span(
            term=term,
            first=period.first,
            last=period.last,
            in_force_until=period.last if following else until,
            renewals=count + number,
            by_itself=number > 0,
            follows="itself" if following else "stored" if is_followed else "",
        )


def as_rule(rule: RenewalRule | None, until: date | None) -> terms.RenewalRule:
    """The stored rule as the arithmetic of terms wants it, up to the last day in force."""
    if rule is None:
        return terms.RenewalRule(terms.RenewalKind.NONE)
    return terms.RenewalRule(terms.RenewalKind(rule.kind), months=rule.months, until=until)


def spans_begun_by(agreement: Agreement, day: date) -> list[Span]:
    """The terms that began on the day or before."""
    found: list[Span] = []
    for span in spans(agreement):
        if span.first > day:
            break
        found.append(span)
    return found


def span_on(agreement: Agreement, day: date) -> Span | None:
    """The term that keeps the agreement in force on the day."""
    covering = [span for span in spans_begun_by(agreement, day) if span.covers(day)]
    return covering[-1] if covering else None


def span_that_ends(agreement: Agreement, last: date) -> Span | None:
    """The term whose last day it is."""
    for span in spans(agreement):
        if span.last == last:
            return span
        if span.first > last:
            break
    return None


def span_to_renew(agreement: Agreement, day: date) -> Span | None:
    """The term after which a renewal would follow, seen from the day: of the last stored one, that on the day."""
    found = None
    for span in spans(agreement):
        if span.first > day and found is not None and span.by_itself:
            break
        found = span
    return found


def notice_deadline(rule: RenewalRule | None, last: date) -> date | None:
    """The last day for a notice before the term ends on `last`; None where the agreement names none."""
    if rule is None or rule.kind != RenewalKind.AUTOMATIC:
        return None
    if rule.notice_months is None and rule.notice_days is None:
        return None
    return terms.notice_deadline(last, months=rule.notice_months or 0, days=rule.notice_days or 0)
