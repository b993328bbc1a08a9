"""The term and what follows it as a form: what the clause on the term is written from."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.vocabulary import RenewalKind
from renkei.rules.term_wording import WRITTEN_RENEWALS, TermChoice, TermKind
from renkei.ui.forms import DayField, NumberField


class TermFields(forms.Form):
    """The choices of the term; `term_choice` is what they say."""

    term = forms.ChoiceField(
        label=gettext_lazy("有効期間"),
        widget=forms.RadioSelect,
        choices=[
            (TermKind.YEARS.value, gettext_lazy("締結の日から数えて何年間")),
            (TermKind.MONTHS.value, gettext_lazy("締結の日から数えて何か月間")),
            (TermKind.FIXED_END.value, gettext_lazy("締結の日から決まった日まで")),
            (TermKind.OPEN.value, gettext_lazy("期間を定めない")),
        ],
        initial=TermKind.YEARS.value,
    )
    years = NumberField(label=gettext_lazy("年数"), required=False, min_value=1, max_value=50, initial=1)
    months = NumberField(label=gettext_lazy("月数"), required=False, min_value=1, max_value=600)
    last_day = DayField(label=gettext_lazy("期間の最後の日"), required=False)
    renewal = forms.ChoiceField(
        label=gettext_lazy("期間の後"),
        widget=forms.RadioSelect,
        choices=[(kind.value, RenewalKind(kind).label) for kind in WRITTEN_RENEWALS],
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
    notice_days = NumberField(
        label=gettext_lazy("終了の申出は何日前までか"),
        required=False,
        min_value=1,
        max_value=366,
        help_text=gettext_lazy("月数で決めるときは空けておきます。"),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        self._clean_term(told)
        self._clean_renewal(told)
        if told.get("notice_months") and told.get("notice_days"):
            self._ask("notice_days", _("申出の期限は、月数か日数のどちらか一つにしてください。"))
        return told

    def _clean_term(self, told: dict[str, Any]) -> None:
        term, until_notice = told.get("term"), told.get("renewal") == RenewalKind.UNTIL_NOTICE
        if term == TermKind.YEARS and not until_notice and not told.get("years"):
            self._ask("years", _("年数を入れてください。例: 3"))
        if term == TermKind.MONTHS and not until_notice and not told.get("months"):
            self._ask("months", _("月数を入れてください。例: 6"))
        if term == TermKind.FIXED_END and not told.get("last_day"):
            self._ask("last_day", _("期間の最後の日を入れてください。例: 令和11年3月31日"))

    def _clean_renewal(self, told: dict[str, Any]) -> None:
        term, renewal = told.get("term"), told.get("renewal")
        if term == TermKind.OPEN and renewal in (RenewalKind.AUTOMATIC, RenewalKind.BY_AGREEMENT):
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
        if renewal == RenewalKind.AUTOMATIC and term != TermKind.OPEN and not told.get("renewal_months"):
            self._ask("renewal_months", _("一回の更新で延びる月数を入れてください。1年なら12です。"))

    def _ask(self, name: str, sentence: str) -> None:
        if name not in self.errors:
            self.add_error(name, sentence)

    def term_choice(self) -> TermChoice:
        """The term and what follows it, after is_valid()."""
        told = self.cleaned_data
        return TermChoice(
            kind=TermKind(told["term"]),
            years=told["years"],
            months=told["months"],
            last_day=told["last_day"],
            renewal=next(kind for kind in WRITTEN_RENEWALS if kind == told["renewal"]),
            renewal_months=told["renewal_months"],
            notice_months=told["notice_months"],
            notice_days=told["notice_days"],
        )


def typed_of_choice(choice: TermChoice) -> dict[str, Any]:
    """The form's values of a choice."""
    return {
        "term": choice.kind.value,
        "years": choice.years,
        "months": choice.months,
        "last_day": choice.last_day,
        "renewal": choice.renewal.value,
        "renewal_months": choice.renewal_months,
        "notice_months": choice.notice_months,
        "notice_days": choice.notice_days,
    }
