"""Rights: each is declared once, in words, with the function that answers why a person may not.

A right is a function of a person, the division that answers for the record (None where there is none or where the
right is about the whole town) and the day; it asks the database nothing but what the person holds. So a table of
who may do what can be made from the declared rights by asking each of them for invented persons.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.functional import Promise

from renkei.accounts.models import Role
from renkei.municipalities.models import Division


class Person(Protocol):
    """Somebody whose rights are asked: a user, or an invented person of the table."""

    def holds(self, *roles: Role, day: date) -> bool: ...

    def works_for(self, division: Division | None, *, day: date) -> bool: ...


WhyNot = Callable[[Person, Division | None, date], str | None]
DECLARED: dict[str, "Right"] = {}


@dataclass(frozen=True)
class Right:
    """Something a person may or may not do; `about` names in words what it is done to."""

    name: str
    words: str | Promise
    about: str | Promise
    why_not: WhyNot


def right(name: str, words: str | Promise, *, about: str | Promise) -> Callable[[WhyNot], WhyNot]:
    """Declare a right; a second right of the same name is a mistake of the programmer."""

    def declared(why_not: WhyNot) -> WhyNot:
        if name in DECLARED:
            raise ValueError(f"The right {name} is declared twice.")
        DECLARED[name] = Right(name, words, about, why_not)
        return why_not

    return declared
