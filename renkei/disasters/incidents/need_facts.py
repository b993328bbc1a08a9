"""What is said about a need, as it is heard or typed."""

from dataclasses import dataclass
from decimal import Decimal

from renkei.disasters.models import District
from renkei.disasters.vocabulary import DisasterFunction, Urgency


@dataclass(frozen=True)
class NeedFacts:
    """One need; `said` keeps the words as they were heard."""

    function: DisasterFunction
    goods: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    district: District | None = None
    place: str = ""
    urgency: Urgency = Urgency.NOW
    said: str = ""
    told_by: str = ""
    note: str = ""
