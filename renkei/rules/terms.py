"""Arithmetic of terms: first and last day, renewal, and the last safe day for a notice."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum
from itertools import islice

from renkei.rules.japanese_calendar import is_working_day

ONE_DAY = timedelta(days=1)


class TermOutOfRange(ValueError):
    """A term whose end cannot be written as a day."""


class RenewalKind(StrEnum):
    """How an agreement goes on after its term."""

    AUTOMATIC = "automatic"
    BY_AGREEMENT = "by_agreement"
    UNTIL_NOTICE = "until_notice"
    ASSEMBLY = "assembly"
    NONE = "none"


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both included; without a last day it is open-ended."""

    first: date
    last: date | None

    def covers(self, day: date) -> bool:
        """Whether the day lies in the period; the last day counts to its end (民法141条)."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class RenewalRule:
    """The rule of renewal: length of a further term in months, how many at most, and the latest last day."""

    kind: RenewalKind
    months: int | None = None
    times: int | None = None
    until: date | None = None


def first_day_of_term(start: date, *, counted: bool) -> date:
    """First day that counts: the start, or the day after where the start does not count (民法140条)."""
    return start if counted else later(start, 1)


def last_day_of_term(first: date, *, years: int = 0, months: int = 0, days: int = 0) -> date:
    """Last day of a term whose first day counts: the day before the corresponding day (民法141条・143条)."""
    last = last_day_after_months(first, years * 12 + months) if years or months else first - ONE_DAY
    last = later(last, days)
    if last < first:
        raise TermOutOfRange("期間の長さは1日以上にしてください。")
    return last


def last_day_after_months(first: date, months: int) -> date:
    year, month = moved(first, months)
    length = calendar.monthrange(year, month)[1]
    if first.day > length:  # no corresponding day: the month's last day (民法143条2項ただし書)
        return date(year, month, length)
    return date(year, month, first.day) - ONE_DAY


def months_before(day: date, months: int) -> date:
    """The day with the same number some months earlier, or that month's last day where it has none."""
    year, month = moved(day, -months)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def moved(day: date, months: int) -> tuple[int, int]:
    years, month0 = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if not MINYEAR < year <= MAXYEAR:
        raise TermOutOfRange("期間が長すぎて、終わりの日を計算できません。年数や月数を確かめてください。")
    return year, month0 + 1


def later(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise TermOutOfRange("期間が長すぎて、終わりの日を計算できません。日数を確かめてください。") from None


def deadline_by_instant(last: date, months: int) -> date:
    """Notice deadline counted back from the instant at which the last day ends."""
    if last == date.max:  # written for "no end": there is no day after it to count from
        return deadline_by_number(last, months)
    return months_before(last + ONE_DAY, months) - ONE_DAY


def deadline_by_number(last: date, months: int) -> date:
    """Notice deadline on the day with the last day's number, some months earlier."""
    return months_before(last, months)


def notice_deadline(last: date, *, months: int = 0, days: int = 0) -> date:
    """Safe last day for a notice so long before the term ends.

    No article fixes how months are counted back: the earlier day of both methods, never moved.
    """
    if not months:
        return later(last, -days)
    return later(min(deadline_by_instant(last, months), deadline_by_number(last, months)), -days)


def falls_on_day_off(deadline: date) -> bool:
    """Whether to warn because offices are closed that day; the deadline itself stays (cf. 民法142条)."""
    return not is_working_day(deadline)


def following_terms(first_term: Period, rule: RenewalRule) -> Iterator[Period]:
    """The terms that follow by automatic renewal, each from the day after the last, up to the limit."""
    if rule.kind is not RenewalKind.AUTOMATIC or not rule.months or first_term.last is None:
        return
    last, count = first_term.last, 0
    while rule.times is None or count < rule.times:
        try:
            first = later(last, 1)
            last = last_day_of_term(first, months=rule.months)
        except TermOutOfRange:
            return
        if rule.until is not None and last > rule.until:
            return
        count += 1
        yield Period(first, last)


def with_following(first_term: Period, rule: RenewalRule) -> Iterator[tuple[Period, Period | None]]:
    """Each term with the one that follows it by automatic renewal; the last one with None."""
    term = first_term
    for following in following_terms(first_term, rule):
        yield term, following
        term = following
    yield term, None


def next_terms(first_term: Period, rule: RenewalRule, count: int = 5) -> list[Period]:
    """The given number of terms after the first one, fewer where the rule ends earlier."""
    return list(islice(following_terms(first_term, rule), count))


def term_on(first_term: Period, rule: RenewalRule, day: date) -> Period | None:
    """The term that covers the day if nobody ended the agreement; None before the first, after the last."""
    return counted_term_on(first_term, rule, day)[1]


def times_renewed(first_term: Period, rule: RenewalRule, day: date) -> int:
    """How often it has been renewed by the day; silence counts, a person's confirmation is another fact."""
    return counted_term_on(first_term, rule, day)[0]


def counted_term_on(first_term: Period, rule: RenewalRule, day: date) -> tuple[int, Period | None]:
    if day < first_term.first:
        return 0, None
    if first_term.covers(day):
        return 0, first_term
    renewals = 0
    for renewals, term in enumerate(following_terms(first_term, rule), start=1):
        if term.covers(day):
            return renewals, term
    return renewals, None
