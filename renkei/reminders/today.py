"""What a person finds on the first page: what falls due for them, and what did not go out."""

from dataclasses import dataclass
from datetime import date

from renkei.accounts.models import User
from renkei.reminders.models import Deadline, Letter, LetterState
from renkei.reminders.people import ahead_of, watches_the_town

LINES = 10


@dataclass(frozen=True)
class Line:
    """A deadline about which somebody has to decide, and how far away it is."""

    deadline: Deadline
    left: str


@dataclass(frozen=True)
class Today:
    """The lines of the first page: ten at most, and how many more there are."""

    lines: list[Line]
    more: int
    unsent: int


def today_of(person: User, day: date) -> Today:
    """What waits for the person on the day, the nearest first."""
    waiting = ahead_of(person, day).waiting().select_related("agreement", "division")
    unsent = 0
    if watches_the_town(person, day):
        unsent = Letter.objects.of(person.municipality).filter(state=LetterState.FAILED).count()
    shown = list(waiting[: LINES - bool(unsent)])
    more = waiting.count() - len(shown)
    return Today([Line(one, one.left_on(day)) for one in shown], more, unsent)
