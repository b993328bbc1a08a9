"""A ledger file as items: agreements, waiting rows, headings, notes and blank rows; nothing is dropped in silence."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from renkei.ledger.columns import MEANINGS, Columns, read_columns
from renkei.ledger.headers import Block, blocks_of
from renkei.ledger.items import Item, TableReader, counts_of, outcome_above, plain_item
from renkei.ledger.meanings import folded
from renkei.ledger.rows import cells_of
from renkei.ledger.sections import is_blank, is_note, is_total, section_of_sheet, snapshot_in
from renkei.ledger.sheets import Book, LedgerRefused, read_sheets

__all__ = ["Item", "Ledger", "LedgerRefused", "ledger_of", "read_ledger", "report"]

LEAST_CELLS = ("title", "partners", "first_party", "signed")
"""A table without a header is one of agreements only if a column of these is found by its cells."""


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


@dataclass
class _Layout:
    """Columns of one shape, shared by all tables that have the same header."""

    first_index: int
    columns: Columns


def read_ledger(content: bytes, file_name: str, *, mapping: Mapping[str, str] | None = None) -> Ledger:
    """Read a file as a ledger; raises LedgerRefused with a sentence."""
    return ledger_of(read_sheets(content, file_name), mapping=mapping)


def ledger_of(book: Book, *, mapping: Mapping[str, str] | None = None) -> Ledger:
    """Read sheets of text as a ledger; the mapping holds meanings by the index of the column."""
    blocks = [block for sheet in book.sheets for block in blocks_of(sheet)]
    layouts = _layouts(blocks, {int(index): meaning for index, meaning in (mapping or {}).items()})
    items: list[Item] = []
    told_sheets = {block.sheet.name for block in blocks if block.header}
    for block, layout in zip(blocks, layouts, strict=True):
        of_sheet = section_of_sheet(block.sheet.name) if len(told_sheets) > 1 else ""
        items += _items(block, layout.columns, of_sheet)
    if not items:
        raise LedgerRefused("中身のない表です。台帳の入ったファイルを選んでください。")
    told = list({id(layout): layout for layout in layouts}.values())
    columns = [
        column.as_json()
        | {"index": layout.first_index + column.index, "sheet": blocks[layouts.index(layout)].sheet.name}
        for layout in told
        for column in layout.columns
    ]
    return Ledger(items, columns, _shape(blocks), _snapshot(blocks, items), _remarks(book))


def _layouts(blocks: list[Block], mapping: Mapping[int, str]) -> list[_Layout]:
    """The columns of each table; tables with the same header are judged together."""
    by_header: dict[object, _Layout] = {}
    layouts = []
    first_index = 0
    for number, block in enumerate(blocks):
        key: object = tuple(map(folded, map("".join, block.names))) if block.header else number
        if key not in by_header:
            same = [
                other
                for other in blocks
                if other.header and tuple(map(folded, map("".join, other.names))) == key
            ]
            by_header[key] = _layout(same or [block], first_index, mapping)
            first_index += len(by_header[key].columns)
        layouts.append(by_header[key])
    return layouts


def _layout(blocks: list[Block], first_index: int, mapping: Mapping[int, str]) -> _Layout:
    width = max(block.filled_width for block in blocks)
    for block in blocks:
        block.least_width = width
    rows = [cells_of(block, number) for block in blocks for number in block.body]
    told = [row for row in rows if not (is_blank(row) or is_note(row) or is_total(row))]
    cells = [[row[place] if place < len(row) else "" for row in told] for place in range(width)]
    names = list(blocks[0].names) + [("", "")] * (width - len(blocks[0].names))
    indented = _indented(names, cells)
    for place in indented:
        names[place], names[place - 1] = names[place - 1], ("", "")
    own = {index - first_index: meaning for index, meaning in mapping.items() if index >= first_index}
    columns = read_columns(names, cells, own)
    for place in indented:
        if place - 1 not in own:
            head = columns[place - 1]
            head.upper, head.meaning, head.sureness = names[place][0], "category", 75
            head.reason = "右の列が字下げされた明細で、この列はその見出しです。"
    return _Layout(first_index, Columns(columns))


def _indented(names: list[tuple[str, str]], cells: list[list[str]]) -> list[int]:
    """Columns without a name whose cells stand where the named column before them is blank: a list set in."""
    found = []
    for place in range(1, len(cells)):
        if "".join(names[place]) or not "".join(names[place - 1]):
            continue
        left = [bool(cell.strip()) for cell in cells[place - 1]]
        right = [bool(cell.strip()) for cell in cells[place]]
        both = sum(one and other for one, other in zip(left, right, strict=True))
        if sum(right) >= 2 and sum(right) > sum(left) and both == 0:
            found.append(place)
    return found


def _items(block: Block, columns: Columns, of_sheet: str) -> Iterator[Item]:
    made = [plain_item(block, number, outcome_above(block.sheet.rows[number])) for number in block.above]
    made += [plain_item(block, number, "heading") for number in [*block.header, *block.repeated]]
    if _is_told(block, columns):
        made += TableReader(block, columns, of_sheet).items()
    else:
        made += [plain_item(block, number, _as_note(block, number)) for number in block.body]
    yield from sorted(made, key=lambda item: item.row)


def _as_note(block: Block, number: int) -> str:
    return "note" if any(cell.strip() for cell in block.sheet.rows[number]) else "blank"


def _is_told(block: Block, columns: Columns) -> bool:
    """Whether a table without a header is one of agreements at all, not an explanation."""
    if block.header:
        return True
    return any(column.meaning in LEAST_CELLS and column.sureness >= 50 for column in columns)


def _shape(blocks: list[Block]) -> str:
    """A digest of the folded header words of all tables: the next file of this shape is read alike."""
    words = dict.fromkeys("\t".join(map(folded, map("".join, block.names))) for block in blocks)
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def _snapshot(blocks: list[Block], items: list[Item]) -> date | None:
    """The day on which the list says it was true, from rows outside the tables and names of sheets."""
    outside = [cell for item in items if item.outcome in ("note", "heading") for cell in item.cells]
    texts = [*outside, *(block.sheet.name for block in blocks)]
    days = [day for text in texts if (day := snapshot_in(text))]
    return max(day.last for day in days) if days else None


def _remarks(book: Book) -> list[str]:
    """Remarks of the file and of its sheets, each with the sheet's name."""
    said = list(book.remarks)
    for sheet in book.sheets:
        said += [f"{sheet.name}: {remark}" if sheet.name else remark for remark in sheet.remarks]
    return said


