"""The form with which a changed Word file comes back, at both doors."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.ui.uploads import LARGEST


class ReturnForm(forms.Form):
    """A Word file and words with it."""

    file = forms.FileField(
        label=gettext_lazy("直したWordファイル"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        help_text=gettext_lazy(
            "Word形式(.docx)、50MBまで。変更履歴とコメントは残したままで入れてください。履歴のない変更も見つけます。"
        ),
        error_messages={
            "required": gettext_lazy("直したWordファイルを選んでください。"),
            "empty": gettext_lazy("中身のないファイルです。直したWordファイルを選んでください。"),
        },
    )
    note = forms.CharField(
        label=gettext_lazy("添える言葉"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("直した理由など。市と相手方の両方が読めます。"),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("50MBを超えるファイルは受け取れません。画像を小さくするか除いて、保存し直してください。")
            )
        return file
