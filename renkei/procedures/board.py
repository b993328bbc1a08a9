"""The board: what runs, step by step, what comes next in each, and what is stuck; what has ended, by year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division, Municipality
from renkei.procedures.awaiting import awaited, is_stuck, together
from renkei.procedures.course import STANDARD_TARGETS
from renkei.procedures.models import Procedure, ProcedureQuerySet
from renkei.procedures.steps import Awaited
from renkei.procedures.tasks import Desk, may_ask
from renkei.procedures.vocabulary import ENDS, STEPS, Kind, Stage
from renkei.rules.japanese_calendar import fiscal_year

IN_A_COLUMN = 6
FAR = date.max


@dataclass(frozen=True)
class Asked:
    """What of the board is asked for; `desk` is for whom the person acts, where only their own is."""

    text: str = ""
    kind: str = ""
    stage: str = ""
    division: Division | None = None
    only_stuck: bool = False
    desk: Desk | None = None
    year: int | None = None


@dataclass(frozen=True)
class Card:
    """A procedure on the board: how old it is, what comes next, whether that is late, whether it is stuck."""

    procedure: Procedure
    age: int
    here: int
    next: Awaited | None
    waiting: int
    is_late: bool
    is_stuck: bool


@dataclass(frozen=True)
class Column:
    """A step with how many procedures stand in it and the first of them."""

    stage: Stage
    count: int
    cards: Sequence[Card]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.cards)


def found(municipality: Municipality, asked: Asked, day: date) -> ProcedureQuerySet:
    """The procedures of the town that are asked for, running and ended alike."""
    procedures = Procedure.objects.of(municipality)
    if asked.kind in Kind:
        procedures = procedures.filter(kind=asked.kind)
    if asked.division:
        procedures = procedures.filter(division__in=Lineage(municipality).held_by(asked.division, day))
    if asked.desk:
        procedures = procedures.filter(may_ask(asked.desk))
    if asked.text:
        procedures = procedures.filter(_with(asked.text))
    return procedures


def _with(text: str) -> Q:
    words = Q(title__icontains=text) | Q(partner_name__icontains=text) | Q(organisation__name__icontains=text)
    return words | Q(number=int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else words


def running(procedures: ProcedureQuerySet, asked: Asked, day: date) -> dict[Stage, list[int]]:
    """By step, the ids of what runs: what is due first comes first; one query, however many there are."""
    columns = ("pk", "stage", "stage_since", "course__targets", "held_since", "held_days")
    order: dict[Stage, list[tuple[date, int]]] = {step: [] for step in STEPS}
    for pk, stage, since, targets, held, paused in procedures.running().values_list(*columns):
        days = (STANDARD_TARGETS if targets is None else targets).get(stage)
        due = since + timedelta(days + paused) if days else FAR
        if not asked.only_stuck or (due < day and held is None):
            order[Stage(stage)].append((due, pk))
    steps = [Stage(asked.stage)] if asked.stage in STEPS else STEPS
    return {step: [pk for _due, pk in sorted(order[step])] for step in steps}


def columns(found: ProcedureQuerySet, asked: Asked, day: date) -> list[Column]:
    """The steps with the first procedures of each."""
    by_step = running(found, asked, day)
    first = [pk for ids in by_step.values() for pk in ids[:IN_A_COLUMN]]
    cards = {card.procedure.pk: card for card in cards_of(first, day)}
    return [
        Column(step, len(ids), [cards[pk] for pk in ids[:IN_A_COLUMN] if pk in cards])
        for step, ids in by_step.items()
    ]


def cards_of(ids: Iterable[int], day: date) -> list[Card]:
    """The cards of these procedures, in their order."""
    ids = list(ids)
    read = {one.pk: one for one in together(Procedure.objects.filter(pk__in=ids))}
    return [card_of(read[pk], day) for pk in ids if pk in read]


def card_of(procedure: Procedure, day: date) -> Card:
    """A procedure as the board shows it on the day."""
    waiting = awaited(procedure, day)
    return Card(
        procedure,
        age=(day - procedure.opened_on).days,
        here=(day - procedure.stage_since).days,
        next=waiting[0] if waiting else None,
        waiting=len(waiting),
        is_late=any(one.is_late(day) for one in waiting),
        is_stuck=is_stuck(procedure, day),
    )


def ended(found: ProcedureQuerySet, asked: Asked) -> ProcedureQuerySet:
    """What has ended, in one fiscal year where it is asked for, the newest first."""
    stages = [asked.stage] if asked.stage in ENDS else ENDS
    ends = found.filter(stage__in=stages)
    if asked.year:
        ends = ends.filter(closed_on__gte=date(asked.year, 4, 1), closed_on__lt=date(asked.year + 1, 4, 1))
    return ends.select_related("division", "organisation").order_by("-closed_on", "-pk")


def years_of_ends(municipality: Municipality) -> list[int]:
    """The fiscal years in which procedures of the town ended, the newest first."""
    days = Procedure.objects.of(municipality).filter(closed_on__isnull=False).dates("closed_on", "month")
    return sorted({fiscal_year(day) for day in days}, reverse=True)
