"""Tables as a test writes them: rows of text, and what becomes of them."""

from renkei.ledger.reading import Item, Ledger, ledger_of
from renkei.ledger.sheets import Book, Sheet

Cells = list[str]
Range = tuple[tuple[int, int], tuple[int, int]]


def read(*rows: Cells, merged: tuple[Range, ...] = (), mapping: dict[str, str] | None = None) -> Ledger:
    """A ledger of one sheet without a name."""
    return ledger_of(Book([Sheet("", list(rows), list(merged))], []), mapping=mapping)


def agreements(ledger: Ledger) -> list[Item]:
    """The items that became agreements."""
    return [item for item in ledger.items if item.outcome == "agreement"]


def outcomes(ledger: Ledger) -> list[str]:
    """What became of each row."""
    return [item.outcome for item in ledger.items]


def names(item: Item) -> list[str]:
    """The partners of an item by name."""
    return [partner["name"] for partner in item.partners]


def meanings(ledger: Ledger) -> list[str]:
    """What the columns mean."""
    return [column["meaning"] for column in ledger.columns]


def day(item: Item) -> str | None:
    """The signing day, as exactly as it is known."""
    return item.signed.iso if item.signed else None
