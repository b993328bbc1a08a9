"""Fields for amounts as clerks write them: １，２００, 1,200人, 3万円."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from renkei.rules.written_amounts import UnreadableAmount, amount, grouped


class AmountField(forms.CharField):
    """A number of any width, with commas and a unit if somebody writes one; as a Decimal of two places."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(max_length=60, **options)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, Decimal):
            return value
        text = super().to_python(value) or ""
        if not text:
            return None
        try:
            found = amount(text)
        except UnreadableAmount as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if found != round(found, 2):
            raise forms.ValidationError(_("小数は2桁までで入れてください。例: 1.25"))
        return found

    def run_validators(self, value: Any) -> None:
        """An amount has no letters to count."""

    def prepare_value(self, value: Any) -> Any:
        return grouped(Decimal(value)) if isinstance(value, Decimal | int) else value


class YenField(AmountField):
    """Whole yen."""

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        found = super().to_python(Decimal(value) if isinstance(value, int) else value)
        if found is None:
            return None
        if found != int(found):
            raise forms.ValidationError(_("円未満のない額で入れてください。例: 12,000"))
        return int(found)
