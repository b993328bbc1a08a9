"""The cell of a workbook as plain text: numbers, days and truth values as they are written out."""

from datetime import date, datetime, time, timedelta
from typing import Any


def cell_text(value: Any, precision: str | None = None) -> str:
    """A cell as text: whole numbers without a point, days as 2016-09-20, months as 2016-09 where only these show."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number_text(value, precision)
    if isinstance(value, datetime | date):
        return _day_text(value, precision)
    return "" if value is None else _other_text(value)


def _other_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, time) else str(value)


def _number_text(value: float, precision: str | None) -> str:
    if precision and 1 <= value < 100_000:
        return _day_text(date(1899, 12, 30) + timedelta(days=int(value)), precision)
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


_SHOWN = {"year": 4, "month": 7}


def _day_text(value: date, precision: str | None) -> str:
    return value.isoformat()[: _SHOWN.get(precision or "", 10)]
