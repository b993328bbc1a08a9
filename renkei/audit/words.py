"""What changed, in words: the label of each changed fact from its model, before and after as a person reads them.

The log knows no domain: a name such as "agreements.agreement.title" leads to the model's own verbose names.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from renkei.audit.events import DECLARED
from renkei.audit.models import Entry


@dataclass(frozen=True)
class Change:
    """One changed fact: its label, and each value as lines of text."""

    label: str
    before: list[str]
    after: list[str]


def changes_of(entry: Entry) -> list[Change]:
    """The changed facts of an entry, in the order in which they were told."""
    found = []
    for name, (before, after) in entry.changes.items():
        label, choices = _named(name)
        found.append(Change(label, shown(before, choices), shown(after, choices)))
    return found


def _named(name: str) -> tuple[str, dict[Any, Any]]:
    """The label of a fact and the words of its choices; its plain name where nothing of that name is known any more."""
    app, _dot, rest = name.partition(".")
    model_name, _dot, column = rest.partition(".")
    try:
        model = apps.get_model(app, model_name)
        if not column:
            return str(model._meta.verbose_name), {}
        field: Any = model._meta.get_field(column)
    except (LookupError, ValueError, FieldDoesNotExist):
        return name, {}
    return str(field.verbose_name), dict(field.flatchoices)


def shown(value: object, choices: dict[Any, Any]) -> list[str]:
    """A told value as lines: one for each of a list, a word for what is empty, yes or no for a truth."""
    if isinstance(value, list):
        return [line for one in value for line in shown(one, choices)] or [_("(なし)")]
    if value is None or value == "":
        return [_("(なし)")]
    if isinstance(value, bool):
        return [_("はい") if value else _("いいえ")]
    return str(choices.get(value, value)).splitlines()


def kind_of_record(label: str) -> str:
    """The word for a kind of record: 協定 for "agreements.agreement"."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label


def outline(name: str) -> str:
    """The sentence of an event with dots where names and facts would stand."""
    sentence = str(DECLARED[name].sentence)
    return sentence.format_map(dict.fromkeys(DECLARED[name].placeholders, "…"))
