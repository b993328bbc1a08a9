"""Forms about one initiative."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.models import Agreement, Field
from renkei.initiatives.models import Aim, Indicator, Initiative, PlannedYear
from renkei.initiatives.services.begin import InitiativeFacts, field_of
from renkei.initiatives.services.states import MOVES
from renkei.initiatives.vocabulary import InitiativeState
from renkei.municipalities.models import Division
from renkei.rules.japanese_calendar import fiscal_year_name
from renkei.ui.amounts import AmountField
from renkei.ui.forms import DayField

LONG = forms.Textarea(attrs={"rows": 3})
SEPARATORS = str.maketrans("（(）)，、", "(())、、")


class InitiativeForm(forms.Form):
    """What is written about an initiative; indicators one on a line, as 受講者数(人)."""

    title = forms.CharField(
        label=gettext_lazy("取組"),
        max_length=400,
        help_text=gettext_lazy("何をするかを一文で。例: 熱中症を防ぐ講座の開催"),
    )
    item = forms.TypedChoiceField(
        label=gettext_lazy("連携事項"), required=False, coerce=int, empty_value=None
    )
    division = forms.ChoiceField(label=gettext_lazy("担当課"), required=False)
    field = forms.ChoiceField(label=gettext_lazy("分野"), required=False)
    town_part = forms.CharField(label=gettext_lazy("市の役割"), required=False, widget=LONG)
    town_person = forms.CharField(label=gettext_lazy("市の担当者"), required=False, max_length=100)
    organisation = forms.TypedChoiceField(
        label=gettext_lazy("行う相手方"), required=False, coerce=int, empty_value=None
    )
    partner_part = forms.CharField(label=gettext_lazy("相手方の役割"), required=False, widget=LONG)
    partner_person = forms.CharField(label=gettext_lazy("相手方の担当者"), required=False, max_length=100)
    begins_on = DayField(label=gettext_lazy("始める日"))
    timing = forms.CharField(label=gettext_lazy("時期"), required=False, max_length=200)
    place = forms.CharField(label=gettext_lazy("場所"), required=False, max_length=200)
    audience = forms.CharField(label=gettext_lazy("対象者"), required=False, max_length=200)
    indicators = forms.CharField(
        label=gettext_lazy("指標"),
        required=False,
        widget=LONG,
        help_text=gettext_lazy("数えるものと単位を、一行に一つ。例: 受講者数(人)"),
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("公開してよい"),
        required=False,
        help_text=gettext_lazy("公開している協定のページに載ります。"),
    )

    def __init__(
        self, *args: Any, agreement: Agreement, day: date, held_by: int | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        divisions = Division.objects.of(agreement.municipality)
        shown = [one for one in divisions if one.existed_on(day) or one.pk == held_by]
        parties = agreement.parties.exclude(organisation=None).select_related("organisation")
        self._choose("item", _("選ばない"), [(one.position, one.heading) for one in agreement.items.all()])
        self._choose("division", _("協定の担当課"), [(one.pk, str(one)) for one in shown])
        self._choose("field", _("協定の分野"), [(one.slug, str(one)) for one in Field.objects.all()])
        self._choose(
            "organisation", _("相手方すべて"), [(one.organisation_id, one.name_as_signed) for one in parties]
        )
        if len(parties) < 2:
            del self.fields["organisation"]

    def _choose(self, name: str, nothing: str, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", nothing), *choices]

    def clean_indicators(self) -> tuple[tuple[str, str], ...]:
        found = []
        for line in self.cleaned_data["indicators"].splitlines():
            if not line.strip():
                continue
            name, opened, unit = line.strip().translate(SEPARATORS).partition("(")
            unit = unit.rstrip("()").strip()
            if not opened or not name.strip() or not unit:
                raise forms.ValidationError(
                    _(
                        "「%(line)s」の単位が分かりません。受講者数(人) のように、かっこに単位を書いてください。"
                    )
                    % {"line": line.strip()[:60]}
                )
            if len(name) > 100 or len(unit) > 20:
                raise forms.ValidationError(_("指標の名前は100文字まで、単位は20文字までで書いてください。"))
            found.append((name.strip(), unit))
        return tuple(found)

    def facts(self, **more: Any) -> InitiativeFacts:
        """What was typed."""
        said = self.cleaned_data
        texts = (
            "title",
            "town_part",
            "partner_part",
            "timing",
            "town_person",
            "partner_person",
            "place",
            "audience",
        )
        return InitiativeFacts(
            **{name: said[name] for name in texts},
            item=said["item"],
            field=said["field"],
            division_id=int(said["division"]) if said["division"] else None,
            organisation_id=said.get("organisation"),
            indicators=said["indicators"],
            is_public=said["is_public"],
            **more,
        )


def initial_of(initiative: Initiative) -> dict[str, Any]:
    """The initiative as it stands."""
    indicators = Indicator.objects.filter(initiative=initiative)
    names = (
        "title", "town_part", "town_person", "partner_part", "partner_person", "begins_on", "timing", "place",
        "audience",
    )  # fmt: skip
    return {
        **{name: getattr(initiative, name) for name in names},
        "is_public": initiative.is_public,
        "item": initiative.item.position if initiative.item else "",
        "division": initiative.division_id or "",
        "field": initiative.field.slug if initiative.field else "",
        "organisation": initiative.organisation_id or "",
        "indicators": "\n".join(f"{one.name}({one.unit})" for one in indicators),
    }


def initial_new(agreement: Agreement, day: date) -> dict[str, Any]:
    """What a new one begins with."""
    field = field_of(agreement)
    return {
        "begins_on": day,
        "is_public": True,
        "division": agreement.division_id or "",
        "field": field.slug if field else "",
    }


class MoveForm(forms.Form):
    """The next state, from which day on, and why."""

    state = forms.ChoiceField(label=gettext_lazy("状態"), widget=forms.RadioSelect)
    on = DayField(label=gettext_lazy("いつから"))
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        required=False,
        widget=LONG,
        help_text=gettext_lazy("休止、終了、終了の取消しには理由が要ります。"),
    )

    def __init__(self, *args: Any, now: InitiativeState, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.value, one.label) for one in MOVES[now]]


class YearForm(forms.Form):
    """A fiscal year, what is planned for it, and an aim for each indicator."""

    year = forms.TypedChoiceField(label=gettext_lazy("年度"), coerce=int)
    plan = forms.CharField(label=gettext_lazy("その年度の予定"), required=False, widget=LONG)

    def __init__(self, *args: Any, initiative: Initiative, years: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["year"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one, fiscal_year_name(one)) for one in years]
        self.indicators = list(Indicator.objects.filter(initiative=initiative))
        for place, one in enumerate(self.indicators):
            self.fields[f"aim_{place}"] = AmountField(
                label=_("目標: %(name)s(%(unit)s)") % {"name": one.name, "unit": one.unit},
                required=False,
            )

    def aims(self) -> Mapping[str, Decimal | None]:
        """By the indicator's name."""
        return {one.name: self.cleaned_data[f"aim_{place}"] for place, one in enumerate(self.indicators)}


def initial_year(initiative: Initiative, year: int) -> dict[str, Any]:
    """What is planned for the year already."""
    planned = PlannedYear.objects.filter(initiative=initiative, fiscal_year=year).first()
    aims = dict(
        Aim.objects.filter(indicator__initiative=initiative, fiscal_year=year).values_list(
            "indicator", "value"
        )
    )
    indicators = Indicator.objects.filter(initiative=initiative)
    return {
        "year": year,
        "plan": planned.plan if planned else "",
        **{f"aim_{place}": plain(aims.get(one.pk)) for place, one in enumerate(indicators)},
    }


def plain(value: Decimal | None) -> str:
    """As people write it: 120 and not 120.00."""
    return "" if value is None else f"{value.normalize():f}"