def report(ledger: Ledger) -> dict[str, Any]:
    """The report of an import as JSON-ready facts."""
    counts = counts_of(ledger.items)
    return {
        "rows": sum(len(item.rows) for item in ledger.items),
        "agreements": counts["agreement"],
        "waiting": counts["waiting"],
        "headings": counts["heading"],
        "notes": counts["note"],
        "blank": counts["blank"],
        "items": [_item_json(item) for item in ledger.items],
        "columns": columns_named(ledger.columns),
        "remarks": ledger.remarks,
    }


def columns_named(columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The readings of the columns, with the meaning in words too."""
    return [column | {"meaning_name": MEANINGS[column["meaning"]]} for column in columns]


def _item_json(item: Item) -> dict[str, Any]:
    told: dict[str, Any] = {
        "sheet": item.sheet,
        "row": item.row,
        "outcome": item.outcome,
        "title": item.title,
        "partners": [partner["name"] for partner in item.partners],
        "signed_on": item.signed.iso if item.signed else None,
        "fields": item.facts.get("fields", []),
        "division": item.facts.get("division", ""),
        "remarks": item.facts.get("remarks", []),
        "cells": list(item.cells),
    }
    if len(item.rows) > 1:
        told["rows"] = list(item.rows)
    if item.reason:
        told["reason"] = item.reason
    return told
