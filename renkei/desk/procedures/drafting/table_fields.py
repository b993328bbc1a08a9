"""Attached tables as fields of a form: a title, and the rows as lines whose cells are parted by a bar."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from renkei.desk.procedures.drafting.forms import long_text
from renkei.documents.contents import AgreementText, AttachedTable
from renkei.municipalities.public_id import new_public_id

MOST_TABLES = 20
BAR = "｜"
LINE_END = "↵"
"""A line's end inside a cell, so that a row stays one line."""


def table_fields(place: int) -> dict[str, forms.Field]:
    """What is asked of one table."""
    fields: dict[str, forms.Field] = {
        "key": forms.CharField(required=False, max_length=40, widget=forms.HiddenInput),
        "title": forms.CharField(label=gettext_lazy("表の題"), max_length=200, required=False),
        "rows": long_text(
            gettext_lazy("表の中身"),
            rows=6,
            max_length=50_000,
            help_text=gettext_lazy(
                "一行が表の一行です。欄は「｜」で区切ります。最初の行は見出し。欄の中の改行は「↵」と書きます。"
            ),
        ),
    }
    return {f"table{place}_{name}": field for name, field in fields.items()}


def typed_of_tables(text: AgreementText) -> dict[str, str]:
    """The form's values of a text's tables."""
    found: dict[str, str] = {}
    for place, table in enumerate(text.tables[:MOST_TABLES]):
        rows = "\n".join(BAR.join(_shown(cell) for cell in row) for row in table.rows)
        found |= {
            f"table{place}_key": table.key,
            f"table{place}_title": table.title,
            f"table{place}_rows": rows,
        }
    return found


def _shown(cell: str) -> str:
    return cell.replace(BAR, "|").replace("\n", LINE_END)


def tables_typed(told: Mapping[str, Any]) -> tuple[AttachedTable, ...]:
    """The tables that were typed; one without a title and rows is none."""
    found = []
    for place in range(MOST_TABLES):
        key, title, rows = (told.get(f"table{place}_{name}") or "" for name in ("key", "title", "rows"))
        if title.strip() or rows.strip():
            found.append(AttachedTable(key or new_public_id(), title.strip(), rows_typed(rows)))
    return tuple(found)


def rows_typed(text: str) -> tuple[tuple[str, ...], ...]:
    """Lines as rows of equally many cells."""
    rows = [
        [cell.strip().replace(LINE_END, "\n") for cell in line.split(BAR)]
        for line in text.splitlines()
        if line.strip()
    ]
    width = max(map(len, rows), default=0)
    return tuple(tuple(row + [""] * (width - len(row))) for row in rows)
