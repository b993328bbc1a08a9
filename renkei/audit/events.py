"""Events: each is declared once, with its sentence, by the domain that owns it."""

from dataclasses import dataclass
from string import Formatter

from django.utils.functional import Promise

DECLARED: dict[str, "Event"] = {}
OPEN_TO_STAFF: set[str] = set()
"""Kinds of records, as "agreements.agreement", whose page every person of the town may open."""


@dataclass(frozen=True)
class Event:
    """Something that can happen, with the sentence that tells it."""

    name: str
    sentence: str | Promise

    @property
    def placeholders(self) -> set[str]:
        """Names that the sentence needs: always actor and subject, and the facts of this event."""
        return {name for _, name, _, _ in Formatter().parse(str(self.sentence)) if name}


def declare(name: str, sentence: str | Promise) -> Event:
    """Declare an event; a second event of the same name is a mistake of the programmer."""
    if name in DECLARED:
        raise ValueError(f"The event {name} is declared twice.")
    DECLARED[name] = Event(name, sentence)
    return DECLARED[name]


def open_to_staff(*labels: str) -> None:
    """Say of a kind of record that every person of its town may read what was told about it."""
    OPEN_TO_STAFF.update(labels)
