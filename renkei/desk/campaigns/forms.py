"""Forms of campaigns: opening, another day, closing, reopening; answering 「実績なし」; a sheet that comes back."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from renkei.rules.japanese_calendar import fiscal_year, fiscal_year_name
from renkei.ui.forms import DayField

YEARS_BACK = 5


class YearForm(forms.Form):
    """Which fiscal year is asked about."""

    year = forms.TypedChoiceField(label=_("年度"), coerce=int)

    def __init__(self, *args: Any, day: date, **options: Any) -> None:
        super().__init__(*args, **options)
        now = fiscal_year(day)
        field = self.fields["year"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(year, fiscal_year_name(year)) for year in range(now, now - YEARS_BACK - 1, -1)]


class OpenForm(YearForm):
    """The year, until when, what is asked, and of whom."""

    due_on = DayField(
        label=_("回答の期限"),
        help_text=_(
            "この日まで(この日を含む)。5開庁日前と当日、過ぎたら週に一度、まだの人に自動で催促します。"
        ),
    )
    request = forms.CharField(
        label=_("お願いの文"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("案内のメールと、各課・相手方の回答のページに載ります。"),
    )
    asks_partners = forms.BooleanField(label=_("相手方にも窓口で報告を頼む"), required=False, initial=True)

    def __init__(self, *args: Any, day: date, **options: Any) -> None:
        super().__init__(*args, day=day, **options)
        self.fields["year"].widget = forms.HiddenInput()


class DueForm(forms.Form):
    """Another day."""

    due_on = DayField(label=_("新しい期限"))


class CloseForm(forms.Form):
    """What is to be known of a campaign that is closed; needed where something is open."""

    note = forms.CharField(
        label=_("締めるときの記録"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "回答のない行があるときは、その事情を必ず書きます。例: 2課は担当者不在のため、次年度に確かめる。"
        ),
    )


class ReopenForm(forms.Form):
    """Until when, and why."""

    due_on = DayField(label=_("新しい期限"))
    reason = forms.CharField(
        label=_("開き直す理由"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("開き直す理由を入れてください。例: 2課の回答が届いたため。")},
    )


class WithdrawForm(forms.Form):
    """Why the year is not to be seen by everyone any more."""

    reason = forms.CharField(
        label=_("公開をやめる理由"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("公開をやめる理由を入れてください。例: 誤りを直すため。")},
    )
