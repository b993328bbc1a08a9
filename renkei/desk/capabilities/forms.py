"""Forms about what a partner does in a disaster."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.models import Agreement
from renkei.disasters.capabilities.checks import facts_of, partners_of
from renkei.disasters.capabilities.facts import CapabilityFacts, PlaceFacts
from renkei.disasters.models import Capability, District
from renkei.disasters.places import UnreadablePlace, coordinates
from renkei.disasters.vocabulary import (
    CapabilityState,
    Certainty,
    CostBearer,
    DisasterFunction,
    HazardPosition,
    Hours,
    HowToAsk,
    HowVerified,
)
from renkei.municipalities.models import Municipality
from renkei.rules.japanese_calendar import japanese_date
from renkei.ui.amounts import AmountField
from renkei.ui.forms import DayField
from renkei.ui.result_form import FormPart

LONG = forms.Textarea(attrs={"rows": 3})
SPARE = 2
"""Places that can be added at once."""
MAIN = ("organisation_id", "function", "goods", "quantity", "unit", "certainty")
REACH = ("area", "lead_hours", "hours", "hours_note", "conditions")
COST = ("cost_bearer", "cost_note")
ASKING = ("how_to_ask", "asked_by", "asking_form", "asking_channel")
OF_PLACE = ("name", "address", "at", "hazard")


def text(label: Any, longest: int, help_text: Any = "") -> forms.CharField:
    """A line that may stay empty."""
    return forms.CharField(label=label, required=False, max_length=longest, help_text=help_text)


class CoordinatesField(forms.CharField):
    """Latitude and longitude in one line, in any width: 43.77, 142.36."""

    def __init__(self, *, label: Any) -> None:
        help_text = gettext_lazy("緯度、経度の順に。例: 43.7706, 142.3650(地図のサービスから写せます)")
        super().__init__(label=label, max_length=60, required=False, help_text=help_text)

    def clean(self, value: Any) -> Any:
        told = super().clean(value)
        try:
            return coordinates(told)
        except UnreadablePlace as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


def written(place: Any) -> str:
    """A place's coordinates as they are typed."""
    return "" if place.latitude is None else f"{place.latitude}, {place.longitude}"


