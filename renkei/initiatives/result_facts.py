"""A result as somebody reports it, on paper, on screen or in a sheet."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from renkei.initiatives.vocabulary import ResultKind


@dataclass(frozen=True)
class Reckoned:
    """The value to the town: quantity × price of one, in yen, and why it is reckoned so."""

    quantity: Decimal
    unit: str
    price: int
    basis: str


@dataclass(frozen=True)
class ResultFacts:
    """What was done; days are inclusive and lie in the fiscal year; `figures` by the indicator's name."""

    fiscal_year: int
    what: str
    kind: ResultKind = ResultKind.OTHER
    done_on: date | None = None
    done_until: date | None = None
    place: str = ""
    notes: str = ""
    figures: dict[str, Decimal] = field(default_factory=dict)
    town_cost: int | None = None
    partner_cost: int | None = None
    reckoned: Reckoned | None = None
    public_text: str = ""
