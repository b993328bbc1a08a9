"""How much of a need is still to be found."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from renkei.disasters.models import HelpRequest, Need
from renkei.disasters.vocabulary import RequestState as State

NOTHING = Decimal(0)
PROMISED = (State.ACCEPTED, State.PARTLY, State.DEPARTED)


@dataclass(frozen=True)
class Coverage:
    """Of a need: promised and not there yet, arrived, and what is left; `left` is None where nobody said how much."""

    promised: Decimal
    arrived: Decimal
    left: Decimal | None


def coverage(need: Need, requests: Iterable[HelpRequest]) -> Coverage:
    """Added up over the requests for the need; what was declined or cancelled counts as far as it has arrived."""
    promised = arrived = NOTHING
    for one in requests:
        come = one.arrived or NOTHING
        arrived += come
        if one.state in PROMISED:
            promised += max((one.promised or NOTHING) - come, NOTHING)
    left = None if need.quantity is None else max(need.quantity - promised - arrived, NOTHING)
    return Coverage(promised, arrived, left)


def to_ask(left: Decimal | None, counted: Decimal | None, *, is_same_unit: bool) -> Decimal | None:
    """How much to ask of one partner: what is left, but no more than it has promised in the same unit."""
    if left is None or counted is None or not is_same_unit:
        return left
    return min(left, counted)
