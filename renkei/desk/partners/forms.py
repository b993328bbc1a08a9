"""Forms of a partner's page."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.models import Agreement
from renkei.partners.models import PartnerKind
from renkei.ui.forms import DayField


def reason_field(label: Any = None) -> forms.CharField:
    """Why it is done; kept with the record."""
    return forms.CharField(
        label=label or gettext_lazy("理由"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("できごとの記録に残ります。"),
    )


class EditForm(forms.Form):
    """What is known of a partner."""

    name = forms.CharField(
        label=gettext_lazy("名称"),
        max_length=300,
        help_text=gettext_lazy(
            "書き間違いを直すときだけ変えます。相手方が名称を改めたときは「改称」を使ってください。"
        ),
    )
    name_kana = forms.CharField(label=gettext_lazy("よみ"), max_length=300, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("相手方の区分"), choices=PartnerKind.choices)
    corporate_number = forms.CharField(
        label=gettext_lazy("法人番号"),
        max_length=40,
        required=False,
        help_text=gettext_lazy(
            "13桁。全角でも、空白やハイフンがあってもかまいません。検査数字を確かめます。"
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    address = forms.CharField(label=gettext_lazy("所在地"), max_length=200, required=False)
    notes = forms.CharField(
        label=gettext_lazy("庁内メモ"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = reason_field()


class RenameForm(forms.Form):
    """Another name from a day on."""

    name = forms.CharField(
        label=gettext_lazy("新しい名称"),
        max_length=300,
        error_messages={"required": gettext_lazy("新しい名称を入れてください。")},
    )
    from_day = DayField(label=gettext_lazy("新しい名称になった日"))
    reason = reason_field()


class ReasonForm(forms.Form):
    """Only why."""

    reason = reason_field()


class GoneForm(forms.Form):
    """The day, and for each agreement that goes on what becomes of it."""

    on = DayField(
        label=gettext_lazy("解散・閉店などの日"),
        help_text=gettext_lazy(
            "選んだ協定は、この日まで有効として数えます。令和6年6月1日、R6.6.1、2024/6/1 のどれでも。"
        ),
    )
    reason = reason_field(gettext_lazy("事情"))

    def __init__(self, *args: Any, agreements: Iterable[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreements = {f"fate_{one.public_id}": one for one in agreements}
        for name, agreement in self.agreements.items():
            self.fields[name] = forms.ChoiceField(
                label=agreement.title, choices=fates_of(agreement), required=False, initial=""
            )

    def fates(self) -> dict[Agreement, str]:
        """The agreements that end or that the partner leaves."""
        return {
            one: self.cleaned_data[name] for name, one in self.agreements.items() if self.cleaned_data[name]
        }


def fates_of(agreement: Agreement) -> list[tuple[str, str]]:
    """What may become of an agreement: where others stay, the partner may leave it."""
    choices = [("", _("そのままにする")), ("end", _("この日で終了とする"))]
    if len([party for party in agreement.parties.all() if party.organisation_id and not party.left_on]) > 1:
        choices.append(("leave", _("この相手方だけがこの日で離脱する")))
    return choices
