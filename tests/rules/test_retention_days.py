"""How long a record is kept, from the fiscal year after its completion."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renkei.rules.retention_days import counted_from, kept_until, latest_completion


@pytest.mark.parametrize(
    "completed, years, first, last",
    [
        ("2019-03-31", 5, "2019-04-01", "2024-03-31"),
        ("2019-04-01", 5, "2020-04-01", "2025-03-31"),
        ("2020-02-29", 1, "2020-04-01", "2021-03-31"),
        ("1989-01-07", 30, "1989-04-01", "2019-03-31"),
    ],
    ids=["last day of a year", "first day of a year", "leap day", "over two eras"],
)
def test_the_years_begin_with_the_fiscal_year_after_completion(completed, years, first, last):
    day = date.fromisoformat(completed)
    assert counted_from(day) == date.fromisoformat(first)
    assert kept_until(day, years) == date.fromisoformat(last)


days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(completed=days, later=st.integers(0, 15_000), years=st.sampled_from([1, 3, 5, 10, 30]))
def test_both_ways_of_asking_agree(completed, later, years):
    day = completed + timedelta(days=later)
    assert (completed <= latest_completion(day, years)) is (day > kept_until(completed, years))
