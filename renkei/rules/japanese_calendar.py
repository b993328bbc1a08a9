"""The Japanese calendar in one place: eras, days as ledgers write them, fiscal years, holidays and working days."""

from datetime import date
from functools import lru_cache

import jpholiday

from renkei.rules.eras import (
    SOLAR_CALENDAR,
    WEEKDAYS,
    Era,
    both_calendars,
    era_of,
    era_year,
    eras,
    japanese_date,
    japanese_year,
    register_era,
    short_japanese_date,
)
from renkei.rules.partial_days import PartialDay, japanese_partial
from renkei.rules.written_days import ReadDay, UnreadableDay, find_days, read_day

__all__ = [
    "SOLAR_CALENDAR",
    "WEEKDAYS",
    "Era",
    "PartialDay",
    "ReadDay",
    "UnreadableDay",
    "both_calendars",
    "era_of",
    "era_year",
    "eras",
    "find_days",
    "fiscal_year",
    "fiscal_year_name",
    "holiday_name",
    "is_working_day",
    "japanese_date",
    "japanese_partial",
    "japanese_year",
    "read_day",
    "register_era",
    "short_japanese_date",
]

_NAMED_OTHERWISE = {2019: "令和元年度"}
"""Fiscal years not named after their 1 April; 2019 by the ministries' agreement of 2019-04-02."""


def fiscal_year(day: date) -> int:
    """The fiscal year of a day: 1 April to 31 March (地方自治法208条)."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_name(year: int) -> str:
    """令和6年度, after the era of its 1 April."""
    return _NAMED_OTHERWISE.get(year) or f"{japanese_year(date(year, 4, 1))}度"


@lru_cache(maxsize=4096)
def holiday_name(day: date) -> str | None:
    """The name of a national holiday, substitute holidays included (国民の祝日に関する法律2条・3条); None on other days."""
    return jpholiday.is_holiday_name(day)


@lru_cache(maxsize=4096)
def is_working_day(day: date) -> bool:
    """Neither weekend nor holiday nor 29 December to 3 January (行政機関の休日に関する法律1条)."""
    new_year = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return day.weekday() < 5 and not new_year and holiday_name(day) is None
