"""Forms of the town's own words: a text with its source, or the agreement that is given as the example."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Form
from renkei.initiatives.models import Initiative
from renkei.municipalities.models import Municipality
from renkei.reports.wording_services import MOST_LETTERS
from renkei.ui.forms import DayField

MOST_PARTNERS = 3


class WordingForm(forms.Form):
    """Words at a place of the papers."""

    on = DayField(label=_("基準日"))
    text = forms.CharField(
        label=_("文"),
        max_length=MOST_LETTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "一行が一段落です。行の初めを (1) や ①、●、■、※ にすると、その形で並びます。(1) の下の行は、先頭を一字あけます。"
        ),
        error_messages={"required": _("文を入れてください。")},
    )
    source = forms.CharField(
        label=_("出典"),
        required=False,
        max_length=400,
        help_text=_("公表した資料から引いた文なら、その資料の名前と年。資料には載りません。"),
    )

    def __init__(self, *args: Any, of_a_day: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not of_a_day:
            del self.fields["on"]


class AgreementForm(forms.Form):
    """The agreement that the papers give as their example."""

    text = forms.ChoiceField(
        label=_("例に挙げる協定"),
        help_text=_("取組のある、有効な協定から選びます。"),
        error_messages={"required": _("協定を選んでください。")},
    )

    def __init__(self, *args: Any, town: Municipality, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        working = Initiative.objects.of(town).order_by().values("agreement")
        found = Agreement.objects.of(town).in_force_on(day).filter(pk__in=working).with_everything()
        wide: list[tuple[str, str]] = []
        others: list[tuple[str, str]] = []
        for one in found.order_by("title", "pk"):
            place = wide if one.form == Form.COMPREHENSIVE else others
            place.append((one.public_id, named(one)))
        field = self.fields["text"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "―"), (Form.COMPREHENSIVE.label, wide), (_("ほかの協定"), others)]


def named(agreement: Agreement) -> str:
    """The agreement with its partners: many bear one title."""
    partners = "、".join(str(party) for party in agreement.partners[:MOST_PARTNERS])
    return f"{agreement}({partners})"
