"""Forms of the moves: a reason that stays inside the town, and a letter in the town's words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from renkei.procedures.stages import Move
from renkei.ui.forms import DayField

LONGEST_REASON, LONGEST_LETTER = 1000, 4000


def reason_field() -> forms.CharField:
    """Why; kept in the procedure's course."""
    return forms.CharField(
        label=_("理由(庁内だけ)"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("手続の経過に残ります。相手方には見えません。"),
        error_messages={"required": _("理由を書いてください。手続の経過に残ります。")},
    )


def letter_field(*, required: bool = True) -> forms.CharField:
    """What the partner reads."""
    help_text = _("このままメールで相手方に届きます。直してから送ってください。")
    if not required:
        help_text = _(
            "段階が変わったことは、書かなくても相手方に届きます。添える言葉があれば書いてください。"
        )
    return forms.CharField(
        label=_("相手方への手紙"),
        max_length=LONGEST_LETTER,
        required=required,
        widget=forms.Textarea(attrs={"rows": 10 if required else 3}),
        help_text=help_text,
    )


class AdvanceForm(forms.Form):
    """A word to the partner, if any."""

    letter = letter_field(required=False)


class SendBackForm(forms.Form):
    """Which step to go back to, why, and a word to the partner."""

    to = forms.ChoiceField(label=_("戻す段階"), widget=forms.RadioSelect)
    reason = reason_field()
    letter = letter_field(required=False)

    def __init__(self, *args: Any, moves: Sequence[Move], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(move.to.value, str(move.to.label)) for move in moves]


class PartingForm(forms.Form):
    """Why the procedure ends, and the courteous letter about it."""

    reason = reason_field()
    letter = letter_field()


class HoldForm(forms.Form):
    """Why it stands still, until when, and the courteous letter about it."""

    reason = reason_field()
    until = DayField(
        label=_("いつ見直すか"),
        required=False,
        help_text=_("その日まで督促を止めます。決まっていなければ空けてください。例: 令和8年9月1日、R8.9.1"),
    )
    letter = letter_field()


class WithdrawalForm(forms.Form):
    """How the partner said so, and what they said."""

    way = forms.CharField(
        label=_("どのように申出があったか"),
        max_length=100,
        help_text=_("だれから、いつ、どうやって。例: 5月20日 山田様から電話"),
        error_messages={
            "required": _("だれから、どうやって申出があったかを書いてください。例: 山田様から電話")
        },
    )
    reason = forms.CharField(
        label=_("相手方が言った理由"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _(
                "相手方が言った理由を書いてください。聞いていなければ「理由は聞いていない」と書いてください。"
            )
        },
    )


class ReopenForm(forms.Form):
    """Why it is opened again."""

    reason = reason_field()


class NothingAsked(forms.Form):
    """A page that asks only to be pressed."""
