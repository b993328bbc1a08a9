"""What a list of results can be narrowed by: words of the address that other pages use as well."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.vocabulary import Form
from renkei.desk.initiatives.asking import divisions_offered, fields_offered, values_asked
from renkei.initiatives.models import Result
from renkei.initiatives.result_finding import ALL
from renkei.initiatives.vocabulary import ResultKind, ResultState
from renkei.municipalities.models import Municipality
from renkei.partners.models import PartnerKind
from renkei.rules.japanese_calendar import fiscal_year, fiscal_year_name

SELECTS = ("year", "division", "field", "kind", "form", "result", "state", "valued")


class ResultsForm(forms.Form):
    """Year, division, field, kind of partner, form, kind of result, state, value, words."""

    year = forms.ChoiceField(label=gettext_lazy("年度"), required=False)
    division = forms.ChoiceField(label=gettext_lazy("担当課"), required=False)
    field = forms.ChoiceField(label=gettext_lazy("分野"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("相手方の区分"), required=False)
    form = forms.ChoiceField(label=gettext_lazy("協定形態"), required=False)
    result = forms.ChoiceField(label=gettext_lazy("実績の種類"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("状態"), required=False)
    valued = forms.ChoiceField(label=gettext_lazy("効果額"), required=False)
    q = forms.CharField(label=gettext_lazy("言葉"), required=False, max_length=100)

    def __init__(self, *args: Any, town: Municipality, day: date, **options: Any) -> None:
        super().__init__(*args, **options)
        known = (
            Result.objects.of(town).order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
        )
        years = dict.fromkeys([fiscal_year(day), fiscal_year(day) - 1, *known])
        choices: dict[str, list[tuple[Any, Any]]] = {
            "year": [(str(one), fiscal_year_name(one)) for one in sorted(years, reverse=True)],
            "division": divisions_offered(town, day, values_asked(self, "division")),
            "field": fields_offered(),
            "kind": list(PartnerKind.choices),
            "form": list(Form.choices),
            "result": list(ResultKind.choices),
            "state": [*ResultState.choices, (ALL, _("取り消されたものも含めてすべて"))],
            "valued": [("1", _("効果額のあるもの")), ("0", _("効果額のないもの"))],
        }
        for name in SELECTS:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("有効なもの") if name == "state" else _("すべて")), *choices[name]]
