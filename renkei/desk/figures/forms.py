"""The form of a cross table, and the name of a question that is kept."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from renkei.desk.figures.work import years_to_choose
from renkei.initiatives.models import Indicator
from renkei.municipalities.models import Municipality
from renkei.reports.cross_naming import Naming, choices_of
from renkei.reports.cross_words import NARROWED_BY, Dimension, Measure
from renkei.reports.questions import LONGEST_NAME
from renkei.rules.japanese_calendar import fiscal_year

MOST_UNITS = 200


class CrossForm(forms.Form):
    """A question by selects: what is counted, how it is split, when, and what is narrowed."""

    measure = forms.ChoiceField(label=_("数えるもの"), choices=Measure.choices, required=False)
    unit = forms.ChoiceField(
        label=_("指標の単位"), required=False, help_text=_("「指標の実績値」のときだけ選びます。")
    )
    rows = forms.ChoiceField(label=_("行"), choices=Dimension.choices, required=False)
    columns = forms.ChoiceField(label=_("列"), choices=[("", _("なし")), *Dimension.choices], required=False)
    first_year = forms.ChoiceField(
        label=_("年度(から)"), required=False, help_text=_("取組と実績を数えるときに使います。")
    )
    last_year = forms.ChoiceField(label=_("年度(まで)"), required=False)
    since = forms.CharField(
        label=_("いつから"),
        required=False,
        help_text=_("期間内の締結・終了を数えるときに使います。例: R6.4.1"),
    )
    on = forms.CharField(
        label=_("いつの時点で"), required=False, help_text=_("協定を数える日です。空ければ今日。例: R6.6.1")
    )

    def __init__(self, *args: Any, town: Municipality, day: date, year: int, **options: Any) -> None:
        super().__init__(*args, **options)
        units = Indicator.objects.filter(initiative__municipality=town).order_by("unit")
        known = list(units.values_list("unit", flat=True).distinct()[:MOST_UNITS])
        years = [(str(one), name) for one, name in years_to_choose(year)]
        naming = Naming(town, day)
        self._choose("unit", [("", _("選ばない")), *((unit, unit) for unit in known)])
        self._choose("first_year", years)
        self._choose("last_year", years)
        for word in NARROWED_BY:
            choices = [("", _("すべて")), *choices_of(naming, word)]
            label = _("協定・取組の担当課") if word == "division" else Dimension(word).label
            self.fields[word] = forms.ChoiceField(label=label, choices=choices, required=False)

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def asking(self) -> list[forms.BoundField]:
        """What is always asked."""
        return [self[name] for name in ("measure", "rows", "columns", "first_year", "last_year")]

    @property
    def narrowing(self) -> list[forms.BoundField]:
        """What is asked by few."""
        return [self[name] for name in ("unit", "since", "on", *NARROWED_BY)]


def question_form(asked: QueryDict, town: Municipality, day: date) -> CrossForm:
    """The form with what the address asks; what it does not ask stands at its default."""
    last = fiscal_year(day) - 1
    said = {name: asked.get(name, "") for name in asked}
    usual = {"measure": Measure.RESULTS, "rows": Dimension.FIELD, "first_year": str(last)}
    filled = {**usual, **{name: value for name, value in said.items() if value}}
    filled.setdefault("last_year", filled["first_year"])
    year = filled["first_year"]
    known = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else last
    form = CrossForm(filled, town=town, day=day, year=known)
    form.errors.clear()  # what is unknown is said by the question itself
    return form


class QuestionForm(forms.Form):
    """The name of a question, and whether the town shares it."""

    name = forms.CharField(
        label=_("名前"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("名前を入れてください。例: 分野別の実績")},
    )
    is_shared = forms.BooleanField(
        label=_("庁内で共有する"),
        required=False,
        help_text=_("町の職員がみな、この集計を開けるようになります。"),
    )
