"""Forms of the pages for stress: at most one field is needed in each."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.disasters.incidents.asked_facts import AskedFacts
from renkei.disasters.incidents.need_facts import NeedFacts
from renkei.disasters.incidents.step_facts import StepFacts
from renkei.disasters.models import District, Need
from renkei.disasters.vocabulary import DisasterFunction, Hazard, IncidentKind, NeedState, StepKind, Urgency
from renkei.municipalities.models import Municipality
from renkei.ui.amounts import AmountField, YenField

SHORT = forms.Textarea(attrs={"rows": 2})
SEEN_BY_ALL = gettext_lazy("閲覧者にも見えます。人の氏名や電話番号は書かないでください。")


class OpeningForm(forms.Form):
    """A disaster or a drill, and of which kind: the button says it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("災害ですか、訓練ですか"),
        choices=IncidentKind.choices,
        initial=IncidentKind.REAL,
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label=gettext_lazy("名称"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("空のままなら、日付と災害の種類から付けます。例: 令和6年9月2日の地震"),
    )
    hazard = forms.ChoiceField(
        label=gettext_lazy("災害の種類"),
        choices=Hazard.choices,
        error_messages={"required": gettext_lazy("災害の種類のボタンを押してください。")},
    )


class NeedLineForm(forms.Form):
    """What is needed, in one line."""

    said = forms.CharField(
        label=gettext_lazy("何が要りますか"),
        max_length=300,
        help_text=gettext_lazy("一行で。例: 水 2,000本 東光地区"),
        error_messages={"required": gettext_lazy("要るものを書いてください。例: 水 2,000本 東光地区")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "go", "autofocus": True}),
    )


class NeedForm(forms.Form):
    """What was read from the line, to put right."""

    goods = forms.CharField(label=gettext_lazy("何を"), max_length=200, required=False)
    quantity = AmountField(label=gettext_lazy("いくつ"), required=False)
    unit = forms.CharField(label=gettext_lazy("単位"), max_length=20, required=False)
    function = forms.ChoiceField(label=gettext_lazy("支援の種類"), choices=DisasterFunction.choices)
    district = forms.ChoiceField(label=gettext_lazy("届け先"), required=False)
    place = forms.CharField(label=gettext_lazy("場所"), max_length=200, required=False)
    urgency = forms.ChoiceField(label=gettext_lazy("急ぎ"), choices=Urgency.choices, widget=forms.RadioSelect)
    told_by = forms.CharField(label=gettext_lazy("誰から"), max_length=100, required=False)
    note = forms.CharField(label=gettext_lazy("補足"), required=False, widget=SHORT, help_text=SEEN_BY_ALL)

    def __init__(self, *args: Any, town: Municipality, **options: Any) -> None:
        super().__init__(*args, **options)
        self.districts = {one.public_id: one for one in District.objects.of(town)}
        field = self.fields["district"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("選ばない")), *((key, str(one)) for key, one in self.districts.items())]

    def facts(self, said: str) -> NeedFacts:
        """As it is written; the words that were heard stay."""
        given = self.cleaned_data
        return NeedFacts(
            function=DisasterFunction(given["function"]),
            goods=given["goods"],
            quantity=given["quantity"],
            unit=given["unit"],
            district=self.districts.get(given["district"]),
            place=given["place"],
            urgency=Urgency(given["urgency"]),
            said=said,
            told_by=given["told_by"],
            note=given["note"],
        )


def initial_of(need: Need) -> dict[str, Any]:
    """The need as it stands."""
    names = ("goods", "quantity", "unit", "function", "place", "urgency", "told_by", "note")
    district = need.district.public_id if need.district else ""
    return {name: getattr(need, name) for name in names} | {"district": district}


class NeedEndForm(forms.Form):
    """Met, dropped with a reason, or open again."""

    state = forms.ChoiceField(label=gettext_lazy("どうなりましたか"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("取り下げるときに書きます。"),
    )

    def __init__(self, *args: Any, need: Need, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.value, one.label) for one in NeedState if one != need.state]
        field.initial = NeedState.MET if need.state == NeedState.OPEN else NeedState.OPEN


class StepForm(forms.Form):
    """What happened: the button says it; a number only where it is another one than was asked."""

    kind = forms.ChoiceField(
        label=gettext_lazy("できごと"),
        choices=StepKind.choices,
        error_messages={"required": gettext_lazy("何があったか、ボタンを押してください。")},
    )
    quantity = AmountField(
        label=gettext_lazy("数量"),
        required=False,
        help_text=gettext_lazy("要請どおりなら空のままにします。「不足」には足りない数を入れます。"),
    )
    amount = YenField(label=gettext_lazy("金額(円)"), required=False)
    told_by = forms.CharField(label=gettext_lazy("話した相手"), max_length=100, required=False)
    note = forms.CharField(label=gettext_lazy("記録"), required=False, widget=SHORT, help_text=SEEN_BY_ALL)

    def facts(self) -> StepFacts:
        """As it is recorded."""
        given = self.cleaned_data
        return StepFacts(
            StepKind(given["kind"]), given["quantity"], given["amount"], given["told_by"], given["note"]
        )

    @property
    def asked(self) -> list[forms.BoundField]:
        """All but what the button says."""
        return [field for field in self if field.name != "kind"]


class AskedForm(forms.Form):
    """What the asking paper says; nothing has to be filled in."""

    quantity = AmountField(label=gettext_lazy("要請する数量"), required=False)
    unit = forms.CharField(label=gettext_lazy("単位"), max_length=20, required=False)
    wanted = forms.CharField(
        label=gettext_lazy("希望する日時"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("空のままなら、急ぎの度合いを書きます。例: 今日の昼まで"),
    )
    conditions = forms.CharField(
        label=gettext_lazy("伝えること"),
        required=False,
        widget=SHORT,
        help_text=gettext_lazy("要請書に載ります。例: 正門から入り、物資担当に渡す"),
    )

    @property
    def facts(self) -> AskedFacts:
        """As the service takes it."""
        return AskedFacts(**self.cleaned_data)


class CallForm(forms.Form):
    """Who answered and what was said, added after the press."""

    spoke_with = forms.CharField(label=gettext_lazy("話した相手"), max_length=100, required=False)
    note = forms.CharField(label=gettext_lazy("記録"), required=False, widget=SHORT, help_text=SEEN_BY_ALL)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not (given.get("spoke_with") or given.get("note")):
            raise forms.ValidationError(_("話した相手か記録を書いてください。"))
        return given


class NoteForm(forms.Form):
    """A line of the record."""

    text = forms.CharField(
        label=gettext_lazy("記録"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "例: 国道が通れない。本部に報告した。閲覧者にも見えるので、人の氏名や電話番号は書かないでください。"
        ),
    )
