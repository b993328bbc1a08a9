"""The days of a fiscal year (地方自治法208条): 1 April to 31 March, both included."""

from datetime import date


def first_day(fiscal_year: int) -> date:
    """1 April of the fiscal year."""
    return date(fiscal_year, 4, 1)


def last_day(fiscal_year: int) -> date:
    """31 March, the last day of the fiscal year."""
    return date(fiscal_year + 1, 3, 31)
