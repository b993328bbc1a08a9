"""What the register adds to the text, as a form (division, fields, notes and the like); and all of a new agreement."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.facts import AgreementFacts, KeptFacts
from renkei.agreements.models import Agreement, Field, Series
from renkei.agreements.similar import similar_agreements
from renkei.agreements.vocabulary import NoticeEffect
from renkei.desk.agreements.party_rows import TownForm
from renkei.desk.agreements.text_form import TextForm
from renkei.municipalities.models import Division, Municipality
from renkei.ui.forms import DayField

NOT_SAID = [("", gettext_lazy("決めていない"))]


class KeptForm(TownForm):
    """What the register adds to an agreement by itself."""

    template_name = "desk/agreements/facts_form.html"

    division = forms.ChoiceField(label=gettext_lazy("担当課"), required=False)
    main_field = forms.ChoiceField(label=gettext_lazy("主な分野"), required=False)
    fields_chosen = forms.MultipleChoiceField(
        label=gettext_lazy("ほかの分野"), required=False, widget=forms.CheckboxSelectMultiple
    )
    title_kana = forms.CharField(label=gettext_lazy("協定名のよみ"), max_length=400, required=False)
    purpose = forms.CharField(
        label=gettext_lazy("目的"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    notes = forms.CharField(
        label=gettext_lazy("庁内メモ"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("公開のページには出ません。"),
    )
    source = forms.CharField(label=gettext_lazy("出典"), max_length=400, required=False)
    notice_effect = forms.ChoiceField(
        label=gettext_lazy("一者の通知で終わる範囲"),
        choices=[*NOT_SAID, *NoticeEffect.choices],
        required=False,
        help_text=gettext_lazy("当事者が三者以上の協定で、一者が終わりを通知したときにどうなるか。"),
    )

    kept = ("division", "main_field", "fields_chosen", "title_kana", "purpose", "notes", "source")
    groups: tuple[tuple[Any, tuple[str, ...]], ...] = ()

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        town: Municipality,
        day: date,
        held_by: int | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, files, town=town, **options)
        named = [(str(field.slug), indented(field)) for field in Field.objects.all()]
        self.choose("division", [*NOT_SAID, *divisions_of(town, day, held_by)])
        self.choose("main_field", [*NOT_SAID, *named])
        self.choose("fields_chosen", named)

    def choose(self, name: str, choices: list[Any]) -> None:
        """What can be chosen is known only now."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def shown_groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in self.groups]

    def kept_told(self) -> dict[str, Any]:
        """What was typed of the facts that every form of this kind asks, after is_valid()."""
        told = self.cleaned_data
        main = told["main_field"] or None
        return {
            "division_id": int(told["division"]) if told["division"] else None,
            "main_field": main,
            "fields": tuple(slug for slug in told["fields_chosen"] if slug != main),
            "title_kana": told["title_kana"],
            "purpose": told["purpose"].replace("\r\n", "\n"),
            "notes": told["notes"].replace("\r\n", "\n"),
            "source": told["source"],
        }


def indented(field: Field) -> str:
    """The second level stands a little to the right."""
    return f"— {field}" if "." in field.slug else str(field)


def divisions_of(town: Municipality, day: date, held_by: int | None) -> list[tuple[str, str]]:
    """The town's divisions of the day, and the one that holds the agreement even where it is closed."""
    here = Division.objects.of(town, with_portions=True)
    found = {division.pk: str(division) for division in here.existing_on(day)}
    for division in here.filter(pk=held_by or 0):
        found.setdefault(division.pk, str(division))
    return [(str(pk), name) for pk, name in found.items()]


class EditForm(KeptForm):
    """What the register adds to an agreement that is there."""

    series = forms.ChoiceField(label=gettext_lazy("同文協定"), required=False)
    last_confirmed_on = DayField(
        label=gettext_lazy("更新の定めを人が最後に確かめた日"),
        required=False,
        help_text=gettext_lazy("自動更新では変わりません。担当者が相手方に確かめた日を入れます。"),
    )

    groups = (
        (gettext_lazy("担当と分野"), ("division", "main_field", "fields_chosen")),
        (gettext_lazy("説明"), ("title_kana", "purpose", "notes", "source")),
        (gettext_lazy("更新とまとまり"), ("notice_effect", "last_confirmed_on", "series")),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        town: Municipality,
        **options: Any,
    ) -> None:
        super().__init__(data, files, town=town, **options)
        named = [(str(series.pk), series.name) for series in Series.objects.of(town)]
        self.choose("series", [("", gettext_lazy("同文協定ではない")), *named])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors:
            series = int(told["series"]) if told["series"] else None
            more = {name: told[name] for name in ("notice_effect", "last_confirmed_on")}
            told["facts"] = KeptFacts(**self.kept_told(), **more, series_id=series)
        return told


def initial_kept(facts: KeptFacts) -> dict[str, Any]:
    """What the form shows of an agreement as it stands."""
    return {
        "division": facts.division_id or "",
        "main_field": facts.main_field or "",
        "fields_chosen": [*facts.fields],
        "title_kana": facts.title_kana,
        "purpose": facts.purpose,
        "notes": facts.notes,
        "source": facts.source,
        "notice_effect": facts.notice_effect,
        "last_confirmed_on": facts.last_confirmed_on,
        "series": facts.series_id or "",
    }


class NewForm(TextForm, KeptForm):
    """Everything that is asked of a new agreement; `own_id` is the id it will have, or has when sent again."""

    own_id = ""

    is_published = forms.BooleanField(
        label=gettext_lazy("登録と同時に公開する"),
        required=False,
        help_text=gettext_lazy("庁内メモは公開されません。後から公開することもできます。"),
    )

    groups = (
        *TextForm.groups[:1],
        (gettext_lazy("期間と更新"), (*TextForm.groups[1][1], "notice_effect")),
    )
    after_parties: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (gettext_lazy("担当と説明"), (*KeptForm.kept, "is_published")),
    )

    def facts(self, key: str, day: date) -> AgreementFacts:
        """The facts of a new agreement under its key, listed on the day; after is_valid()."""
        text, told = self.text_facts(), self.cleaned_data
        rule = text.renewal and replace(text.renewal, notice_effect=told["notice_effect"])
        return AgreementFacts(
            title=text.title,
            parties=text.parties,
            form=text.form,  # type: ignore[arg-type]
            document_kind=text.document_kind,  # type: ignore[arg-type]
            signed=text.signed,
            items=text.items,
            term=text.term,
            renewal=rule,
            listed_on=day,
            is_published=told["is_published"],
            public_id=key,
            **self.kept_told(),
        )

    @property
    def similar(self) -> list[Agreement]:
        """Agreements with the same partner and much the same title."""
        title = str(self["title"].value() or "")
        names = [str(row["name"].value() or "") for row in self.rows.forms if not row["is_town"].value()]
        found = similar_agreements(title, names, self.town) if title.strip() else []
        return [one for one in found if one.public_id != self.own_id]

    @property
    def remarks(self) -> list[str]:
        """What the clause says otherwise, and what is like this agreement already."""
        found = super().remarks
        if not self.is_bound or self.errors:
            return found
        return found + [
            _("よく似た協定がすでにあります:「%(title)s」。同じものでないことを確かめてください。")
            % {"title": one.title}
            for one in self.similar[:5]
        ]