class CapabilityForm(forms.Form):
    """Everything about one thing that a partner does, in parts; the first part is what counts at night."""

    organisation_id = forms.TypedChoiceField(label=gettext_lazy("相手方"), coerce=int)
    function = forms.ChoiceField(
        label=gettext_lazy("支援の種類"), choices=[("", "—"), *DisasterFunction.choices]
    )
    goods = text(
        gettext_lazy("品目・内容"), 200, gettext_lazy("例: 飲料水(2Lペットボトル)、毛布、道路の応急復旧")
    )
    quantity = AmountField(
        label=gettext_lazy("数量"),
        required=False,
        help_text=gettext_lazy("分からなければ空けてください。例: 2,000"),
    )
    unit = text(gettext_lazy("単位"), 20, gettext_lazy("例: 本、枚、台、人"))
    certainty = forms.ChoiceField(
        label=gettext_lazy("数量の確かさ"),
        choices=Certainty.choices,
        initial=Certainty.NONE,
        help_text=gettext_lazy("「可能な範囲で」としか書かれていなければ「数量の定めなし」。"),
    )
    area = text(
        gettext_lazy("対応できる地域"),
        200,
        gettext_lazy("市内全域なら空けるか「市内全域」。例: 東光地区、神居地区"),
    )
    lead_hours = AmountField(
        label=gettext_lazy("要請から到着までの時間"),
        required=False,
        help_text=gettext_lazy("時間で。例: 6、0.5"),
    )
    hours = forms.ChoiceField(
        label=gettext_lazy("対応できる時間帯"), choices=Hours.choices, initial=Hours.UNKNOWN
    )
    hours_note = text(gettext_lazy("時間帯の補足"), 200, gettext_lazy("例: 平日8:30〜17:15、冬期は除く"))
    conditions = forms.CharField(
        label=gettext_lazy("条件"),
        required=False,
        widget=LONG,
        help_text=gettext_lazy("例: 店舗の在庫の範囲で"),
    )
    cost_bearer = forms.ChoiceField(
        label=gettext_lazy("費用の負担"), choices=CostBearer.choices, initial=CostBearer.UNKNOWN
    )
    cost_note = text(gettext_lazy("費用の補足"), 200)
    how_to_ask = forms.ChoiceField(
        label=gettext_lazy("要請のしかた"), choices=HowToAsk.choices, initial=HowToAsk.UNKNOWN
    )
    asked_by = text(gettext_lazy("要請する人"), 100, gettext_lazy("例: 市長、災害対策本部長"))
    asking_form = text(gettext_lazy("要請の様式"), 200, gettext_lazy("例: 第1号様式"))
    asking_channel = text(gettext_lazy("要請の手段"), 200, gettext_lazy("例: 電話、後日文書"))

    def __init__(self, *args: Any, agreement: Agreement, places: int = 0, **options: Any) -> None:
        super().__init__(*args, **options)
        partners = partners_of(agreement).filter(merged_into=None)
        field = self.fields["organisation_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.pk, one.name) for one in partners]
        if len(field.choices) > 1:
            field.choices = [("", "—"), *field.choices]
        self.count = places + SPARE
        for place in range(self.count):
            self._add_place(place)

    def _add_place(self, place: int) -> None:
        mark = f"{place + 1}"
        self.fields[f"place-{place}-name"] = text(
            _("場所%s") % mark, 100, _("倉庫、店舗、事業所など。例: 永山配送センター")
        )
        self.fields[f"place-{place}-address"] = text(_("場所%sの所在地") % mark, 200)
        self.fields[f"place-{place}-at"] = CoordinatesField(label=_("場所%sの座標") % mark)
        self.fields[f"place-{place}-hazard"] = forms.ChoiceField(
            label=_("場所%sと危険区域") % mark,
            choices=HazardPosition.choices,
            initial=HazardPosition.UNKNOWN,
            required=False,
            help_text=_("ハザードマップで確かめてください。"),
        )

    @property
    def parts(self) -> list[FormPart]:
        """The parts of the form; one with something in it, or with an error, is open."""
        places = [f"place-{place}-{name}" for place in range(self.count) for name in OF_PLACE]
        return [
            FormPart("", [self[name] for name in MAIN], is_open=True),
            self._part(_("地域・時間・条件"), REACH),
            self._part(_("要請のしかた"), ASKING),
            self._part(_("費用"), COST),
            self._part(_("供給の場所"), places),
        ]

    def _part(self, title: str, names: Sequence[str]) -> FormPart:
        nothing = (None, "", Hours.UNKNOWN)
        is_open = any(name in self.errors or self[name].value() not in nothing for name in names)
        return FormPart(title, [self[name] for name in names], is_open)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for place in range(self.count):
            told = [cleaned.get(f"place-{place}-{name}") for name in ("address", "at")]
            if any(told) and not cleaned.get(f"place-{place}-name"):
                self.add_error(f"place-{place}-name", _("場所の名前を書いてください。例: 永山配送センター"))
        return cleaned

    def facts(self) -> CapabilityFacts:
        """What was typed."""
        said = self.cleaned_data
        plain = {name: said[name] for name in (*MAIN, *REACH, *COST, *ASKING)}
        return CapabilityFacts(**plain, places=tuple(self._places()))

    def _places(self) -> list[PlaceFacts]:
        found = []
        for place in range(self.count):
            name, address, at, hazard = (self.cleaned_data[f"place-{place}-{one}"] for one in OF_PLACE)
            if name:
                latitude, longitude = at or (None, None)
                found.append(PlaceFacts(name, address, latitude, longitude, hazard or HazardPosition.UNKNOWN))
        return found


def initial_of(capability: Capability) -> dict[str, Any]:
    """The capability as it stands."""
    facts = facts_of(capability)
    initial = {name: getattr(facts, name) for name in (*MAIN, *REACH, *COST, *ASKING)}
    initial["organisation_id"] = capability.partner.pk
    for place, one in enumerate(facts.places):
        told = (one.name, one.address, written(one), one.hazard)
        initial |= {f"place-{place}-{name}": value for name, value in zip(OF_PLACE, told, strict=True)}
    return initial


class ConfirmForm(forms.Form):
    """On which day and how it was confirmed that it is still so."""

    on = DayField(label=gettext_lazy("確かめた日"))
    how = forms.ChoiceField(
        label=gettext_lazy("確かめ方"), choices=HowVerified.choices, initial=HowVerified.TELEPHONE
    )

    def __init__(self, *args: Any, day: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.day = day

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.day:
            raise forms.ValidationError(
                _("きょう(%s)より後の日です。確かめた日を入れてください。") % japanese_date(self.day)
            )
        return on


class EndForm(forms.Form):
    """From when on the partner does it no more, and why."""

    on = DayField(label=gettext_lazy("取りやめた日"))
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=200,
        help_text=gettext_lazy("例: 倉庫の閉鎖、相手方からの申し出"),
    )


class CapabilitiesForm(forms.Form):
    """What the list can be narrowed by."""

    q = forms.CharField(label=gettext_lazy("言葉"), required=False, max_length=100)
    function = forms.ChoiceField(label=gettext_lazy("支援の種類"), required=False)
    certainty = forms.ChoiceField(label=gettext_lazy("数量の確かさ"), required=False)
    hours = forms.ChoiceField(label=gettext_lazy("時間帯"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("状態"), required=False)
    checked = forms.ChoiceField(label=gettext_lazy("確認"), required=False)
    place = forms.ChoiceField(label=gettext_lazy("対応できる地域"), required=False)

    def __init__(self, *args: Any, town: Municipality, **options: Any) -> None:
        super().__init__(*args, **options)
        every = _("すべて")
        choices: dict[str, tuple[str, Sequence[tuple[str, Any]]]] = {
            "function": (every, DisasterFunction.choices),
            "certainty": (every, Certainty.choices),
            "hours": (every, Hours.choices),
            "state": (_("現行と案"), CapabilityState.choices),
            "checked": (every, [("no", _("1年以内に確かめていない"))]),
            "place": (every, list(District.objects.of(town).values_list("public_id", "name"))),
        }
        for name, (nothing, offered) in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", nothing), *offered]
