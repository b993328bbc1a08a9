"""What all chosen agreements shall say."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from renkei.agreements.models import Field, Series
from renkei.agreements.vocabulary import BulkFact, Form
from renkei.municipalities.models import Division, Municipality


class ValueForm(forms.Form):
    """The value of one fact, and why."""

    reason = forms.CharField(
        label=_("理由"), max_length=400, required=False, help_text=_("できごとの記録に残ります。")
    )

    def __init__(self, *args: Any, fact: BulkFact, town: Municipality, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = forms.ChoiceField(
            label=fact.label, choices=choices(fact, town, day), required=False
        )
        self.order_fields(["value", "reason"])


def choices(fact: BulkFact, town: Municipality, day: date) -> list[tuple[str, str]]:
    """What can be chosen for the fact; "" is none, where there may be none."""
    if fact == BulkFact.DIVISION:
        divisions = Division.objects.of(town).existing_on(day)
        return [*((one.public_id, str(one)) for one in divisions), ("", str(_("担当課なし")))]
    if fact == BulkFact.SERIES:
        series = Series.objects.of(town)
        return [*((one.public_id, str(one)) for one in series), ("", str(_("同文協定から外す")))]
    if fact == BulkFact.MAIN_FIELD:
        return [(one.slug, str(one)) for one in Field.objects.all()]
    if fact == BulkFact.PUBLISHED:
        return [("yes", str(_("公開する"))), ("no", str(_("公開を取りやめる")))]
    return [(value, str(label)) for value, label in Form.choices]
