"""How forms look everywhere: label above, 必須 or 任意 as a word, help, then the error under the field."""

from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _

from renkei.rules.japanese_calendar import (
    PartialDay,
    UnreadableDay,
    japanese_date,
    japanese_partial,
    read_day,
)
from renkei.ui.days import asked_day


class Renderer(DjangoTemplates):
    """Django's renderer with our field and form templates."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


class DayField(forms.CharField):
    """A day in any spelling of either calendar; what cannot be read is answered with an example."""

    default_error_messages = {"required": _("日を入れてください。例: 令和6年6月1日、R6.6.1、2024/6/1")}

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("令和6年6月1日、R6.6.1、2024/6/1 のどれでも。"))
        super().__init__(max_length=60, **options)

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]
        if isinstance(value, date):
            return value
        day, refusal = asked_day(super().to_python(value) or "", None)
        if refusal:
            raise forms.ValidationError(refusal)
        return day

    def run_validators(self, value: Any) -> None:
        """A day has no letters to count."""

    def prepare_value(self, value: Any) -> Any:
        return japanese_date(value) if isinstance(value, date) else value


class PartialDayField(forms.CharField):
    """A day as exactly as it is known (a day, a month or a year), in any spelling; as a `PartialDay`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "help_text",
            _(
                "令和6年6月1日、R6.6.1、2024/6/1 のどれでも。月や年だけでもかまいません。分からなければ空けてください。"
            ),
        )
        super().__init__(max_length=60, **options)

    def to_python(self, value: Any) -> PartialDay | None:  # type: ignore[override]
        text = super().to_python(value) or ""
        if not text:
            return None
        try:
            return read_day(text).day
        except UnreadableDay as error:
            raise forms.ValidationError(str(error)) from error

    def run_validators(self, value: Any) -> None:
        """A day has no letters to count."""

    def prepare_value(self, value: Any) -> Any:
        return japanese_partial(value) if isinstance(value, PartialDay) else value


class NumberField(forms.IntegerField):
    """A whole number in any width, as text: a field of the browser's own kind takes no full-width digits."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        options.setdefault("error_messages", {"invalid": _("数字で入れてください。例: 3")})
        super().__init__(**options)
