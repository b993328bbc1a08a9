"""The report of an import: what became of every row of the file."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from renkei.ledger.models import Batch, Outcome
from renkei.ledger.reading import Ledger, report

PLURALS = {
    Outcome.AGREEMENT: "agreements",
    Outcome.WAITING: "waiting",
    Outcome.HEADING: "headings",
    Outcome.NOTE: "notes",
    Outcome.BLANK: "blank",
}


def report_of_reading(ledger: Ledger) -> dict[str, Any]:
    """The report of a file that was only read."""
    return report(ledger)


def report_of_batch(batch: Batch) -> dict[str, Any]:
    """The report of a batch as it stands, with what people mended and what was there already."""
    rows = list(batch.rows.select_related("agreement", "same_as"))
    items = [_item(row) for row in rows]
    counts = Counter(row.outcome for row in rows)
    told: dict[str, Any] = {"rows": sum(_physical(items))}
    told |= {plural: counts[outcome] for outcome, plural in PLURALS.items()}
    told["already"] = sum(row.same_as_id is not None for row in rows)
    told["items"] = items
    return told


def _physical(items: Iterable[dict[str, Any]]) -> Iterable[int]:
    return (len(item.get("rows") or [item["row"]]) for item in items)


def _item(row: Any) -> dict[str, Any]:
    facts = row.facts
    item: dict[str, Any] = {
        "sheet": row.sheet,
        "row": row.row,
        "outcome": row.outcome,
        "title": row.title,
        "partners": row.partners,
        "signed_on": row.signed_as or None,
        "fields": facts.get("fields", []),
        "division": facts.get("division", ""),
        "remarks": facts.get("remarks", []),
        "cells": row.cells,
    }
    if len(row.rows) > 1:
        item["rows"] = row.rows
    if row.reason:
        item["reason"] = row.reason
    for name, other in (("agreement", row.agreement), ("already", row.same_as)):
        if other:
            item[name] = other.public_id
    return item
