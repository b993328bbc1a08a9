"""Forms of drills: the plan, why one does not take place, and a scenario with its rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.desk.rows import RowSet, taken_apart
from renkei.disasters.drills.scenario_facts import LONGEST_DRILL, DrillFacts, ScenarioFacts, ScriptedFacts
from renkei.disasters.models import Scenario
from renkei.disasters.vocabulary import DisasterFunction, Hazard, Urgency
from renkei.municipalities.models import Division
from renkei.ui.amounts import AmountField
from renkei.ui.forms import DayField, NumberField

PREFIX = "need"
MOST_NEEDS = 100


class DrillForm(forms.Form):
    """A drill in the plan."""

    scenario = forms.ChoiceField(
        label=gettext_lazy("シナリオ"),
        error_messages={"required": gettext_lazy("シナリオを選んでください。なければ先に書いてください。")},
    )
    title = forms.CharField(
        label=gettext_lazy("訓練の名称"),
        max_length=150,
        error_messages={"required": gettext_lazy("訓練の名称を入れてください。例: 令和6年度 夜間連絡訓練")},
    )
    planned_on = DayField(label=gettext_lazy("予定の日"))
    aim = forms.CharField(
        label=gettext_lazy("ねらい"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("夜間の番号が本当につながるかを確かめる、など。"),
    )
    calls_partners = forms.BooleanField(
        label=gettext_lazy("相手方に実際に電話する"),
        required=False,
        help_text=gettext_lazy("印を外すと、市の職員だけの訓練です。「3年以内に訓練をした」には数えません。"),
    )

    def __init__(self, *args: Any, scenarios: Iterable[Scenario], **options: Any) -> None:
        super().__init__(*args, **options)
        self.by_id = {one.public_id: one for one in scenarios}
        scenario = self.fields["scenario"]
        assert isinstance(scenario, forms.ChoiceField)
        scenario.choices = [(key, str(one)) for key, one in self.by_id.items()]

    @property
    def facts(self) -> DrillFacts:
        """As the service takes them."""
        given = self.cleaned_data
        return DrillFacts(**{**given, "scenario": self.by_id[given["scenario"]]})


class ReasonForm(forms.Form):
    """Why a drill does not take place."""

    reason = forms.CharField(
        label=gettext_lazy("中止の理由"),
        max_length=200,
        error_messages={"required": gettext_lazy("中止の理由を書いてください。例: 台風の対応のため")},
    )


class LessonForm(forms.Form):
    """What the drill showed, and who makes what of it."""

    text = forms.CharField(
        label=gettext_lazy("分かったこと"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    task = forms.CharField(
        label=gettext_lazy("すること"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    division = forms.ChoiceField(
        label=gettext_lazy("担当課"),
        required=False,
        help_text=gettext_lazy("「すること」を書いたときは選びます。"),
    )
    due_on = DayField(label=gettext_lazy("いつまでに"), required=False)

    def __init__(self, *args: Any, divisions: Iterable[Division], **options: Any) -> None:
        super().__init__(*args, **options)
        self.by_id = {one.public_id: one for one in divisions}
        division = self.fields["division"]
        assert isinstance(division, forms.ChoiceField)
        division.choices = [("", "―"), *((key, str(one)) for key, one in self.by_id.items())]


class ScriptedForm(forms.Form):
    """One thing that is needed so many minutes after the beginning."""

    minute = NumberField(
        label=gettext_lazy("開始から何分後"),
        min_value=0,
        max_value=LONGEST_DRILL,
        error_messages={
            "required": gettext_lazy("何分後かを数字で入れてください。例: 5"),
            "invalid": gettext_lazy("何分後かを数字で入れてください。例: 5"),
            "max_value": gettext_lazy("24時間(1440分)までの数で入れてください。"),
        },
    )
    function = forms.ChoiceField(label=gettext_lazy("支援の種類"), choices=DisasterFunction.choices)
    goods = forms.CharField(label=gettext_lazy("品目・内容"), max_length=200, required=False)
    quantity = AmountField(label=gettext_lazy("数量"), required=False)
    unit = forms.CharField(label=gettext_lazy("単位"), max_length=20, required=False)
    place = forms.CharField(label=gettext_lazy("場所"), max_length=200, required=False)
    urgency = forms.ChoiceField(label=gettext_lazy("急ぎ"), choices=Urgency.choices, initial=Urgency.NOW)

    def has_changed(self) -> bool:
        """The choices always say something: a row without a minute and without goods is no row."""
        return bool({"minute", "goods", "quantity", "place"} & {*self.changed_data})

    @property
    def facts(self) -> ScriptedFacts:
        """As the service takes them."""
        return ScriptedFacts(**self.cleaned_data)


class NeedRows(RowSet):
    """All of them."""

    label = gettext_lazy("必要になるもの")


NeedSet = formset_factory(
    ScriptedForm,
    formset=NeedRows,
    extra=0,
    max_num=MOST_NEEDS,
    absolute_max=MOST_NEEDS,
    validate_max=True,
)


class ScenarioForm(forms.Form):
    """A scenario with its rows."""

    template_name = "desk/drills/scenario_form.html"
    title = forms.CharField(
        label=gettext_lazy("シナリオの名称"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("シナリオの名称を入れてください。例: 直下型地震の最初の2時間")
        },
    )
    hazard = forms.ChoiceField(label=gettext_lazy("災害の種類"), choices=Hazard.choices)
    situation = forms.CharField(
        label=gettext_lazy("想定"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("訓練の初めに読み上げます。"),
    )

    def __init__(self, data: Any = None, files: Any = None, *, facts: ScenarioFacts, **options: Any) -> None:
        initial = {"title": facts.title, "hazard": facts.hazard, "situation": facts.situation}
        super().__init__(data, files, initial=initial, **options)
        rows = [vars(one) for one in facts.needs] or [{}]
        self.rows: Any = (
            NeedSet(data, prefix=PREFIX) if self.is_bound else NeedSet(prefix=PREFIX, initial=rows)
        )

    def put_rows_back(self, typed: Mapping[str, list[str]]) -> None:
        """Let the rows show what was typed."""
        rows, _rest = taken_apart(typed, PREFIX)
        initial = [{name: texts[-1] for name, texts in row.items() if texts} for row in rows]
        self.rows = NeedSet(prefix=PREFIX, initial=initial)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.rows.is_valid():
            self.add_error(None, _("「必要になるもの」に直す所があります。"))
        return told

    @property
    def facts(self) -> ScenarioFacts:
        """As the service takes them, after is_valid(): in the order of their minutes."""
        needs = [row.facts for row in self.rows.forms if row.has_changed()]
        given = self.cleaned_data
        return ScenarioFacts(
            given["title"],
            given["hazard"],
            given["situation"],
            tuple(sorted(needs, key=lambda one: one.minute)),
        )
