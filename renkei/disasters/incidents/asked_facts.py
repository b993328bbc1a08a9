"""What is asked of a partner: how much, when, and under which conditions."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class AskedFacts:
    """As the asking paper says it; empty where nobody has said."""

    quantity: Decimal | None = None
    unit: str = ""
    wanted: str = ""
    conditions: str = ""
