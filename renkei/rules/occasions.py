"""When somebody is reminded of a day until which something is awaited: near it, on it, and every week after it."""

from datetime import date, timedelta

from renkei.rules.japanese_calendar import is_working_day

NEAR = 5
"""Working days before the day on which the first reminder goes out."""


def occasion(due_on: date, day: date) -> str | None:
    """Why one is reminded on the day: "near", "due", "late-<week>"; None while the day is far.

    A day that was missed (a holiday, a machine that stood still) is made up for on the next.
    """
    if day > due_on:
        return f"late-{(day - due_on).days // 7}"
    ahead = (due_on - day).days
    if ahead > 4 * NEAR:
        return None
    left = sum(is_working_day(day + timedelta(n)) for n in range(1, ahead + 1))
    if left == 0:
        return "due"
    return "near" if left <= NEAR else None
