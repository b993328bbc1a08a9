"""The sums of all towns: what changes on a day, and at the beginning of each month what has come together."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet, Subquery

from renkei.reports.models import DaySum, Scope

CHUNK = 200
Changes = dict[date, Counter[str]]


def up_to(day: date, *, scope: Scope) -> "QuerySet[DaySum]":
    """The rows whose sum is the count on the day: the last opening before it, and the changes since."""
    rows = DaySum.objects.filter(scope=scope, day__lte=day)
    opening = rows.exclude(opening="").order_by("-day").values("day")[:1]
    return rows.filter(day__gte=Subquery(opening))


def total(rows: "list[tuple[str, str]]") -> Counter[str]:
    """The counts of openings and changes."""
    counts: Counter[str] = Counter()
    for opening, change in rows:
        if opening:
            counts.update(json.loads(opening))
        counts.update(json.loads(change))
    return counts


def add(changes: Changes, *, scope: Scope) -> None:
    """Add changes on the days on which they happen, and to all openings after them."""
    if not changes:
        return
    rows = _rows(sorted(changes), scope=scope)
    so_far: Counter[str] = Counter()
    for day, row in sorted(rows.items()):
        if row.opening:
            row.opening = told(_sum(json.loads(row.opening), so_far))
        if day in changes:
            row.change = told(_sum(json.loads(row.change), changes[day]))
            so_far.update(changes[day])
    DaySum.objects.bulk_create(
        rows.values(),
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["scope", "day"],
        update_fields=["opening", "change"],
    )


def _rows(days: list[date], *, scope: Scope) -> dict[date, DaySum]:
    """The rows of the days and all openings from the first of them on, with those that were missing."""
    first = days[0].replace(day=1)
    known = DaySum.objects.filter(scope=scope, day__gte=first).filter(~Q(opening="") | Q(day__in=days))
    rows = {row.day: row for row in known}
    for month in {day.replace(day=1) for day in days}:
        row = rows.setdefault(month, DaySum(scope=scope, day=month, opening="", change="{}"))
        if not row.opening:
            before = up_to(month, scope=scope).filter(day__lt=month)
            row.opening = told(total(list(before.values_list("opening", "change"))))
    for day in days:
        rows.setdefault(day, DaySum(scope=scope, day=day, opening="", change="{}"))
    return rows


def _sum(counts: Mapping[str, int], more: Mapping[str, int]) -> Counter[str]:
    found = Counter(counts)
    found.update(more)
    return found


def told(counts: Mapping[str, int]) -> str:
    """As it is stored: what is not zero, in order."""
    return json.dumps({name: count for name, count in sorted(counts.items()) if count}, separators=(",", ":"))
