"""Forms that anybody in the world can send: what a program fills in by itself is caught without a foreign service.

A hidden field that people leave empty, and the signed moment at which the form was shown: nobody fills a form in two
seconds, and no form is a day old. The refusal is a sentence, and a person who was too fast only presses again.
"""

import re
import unicodedata
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SALT = "renkei.ui.public_forms"
OLDEST = timedelta(days=1)
LONGEST_ADDRESS = 254
UNSEEN = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069]+")
"""What breaks a line, or turns the direction of what follows."""
MAIL = {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false", "inputmode": "email"}


def shown_at(moment: datetime) -> str:
    """What a form carries about when it was shown."""
    return signing.Signer(salt=SALT).sign(str(int(moment.timestamp())))


def _moment_of(carried: str) -> float | None:
    try:
        return float(signing.Signer(salt=SALT).unsign(carried))
    except (signing.BadSignature, ValueError):
        return None


class PublicForm(forms.Form):
    """A form for strangers; `at` is the moment of the request, at which it is shown or sent."""

    homepage = forms.CharField(
        label=gettext_lazy("ここには何も書かないでください"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        template_name="ui/trap.html",
    )  # type: ignore[call-arg]  # the stubs are older
    shown_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *args: Any, at: datetime, **options: Any) -> None:
        self.at = at
        super().__init__(data, *args, **options)
        self.fields["shown_at"].initial = shown_at(at)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors and (reason := self._why_not()):
            raise forms.ValidationError(reason)
        return cleaned

    def _why_not(self) -> str:
        """Why the form is not taken as a person's; empty if it is."""
        if self.cleaned_data.get("homepage"):
            return _(
                "送信できませんでした。「何も書かないでください」の欄を空にして、もう一度送ってください。"
            )
        shown = _moment_of(self.cleaned_data.get("shown_at", ""))
        age = None if shown is None else self.at.timestamp() - shown
        if age is None or age > OLDEST.total_seconds():
            self._show_anew()
            return _("この画面を開いてから時間がたちすぎました。内容を確かめて、もう一度送ってください。")
        if age < settings.FORM_SECONDS:
            return _("送信が早すぎました。2秒ほど待って、もう一度送ってください。")
        return ""

    def _show_anew(self) -> None:
        """The form that is shown again carries the present moment."""
        carried: Any = self.data
        carried = carried.copy()
        carried[self.add_prefix("shown_at")] = shown_at(self.at)
        self.data = carried


class LineField(forms.CharField):
    """One line of text: whatever breaks lines or turns them becomes a blank, so that it can head a mail."""

    def to_python(self, value: Any) -> str:
        return UNSEEN.sub(" ", super().to_python(value) or "").strip()


class MailAddressField(forms.EmailField):
    """A mail address in any width of letters; what mail programs read in more than one way is refused."""

    default_error_messages = {
        "invalid": gettext_lazy("メールアドレスの形ではありません。例: hanako@example.co.jp"),
        "required": gettext_lazy("メールアドレスを入れてください。例: hanako@example.co.jp"),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("メールアドレス"))
        options.setdefault("widget", forms.TextInput(attrs=MAIL))
        super().__init__(max_length=LONGEST_ADDRESS, **options)

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFKC", str(super().to_python(value) or "")).strip()

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and (
            not value.isascii() or not value.isprintable() or any(one in value for one in '"\\,;<>() ')
        ):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
