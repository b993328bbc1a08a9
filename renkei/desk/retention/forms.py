"""Times of keeping, holds, and the proposal and refusal of a disposal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from renkei.retention.kinds import CLASSES, kinds, years_in_words
from renkei.ui.forms import DayField


def reason_field(label: Any, example: Any) -> forms.CharField:
    """A reason that must be given."""
    return forms.CharField(
        label=label,
        help_text=example,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages={"required": gettext_lazy("理由を書いてください。後から監査する人が読みます。")},
    )


class RuleForm(forms.Form):
    """How many years one kind of record is kept, and why."""

    kind = forms.ChoiceField(label=gettext_lazy("記録の種類"))
    years = forms.TypedChoiceField(label=gettext_lazy("保存期間"), coerce=int)
    reason = reason_field(gettext_lazy("根拠・理由"), gettext_lazy("例: 文書管理規程第20条 別表第2"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = list(kinds().items())  # type: ignore[attr-defined]
        self.fields["years"].choices = [(one, years_in_words(one)) for one in CLASSES]  # type: ignore[attr-defined]


class HoldForm(forms.Form):
    """Until when an agreement is kept longer, and why."""

    until = DayField(
        label=gettext_lazy("延長する最後の日"),
        required=False,
        help_text=gettext_lazy("決まっていなければ空にしてください。延長をやめるまで保存します。"),
    )
    reason = reason_field(gettext_lazy("延長の理由"), gettext_lazy("例: 係争中のため"))


class LiftForm(forms.Form):
    """Why the hold ends."""

    reason = reason_field(gettext_lazy("延長をやめる理由"), gettext_lazy("例: 訴訟が終わったため"))


class ProposalForm(forms.Form):
    """Why the chosen agreements are to be disposed of."""

    reason = reason_field(
        gettext_lazy("廃棄の理由"), gettext_lazy("例: 保存期間の満了。行政資料としても残さない。")
    )


class RefusalForm(forms.Form):
    """Why the proposal is sent back."""

    note = reason_field(gettext_lazy("差し戻す理由"), gettext_lazy("例: 係争中の協定が含まれているため"))
