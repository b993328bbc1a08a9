"""Forms of drafting: an initiative, a first text by choices, a text by articles."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.desk.procedures.drafting.term_form import TermFields
from renkei.documents.contents import AgreementText
from renkei.documents.filling import fields_in
from renkei.documents.sheets import plain_text
from renkei.municipalities.models import Division
from renkei.procedures.models import CooperationItem
from renkei.procedures.services.planning import InitiativePlan
from renkei.procedures.wording import ALWAYS, ARTICLES, LETTERS
from renkei.ui.forms import DayField, NumberField


def long_text(label: Any, *, rows: int = 3, required: bool = False, **options: Any) -> forms.CharField:
    """A text of several lines, with a bound."""
    options.setdefault("max_length", 10_000)
    return forms.CharField(
        label=label, required=required, widget=forms.Textarea(attrs={"rows": rows}), **options
    )


def note_field() -> forms.CharField:
    """What a version changes, in words for those who read it."""
    return long_text(
        gettext_lazy("この版で変えたこと"),
        max_length=1000,
        help_text=gettext_lazy("版の一覧と手続の経過に残ります。相手方に見せた版では、相手方も読めます。"),
    )


class NoteForm(forms.Form):
    """A version without anything to type but what it changes."""

    note = note_field()


class InitiativeForm(forms.Form):
    """An initiative under an item."""

    item = forms.ChoiceField(label=gettext_lazy("連携事項"), required=False)
    title = forms.CharField(
        label=gettext_lazy("取組"),
        max_length=400,
        error_messages={"required": gettext_lazy("取組の内容を入れてください。例: 出前講座を年4回開く")},
    )
    division = forms.ChoiceField(label=gettext_lazy("担当課"), required=False)
    town_part = long_text(gettext_lazy("市の役割"), max_length=2000)
    partner_part = long_text(gettext_lazy("相手方の役割"), max_length=2000)
    timing = forms.CharField(
        label=gettext_lazy("時期"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("「令和8年7月から」「毎年度」など。"),
    )

    def __init__(
        self,
        *args: Any,
        items: Mapping[str, CooperationItem],
        divisions: Mapping[str, Division],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.items, self.divisions = items, divisions
        self._offer("item", [(key, one.heading) for key, one in items.items()])
        self._offer("division", [(key, str(one)) for key, one in divisions.items()])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "―"), *choices]

    def plan(self) -> InitiativePlan:
        """What the service asks for, after is_valid()."""
        told = dict(self.cleaned_data)
        told["item"] = self.items.get(told["item"])
        told["division"] = self.divisions.get(told["division"])
        return InitiativePlan(**told)


class SignersForm(forms.Form):
    """Who signs for both sides, in which order, and in how many copies."""

    order = forms.ChoiceField(
        label=gettext_lazy("当事者の順"),
        choices=[
            ("town", gettext_lazy("市を甲、相手方を乙とする")),
            ("partner", gettext_lazy("相手方を甲、市を乙とする")),
        ],
        widget=forms.RadioSelect,
        initial="town",
    )
    town_address = forms.CharField(label=gettext_lazy("市の所在地"), max_length=200, required=False)
    town_signatory = forms.CharField(
        label=gettext_lazy("市の署名者の職と氏名"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("「旭川市長　○○ ○○」のように、職から書きます。"),
    )
    partner_name = forms.CharField(
        label=gettext_lazy("相手方の名称"),
        max_length=300,
        help_text=gettext_lazy("協定書に書く名称。略さずに書きます。"),
    )
    partner_address = forms.CharField(label=gettext_lazy("相手方の所在地"), max_length=200, required=False)
    partner_signatory = forms.CharField(
        label=gettext_lazy("相手方の署名者の職と氏名"), max_length=200, required=False
    )
    copies = NumberField(
        label=gettext_lazy("作る通数"),
        min_value=0,
        max_value=20,
        initial=2,
        help_text=gettext_lazy("当事者ごとに一通。電子署名のときは0。"),
    )


class FirstTextForm(TermFields, SignersForm):
    """The choices from which the first text of a new agreement is written: from a template, or article by article."""

    title = forms.CharField(label=gettext_lazy("協定書の表題"), max_length=400)
    more_parties = long_text(
        gettext_lazy("三者以上のときの、ほかの当事者"),
        max_length=2000,
        help_text=gettext_lazy(
            "一行に一者ずつ。「名称｜署名者の職と氏名｜所在地」のように「｜」で区切ります。名称だけでもかまいません。"
        ),
    )
    purpose = long_text(
        gettext_lazy("目的"),
        max_length=1000,
        help_text=gettext_lazy("「…ことを目的とする。」の前に入る言葉。「…を図る」「…に資する」で終えます。"),
    )
    articles = forms.MultipleChoiceField(
        label=gettext_lazy("入れる条"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, kind.label) for kind in ARTICLES if kind not in ALWAYS],
        help_text=gettext_lazy("目的・連携事項・有効期間・疑義の協議は、いつも入ります。"),
    )
    note = note_field()
    field_order = (
        "title", "order", "town_address", "town_signatory", "partner_name", "partner_address", "partner_signatory",
        "more_parties", "purpose", "articles", "term", "years", "months", "last_day", "renewal", "renewal_months",
        "notice_months", "notice_days", "copies",
    )  # fmt: skip

    def __init__(self, *args: Any, template: AgreementText | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if template is not None:
            del self.fields["articles"]
            if "目的の文" not in fields_in(plain_text(template)):
                del self.fields["purpose"]

    def clean_more_parties(self) -> list[list[str]]:
        """Each further party: its name, who signs for it, its address."""
        lines = [line for line in self.cleaned_data["more_parties"].splitlines() if line.strip()]
        if len(lines) > len(LETTERS) - 2:
            raise forms.ValidationError(
                _("当事者は%(most)s者までです。ほかの当事者は%(rest)s行までにしてください。")
                % {"most": len(LETTERS), "rest": len(LETTERS) - 2}
            )
        return [[part.strip() for part in re.split(r"[｜|]", line)][:3] for line in lines]


class RenewalForm(forms.Form):
    """The days of the term by which an agreement is renewed."""

    first_day = DayField(label=gettext_lazy("更新後の最初の日"))
    last_day = DayField(label=gettext_lazy("更新後の最後の日"))
    copies = NumberField(label=gettext_lazy("作る通数"), min_value=0, max_value=20, initial=2)
    note = note_field()

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last = told.get("first_day"), told.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("最後の日は、最初の日と同じ日か、それより後の日にしてください。"))
        return told
