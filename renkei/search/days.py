"""Days in the index: blocks by year, month and day, so that everything up to a day is a union of few of them."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from renkei.rules.partial_days import PartialDay

Run = tuple[date, date | None]

SIGNED_FIRST, SIGNED_LAST = "first", "last"
"""The earliest and the latest day that a signing day, as far as it is known, can mean."""
STARTS, UNTIL = "starts", "until"
"""The first and the last day of the n-th stretch of time in force: `starts0`, `until0`, `starts1` …"""


@lru_cache(maxsize=16384)
def day_names(kind: str, day: date) -> frozenset[str]:
    """The blocks in which an agreement stands that has this day."""
    iso = day.isoformat()
    return frozenset({f"y:{kind}:{iso[:4]}", f"m:{kind}:{iso[:7]}", f"d:{kind}:{iso}"})


def names_up_to(kind: str, day: date, years: Iterable[str]) -> Iterator[str]:
    """The blocks whose union is everything up to the day, the day included; `years` are those that have a block."""
    iso = day.isoformat()
    yield from (f"y:{kind}:{year}" for year in years if year < iso[:4])
    yield from (f"m:{kind}:{iso[:4]}-{month:02}" for month in range(1, day.month))
    yield from (f"d:{kind}:{iso[:7]}-{number:02}" for number in range(1, day.day + 1))


@lru_cache(maxsize=16384)
def signing_names(signed_as: str) -> frozenset[str]:
    """The blocks of a signing day written as a day, a month, a year or not at all."""
    if not signed_as:
        return frozenset()
    signed = PartialDay.from_iso(signed_as)
    return day_names(SIGNED_FIRST, signed.first) | day_names(SIGNED_LAST, signed.last)


def term_names(terms: Iterable[Run]) -> set[str]:
    """The blocks of an agreement's terms."""
    names: set[str] = set()
    for number, (starts, until) in enumerate(stretches(terms)):
        names |= {"terms"} | day_names(f"{STARTS}{number}", starts)
        names |= day_names(f"{UNTIL}{number}", until) if until else set()
    return names


def stretches(terms: Iterable[Run]) -> list[Run]:
    """Terms in their order, those that overlap or follow each other without a gap taken as one."""
    found: list[Run] = []
    for starts, until in sorted(terms, key=lambda term: term[0]):
        if found and _goes_on(found[-1][1], starts):
            first, last = found[-1]
            found[-1] = (first, max(last, until) if last and until else None)
        else:
            found.append((starts, until))
    return found


def _goes_on(until: date | None, starts: date) -> bool:
    return until is None or (starts - until).days <= 1
