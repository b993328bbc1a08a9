"""Forms of a series: what each agreement begins with, and a list of partners."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from renkei.agreements.models import Field, Series
from renkei.agreements.vocabulary import DocumentKind, Form
from renkei.documents.uploads import can_be_kept
from renkei.municipalities.models import Division, Municipality
from renkei.ui.forms import PartialDayField

TEXTS = ("title", "title_kana", "form", "document_kind", "purpose", "clause", "town_letter", "partner_letter")


class SeriesForm(forms.Form):
    """The series, and the facts that are the same in each of its agreements."""

    name = forms.CharField(
        label=gettext_lazy("同文協定の名称"),
        max_length=200,
        help_text=gettext_lazy("「クーリングシェルター協力店」「マイバッグ推進」など、庁内で呼ぶ名前。"),
    )
    title = forms.CharField(
        label=gettext_lazy("協定名"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("協定書の表題。空けると同文協定の名称を使います。"),
    )
    title_kana = forms.CharField(label=gettext_lazy("協定名のよみ"), max_length=400, required=False)
    division = forms.ChoiceField(label=gettext_lazy("担当課"), required=False)
    form = forms.ChoiceField(label=gettext_lazy("協定形態"), choices=Form.choices, initial=Form.SCHEME)
    document_kind = forms.ChoiceField(label=gettext_lazy("文書の種別"), choices=DocumentKind.choices)
    main_field = forms.ChoiceField(label=gettext_lazy("主な分野"), required=False)
    fields_too = forms.MultipleChoiceField(
        label=gettext_lazy("ほかの分野"), required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    purpose = forms.CharField(
        label=gettext_lazy("目的"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    items = forms.CharField(
        label=gettext_lazy("連携事項"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("一行に一つ。"),
    )
    clause = forms.CharField(
        label=gettext_lazy("期間の条文"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("条文のまま。期間と更新は、それぞれの締結日から読みます。"),
    )
    town_letter = forms.CharField(
        label=gettext_lazy("自治体の呼び方"), max_length=20, initial="甲", required=False
    )
    partner_letter = forms.CharField(
        label=gettext_lazy("相手方の呼び方"), max_length=20, initial="乙", required=False
    )
    is_published = forms.BooleanField(label=gettext_lazy("加えた協定を公開する"), required=False)
    document = forms.FileField(
        label=gettext_lazy("共通の文書"),
        required=False,
        validators=[can_be_kept],
        help_text=gettext_lazy(
            "協定書のひな形など、どの相手方とも同じ文書。PDF・Word・Excel・画像、50MBまで。"
        ),
    )

    def __init__(self, *args: Any, town: Municipality, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Division.objects.of(town, with_portions=True)
        self.divisions = {one.public_id: one for one in here.existing_on(day)}
        for held_by in here.filter(public_id=(self.initial or {}).get("division", "")):
            self.divisions.setdefault(held_by.public_id, held_by)
        fields = [(one.slug, str(one)) for one in Field.objects.all()]
        self.offer("division", [("", "―"), *((key, str(one)) for key, one in self.divisions.items())])
        self.offer("main_field", [("", "―"), *fields])
        self.offer("fields_too", fields)

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """What can be chosen in the field."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def told(self) -> dict[str, Any]:
        """What the service asks for: name, division, facts and document."""
        asked, file = self.cleaned_data, self.cleaned_data["document"]
        facts = {name: asked[name] for name in TEXTS}
        facts |= {
            "main_field": asked["main_field"],
            "fields": [slug for slug in asked["fields_too"] if slug != asked["main_field"]],
            "items": [line.strip() for line in asked["items"].splitlines() if line.strip()],
            "is_published": asked["is_published"],
        }
        document = (file.name, file.read()) if file else None
        division = self.divisions.get(asked["division"])
        return {"name": asked["name"], "division": division, "facts": facts, "document": document}


def typed_of(series: Series) -> dict[str, Any]:
    """The form's values of a series that is there."""
    facts = series.facts
    return {
        **{name: facts.get(name, "") for name in TEXTS},
        "name": series.name,
        "division": series.division.public_id if series.division else "",
        "main_field": facts.get("main_field", ""),
        "fields_too": facts.get("fields", []),
        "items": "\n".join(facts.get("items", [])),
        "is_published": facts.get("is_published", False),
    }


class ListForm(forms.Form):
    """Many partners: pasted, or as a sheet."""

    lines = forms.CharField(
        label=gettext_lazy("相手方の一覧"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "一行に一つ。Excelから貼り付けるときは、名称・締結日・法人番号・支店や部署・署名した人の列。見出しの行があれば、列の順は問いません。"
        ),
    )
    sheet = forms.FileField(
        label=gettext_lazy("またはファイル"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Excel・OpenDocument・CSV。はじめのシートを読みます。選ぶと、上の一覧の代わりに使います。"
        ),
        error_messages={
            "empty": gettext_lazy("中身のないファイルです。一覧の入ったファイルを選んでください。")
        },
    )
    signed = PartialDayField(
        label=gettext_lazy("締結日が書かれていない行の締結日"),
        required=False,
        help_text=gettext_lazy(
            "みな同じ日なら、ここに一度だけ。令和6年6月1日、R6.6.1、2024/6/1 のどれでも。"
        ),
    )
