"""How our own tables write a cell, so that no spreadsheet runs it, and how such a cell is read again."""

SEPARATOR = " | "
"""Between several values of one cell."""
FORMULA = tuple("=+-@\t\r＝＋－＠")
"""Beginnings that a spreadsheet would take for a formula."""


def neutral(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def restored(cell: str) -> str:
    """The cell as it was before `neutral`; every other cell as it is."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell
