"""Days as exactly as they are known: a day, a month or a year. A missing part is never filled in."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from renkei.rules.eras import japanese_date, japanese_year

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True)
class PartialDay:
    """A day as exactly as it is known; raises ValueError for one that is not in the calendar."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("日があって月がありません。")
        date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @classmethod
    def from_iso(cls, text: str) -> "PartialDay":
        """From `2016-09-20`, `2016-09` or `2016`; raises ValueError."""
        found = _ISO.fullmatch(text)
        if found is None:
            raise ValueError(f"「{text[:40]}」は 2016-09-20、2016-09、2016 のどの形でもありません。")
        return cls(*(int(part) for part in found.groups() if part is not None))

    @classmethod
    def of(cls, day: date) -> "PartialDay":
        """A day known exactly."""
        return cls(day.year, day.month, day.day)

    @property
    def iso(self) -> str:
        """`2016-09-20`, `2016-09` or `2016`."""
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])

    @property
    def exact(self) -> date | None:
        """The day if it is known exactly."""
        return date(self.year, self.month, self.day) if self.month and self.day else None

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


def japanese_partial(day: PartialDay) -> str:
    """平成28年9月20日, 平成28年9月 or 平成28年, as far as it is known.

    A month or year in which the era changed is written with the new era, as its last day is.
    """
    if day.exact:
        return japanese_date(day.exact)
    return f"{japanese_year(day.last)}{day.month}月" if day.month else japanese_year(day.last)
