"""How long the steps have taken, measured from procedures of the past; needs no service, so every door may ask."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from renkei.municipalities.models import Municipality
from renkei.procedures.models import Passage, Procedure
from renkei.procedures.vocabulary import STEPS, Stage

FORWARD = ("advance", "conclude")
"""Only stays that ended by going on are measured: a declined proposal says nothing about how long a step takes."""


@dataclass(frozen=True)
class Stay:
    """One stay in a step, or one whole way: of which procedure, from when to when, how many days without hold."""

    procedure: Procedure
    entered_on: date
    left_on: date
    days: int


@dataclass(frozen=True)
class UsualDuration:
    """How long a step usually takes; `stage` is None for the whole way from proposal to signature."""

    stage: Stage | None
    stays: Sequence[Stay]

    @property
    def count(self) -> int:
        """How many were measured."""
        return len(self.stays)

    @property
    def median(self) -> float | None:
        """The middle one of the days; None where nothing was measured."""
        return median(stay.days for stay in self.stays) if self.stays else None

    @property
    def slowest(self) -> Stay | None:
        """The longest one."""
        return max(self.stays, key=lambda stay: stay.days, default=None)


def usual_durations(municipality: Municipality) -> list[UsualDuration]:
    """For each step in its order, and last for the whole way: how many, the median and the slowest, in days."""
    concluded = Procedure.objects.of(municipality).filter(stage=Stage.CONCLUDED).prefetch_related("passages")
    return [*_by_step(municipality), UsualDuration(None, _slowest_first(_whole_ways(concluded)))]


def _by_step(municipality: Municipality) -> list[UsualDuration]:
    left = Passage.objects.filter(
        procedure__municipality=municipality, move__in=FORWARD, left_on__isnull=False
    )
    stays: dict[str, list[Stay]] = defaultdict(list)
    for passage in left.select_related("procedure"):
        if passage.left_on and passage.days is not None:
            stay = Stay(passage.procedure, passage.entered_on, passage.left_on, passage.days)
            stays[passage.stage].append(stay)
    return [UsualDuration(step, _slowest_first(stays[step])) for step in STEPS]


def _whole_ways(concluded: Iterable[Procedure]) -> Iterable[Stay]:
    for procedure in concluded:
        if procedure.closed_on:
            held = sum(passage.held_days for passage in procedure.passages.all())
            days = (procedure.closed_on - procedure.opened_on).days - held
            yield Stay(procedure, procedure.opened_on, procedure.closed_on, days)


def _slowest_first(stays: Iterable[Stay]) -> list[Stay]:
    return sorted(stays, key=lambda stay: (-stay.days, stay.procedure.pk))
