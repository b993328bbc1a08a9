"""The form with which a town brings its own template: look first, then keep."""

import base64
import binascii
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.documents.template_refusals import LARGEST


class TemplateForm(forms.Form):
    """A Word file and what was changed in it; `looked_at` carries a file from the first step to the second."""

    file = forms.FileField(
        label=gettext_lazy("Word文書(.docx)"),
        error_messages={"required": gettext_lazy("Word文書を選んでください。")},
        help_text=gettext_lazy("標準のひな形をダウンロードし、Wordで直したもの。1.5 MBまで。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )
    note = forms.CharField(
        label=gettext_lazy("変えたこと"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("例: 担当課の電話番号を加えた"),
    )
    looked_at = forms.CharField(required=False, widget=forms.HiddenInput())
    name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self["looked_at"].value():
            self.fields["file"].required = False
            self.fields["file"].help_text = _("別のファイルにするときだけ選んでください。")

    def clean(self) -> dict[str, Any]:
        """The bytes and the name, from the file chosen now or the one that was looked at before."""
        asked = super().clean() or {}
        file = asked.get("file")
        if file and file.size > LARGEST:
            self.add_error(
                "file",
                _("大きすぎるファイルです。1.5 MBまでにしてください。図を小さくするか、外してください。"),
            )
        elif file:
            asked["content"], asked["name"] = file.read(), file.name
        elif asked.get("looked_at"):
            asked["content"] = self._carried(asked["looked_at"])
        return asked

    def _carried(self, text: str) -> bytes:
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            return b""

    @property
    def is_second_step(self) -> bool:
        """Whether the person has seen what the file says and keeps that same file."""
        return bool(self.cleaned_data.get("looked_at")) and not self.cleaned_data.get("file")


def carried(content: bytes) -> str:
    """A file as the form carries it to the second step."""
    return base64.b64encode(content).decode()
