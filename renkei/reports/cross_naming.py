"""How the values of a cross table's dimensions are named and ordered, as of a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from renkei.agreements.vocabulary import FIELDS, DocumentKind, Form, top_field
from renkei.initiatives.vocabulary import InitiativeState, ResultKind
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Municipality
from renkei.partners.models import PartnerKind
from renkei.reports.cross_facts import Thing
from renkei.reports.cross_words import Dimension
from renkei.reports.models import NONE
from renkei.rules.japanese_calendar import fiscal_year_name

VOCABULARIES: Mapping[str, Any] = {
    "kind": PartnerKind, "form": Form, "document": DocumentKind, "result": ResultKind, "state": InitiativeState,
}  # fmt: skip


@dataclass(frozen=True)
class Head:
    """A row or column: its name, and the values of which a list is asked for it."""

    value: str
    label: str
    values: tuple[str, ...]


class Naming:
    """The values of the dimensions in their order, with their names as of a day."""

    def __init__(self, town: Municipality, on: date) -> None:
        self.town, self.on = town, on
        self.lineage = Lineage(town)
        in_english = get_language() == "en"
        self.fields = {slug: english if in_english else name for slug, name, english in FIELDS}

    def holder(self, division: str) -> str:
        """The division that holds the duties on the day."""
        if division == NONE or int(division) not in self.lineage.divisions:
            return NONE
        return str(self.lineage.on(int(division), self.on).pk)

    def values_of(self, thing: Thing, dimension: Dimension) -> tuple[str, ...]:
        """Where a thing counts, each once."""
        if dimension == Dimension.DIVISION:
            return tuple(self.holder(value) for value in thing.groups["division"])
        if dimension == Dimension.FIELD:
            return tuple(value for value in thing.groups["field"] if "." not in value)
        if dimension == Dimension.FIELD_BELOW:
            every = thing.groups["field"]
            return tuple(
                value for value in every if not any(other.startswith(f"{value}.") for other in every)
            )
        return thing.groups[dimension.value]

    def heads(self, dimension: Dimension, found: Iterable[str]) -> list[Head]:
        """Those that were found, in the order of their vocabulary; what has no value stands last."""
        values = set(found)
        known = [self._head(dimension, value) for value in values - {NONE}]
        known.sort(key=lambda head: self._place(dimension, head))
        if NONE in values:
            missing = _("%(dimension)sなし") % {"dimension": dimension.label}
            known.append(Head(NONE, missing, (NONE,)))
        return known

    def _head(self, dimension: Dimension, value: str) -> Head:
        if dimension == Dimension.DIVISION:
            division = self.lineage.divisions[int(value)]
            held = tuple(str(pk) for pk in sorted(self.lineage.held_by(division, self.on)))
            return Head(value, str(division), held or (value,))
        if dimension in (Dimension.FIELD, Dimension.FIELD_BELOW):
            label = self.fields.get(value, value)
            if dimension == Dimension.FIELD_BELOW and "." in value:
                label = f"{self.fields.get(top_field(value), '')} {label}"
            elif dimension == Dimension.FIELD_BELOW and self._has_below(value):
                return Head(value, _("%(field)s(ほか)") % {"field": label}, ())
            return Head(value, label, (value,))
        if dimension == Dimension.YEAR:
            return Head(value, fiscal_year_name(int(value)), (value,))
        return Head(value, str(dict(VOCABULARIES[dimension.value].choices).get(value, value)), (value,))

    def _has_below(self, slug: str) -> bool:
        return any(one.startswith(f"{slug}.") for one in self.fields)

    def _place(self, dimension: Dimension, head: Head) -> tuple[int, str]:
        if dimension == Dimension.DIVISION:
            return (0, head.label)
        if dimension in (Dimension.FIELD, Dimension.FIELD_BELOW):
            return (list(self.fields).index(head.value) if head.value in self.fields else 999, "")
        if dimension == Dimension.YEAR:
            return (int(head.value), "")
        values = VOCABULARIES[dimension.value].values
        return (values.index(head.value) if head.value in values else 999, head.value)


def choices_of(naming: Naming, word: str) -> list[tuple[str, str]]:
    """What can be chosen to narrow by, with names; divisions are those that exist on the day."""
    if word == "field":
        return [(slug, f"　{name}" if "." in slug else name) for slug, name in naming.fields.items()]
    if word == "division":
        here = [
            one
            for one in naming.lineage.divisions.values()
            if one.existed_on(naming.on) and not one.portion_of_id
        ]
        return [
            *sorted(((str(one.pk), str(one)) for one in here), key=lambda pair: pair[1]),
            (NONE, _("担当課なし")),
        ]
    return [(value, str(label)) for value, label in VOCABULARIES[word].choices]
