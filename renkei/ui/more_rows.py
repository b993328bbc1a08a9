"""One more row of a form without a script: a button sends what is typed, and it is shown again with a row more.

Nothing is judged by that: who asks for a row has not finished. Whatever the form is, it is not valid then.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

MORE = "more"
"""The button's name; its value says rows of which kind."""
MOST_NEW = 20


def asks_for_more(data: Mapping[str, Any] | None) -> bool:
    """Whether the form was sent for another row, and not to be taken."""
    return bool(data) and MORE in (data or {})


def new_rows(data: Mapping[str, Any] | None, kind: str, field: str, usual: int) -> tuple[int, int]:
    """How many new rows to show, and which of them was asked for just now (0 for none)."""
    sent = data or {}
    count = usual
    while count < MOST_NEW and f"{kind}{count + 1}-{field}" in sent:
        count += 1
    if sent.get(MORE) != kind or count == MOST_NEW:
        return count, 0
    return count + 1, count + 1


class KeptForm(forms.Form):
    """A form that shows what stands in it unjudged when another row was asked for."""

    asked_just_now = False

    def full_clean(self) -> None:
        """Look at what was sent, unless it was sent for a row only."""
        if self.is_bound and asks_for_more(self.data):
            self._errors = ErrorDict(renderer=self.renderer)
            self.cleaned_data = {name: self[name].value() for name in self.fields}
        else:
            super().full_clean()

    def is_valid(self) -> bool:
        """Whether it can be taken."""
        return not asks_for_more(self.data) and super().is_valid()

    def ask(self, field: str) -> None:
        """This is the row that was asked for: the person goes on in its field."""
        self.asked_just_now = True
        self.fields[field].widget.attrs["autofocus"] = True
