"""A ledger file as items: agreements, waiting rows, headings, notes and blank rows; nothing is dropped in silence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from renkei.ledger.sheets import LedgerRefused, read_sheets
from renkei.rules.japanese_calendar import PartialDay

__all__ = ["Item", "Ledger", "LedgerRefused", "read_ledger", "report"]


@dataclass
class Item:
    """What became of one row, or of several rows that are one agreement."""

    sheet: str
    row: int
    rows: tuple[int, ...]
    outcome: str
    title: str = ""
    signed: PartialDay | None = None
    partners: tuple[dict[str, str], ...] = ()
    cells: tuple[str, ...] = ()
    reason: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    def facts_json(self) -> dict[str, Any]:
        """partners, fields, slugs, division, purpose, notes, remarks, term_text: what the record keeps of the row."""
        return {"partners": list(self.partners), **self.facts}


@dataclass
class Ledger:
    """A whole file."""

    items: list[Item]
    columns: list[dict[str, Any]]
    shape: str = ""
    snapshot_day: date | None = None
    remarks: list[str] = field(default_factory=list)

    def columns_json(self) -> list[dict[str, Any]]:
        """index, header, meaning, sureness, reason, samples of each column."""
        return self.columns


def read_ledger(content: bytes, file_name: str, *, mapping: Mapping[str, str] | None = None) -> Ledger:
    """Read a file as a ledger; raises LedgerRefused with a sentence."""
    read_sheets(content, file_name)
    raise LedgerRefused("台帳の読み取りは準備中です。")


def report(ledger: Ledger) -> dict[str, Any]:
    """The report of an import as JSON-ready facts."""
    return {"rows": 0, "items": []}
