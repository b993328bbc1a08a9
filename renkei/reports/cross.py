"""Cross tables: any measure by any two dimensions, each cell with its list, totals that count each thing once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from renkei.agreements.audience import Audience
from renkei.municipalities.models import Municipality
from renkei.reports.cross_facts import Number, Thing, things
from renkei.reports.cross_links import Links
from renkei.reports.cross_naming import Head, Naming, choices_of
from renkei.reports.cross_words import IN_YEN, Dimension, Measure, Question


@dataclass(frozen=True)
class Cell:
    """A number, and what the list behind it is asked for; "" where no list shows just these."""

    count: Number
    asked: str = ""


@dataclass(frozen=True)
class CrossRow:
    """A row with its cells and its total."""

    head: Head
    cells: list[Cell]
    total: Cell

    @property
    def label(self) -> str:
        """Its name, for charts."""
        return self.head.label

    @property
    def count(self) -> Number:
        """Its total, for charts."""
        return self.total.count


@dataclass(frozen=True)
class Cross:
    """A cross table; `told` says of sums how many of how many things told an amount."""

    question: Question
    columns: list[Head]
    rows: list[CrossRow]
    totals: list[Cell]
    total: Cell
    listed: str
    told: tuple[int, int] | None = None
    notes: list[str] = field(default_factory=list)


def cross(town: Municipality, question: Question) -> Cross:
    """Count what a town's staff ask; everything counts once in each row, column and total that it belongs to."""
    naming = Naming(town, question.on)
    wanted, notes = _wanted(naming, question)
    counted = [thing for thing in things(Audience.staff(town), question) if _fits(thing, wanted, naming)]
    told = [thing for thing in counted if thing.amount is not None]
    return _table(naming, question, told, len(counted), notes)


def _wanted(naming: Naming, question: Question) -> tuple[dict[str, set[str]], list[str]]:
    """The values by which is narrowed; what is no longer there finds nothing, and that is said."""
    wanted: dict[str, set[str]] = {}
    notes = []
    for word, values in question.narrowed.items():
        known = dict(choices_of(naming, word))
        for value in values:
            if value not in known:
                told = {"word": Dimension(word).label, "value": value}
                notes.append(
                    _("「%(word)s」の「%(value)s」は、いまはありません。条件を選び直してください。") % told
                )
        wanted[word] = set(values)
    return wanted, notes


def _fits(thing: Thing, wanted: Mapping[str, set[str]], naming: Naming) -> bool:
    for word, values in wanted.items():
        here = thing.groups.get(word, ())
        if word == "division":
            here = tuple(naming.holder(value) for value in here)
        if values.isdisjoint(here):
            return False
    return True


class Sums:
    """Amounts under a key; of partners and initiatives each once, whatever years and results they have."""

    def __init__(self, question: Question) -> None:
        self.once_each = question.measure in (Measure.PARTNERS, Measure.INITIATIVES)
        self.amounts: dict[Any, Number] = defaultdict(int)
        self.counted: dict[Any, set[int]] = defaultdict(set)

    def add(self, key: object, thing: Thing) -> None:
        """Let the thing count under the key."""
        if self.once_each:
            self.counted[key] |= thing.keys
        else:
            self.amounts[key] += thing.amount or 0

    def of(self, key: object) -> Number:
        """What the things under the key add up to."""
        return len(self.counted[key]) if self.once_each else self.amounts[key]


def _table(naming: Naming, question: Question, counted: Sequence[Thing], of: int, notes: list[str]) -> Cross:
    sums = Sums(question)
    in_rows: set[str] = set()
    in_columns: set[str] = set()
    several = False
    for thing in counted:
        rows = naming.values_of(thing, question.rows)
        columns = naming.values_of(thing, question.columns) if question.columns else ()
        several |= len(rows) > 1 or len(columns) > 1
        in_rows.update(rows)
        in_columns.update(columns)
        for key in [None, *(("r", row) for row in rows), *(("c", column) for column in columns)]:
            sums.add(key, thing)
        for row in rows:
            for column in columns:
                sums.add((row, column), thing)
    by_year = Dimension.YEAR in (question.rows, question.columns)
    several |= by_year and question.measure == Measure.INITIATIVES and len(question.years) > 1
    if several or question.measure == Measure.PARTNERS:
        notes = [*notes, _once_each(question)]
    links = Links(naming, question)

    def cell(key: object, row: Head | None, column: Head | None) -> Cell:
        count = sums.of(key)
        return Cell(count, links.to(row, column) if count else "")

    heads = naming.heads(question.columns, in_columns) if question.columns else []
    rows_found = [
        CrossRow(
            row,
            [cell((row.value, column.value), row, column) for column in heads],
            cell(("r", row.value), row, None),
        )
        for row in naming.heads(question.rows, in_rows)
    ]
    totals = [cell(("c", column.value), None, column) for column in heads]
    is_sum = question.measure in IN_YEN or question.measure == Measure.INDICATOR
    return Cross(
        question,
        heads,
        rows_found,
        totals,
        cell(None, None, None),
        listed=links.listed,
        told=(len(counted), of) if is_sum else None,
        notes=notes,
    )


def _once_each(question: Question) -> str:
    if question.measure == Measure.PARTNERS:
        return _("同じ相手方は、合計では1者と数えます。そのため、各欄を足した数とは合わないことがあります。")
    return _(
        "1件が複数の区分に入ることがあります。合計では1件と数えるため、各欄を足した数とは合わないことがあります。"
    )
