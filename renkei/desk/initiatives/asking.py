"""What a list of initiatives can be narrowed by."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.models import Field
from renkei.agreements.vocabulary import Form
from renkei.initiatives.models import Initiative, PlannedYear
from renkei.initiatives.vocabulary import InitiativeState
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division, Municipality
from renkei.partners.models import PartnerKind
from renkei.rules.japanese_calendar import fiscal_year, fiscal_year_name

SELECTS = ("year", "division", "field", "kind", "form", "state")


class InitiativesForm(forms.Form):
    """Year, division, field, kind of partner, form, state, words."""

    year = forms.ChoiceField(label=gettext_lazy("年度"), required=False)
    division = forms.ChoiceField(label=gettext_lazy("担当課"), required=False)
    field = forms.ChoiceField(label=gettext_lazy("分野"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("相手方の区分"), required=False)
    form = forms.ChoiceField(label=gettext_lazy("協定形態"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("状態"), required=False)
    q = forms.CharField(label=gettext_lazy("言葉"), required=False, max_length=100)

    def __init__(self, *args: Any, town: Municipality, day: date, **options: Any) -> None:
        super().__init__(*args, **options)
        choices: dict[str, list[tuple[Any, Any]]] = {
            "year": years_offered(town, day),
            "division": divisions_offered(town, day, values_asked(self, "division")),
            "field": fields_offered(),
            "kind": list(PartnerKind.choices),
            "form": list(Form.choices),
            "state": list(InitiativeState.choices),
        }
        for name in SELECTS:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("すべて")), *choices[name]]


def values_asked(form: forms.Form, name: str) -> list[str]:
    """All that the address says for a word: a figure of a reorganised division names several."""
    return list(form.data.getlist(name)) if hasattr(form.data, "getlist") else []


def fields_offered() -> list[tuple[str, str]]:
    """All fields, each narrower one set in below its field."""
    fields = Field.objects.order_by("position")
    return [(one.slug, f"\u3000{one}" if "." in one.slug else str(one)) for one in fields]


def divisions_offered(town: Municipality, day: date, asked: Sequence[str]) -> list[tuple[str, str]]:
    """The divisions of the day; where a figure named divisions by their keys, these stand first under their names."""
    lineage = Lineage(town)
    keys = [int(one) for one in asked if one.isdecimal() and int(one) in lineage.divisions]
    named = "、".join(dict.fromkeys(str(lineage.divisions[key]) for key in keys))
    of_figure = [(asked[-1], named)] if keys and asked[-1].isdecimal() else []
    today = [one for one in Division.objects.of(town) if one.existed_on(day)]
    return of_figure + [(one.public_id, str(one)) for one in today if not _is_meant(one, keys, lineage, day)]


def _is_meant(division: Division, keys: Iterable[int], lineage: Lineage, day: date) -> bool:
    """Whether the keys are just this division and nothing else is held by it: then it need not stand twice."""
    return set(keys) == {division.pk} == set(lineage.held_by(division, day))


def years_offered(town: Municipality, day: date) -> list[tuple[str, str]]:
    """The fiscal years around the day, and those for which the town has planned something; the latest first."""
    mine = Initiative.objects.of(town).values("pk")
    planned = PlannedYear.objects.filter(initiative__in=mine).order_by().values_list("fiscal_year", flat=True)
    this = fiscal_year(day)
    years = {this - 1, this, this + 1, *planned.distinct()}
    return [(str(one), fiscal_year_name(one)) for one in sorted(years, reverse=True)]
