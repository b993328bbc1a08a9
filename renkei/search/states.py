"""Which agreements are in force, ended or not yet begun on a day, and which were signed between two days."""

from datetime import date, timedelta

from pyroaring import BitMap

from renkei.search.days import SIGNED_FIRST, SIGNED_LAST, STARTS, UNTIL
from renkei.search.index import Index

MOST_DAYS = 16
ONE_DAY = timedelta(days=1)


def in_state(state: str, day: date, index: Index) -> BitMap:
    """The agreements in the state on the day."""
    if day not in index.states:
        while len(index.states) >= MOST_DAYS:
            index.states.pop(next(iter(index.states)), None)
        index.states[day] = _states(day, index)
    return index.states[day][state]


def _states(day: date, index: Index) -> dict[str, BitMap]:
    terms = index.named(["terms"])["terms"]
    begun = started = index.up_to(f"{STARTS}0", day)
    in_force = BitMap()
    number = 0
    while started:
        over = index.up_to(f"{UNTIL}{number}", day - ONE_DAY) if day > date.min else BitMap()
        in_force = in_force | (started - over)
        number += 1
        started = index.up_to(f"{STARTS}{number}", day)
    return {"in_force": in_force, "ended": begun - in_force, "not_yet": terms - begun}


def signed_between(first: date, last: date, index: Index) -> BitMap:
    """The agreements signed between the days, both included; one known by its month only if the whole month is."""
    by_then = index.up_to(SIGNED_LAST, last)
    return by_then - index.up_to(SIGNED_FIRST, first - ONE_DAY) if first > date.min else by_then
