"""Arithmetic of terms: every case with its source in the Civil Code or in the catalogue of real clauses."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renkei.rules.terms import (
    Period,
    RenewalKind,
    RenewalRule,
    TermOutOfRange,
    deadline_by_instant,
    deadline_by_number,
    falls_on_day_off,
    first_day_of_term,
    last_day_of_term,
    next_terms,
    notice_deadline,
    term_on,
    times_renewed,
)

YEARLY = RenewalRule(RenewalKind.AUTOMATIC, 12)
DAYS = st.dates(date(1873, 1, 1), date(2150, 12, 31))


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    "first, length, last",
    [
        pytest.param("2016-09-21", {"years": 1}, "2017-09-20", id="T1-strict"),
        pytest.param("2016-09-20", {"years": 1}, "2017-09-19", id="T1-inclusive"),
        pytest.param("2018-04-25", {"years": 1}, "2019-04-24", id="T2-first-day-counts"),
        pytest.param("2017-04-01", {"years": 1}, "2018-03-31", id="T5"),
        pytest.param("2007-03-23", {"years": 4}, "2011-03-22", id="T10"),
        pytest.param("2019-03-01", {"years": 1}, "2020-02-29", id="from-1-March-to-leap-day"),
        pytest.param("2020-02-29", {"years": 1}, "2021-02-28", id="143条-leap-day-has-no-corresponding-day"),
        pytest.param("2020-02-29", {"years": 4}, "2024-02-28", id="143条-leap-day-has-one-after-four-years"),
        pytest.param("2024-08-31", {"months": 6}, "2025-02-28", id="143条-31-August-half-a-year"),
        pytest.param("2024-09-01", {"months": 6}, "2025-02-28", id="1-September-half-a-year"),
        pytest.param("2023-08-31", {"months": 6}, "2024-02-29", id="143条-into-a-leap-year"),
        pytest.param("2024-01-31", {"months": 1}, "2024-02-29", id="143条-31-January"),
        pytest.param("2024-01-30", {"months": 1}, "2024-02-29", id="143条-30-January-in-a-leap-year"),
        pytest.param("2024-01-29", {"months": 1}, "2024-02-28", id="29-January-corresponds-in-a-leap-year"),
        pytest.param("2024-12-31", {"months": 12}, "2025-12-30", id="year-end"),
        pytest.param("2024-01-01", {"years": 1}, "2024-12-31", id="calendar-year"),
        pytest.param("2024-06-02", {"days": 30}, "2024-07-01", id="days"),
        pytest.param("2024-06-02", {"years": 1, "months": 6}, "2025-12-01", id="year-and-a-half"),
    ],
)
def test_the_last_day_is_the_day_before_the_corresponding_day(first, length, last):
    assert last_day_of_term(day(first), **length) == day(last)


def test_the_first_day_counts_only_where_the_term_starts_at_midnight():
    assert first_day_of_term(day("2019-02-28"), counted=False) == day("2019-03-01")
    assert first_day_of_term(day("2019-02-28"), counted=True) == day("2019-02-28")


@pytest.mark.parametrize("length", [{"years": 9000}, {"days": 10**9}, {}])
def test_a_term_without_a_last_day_is_refused_with_a_sentence(length):
    with pytest.raises(TermOutOfRange, match="ください。"):
        last_day_of_term(day("2024-06-01"), **length)


@pytest.mark.parametrize(
    "last, months, by_number, by_instant, safe",
    [
        pytest.param("2017-09-20", 3, "2017-06-20", "2017-06-20", "2017-06-20", id="T1"),
        pytest.param("2018-03-31", 3, "2017-12-31", "2017-12-31", "2017-12-31", id="T5"),
        pytest.param("2021-03-31", 3, "2020-12-31", "2020-12-31", "2020-12-31", id="T7"),
        pytest.param("2017-03-31", 1, "2017-02-28", "2017-02-28", "2017-02-28", id="T8"),
        pytest.param("2021-04-01", 3, "2021-01-01", "2021-01-01", "2021-01-01", id="T9-strict"),
        pytest.param("2021-02-28", 1, "2021-01-28", "2021-01-31", "2021-01-28", id="trap-end-of-February"),
        pytest.param("2024-04-30", 3, "2024-01-30", "2024-01-31", "2024-01-30", id="trap-30-April"),
        pytest.param("2025-05-30", 3, "2025-02-28", "2025-02-27", "2025-02-27", id="instant-earlier-30-May"),
        pytest.param("2024-02-29", 12, "2023-02-28", "2023-02-28", "2023-02-28", id="leap-day"),
    ],
)
def test_the_safe_deadline_is_the_earlier_of_both_ways_of_counting_back(
    last, months, by_number, by_instant, safe
):
    assert deadline_by_number(day(last), months) == day(by_number)
    assert deadline_by_instant(day(last), months) == day(by_instant)
    assert notice_deadline(day(last), months=months) == day(safe)


def test_days_before_the_end_are_counted_from_the_last_day():
    assert notice_deadline(day("2025-03-31"), days=30) == day("2025-03-01")
    assert notice_deadline(day("2025-03-31")) == day("2025-03-31")


@pytest.mark.parametrize(
    "deadline, off",
    [
        ("2020-12-31", True),
        ("2025-03-01", True),
        ("2025-02-28", False),
        ("2024-11-04", True),
        ("2025-01-06", False),
    ],
)
def test_a_deadline_on_a_day_off_is_warned_of(deadline, off):
    assert falls_on_day_off(day(deadline)) is off


def test_yearly_renewals_after_a_fixed_end_stay_on_the_fiscal_year():
    terms = next_terms(Period(day("2020-12-11"), day("2021-03-31")), YEARLY)
    assert [term.last for term in terms] == [date(year, 3, 31) for year in range(2022, 2027)]


def test_renewals_from_the_first_of_march_end_on_the_leap_day():
    terms = next_terms(Period(day("2020-02-29"), day("2021-02-28")), YEARLY)
    assert [term.last.isoformat() for term in terms][:3] == ["2022-02-28", "2023-02-28", "2024-02-29"]


def test_limits_end_the_renewals():
    first = Period(day("2024-06-02"), day("2025-06-01"))
    assert len(next_terms(first, RenewalRule(RenewalKind.AUTOMATIC, 12, times=2))) == 2
    until = RenewalRule(RenewalKind.AUTOMATIC, 24, until=day("2029-06-01"))
    assert [term.last for term in next_terms(first, until)] == [day("2027-06-01"), day("2029-06-01")]


@pytest.mark.parametrize("kind", [kind for kind in RenewalKind if kind is not RenewalKind.AUTOMATIC])
def test_only_automatic_renewal_goes_on_by_itself(kind):
    assert next_terms(Period(day("2024-04-01"), day("2025-03-31")), RenewalRule(kind, 12)) == []


@pytest.mark.parametrize(
    "asked, renewals, last",
    [
        ("2016-09-20", 0, None),
        ("2016-09-21", 0, "2017-09-20"),
        ("2017-09-20", 0, "2017-09-20"),
        ("2017-09-21", 1, "2018-09-20"),
        ("2024-06-01", 7, "2024-09-20"),
    ],
)
def test_the_term_and_the_number_of_renewals_on_a_day(asked, renewals, last):
    first = Period(day("2016-09-21"), day("2017-09-20"))
    found = term_on(first, YEARLY, day(asked))
    assert (found.last.isoformat() if found else None) == last
    assert times_renewed(first, YEARLY, day(asked)) == renewals


def test_after_the_last_renewal_no_term_covers_the_day():
    first, once = (
        Period(day("2024-04-01"), day("2025-03-31")),
        RenewalRule(RenewalKind.AUTOMATIC, 12, times=1),
    )
    assert term_on(first, once, day("2026-03-31")) is not None
    assert term_on(first, once, day("2026-04-01")) is None
    assert times_renewed(first, once, day("2030-01-01")) == 1


def test_an_open_ended_period_covers_every_later_day():
    assert Period(day("1970-04-20"), None).covers(day("2100-01-01"))
    assert not Period(day("1970-04-20"), None).covers(day("1970-04-19"))


@given(first=DAYS, months=st.integers(1, 600))
def test_a_term_never_ends_before_it_starts_and_grows_with_its_length(first, months):
    last = last_day_of_term(first, months=months)
    assert first <= last < last_day_of_term(first, months=months + 1)
    assert 28 * months <= (last - first).days + 1 <= 31 * months


@given(first=DAYS, months=st.integers(1, 240))
def test_a_term_ends_the_day_before_the_same_number_or_on_a_month_end(first, months):
    after = last_day_of_term(first, months=months) + timedelta(days=1)
    assert after.day in (first.day, 1)


@given(first=DAYS, initial=st.integers(1, 60), months=st.integers(1, 60))
def test_further_terms_follow_without_gap_or_overlap(first, initial, months):
    period = Period(first, last_day_of_term(first, months=initial))
    terms = [period, *next_terms(period, RenewalRule(RenewalKind.AUTOMATIC, months))]
    assert len(terms) == 6
    for before, after in pairwise(terms):
        assert after.first == before.last + timedelta(days=1) and after.last >= after.first


@given(last=DAYS, months=st.integers(0, 36), days=st.integers(0, 400))
def test_the_deadline_never_lies_after_the_last_day(last, months, days):
    assert notice_deadline(last, months=months, days=days) <= last


@given(first=DAYS, months=st.integers(1, 36), ahead=st.integers(0, 4000))
def test_with_endless_renewal_exactly_one_term_covers_every_day(first, months, ahead):
    period, rule = (
        Period(first, last_day_of_term(first, months=months)),
        RenewalRule(RenewalKind.AUTOMATIC, months),
    )
    asked = first + timedelta(days=ahead)
    found = term_on(period, rule, asked)
    assert found is not None and found.covers(asked)
    every = [period, *next_terms(period, rule, count=times_renewed(period, rule, asked) + 2)]
    assert [term for term in every if term.covers(asked)] == [found]
