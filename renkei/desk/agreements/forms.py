"""Forms of an agreement's page."""

from django import forms
from django.utils.translation import gettext_lazy

from renkei.agreements.vocabulary import EndReason
from renkei.documents.uploads import can_be_kept
from renkei.ui.forms import DayField


class AttachForm(forms.Form):
    """A document of the agreement."""

    file = forms.FileField(
        label=gettext_lazy("文書のファイル"),
        validators=[can_be_kept],
        help_text=gettext_lazy(
            "PDF・Word・Excel・PowerPoint・画像(PNG・JPEG)。50MBまで。受け取ったまま保存します。"
        ),
        error_messages={
            "required": gettext_lazy("ファイルを選んでください。"),
            "empty": gettext_lazy("中身のないファイルです。文書のファイルを選んでください。"),
        },
    )
    label = forms.CharField(
        label=gettext_lazy("説明"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("「協定書の写し」「実施細目」など。"),
    )
    is_published = forms.BooleanField(
        label=gettext_lazy("協定を公開するとき、この文書も公開する"),
        required=False,
        help_text=gettext_lazy("署名した人の名前など、個人の情報がないことを確かめてください。"),
    )


class EndForm(forms.Form):
    """The last day, the reason and what else is known of the end."""

    on = DayField(
        label=gettext_lazy("有効な最後の日"),
        help_text=gettext_lazy("この日まで有効として数えます。令和6年6月1日、R6.6.1、2024/6/1 のどれでも。"),
        error_messages={"required": gettext_lazy("最後の日を入れてください。例: 令和6年3月31日")},
    )
    reason = forms.ChoiceField(label=gettext_lazy("終了の理由"), choices=EndReason.choices)
    note = forms.CharField(
        label=gettext_lazy("終了の事情"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_reason(self) -> EndReason:
        return EndReason(self.cleaned_data["reason"])
