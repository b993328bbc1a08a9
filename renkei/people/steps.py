"""What the steps of a reorganisation mean for the divisions there are: which begin, which close, which follow which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.municipalities.models import Division
from renkei.people.models.reorganisation import Reorganisation

ONE_DAY = timedelta(days=1)


class StepKind(models.TextChoices):
    FOUND = "found", _("新設")
    RENAME = "rename", _("改称・部の変更")
    SPLIT = "split", _("分割")
    MERGE = "merge", _("統合")
    CLOSE = "close", _("廃止")


@dataclass(frozen=True)
class Step:
    """One thing that happens: to which divisions (public ids), and the divisions there are after it, as words.

    A division that is among those after it goes on; of several after it the first is the main one.
    """

    kind: StepKind
    divisions: tuple[str, ...]
    into: tuple[str, ...]

    @classmethod
    def read(cls, told: dict[str, Any]) -> "Step":
        """A step as the plan keeps it."""
        return cls(StepKind(told["kind"]), tuple(told["divisions"]), tuple(told["into"]))

    def as_json(self) -> dict[str, Any]:
        """As the plan keeps it."""
        return {"kind": self.kind.value, "divisions": list(self.divisions), "into": list(self.into)}


@dataclass(frozen=True)
class Change:
    """What becomes of one division: whether it closes, and the divisions after it, the main one first."""

    division: Division
    kind: StepKind
    into: tuple[str, ...]

    @property
    def closes(self) -> bool:
        """Whether the division ends on the day before; it goes on where it is among those after it."""
        return str(self.division) not in self.into

    @property
    def main(self) -> str:
        """Where goes whatever nobody chose another way for; "" if nowhere."""
        if not self.closes:
            return str(self.division)
        return self.into[0] if self.into else ""

    @property
    def is_a_choice(self) -> bool:
        """Whether agreements and people may go one way or another."""
        return len(self.into) > 1


class Steps:
    """The steps of a plan laid over the divisions that exist on the day before it."""

    def __init__(self, plan: Reorganisation) -> None:
        self.plan = plan
        known = Division.objects.of(plan.municipality)
        self.existing = {one.public_id: one for one in known.existing_on(plan.on - ONE_DAY)}
        self.there_on_the_day = list(known.existing_on(plan.on))
        self.steps = [Step.read(told) for told in plan.steps]

    @cached_property
    def changes(self) -> list[Change]:
        """What becomes of each division that a step names and that is still there."""
        return [
            Change(self.existing[public_id], step.kind, step.into)
            for step in self.steps
            for public_id in step.divisions
            if public_id in self.existing
        ]

    @cached_property
    def going_on(self) -> dict[str, Division]:
        """By words, the divisions of the day itself that this plan neither founds nor closes."""
        closing = {change.division.pk for change in self.changes if change.closes}
        return {str(one): one for one in self.there_on_the_day if one.pk not in closing}

    @cached_property
    def beginning(self) -> list[str]:
        """The words of the divisions that are founded, each once, in the order of the steps."""
        named = dict.fromkeys(words for step in self.steps for words in step.into)
        return [words for words in named if words not in self.going_on]

    @property
    def after(self) -> list[str]:
        """The words of all divisions on the day."""
        return sorted({*self.going_on, *self.beginning})

    def told(self) -> Iterator[tuple[int, Step, list[str]]]:
        """Each step with its place and the words of its divisions, for a reader."""
        for place, step in enumerate(self.steps):
            yield place, step, words_of(step.divisions, self.existing)

    def change_of(self, public_id: str) -> Change | None:
        """What becomes of the division, if a step names it."""
        return next((change for change in self.changes if change.division.public_id == public_id), None)


def words_of(public_ids: Sequence[str], existing: dict[str, Division]) -> list[str]:
    """The divisions as words; one that is not there is told so by its id."""
    return [str(existing[one]) if one in existing else one for one in public_ids]


def parted(words: str) -> tuple[str, str]:
    """Department and division of words such as 「福祉部 介護課」: the last word is the division."""
    *department, name = words.split()
    return " ".join(department), name
