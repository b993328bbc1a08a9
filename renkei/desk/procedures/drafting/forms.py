"""Forms of drafting: an initiative, a first text by choices, a text by articles."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.vocabulary import RenewalKind
from renkei.municipalities.models import Division
from renkei.procedures.models import CooperationItem
from renkei.procedures.services.planning import InitiativePlan
from renkei.procedures.term_wording import WRITTEN_RENEWALS, TermChoice, TermKind
from renkei.procedures.wording import ALWAYS, ARTICLES
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


class FirstTextForm(SignersForm):
    """The choices from which the first text of a new agreement is written."""

    title = forms.CharField(label=gettext_lazy("協定書の表題"), max_length=400)
    purpose = long_text(
        gettext_lazy("目的"),
        max_length=1000,
        help_text=gettext_lazy("「…ことを目的とする。」の前に入る言葉。「…を図る」「…に資する」で終えます。"),
    )
    articles = forms.MultipleChoiceField(
        label=gettext_lazy("入れる条"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(name, one.words) for name, one in ARTICLES.items() if name not in ALWAYS],
        help_text=gettext_lazy("目的・連携事項・有効期間・疑義の協議は、いつも入ります。"),
    )
    term = forms.ChoiceField(
        label=gettext_lazy("有効期間"),
        widget=forms.RadioSelect,
        choices=[
            (TermKind.YEARS.value, gettext_lazy("締結の日から数えて何年間")),
            (TermKind.FIXED_END.value, gettext_lazy("締結の日から決まった日まで")),
            (TermKind.OPEN.value, gettext_lazy("期間を定めない")),
        ],
        initial=TermKind.YEARS.value,
    )
    years = NumberField(label=gettext_lazy("年数"), required=False, min_value=1, max_value=50, initial=1)
    last_day = DayField(label=gettext_lazy("期間の最後の日"), required=False)
    renewal = forms.ChoiceField(
        label=gettext_lazy("期間の後"),
        widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in WRITTEN_RENEWALS],
        initial=RenewalKind.AUTOMATIC.value,
    )
    renewal_months = NumberField(
        label=gettext_lazy("更新の月数"),
        required=False,
        min_value=1,
        max_value=600,
        initial=12,
        help_text=gettext_lazy("1年なら12。"),
    )
    notice_months = NumberField(
        label=gettext_lazy("終了の申出は何か月前までか"), required=False, min_value=1, max_value=24, initial=3
    )
    note = note_field()
    field_order = (
        "title", "order", "town_address", "town_signatory", "partner_name", "partner_address", "partner_signatory",
        "purpose", "articles", "term", "years", "last_day", "renewal", "renewal_months", "notice_months", "copies",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        term, renewal = told.get("term"), told.get("renewal")
        open_ended = term == TermKind.OPEN
        if term == TermKind.YEARS and renewal != RenewalKind.UNTIL_NOTICE and not told.get("years"):
            self._ask("years", _("年数を入れてください。例: 3"))
        if term == TermKind.FIXED_END and not told.get("last_day"):
            self._ask("last_day", _("期間の最後の日を入れてください。例: 令和11年3月31日"))
        if open_ended and renewal in (RenewalKind.AUTOMATIC, RenewalKind.BY_AGREEMENT):
            self._ask(
                "renewal",
                _(
                    "期間を定めないときは、更新はありません。「通知があるまで有効」か「更新なし」を選んでください。"
                ),
            )
        if term == TermKind.FIXED_END and renewal == RenewalKind.UNTIL_NOTICE:
            self._ask(
                "renewal",
                _("通知があるまで有効な協定に、最後の日はありません。「期間を定めない」を選んでください。"),
            )
        if renewal == RenewalKind.AUTOMATIC and not open_ended and not told.get("renewal_months"):
            self._ask("renewal_months", _("一回の更新で延びる月数を入れてください。1年なら12です。"))
        return told

    def _ask(self, name: str, sentence: str) -> None:
        if name not in self.errors:
            self.add_error(name, sentence)

    def term_choice(self) -> TermChoice:
        """The term and what follows it, after is_valid()."""
        told = self.cleaned_data
        return TermChoice(
            kind=TermKind(told["term"]),
            years=told["years"],
            last_day=told["last_day"],
            renewal=RenewalKind(told["renewal"]),
            renewal_months=told["renewal_months"],
            notice_months=told["notice_months"],
        )


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
