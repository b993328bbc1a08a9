"""Rows of a form: as many as a person wants, without a script; each button sends the form and shows it again."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.functional import Promise

from renkei.desk.parts import MOST_ROWS, count_of
from renkei.desk.typed import Typed

BUTTON = re.compile(r"(add|remove|raise)-([a-z]+)(?:-([0-9]{1,3}))?")


class RowSet(BaseFormSet[forms.Form]):
    """Rows of one kind; a row without anything in it is no row."""

    label: str | Promise = ""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return super().get_form_kwargs(index) | {"empty_permitted": True, "use_required_attribute": False}


def pressed(form: forms.Form, typed: Typed, do: str) -> Typed:
    """What is typed after a button inside the form was pressed; a form may know buttons of its own.

    The form remembers as `focus_on` where the person goes on.
    """
    own = getattr(form, "pressed", None)
    after = rearranged(own(typed, do) if own else typed, do)
    form.focus_on = focus_after(do, after)  # type: ignore[attr-defined]
    return after


def focus_after(do: str, typed: Typed) -> str:
    """The row to go on with, or the button's own name."""
    button = BUTTON.fullmatch(do)
    if button is None:
        return do
    last = count_of(typed, button[2]) - 1
    place = last if button[1] == "add" else max(int(button[3] or 0) - 1, 0)
    return f"{button[2]}-{min(place, last)}"


def rearranged(typed: Typed, do: str) -> Typed:
    """What was typed, after a button of the rows: add-party, remove-party-2, raise-party-2."""
    button = BUTTON.fullmatch(do)
    if button is None:
        return typed
    verb, prefix, place = button[1], button[2], int(button[3] or 0)
    rows, rest = taken_apart(typed, prefix)
    if verb == "add":
        rows.append({})
    elif verb == "remove":
        rows[place : place + 1] = []
    elif 0 < place < len(rows):
        rows[place - 1 : place + 1] = [rows[place], rows[place - 1]]
    return rest | put_together(rows[:MOST_ROWS], prefix)


def taken_apart(typed: Mapping[str, list[str]], prefix: str) -> tuple[list[Typed], Typed]:
    """The rows, each by the names of its columns, and everything else."""
    count = count_of(typed, prefix)
    rows: list[Typed] = [{} for _place in range(count)]
    rest: Typed = {}
    for name, texts in typed.items():
        found = re.fullmatch(rf"{prefix}-([0-9]{{1,3}})-(\w+)", name)
        if found and int(found[1]) < count:
            rows[int(found[1])][found[2]] = [*texts]
        elif not name.startswith(f"{prefix}-"):
            rest[name] = [*texts]
    return rows, rest


def put_together(rows: list[Typed], prefix: str) -> Typed:
    """The rows as they are sent."""
    found: Typed = {f"{prefix}-TOTAL_FORMS": [str(len(rows))], f"{prefix}-INITIAL_FORMS": ["0"]}
    for place, row in enumerate(rows):
        found |= {f"{prefix}-{place}-{name}": texts for name, texts in row.items()}
    return found
