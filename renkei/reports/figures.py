"""The register's figures as of any day."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from renkei.agreements.audience import Audience


@dataclass(frozen=True)
class Figures:
    """Counts of the agreements in force on a day."""

    on: date
    since: date
    total: int = 0
    signed: int = 0
    by_form: list[Any] = field(default_factory=list)
    by_field: list[Any] = field(default_factory=list)
    by_partner_kind: list[Any] = field(default_factory=list)
    by_division: list[Any] = field(default_factory=list)
    by_year: list[Any] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {}


def register_on(audience: Audience, on: date, *, since: date | None = None) -> Figures:
    """The figures of the day; `since` (inclusive) is the first day of the period for `signed`, a year before by default."""
    return Figures(on, since or on)


def year_series(audience: Audience, on: date) -> list[Any]:
    """Figures year by year up to the day."""
    return []
