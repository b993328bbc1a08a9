"""The parts of a form: each field by itself, and all rows of a kind together; compared and shown in words.

A form with rows has them as `rows`, a set of forms whose names begin with its prefix.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext as _

from renkei.desk.typed import Typed, said, takes_many

MOST_ROWS = 200
Given = Mapping[str, list[str]]


@dataclass(frozen=True)
class Part:
    """One thing that a form asks, with the name under which it is sent."""

    name: str
    label: str
    field: forms.Field

    def value(self, typed: Given) -> object:
        """What was typed, so that two can be compared."""
        return sorted(said(typed, self.name)) if takes_many(self.field) else said(typed, self.name)

    def shown(self, typed: Given) -> str:
        """What was typed, in words."""
        return "、".join(in_words(self.field, text) for text in said(typed, self.name))

    def differs(self, one: Given, other: Given) -> bool:
        """Whether the two do not say the same; nothing typed and a blank are the same."""
        return self.value(one) != self.value(other)

    def taken(self, into: Given, other: Given) -> Typed:
        """The first with this part as the second has it."""
        rest = {name: texts for name, texts in into.items() if not self.owns(name)}
        return rest | {name: [*texts] for name, texts in other.items() if self.owns(name)}

    def owns(self, name: str) -> bool:
        """Whether the name is sent by this part."""
        return name == self.name


@dataclass(frozen=True)
class Rows(Part):
    """All rows of a kind, as one part."""

    columns: Mapping[str, forms.Field]

    def value(self, typed: Given) -> object:
        return [row for row in rows_in(typed, self.name, self.columns) if any(row.values())]

    def shown(self, typed: Given) -> str:
        lines = (
            " ".join(
                in_words(self.columns[name], text) for name, text in row.items() if text and name != "row"
            )
            for row in rows_in(typed, self.name, self.columns)
        )
        return "\n".join(line for line in lines if line)

    def owns(self, name: str) -> bool:
        return name.startswith(f"{self.name}-")


def in_words(field: forms.Field, text: str) -> str:
    """The label of a choice, the name of a tick, else the text itself."""
    if isinstance(field, forms.BooleanField):
        return _("はい") if field.label is None else str(field.label)
    if isinstance(field, forms.ChoiceField):
        return next((str(label) for value, label in flat(field.choices) if str(value) == text), text)
    return text


def flat(choices: Any) -> Iterator[tuple[object, object]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def rows_in(typed: Given, prefix: str, columns: Mapping[str, forms.Field]) -> list[dict[str, str]]:
    """The rows as texts by column, blank ones too."""
    return [
        {name: "".join(said(typed, f"{prefix}-{place}-{name}")[-1:]) for name in columns}
        for place in range(count_of(typed, prefix))
    ]


def count_of(typed: Given, prefix: str) -> int:
    """How many rows were sent, at most as many as a form may have."""
    told = said(typed, f"{prefix}-TOTAL_FORMS")
    is_number = told and told[0].isascii() and told[0].isdigit() and len(told[0]) < 5
    return min(int(told[0]), MOST_ROWS) if is_number else 0


def parts_of(form: forms.Form) -> list[Part]:
    """The parts of a form in their order, its rows last; files are no part, since they are never kept."""
    found = [
        Part(form.add_prefix(name), str(form[name].label), field)
        for name, field in form.fields.items()
        if not isinstance(field, forms.FileField) and not field.widget.is_hidden
    ]
    rows: BaseFormSet[forms.Form] | None = getattr(form, "rows", None)
    if rows is not None:
        label = str(getattr(rows, "label", ""))
        found.append(Rows(str(rows.prefix), label, forms.Field(), rows.form.base_fields))
    return found
