"""Counts of the agreements in force on a day: of one town from its own stretches, of all towns from the sums."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, Protocol

from django.db.models import Value

from renkei.agreements.audience import Audience
from renkei.reports import sums
from renkei.reports.models import NONE, Part, Stretch, names_of
from renkei.rules.partial_days import PartialDay

ONE_DAY = timedelta(days=1)
SIGNED = "signed:"


class Counts(Protocol):
    """Whoever can say how many agreements are in force; a group is named as in `form:individual`, "" is the total."""

    def on(self, day: date) -> Counter[str]:
        """By group, the agreements in force on the day."""

    def signed(self, day: date, since: date) -> int:
        """Those in force on the day that were signed from `since` to the day, both included, as far as that is certain."""


def counts_for(audience: Audience) -> Counts:
    """The counts of what the audience may see."""
    return OfAllTowns(audience) if audience.municipality is None else OfOneTown(audience)


class Line(NamedTuple):
    """A stretch as far as counting needs it."""

    starts_on: date
    until: date | None
    signed_as: str
    groups: str
    division: int | None
    series: int | None

    def covers(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.starts_on <= day and (self.until is None or day <= self.until)


class OfOneTown:
    """A town's register is read once and counted for each day; it is a few hundred agreements."""

    def __init__(self, audience: Audience) -> None:
        stretches = Stretch.objects.true().seen_by(audience)
        self.lines = [Line(*row) for row in stretches.values_list(*Line._fields)]

    def on(self, day: date) -> Counter[str]:
        """By group; `division:7` and `series:3` by primary key, `division:none` without one."""
        counts: Counter[str] = Counter()
        for line in self.lines:
            if line.covers(day):
                counts.update(names_of(line.groups, line.signed_as))
                counts[f"division:{line.division or NONE}"] += 1
                if line.series:
                    counts[f"series:{line.series}"] += 1
        return counts

    def signed(self, day: date, since: date) -> int:
        """Signed from `since` to the day, both included."""
        return sum(is_within(line.signed_as, since, day) for line in self.lines if line.covers(day))


class OfAllTowns:
    """The sums, and over them what waits to be brought into them, read in one statement."""

    def __init__(self, audience: Audience) -> None:
        self.audience = audience
        self.counted: dict[date, Counter[str]] = {}

    def on(self, day: date) -> Counter[str]:
        """By group, without divisions: they are each town's own."""
        if day not in self.counted:
            self.counted[day] = self._count(day)
        return self.counted[day]

    def _count(self, day: date) -> Counter[str]:
        told = sums.up_to(day, is_public=not self.audience.internal).values_list(
            "opening", "change", Value(0)
        )
        waiting = Stretch.objects.waiting().seen_by(self.audience).covering(day)
        rows = list(told.union(waiting.values_list("groups", "signed_as", "part"), all=True))
        counts = sums.total([(opening, change) for opening, change, part in rows if part == Part.SUMMED])
        for groups, signed_as, part in rows:
            if part != Part.SUMMED:
                counts.update(dict.fromkeys(names_of(groups, signed_as), part))
        return +counts

    def signed(self, day: date, since: date) -> int:
        """Whole months and years from the sums; of a month in which the time begins or ends, each agreement."""
        whole = sum(
            count
            for name, count in self.on(day).items()
            if name.startswith(SIGNED) and is_within(name.removeprefix(SIGNED), since, day)
        )
        seen = Stretch.objects.true().seen_by(self.audience).covering(day)
        return whole + sum(seen.filter(signed_on__range=days).count() for days in broken_months(since, day))


def is_within(signed_as: str, first: date, last: date) -> bool:
    """Whether a signing day, known to the day, the month or the year, certainly lies between the days."""
    if not signed_as:
        return False
    earliest, latest = _days_of(signed_as)
    return first <= earliest and latest <= last


@lru_cache(maxsize=65536)
def _days_of(signed_as: str) -> tuple[date, date]:
    day = PartialDay.from_iso(signed_as)
    return day.first, day.last


def broken_months(first: date, last: date) -> Iterator[tuple[date, date]]:
    """The days at both ends that do not make up a whole month."""
    for month in dict.fromkeys((first.isoformat()[:7], last.isoformat()[:7])):
        begins, ends = _days_of(month)
        days = max(first, begins), min(last, ends)
        if days[0] <= days[1] and days != (begins, ends):
            yield days
