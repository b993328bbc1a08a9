"""Where a request stands, from its steps alone: whatever the order in which they came in, the result is the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from renkei.disasters.vocabulary import RequestState as State
from renkei.disasters.vocabulary import StepKind as Kind

NOTHING = Decimal(0)
LARGEST = Decimal("999999999999.99")
"""What has arrived is counted up to here: a step is never refused, and the register holds no larger number."""
ANSWERING = (State.PLANNED, State.ASKED, State.ACCEPTED, State.PARTLY, State.DECLINED)
UNDER_WAY = (*ANSWERING, State.DEPARTED, State.ARRIVED, State.SHORT, State.CANCELLED)


def _to(state: State, before: Iterable[State]) -> dict[State, State]:
    return dict.fromkeys(before, state)


MOVES: Mapping[Kind, Mapping[State, State]] = {
    Kind.ASKED: _to(State.ASKED, (State.PLANNED, State.DECLINED, State.CANCELLED)),
    Kind.ACCEPTED: _to(State.ACCEPTED, ANSWERING),
    Kind.PARTLY: _to(State.PARTLY, ANSWERING),
    Kind.DECLINED: _to(State.DECLINED, (*ANSWERING, State.DEPARTED)),
    Kind.DEPARTED: _to(State.DEPARTED, (*ANSWERING, State.SHORT, State.CANCELLED)),
    Kind.ARRIVED: _to(State.ARRIVED, UNDER_WAY),
    Kind.SHORT: _to(State.SHORT, (*ANSWERING, State.DEPARTED, State.ARRIVED)),
    Kind.RETURNED: _to(State.RETURNED, UNDER_WAY),
    Kind.SETTLED: _to(State.SETTLED, State),
    Kind.CANCELLED: _to(State.CANCELLED, (*ANSWERING, State.DEPARTED, State.SHORT)),
    Kind.COST_TOLD: {},
    Kind.NOTE: {},
}
"""Step → state before → state after; where nothing is named the step is kept and the state stays."""


class StepLike(Protocol):
    """What the state is computed from; a row of the table has it."""

    public_id: str
    kind: str
    quantity: Decimal | None
    amount: Decimal | None
    at: datetime


@dataclass(frozen=True)
class Standing:
    """Where a request stands, with what was promised, has arrived and costs (円)."""

    state: State = State.PLANNED
    promised: Decimal | None = None
    arrived: Decimal | None = None
    cost: Decimal | None = None


def in_time(steps: "Iterable[StepLike]") -> "list[StepLike]":
    """The steps as they happened, not as they came in; of one moment asking comes first, then by id."""
    return sorted(steps, key=lambda one: (one.at, one.kind != Kind.ASKED, one.public_id))


def standing_of(steps: Iterable[StepLike], *, asked: Decimal | None) -> Standing:
    """The state after the steps that count; `asked` is the quantity of the request."""
    standing = Standing()
    for step in in_time(steps):
        standing = _after(standing, step, asked)
    return standing


def _after(standing: Standing, step: StepLike, asked: Decimal | None) -> Standing:
    kind = Kind(step.kind)
    state = MOVES[kind].get(standing.state, standing.state)
    changed = replace(standing, state=state)
    if kind in (Kind.ACCEPTED, Kind.PARTLY, Kind.DECLINED):
        return replace(changed, promised=_promised(kind, step.quantity, asked))
    if kind == Kind.ARRIVED:
        return _arrived(changed, standing, step.quantity, asked)
    if kind == Kind.SHORT and step.quantity is not None and asked is not None:
        left = max(asked - step.quantity, NOTHING)
        # Of what has arrived, no more than this was really there.
        has_less = standing.arrived is not None and left < standing.arrived
        return replace(changed, arrived=left if has_less else standing.arrived)
    if kind in (Kind.COST_TOLD, Kind.SETTLED) and step.amount is not None:
        return replace(changed, cost=step.amount)
    return changed


def _promised(kind: Kind, said: Decimal | None, asked: Decimal | None) -> Decimal | None:
    if kind == Kind.DECLINED:
        return NOTHING
    return said if said is not None or kind == Kind.PARTLY else asked


def _arrived(after: Standing, before: Standing, said: Decimal | None, asked: Decimal | None) -> Standing:
    """What came is added; without a number it is all that was still to come."""
    expected = before.promised or asked
    come = before.arrived or NOTHING
    total = come + said if said is not None else (max(expected, come) if expected is not None else None)
    total = None if total is None else min(total, LARGEST)
    is_still_short = before.state == State.SHORT and asked is not None and (total or NOTHING) < asked
    return replace(after, arrived=total, state=State.SHORT if is_still_short else after.state)
