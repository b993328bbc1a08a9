"""The rows of a batch as the preview shows them: which are shown, how many there are, their cells with headers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from renkei.desk.ledgers.forms import RowForm
from renkei.ledger.models import Batch, Outcome, Row

DAY = r"^....-..-..$"
SHOWN: Mapping[str, Q] = {
    "agreement": Q(outcome=Outcome.AGREEMENT),
    "waiting": Q(outcome=Outcome.WAITING),
    "already": Q(same_as__isnull=False),
    "undated": Q(outcome=Outcome.AGREEMENT) & ~Q(signed_as__regex=DAY),
    "mended": Q(is_mended=True),
    "heading": Q(outcome=Outcome.HEADING),
    "note": Q(outcome=Outcome.NOTE),
    "blank": Q(outcome=Outcome.BLANK),
}
"""What the preview can be narrowed to: outcomes, and what a person may want to look at."""


def rows_shown(batch: Batch, shown: str) -> QuerySet[Row]:
    """The rows of one kind; all of them where the kind is unknown."""
    rows = batch.rows.select_related("agreement", "same_as")
    return rows.filter(SHOWN[shown]) if shown in SHOWN else rows


def counts(batch: Batch) -> dict[str, int]:
    """How many rows each filter shows, and how many agreements would come in."""
    asked = {name: Count("pk", filter=which) for name, which in SHOWN.items()}
    new = Count("pk", filter=SHOWN["agreement"] & Q(same_as=None, agreement=None))
    return dict(batch.rows.aggregate(all=Count("pk"), new=new, **asked))


@dataclass(frozen=True)
class Line:
    """A row, its original cells with the headers above them, and the form that puts it right in place."""

    row: Row
    cells: list[tuple[str, str]]
    form: RowForm


def lines(batch: Batch, rows: list[Row]) -> list[Line]:
    """Rows as they are shown."""
    headers = headers_by_sheet(batch)
    return [Line(row, labelled(row, headers), form_of(row)) for row in rows]


def headers_by_sheet(batch: Batch) -> dict[str, list[str]]:
    """The words above the columns of each sheet that has a table of its own shape."""
    found: dict[str, list[str]] = {}
    for column in batch.columns:
        found.setdefault(column.get("sheet", ""), []).append(column["header"])
    return found


def labelled(row: Row, headers: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    """The filled cells of the row with the header above each; without headers where the row is not of a table."""
    words = headers.get(row.sheet) or (next(iter(headers.values())) if len(headers) == 1 else [])
    is_of_table = bool(words) and row.outcome in (Outcome.AGREEMENT, Outcome.WAITING)
    return [
        (_header(words, place % len(words)) if is_of_table else "", cell)
        for place, cell in enumerate(row.cells)
        if cell.strip()
    ]


def _header(words: Sequence[str], place: int) -> str:
    return words[place] or _("%(number)s列目") % {"number": place + 1}


def form_of(row: Row) -> RowForm:
    """The form that puts the row right, filled with what was read."""
    said = {"title": row.title, "partners": "\n".join(row.partners), "signed": row.signed_as}
    return RowForm(initial=said, auto_id=f"id_{row.position}_%s")
