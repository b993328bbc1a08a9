"""The parties of an agreement in a form: one row each, in their order."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.facts import PartyFacts
from renkei.agreements.similar import known_partners
from renkei.desk.parts import MOST_ROWS
from renkei.desk.rows import RowSet, taken_apart
from renkei.municipalities.models import Municipality
from renkei.partners.models import Organisation, PartnerKind

PREFIX = "party"


class PartyForm(forms.Form):
    """One party; `row` is the key of the row that it already has."""

    row = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("名称"), max_length=300, required=False)
    letter = forms.CharField(label=gettext_lazy("甲・乙・丙などの呼び方"), max_length=20, required=False)
    is_town = forms.BooleanField(label=gettext_lazy("自分の自治体である"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("相手方の区分"),
        choices=[("", gettext_lazy("名称から決める")), *PartnerKind.choices],
        required=False,
    )
    unit = forms.CharField(label=gettext_lazy("支店・部署など"), max_length=200, required=False)
    signatory = forms.CharField(label=gettext_lazy("署名した人"), max_length=200, required=False)
    duties = forms.CharField(
        label=gettext_lazy("役割・責任"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    remark = forms.CharField(label=gettext_lazy("名称に添えられた記載"), max_length=400, required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        others = ("letter", "is_town", "unit", "signatory", "duties", "remark")
        if not told.get("name") and any(told.get(name) for name in others):
            self.add_error(
                "name",
                _("名称を入れてください。この当事者が要らなければ「この当事者を外す」を押してください。"),
            )
        return told


class PartyRows(RowSet):
    """All parties."""

    label = gettext_lazy("当事者")


PartySet = formset_factory(
    PartyForm, formset=PartyRows, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
)


class TownForm(forms.Form):
    """A form of one town."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        town: Municipality,
        **options: Any,
    ) -> None:
        super().__init__(data, files, **options)
        self.town = town


class WithParties(TownForm):
    """A form that also asks for the parties, as `rows`."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        parties: list[dict[str, Any]],
        **options: Any,
    ) -> None:
        super().__init__(data, files, **options)
        self.rows = (
            PartySet(data, prefix=PREFIX) if self.is_bound else PartySet(prefix=PREFIX, initial=parties)
        )

    def put_rows_back(self, typed: Mapping[str, list[str]]) -> None:
        """Let the rows show what was typed."""
        rows, _rest = taken_apart(typed, PREFIX)
        initial = [{name: texts[-1] for name, texts in row.items() if texts} for row in rows]
        self.rows = PartySet(prefix=PREFIX, initial=initial)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.rows.is_valid():
            self.add_error(None, _("当事者の欄に直す所があります。"))
        return told

    def party_facts(self) -> tuple[PartyFacts, ...]:
        """The parties as plain facts, after is_valid()."""
        return tuple(
            PartyFacts(
                **{name: value for name, value in row.items() if name != "kind"}, kind=row["kind"] or None
            )
            for row in filled(self.rows)
        )

    def shown_rows(self) -> Iterator[tuple[forms.Form, Organisation | None]]:
        """Each row with the partner that is already registered under its name."""
        names = [str(row["name"].value() or "") for row in self.rows.forms]
        known = known_partners(names, self.town)
        for row, name in zip(self.rows.forms, names, strict=True):
            if row.prefix == getattr(self, "focus_on", ""):
                row.fields["name"].widget.attrs["autofocus"] = True
            yield row, None if row["is_town"].value() else known.get(name)


def filled(rows: BaseFormSet[forms.Form]) -> list[dict[str, Any]]:
    """What was typed, party by party, after is_valid(); a row without a name is no party."""
    return [row.cleaned_data for row in rows.forms if row.cleaned_data.get("name")]


def initial_row(party: PartyFacts) -> dict[str, Any]:
    """A row as it is shown first; the kind is the partner's and only asked of a new one."""
    told = {name: getattr(party, name) for name in PartyForm.base_fields}
    return told | {"kind": ""}
