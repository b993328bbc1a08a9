"""The table of who may do what: every declared right, asked for invented people of each role.

Nothing here says who may do what; the declared functions do. They are asked for somebody whose division answers for
the record, for somebody of another division, and for a deputy in the division.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Role
from renkei.accounts.rights import DECLARED, Right
from renkei.municipalities.models import Division

OWN, OTHER, DEPUTY = "own", "other", "deputy"
STANDINGS: dict[str, str | Promise] = {
    OWN: gettext_lazy("自分の課"),
    OTHER: gettext_lazy("ほかの課"),
    DEPUTY: gettext_lazy("代理"),
}


@dataclass(frozen=True)
class Held:
    """A role as far as rights ask for it: which one, and in which division."""

    role: str
    division_id: int | None


@dataclass(frozen=True)
class Invented:
    """Somebody who holds these roles on every day; a deputy's are held like one's own."""

    held: Collection[Held]

    def holds(self, *roles: Role, day: date) -> bool:
        """Whether one of the roles is held."""
        return any(one.role in roles for one in self.held)

    def works_for(self, division: Division | None, *, day: date) -> bool:
        """Whether the person is a responsible clerk of the division."""
        return division is not None and Held(Role.RESPONSIBLE, division.pk) in self.held


@dataclass(frozen=True)
class Answer:
    """What a right answers to somebody of a role and a standing; `reason` is None where he may."""

    role: Role
    standing: str
    reason: str | None

    @property
    def standing_words(self) -> str | Promise:
        """The standing in words."""
        return STANDINGS[self.standing]


@dataclass(frozen=True)
class RoleAnswers:
    """The answers to one role: one for all standings where they are the same."""

    role: Role
    answers: list[Answer]

    @property
    def is_same_everywhere(self) -> bool:
        """Whether it does not matter which division answers for the record."""
        return len({answer.reason for answer in self.answers}) == 1


@dataclass(frozen=True)
class Line:
    """A right with its answers by role."""

    right: Right
    roles: list[RoleAnswers]

    @property
    def answers(self) -> Iterator[Answer]:
        """All answers, role by role."""
        return (answer for role in self.roles for answer in role.answers)

    @property
    def reasons(self) -> list[str]:
        """The different reasons of this line, in the order in which they are met."""
        return list(dict.fromkeys(answer.reason for answer in self.answers if answer.reason))


def table(day: date) -> list[Line]:
    """All declared rights, ordered by what they are about; the first that is declared leads its group."""
    rights = list(DECLARED.values())
    groups = list(dict.fromkeys(str(right.about) for right in rights))
    ordered = sorted(rights, key=lambda right: groups.index(str(right.about)))
    return [Line(right, [_asked(right, role, day) for role in Role]) for right in ordered]


def _asked(right: Right, role: Role, day: date) -> RoleAnswers:
    own = Division(pk=1, name=_("担当課"))
    people = {
        OWN: Invented([Held(role, 1)]),
        OTHER: Invented([Held(role, 2)]),
        DEPUTY: Invented([Held(role, 1)]),
    }
    return RoleAnswers(
        role,
        [Answer(role, standing, right.why_not(person, own, day)) for standing, person in people.items()],
    )


def rights_of(person: Invented, division: Division | None, day: date) -> set[str]:
    """The names of the rights that the person has where this division answers for the record."""
    return {name for name, right in DECLARED.items() if right.why_not(person, division, day) is None}
