"""How long a record is kept: whole years from the start of the fiscal year after its completion (文書管理規程の例)."""

from datetime import date, timedelta

from renkei.rules.japanese_calendar import fiscal_year


def counted_from(completed: date) -> date:
    """The 1 April from which the years are counted: the first after the day of completion."""
    return date(fiscal_year(completed) + 1, 4, 1)


def kept_until(completed: date, years: int) -> date:
    """The last day on which a record must be kept, inclusive."""
    return date(fiscal_year(completed) + 1 + years, 4, 1) - timedelta(days=1)


def latest_completion(day: date, years: int) -> date:
    """The latest day of completion with which a record may be disposed of on the day; `kept_until` turned round."""
    return date(fiscal_year(day) - years, 3, 31)
