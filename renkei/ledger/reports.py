"""The report of an import: what became of every row of the file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from renkei.agreements.models import Agreement
from renkei.ledger.matching import Known
from renkei.ledger.models import Batch, Outcome, Row
from renkei.ledger.reading import Ledger, columns_named
from renkei.ledger.services import rows_of
from renkei.municipalities.models import Municipality

PLURALS = {
    Outcome.AGREEMENT: "agreements",
    Outcome.WAITING: "waiting",
    Outcome.HEADING: "headings",
    Outcome.NOTE: "notes",
    Outcome.BLANK: "blank",
}


def report_of_reading(ledger: Ledger, municipality: Municipality) -> dict[str, Any]:
    """The report of a file that was only read and compared with the register; nothing is stored."""
    rows = list(rows_of(Batch(municipality=municipality), ledger, Known(municipality)))
    already = Agreement.objects.in_bulk({row.same_as_id for row in rows if row.same_as_id})
    for row in rows:
        row.same_as = already.get(row.same_as_id) if row.same_as_id else None
    return _report(rows, ledger.columns, ledger.remarks)


def report_of_batch(batch: Batch) -> dict[str, Any]:
    """The report of a batch as it stands, with what people mended and what was there already."""
    return _report(list(batch.rows.select_related("agreement", "same_as")), batch.columns, batch.remarks)


def _report(rows: Sequence[Row], columns: list[dict[str, Any]], remarks: list[str]) -> dict[str, Any]:
    items = [_item(row) for row in rows]
    counts = Counter(row.outcome for row in rows)
    told: dict[str, Any] = {"rows": sum(_physical(items))}
    told |= {plural: counts[outcome] for outcome, plural in PLURALS.items()}
    told["already"] = sum(row.same_as_id is not None for row in rows)
    return told | {"items": items, "columns": columns_named(columns), "remarks": remarks}


def _physical(items: Iterable[dict[str, Any]]) -> Iterable[int]:
    return (len(item.get("rows") or [item["row"]]) for item in items)


def _item(row: Row) -> dict[str, Any]:
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
