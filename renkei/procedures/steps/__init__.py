"""The six steps, each in its own module: what must exist before it is left, what is to be done in it, who waits.

A step's module offers three things: `NEEDS`, what must exist before the step is left; `tasks(procedure, day)`, its
lines on the procedure's page; `awaits(procedure, day)`, what is waited for now, from whom, and until when.

The board asks many procedures at once: related records are read together before (`awaiting.TOGETHER`), so a step takes
them by `.all()` and chooses in Python; a `.filter(…)` would ask the database again for each procedure.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise

from renkei.agreements.vocabulary import Side
from renkei.municipalities.models import Division
from renkei.procedures.models import Procedure


@dataclass(frozen=True)
class Need:
    """What must exist before a step is left: in words for the manual, and what is lacking as a sentence, or None.

    `page` names the page on which it is done: "hearing" is `desk:procedure_hearing`.
    """

    name: str
    words: str | Promise
    lacking: Callable[[Procedure, date], str | None]
    page: str


class TaskState(StrEnum):
    TO_DO = "to_do"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True)
class Task:
    """A line on the procedure's page: what is done there, how far it is, and the page.

    `is_problem` where a person found a problem: the note says so in words, and is shown as an error.
    """

    words: str | Promise
    state: TaskState
    note: str
    page: str
    is_problem: bool = False


@dataclass(frozen=True)
class Awaited:
    """What happens next: what, on which side, by whom, until when (the day included)."""

    what: str
    side: Side
    page: str
    by: date | None = None
    division: Division | None = None
    person: str = ""
    key: str = ""
    """What tells one awaited thing from another of the same page: the record's public id."""
    user_id: int | None = None
    """The clerk who is named, where `person` is one of the town; then no division is waited for."""

    def is_late(self, day: date) -> bool:
        """Whether its day has passed."""
        return self.by is not None and self.by < day


Tasks = Callable[[Procedure, date], Iterable[Task]]
Awaits = Callable[[Procedure, date], Iterable[Awaited]]
