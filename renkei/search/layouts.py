"""Layouts: a town's own columns for its list, in its own order and under its own heads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from renkei.search.columns import INTERNAL_COLUMNS, PUBLIC_COLUMNS
from renkei.search.models import Layout

KNOWN = (*PUBLIC_COLUMNS, *INTERNAL_COLUMNS)
LONGEST_HEAD = 60


@dataclass(frozen=True)
class Column:
    """A column by its name, and the head that stands over it."""

    name: str
    head: str


def columns_of(layout: Layout) -> list[Column]:
    """The columns in their order, without those that no longer exist."""
    return [Column(one["name"], one["head"]) for one in layout.columns if one["name"] in KNOWN]


def vanished(layout: Layout) -> list[str]:
    """The columns that the layout names and that no longer exist."""
    return [one["name"] for one in layout.columns if one["name"] not in KNOWN]


def proposed(meanings: Iterable[tuple[str, str]]) -> list[Column]:
    """Columns for a ledger that was imported: pairs of what a column means and the head it had there."""
    found: dict[str, Column] = {}
    for meaning, head in meanings:
        for name in BY_MEANING.get(meaning, ()):
            if name not in found:
                found[name] = Column(name, head[:LONGEST_HEAD] or name)
                break
    return list(found.values())


BY_MEANING: Mapping[str, tuple[str, ...]] = {
    "title": ("協定名",),
    "partners": ("相手方",),
    "first_party": ("相手方",),
    "second_party": ("相手方",),
    "signed": ("締結日(和暦)", "締結日"),
    "division": ("担当課",),
    "department": ("担当部",),
    "category": ("分野",),
    "purpose": ("目的",),
    "items": ("連携事項",),
    "term": ("終期(和暦)", "更新"),
    "notes": ("庁内メモ",),
    "other": ("台帳の記載",),
    "municipality": ("自治体名",),
}
