"""Forms of a partner's procedure."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WithdrawForm(forms.Form):
    """Why the partner withdraws, and that it is meant."""

    reason = forms.CharField(
        label=_("取り下げる理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("市の担当者が読みます。"),
        error_messages={
            "required": _("取り下げる理由を書いてください。例: 社内の事情により、今年度は見送るため")
        },
    )
    is_meant = forms.BooleanField(
        label=_("この手続を取り下げます"),
        error_messages={"required": _("取り下げるときは、ここに印を付けてください。")},
    )
