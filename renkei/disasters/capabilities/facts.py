"""What is said about a capability, as plain facts: typed at the desk, read from a text, or answered by a partner."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from renkei.disasters.vocabulary import (
    CapabilitySource,
    CapabilityState,
    Certainty,
    CostBearer,
    HazardPosition,
    Hours,
    HowToAsk,
)


@dataclass(frozen=True)
class PlaceFacts:
    """Where a partner acts from; degrees are WGS 84."""

    name: str
    address: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    hazard: str = HazardPosition.UNKNOWN


@dataclass(frozen=True)
class CapabilityFacts:
    """All that can be said about a capability.

    Without `organisation_id` the partner is the agreement's only one; with several it has to be named.
    """

    function: str
    goods: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    certainty: str = Certainty.NONE
    organisation_id: int | None = None
    area: str = ""
    lead_hours: Decimal | None = None
    hours: str = Hours.UNKNOWN
    hours_note: str = ""
    conditions: str = ""
    cost_bearer: str = CostBearer.UNKNOWN
    cost_note: str = ""
    how_to_ask: str = HowToAsk.UNKNOWN
    asked_by: str = ""
    asking_form: str = ""
    asking_channel: str = ""
    state: str = CapabilityState.CURRENT
    source: str = CapabilitySource.CLERK
    source_text: str = ""
    confirmed_on: date | None = None
    confirmed_how: str = ""
    is_sample: bool = False
    places: tuple[PlaceFacts, ...] = ()
