"""Forms of handovers: who gives and receives from which day, and why one is sent back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.handovers.models import Handover
from renkei.municipalities.models import Division
from renkei.ui.forms import DayField

NOTE = "note-"


class HandoverForm(forms.Form):
    """A person or a division gives, a person or a division receives."""

    def __init__(
        self, *args: Any, givers: list[User | Division], receivers: list[User | Division], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.known = {key_of(one): one for one in [*givers, *receivers]}
        self.fields["gives"] = forms.ChoiceField(label=_("渡す人・課"), choices=choices_of(givers))
        self.fields["receives"] = forms.ChoiceField(
            label=_("受け取る人・課"), choices=[("", _("選んでください")), *choices_of(receivers)]
        )
        self.fields["on"] = DayField(
            label=_("引き継ぐ日"),
            help_text=_("後任の最初の日。その前の日に持っているものを引き継ぎます。例: 令和9年4月1日"),
        )

    @property
    def facts(self) -> dict[str, Any]:
        """What the service is asked for; the giving person is left out where a division gives."""
        gives, receives = self.known[self.cleaned_data["gives"]], self.known[self.cleaned_data["receives"]]
        on: date = self.cleaned_data["on"]
        return {
            "on": on,
            "giver": gives if isinstance(gives, User) else None,
            "division": gives if isinstance(gives, Division) else None,
            "receiver": receives if isinstance(receives, User) else None,
            "receiving_division": receives if isinstance(receives, Division) else None,
        }


def key_of(one: User | Division) -> str:
    """A name for a choice that says of what kind it is."""
    return f"person:{one.pk}" if isinstance(one, User) else f"division:{one.public_id}"


def choices_of(known: list[User | Division]) -> list[Any]:
    """People and divisions under their own headings."""
    people = [(key_of(one), one.name) for one in known if isinstance(one, User)]
    divisions = [(key_of(one), str(one)) for one in known if isinstance(one, Division)]
    return [(name, choices) for name, choices in ((_("人"), people), (_("課"), divisions)) if choices]


class NotesForm(forms.Form):
    """What the giver says about all of it, and about each agreement of the page."""

    message = forms.CharField(
        label=gettext_lazy("全体のメモ"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, sent: Any = None, *, handover: Handover, agreements: Sequence[Agreement]) -> None:
        told = {name_of(one): handover.notes.get(one.public_id, "") for one in agreements}
        super().__init__(sent, initial={"message": handover.message, **told})
        for one in agreements:
            self.fields[name_of(one)] = forms.CharField(
                label=one.title, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )

    @property
    def notes(self) -> dict[str, str]:
        """By public id, what was written about the agreements."""
        return {
            name.removeprefix(NOTE): text for name, text in self.cleaned_data.items() if name.startswith(NOTE)
        }


def name_of(agreement: Agreement) -> str:
    """The name of the field of an agreement's note."""
    return f"{NOTE}{agreement.public_id}"


class SendBackForm(forms.Form):
    """What is missing."""

    reason = forms.CharField(
        label=gettext_lazy("差し戻しの理由"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("足りないことや、直してほしいことを書きます。渡した人に伝わります。"),
        error_messages={
            "required": gettext_lazy("理由を入れてください。例: ○○の協議の経過を書いてください。")
        },
    )
