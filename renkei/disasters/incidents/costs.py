"""What the help in an incident cost: told, settled, returned, and who bears it as the agreement says."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from renkei.disasters.models import HelpRequest, Incident
from renkei.disasters.situation.board import Board, RequestLine
from renkei.disasters.vocabulary import CostBearer, RequestState, StepKind

HELPED = (
    RequestState.DEPARTED,
    RequestState.ARRIVED,
    RequestState.SHORT,
    RequestState.RETURNED,
    RequestState.SETTLED,
)


@dataclass(frozen=True)
class CostLine:
    """One request of which help came, or a cost is known."""

    line: RequestLine

    @property
    def request(self) -> HelpRequest:
        return self.line.request

    def last(self, kind: StepKind) -> Decimal | None:
        """The last amount that was said in a step of this kind."""
        said = [one.amount for one in self.line.steps if one.kind == kind and not one.is_void]
        known = [one for one in said if one is not None]
        return known[-1] if known else None

    @property
    def told(self) -> Decimal | None:
        return self.last(StepKind.COST_TOLD)

    @property
    def settled(self) -> Decimal | None:
        """What was paid; where nobody said how much, what was told."""
        if not self.is_settled:
            return None
        paid = self.last(StepKind.SETTLED)
        return self.told if paid is None else paid

    @property
    def is_settled(self) -> bool:
        return self.request.state == RequestState.SETTLED

    @property
    def is_returned(self) -> bool:
        return self.line.first(StepKind.RETURNED) is not None

    @property
    def bearer(self) -> str:
        """Who bears it, as the capability says."""
        capability = self.request.capability
        bearer = CostBearer(capability.cost_bearer) if capability else CostBearer.UNKNOWN
        note = capability.cost_note if capability else ""
        return f"{bearer.label} {note}".strip()


@dataclass(frozen=True)
class Costs:
    """The lines with their sums (円)."""

    lines: tuple[CostLine, ...]

    @property
    def told(self) -> Decimal:
        return _sum(one.told for one in self.lines)

    @property
    def settled(self) -> Decimal:
        return _sum(one.settled for one in self.lines)

    @property
    def open(self) -> int:
        """How many are not settled."""
        return sum(not one.is_settled for one in self.lines)


def costs_of(seen: Board) -> Costs:
    """The costs of everything on the board that helped, in the order of the requests."""
    lines = [CostLine(one) for one in seen.requests]
    theirs = [one for one in lines if one.request.state in HELPED or one.told is not None]
    return Costs(tuple(sorted(theirs, key=lambda one: (one.request.made_at, one.request.pk))))


def open_settlements(incident: Incident) -> int:
    """How many requests that helped are not settled."""
    helped = [state for state in HELPED if state != RequestState.SETTLED]
    return incident.requests.filter(state__in=helped).count()


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((one for one in amounts if one is not None), Decimal(0))
