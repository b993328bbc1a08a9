"""What a list of initiatives can be narrowed by."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.models import Field
from renkei.agreements.vocabulary import Form
from renkei.initiatives.models import Initiative, PlannedYear
from renkei.initiatives.vocabulary import InitiativeState
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
            "division": [
                (one.public_id, str(one)) for one in Division.objects.of(town) if one.existed_on(day)
            ],
            "field": [(one.slug, str(one)) for one in Field.objects.exclude(slug__contains=".")],
            "kind": list(PartnerKind.choices),
            "form": list(Form.choices),
            "state": list(InitiativeState.choices),
        }
        for name in SELECTS:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("すべて")), *choices[name]]


def years_offered(town: Municipality, day: date) -> list[tuple[str, str]]:
    """The fiscal years around the day, and those for which the town has planned something; the latest first."""
    mine = Initiative.objects.of(town).values("pk")
    planned = PlannedYear.objects.filter(initiative__in=mine).order_by().values_list("fiscal_year", flat=True)
    this = fiscal_year(day)
    years = {this - 1, this, this + 1, *planned.distinct()}
    return [(str(one), fiscal_year_name(one)) for one in sorted(years, reverse=True)]
