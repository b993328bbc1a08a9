"""Stored terms as plain rows, kept with a change so that they can be shown and stand again."""

from datetime import date
from typing import TypeAlias

from renkei.agreements.models import Agreement, Term

TermRow: TypeAlias = list[str | None]
"""First day, last day, last day in force, basis of the first day."""


def rows_of(agreement: Agreement) -> list[TermRow]:
    """The stored terms as they are in the database now."""
    stored = Term.objects.filter(agreement=agreement)
    rows = stored.values_list("starts_on", "ends_on", "in_force_until", "start_basis")
    return [[iso(starts), iso(ends), iso(until), basis] for starts, ends, until, basis in rows]


def term_from(agreement: Agreement, row: TermRow) -> Term:
    """A term, not yet stored, from a plain row."""
    starts, ends, until, basis = row
    assert starts
    assert basis
    return Term(
        agreement=agreement,
        starts_on=date.fromisoformat(starts),
        ends_on=day_of(ends),
        in_force_until=day_of(until),
        start_basis=basis,
    )


def iso(day: date | None) -> str | None:
    """A day as it is kept in a plain row."""
    return day.isoformat() if day else None


def day_of(text: str | None) -> date | None:
    """A day from a plain row."""
    return date.fromisoformat(text) if text else None
