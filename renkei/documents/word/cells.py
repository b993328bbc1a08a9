"""Cells of a Word file's tables: how far they go, and in which colour."""

import re
from typing import Any

from renkei.documents.word.ours import qn

COLOUR = re.compile(r"[0-9A-Fa-f]{6}")


def span(cell: Any) -> int:
    """Over how many columns the cell goes."""
    found = next(cell.iter(qn("w:gridSpan")), None)
    return int(found.get(qn("w:val"), "1")) if found is not None else 1


def fill(cell: Any) -> str:
    """The colour of a cell, six hexadecimal digits; nothing where it is the paper's."""
    shade = next(cell.iter(qn("w:shd")), None)
    colour = shade.get(qn("w:fill"), "") if shade is not None else ""
    return colour if COLOUR.fullmatch(colour) else ""


def goes_on(cell: Any) -> bool:
    """Whether the cell is the lower part of the one above it."""
    found = next(cell.iter(qn("w:vMerge")), None)
    return found is not None and found.get(qn("w:val")) != "restart"


def goes_on_at(row: Any, column: int) -> bool:
    """Whether the row's cell in the column is the lower part of the one above it."""
    place = 0
    for cell in row.findall(qn("w:tc")):
        if place == column:
            return goes_on(cell)
        place += span(cell)
    return False
