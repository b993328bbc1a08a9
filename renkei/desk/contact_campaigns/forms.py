"""Forms of the yearly check of contacts."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from renkei.disasters.vocabulary import CallOutcome
from renkei.rules.japanese_calendar import fiscal_year, fiscal_year_name
from renkei.ui.forms import DayField

USUAL_TIME = timedelta(days=28)


class OpenForm(forms.Form):
    """Which year, until when, with which words."""

    year = forms.TypedChoiceField(label=_("年度"), coerce=int)
    due_on = DayField(label=_("回答の期限"))
    request = forms.CharField(
        label=_("お願いの文"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("メールと送付状に、決まった文に続けて入ります。空けておいてもかまいません。"),
    )

    def __init__(self, *args: Any, day: date, **options: Any) -> None:
        year = fiscal_year(day)
        options["initial"] = {"year": year, "due_on": day + USUAL_TIME}
        super().__init__(*args, **options)
        field = self.fields["year"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one, fiscal_year_name(one)) for one in (year, year + 1)]


class DueForm(forms.Form):
    """Until which day answers are awaited now."""

    due_on = DayField(label=_("新しい期限"))


class ReopenForm(DueForm):
    """Why a closed check takes answers again, and until when."""

    reason = forms.CharField(
        label=_("開き直す理由"),
        max_length=400,
        error_messages={"required": _("開き直す理由を入れてください。例: 2者の調査票が後から届いたため。")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CloseForm(forms.Form):
    """What is noted of those who have not answered."""

    note = forms.CharField(
        label=_("締めるときの記録"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("回答のない相手方があるときは、その事情を書いてください。"),
    )


class AddressForm(forms.Form):
    """Where the link goes."""

    email = forms.EmailField(label=_("メールアドレス"), max_length=254)


class CallForm(forms.Form):
    """One try by telephone: which number, how it ended."""

    called = forms.ChoiceField(label=_("かけた番号"), required=False)
    other = forms.CharField(label=_("ほかの番号"), max_length=60, required=False)
    outcome = forms.ChoiceField(label=_("結果"), choices=CallOutcome, widget=forms.RadioSelect)
    spoke_with = forms.CharField(label=_("話した相手"), max_length=100, required=False)
    note = forms.CharField(
        label=_("記録"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, numbers: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["called"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*numbers, ("", _("一覧にない番号"))]

    def clean(self) -> dict[str, Any]:
        """A number of the list, or another one."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("called") and not cleaned.get("other"):
            self.add_error("other", _("かけた番号を選ぶか、ここに入れてください。"))
        return cleaned


class UnreachableForm(forms.Form):
    """Why nobody was reached, where few tries stand in the log."""

    note = forms.CharField(label=_("事情"), max_length=400, required=False)
