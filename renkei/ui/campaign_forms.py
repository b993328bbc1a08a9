"""Forms with which a campaign is answered, at the desk and at the counter alike."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class NothingForm(forms.Form):
    """Lines of which nothing was done, and why; `lines` are pairs of a key and a name."""

    lines = forms.MultipleChoiceField(
        required=False,
        error_messages={
            "invalid_choice": _("選んだ中に、もう回答された取組があります。選び直してください。"),
        },
    )
    everything = forms.BooleanField(required=False)
    reason = forms.CharField(
        label=_("実績がない理由"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("印を付けた取組すべてに、同じ理由を記録します。例: 相手方の都合で開催を見送った。"),
        error_messages={"required": _("実績がない理由を入れてください。例: 感染症のため開催を見送った。")},
    )

    def __init__(self, *args: Any, lines: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["lines"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = self.known = list(lines)
        field.label = _("実績のない取組")
        every = gettext("印にかかわらず、未回答の%(count)s件すべて") % {"count": len(self.known)}
        self.fields["everything"].label = every

    def clean(self) -> dict[str, Any]:
        """All open lines where that was chosen; else at least one."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("everything"):
            cleaned["lines"] = [key for key, _label in self.known]
        elif "lines" not in self.errors and not cleaned.get("lines"):
            self.add_error("lines", gettext("実績のない取組に印を付けてください。"))
        return cleaned


class SheetForm(forms.Form):
    """A filled sheet."""

    file = forms.FileField(
        label=_("書き込んだ調査票"),
        max_length=200,
        help_text=_("ここからダウンロードしたExcel(.xlsx)。取り込む前に、1行ずつ確かめた結果を見せます。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": _("調査票のファイルを選んでください。"),
            "empty": _("中身のないファイルです。書き込んだ調査票を選んでください。"),
        },
    )
