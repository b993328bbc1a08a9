"""Counts of the agreements in force on a day: of one town from its own stretches, of all towns from the sums."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple, Protocol

from django.db import connection
from django.db.models import Q

from renkei.agreements.audience import Audience
from renkei.reports import sums
from renkei.reports.models import NONE, Part, Scope, Stretch, names_of
from renkei.rules.partial_days import PartialDay

ONE_DAY = timedelta(days=1)
SIGNED = "signed:"


class Counts(Protocol):
    """Whoever can say how many agreements are in force; a group is named as in `form:individual`, "" is the total."""

    def on(self, day: date) -> Counter[str]:
        """By group, the agreements in force on the day."""

    def signed(self, day: date, since: date) -> int:
        """Those in force on the day that were certainly signed from `since` to the day, both included."""


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

    @property
    def names(self) -> list[str]:
        """All groups in which it counts."""
        own = [f"division:{self.division or NONE}", *([f"series:{self.series}"] if self.series else [])]
        return names_of(self.groups, self.signed_as) + own

    def covers(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.starts_on <= day and (self.until is None or day <= self.until)


class OfOneTown:
    """A town's register is read once and counted for each day; it is a few hundred agreements."""

    def __init__(self, audience: Audience) -> None:
        stretches = Stretch.objects.true().seen_by(audience)
        self.lines = [Line(*row) for row in stretches.values_list(*Line._fields)]

    def on(self, day: date, *, within: Iterable[str] = ()) -> Counter[str]:
        """By group, of all in force or of those in any of some groups; divisions and series by primary key."""
        counts: Counter[str] = Counter()
        wanted = set(within)
        for line in self.lines:
            if line.covers(day) and not (wanted and wanted.isdisjoint(line.names)):
                counts.update(line.names)
        return counts

    def signed(self, day: date, since: date) -> int:
        """Signed from `since` to the day, both included."""
        return sum(is_within(line.signed_as, since, day) for line in self.lines if line.covers(day))


IN_ONE_STATEMENT = """
    SELECT opening, change, 0 FROM reports_daysum WHERE scope = %s AND day <= %s AND day >=
        (SELECT day FROM reports_daysum WHERE scope = %s AND day <= %s AND NOT (opening = '') ORDER BY day DESC LIMIT 1)
    UNION ALL
    SELECT groups, signed_as, part FROM reports_stretch
        WHERE NOT (part = 0) AND (is_published OR %s) AND starts_on <= %s AND (until IS NULL OR until >= %s)
"""
"""The opening of the month and the changes since, and what waits: one snapshot, so that no merge is seen half done."""


class OfAllTowns:
    """The sums, and over them what waits to be brought into them, read in one statement."""

    def __init__(self, audience: Audience) -> None:
        self.audience = audience
        self.scope = Scope.INTERNAL if audience.internal else Scope.PUBLIC
        self.counted: dict[date, Counter[str]] = {}

    def on(self, day: date) -> Counter[str]:
        """By group, without divisions: they are each town's own."""
        if day not in self.counted:
            self.counted[day] = self._count(day)
        return self.counted[day]

    def _count(self, day: date) -> Counter[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                IN_ONE_STATEMENT, [self.scope, day, self.scope, day, self.audience.internal, day, day]
            )
            rows = cursor.fetchall()
        counts = sums.total([(opening, change) for opening, change, part in rows if part == Part.SUMMED])
        for groups, signed_as, part in rows:
            if part != Part.SUMMED:
                counts.update(dict.fromkeys(names_of(groups, signed_as), part))
        return +counts

    def signed(self, day: date, since: date) -> int:
        """Whole months and years from the sums; of a month in which the time begins or ends, each agreement."""
        signed_as = self.on(day).items()
        whole = sum(
            count for name, count in signed_as if name[:7] == SIGNED and is_within(name[7:], since, day)
        )
        ends = [Q(signed_on__range=days) for days in broken_months(since, day)]
        if not ends:
            return whole
        seen = Stretch.objects.true().seen_by(self.audience).covering(day)
        return whole + seen.filter(reduce(or_, ends)).count()


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
