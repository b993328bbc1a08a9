"""What is said about a step of a request."""

from dataclasses import dataclass
from decimal import Decimal

from renkei.disasters.vocabulary import StepKind


@dataclass(frozen=True)
class StepFacts:
    """One thing that happened; an answer or arrival without a quantity is about all that was asked."""

    kind: StepKind
    quantity: Decimal | None = None
    amount: Decimal | None = None
    told_by: str = ""
    note: str = ""
