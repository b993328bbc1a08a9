"""What can be chosen in the forms of a procedure: divisions of the day, fields, items."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from renkei.agreements.models import Field
from renkei.municipalities.models import Division, Municipality
from renkei.procedures.models import CooperationItem

Choices = list[tuple[str, str]]
NONE = ("", "―")


class DivisionField(forms.ChoiceField):
    """A division that exists on the day, or None; one that a record names already stays among the choices."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"label": _("担当課"), "required": False, **options})
        self.by_id: dict[str, Division] = {}

    def offer(self, municipality: Municipality, day: date, present: Division | None = None) -> None:
        """Fill in what can be chosen."""
        found = list(Division.objects.of(municipality).existing_on(day))
        found += [present] if present and present not in found else []
        self.by_id = {one.public_id: one for one in found}
        self.choices = [NONE, *((one.public_id, str(one)) for one in found)]

    def clean(self, value: Any) -> Division | None:
        return self.by_id.get(super().clean(value))

    def prepare_value(self, value: object) -> object:
        return value.public_id if isinstance(value, Division) else value


def field_choices() -> Choices:
    """All fields of cooperation."""
    return [NONE, *((one.slug, str(one)) for one in Field.objects.all())]


def item_choices(items: Iterable[CooperationItem]) -> Choices:
    """The items of a procedure by their public id."""
    return [NONE, *((one.public_id, one.heading) for one in items)]
