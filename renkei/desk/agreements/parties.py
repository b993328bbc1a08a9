"""Parties of an agreement that goes on: partners join it, one leaves it, and that is taken back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.accounts.models import User
from renkei.agreements import services
from renkei.agreements.facts import PartyFacts
from renkei.agreements.member_lines import members_of_text
from renkei.agreements.models import Agreement, Party
from renkei.agreements.permissions import why_not_change
from renkei.desk.agreements.verbs import Verb, the_agreement, verb_page
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today
from renkei.ui.forms import DayField


class JoinForm(forms.Form):
    """Who joins, and from when."""

    names = forms.CharField(
        label=gettext_lazy("加入する相手方"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "一行に一つ。Excelから貼り付けると、名称の右の列を支店・部署、署名した人として読みます。"
        ),
        error_messages={"required": gettext_lazy("名称を一行に一つずつ入れてください。")},
    )
    on = DayField(label=gettext_lazy("加入した日"))
    letter = forms.CharField(
        label=gettext_lazy("協定での呼び方"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("「参加団体」「丁」など。空けてもかまいません。"),
    )
    reason = forms.CharField(label=gettext_lazy("事情"), max_length=400, required=False)

    def parties(self) -> list[PartyFacts]:
        """The partners of the lines."""
        letter = self.cleaned_data["letter"]
        return [
            PartyFacts(one.name, letter=letter, unit=one.unit, signatory=one.signatory)
            for one in members_of_text(self.cleaned_data["names"])
        ]

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        return {**asked, "parties": self.parties() if "names" in asked and "letter" in asked else []}


class LeaveForm(forms.Form):
    """Who leaves, and when."""

    on = DayField(
        label=gettext_lazy("当事者である最後の日"),
        help_text=gettext_lazy(
            "この日まで当事者として数えます。令和6年6月1日、R6.6.1、2024/6/1 のどれでも。"
        ),
    )
    reason = forms.CharField(label=gettext_lazy("事情"), max_length=400, required=False)

    def __init__(self, *args: Any, parties: list[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"] = forms.ChoiceField(
            label=gettext_lazy("離脱する当事者"), choices=[(str(one.position), str(one)) for one in parties]
        )
        self.order_fields(["party", "on", "reason"])


def joined(agreement: Agreement, asked: dict[str, Any], actor: User) -> object:
    return services.join(agreement, asked["parties"], on=asked["on"], actor=actor, reason=asked["reason"])


def left(agreement: Agreement, asked: dict[str, Any], actor: User) -> object:
    party = agreement.parties.get(position=int(asked["party"]))
    return services.leave(agreement, party, on=asked["on"], actor=actor, reason=asked["reason"])


JOIN = Verb(
    title=gettext_lazy("相手方の加入"),
    lead=gettext_lazy(
        "続いている協定に、後から加わる相手方を記録します。加入した日から当事者として数えます。"
    ),
    button=gettext_lazy("加入を記録する"),
    done=gettext_lazy("加入を記録しました。"),
    form=JoinForm,
    act=joined,
)
LEAVE = Verb(
    title=gettext_lazy("相手方の離脱"),
    lead=gettext_lazy(
        "ほかの当事者との協定は続きます。相手方が一者だけの協定では、離脱ではなく終了を記録してください。"
    ),
    button=gettext_lazy("離脱を記録する"),
    done=gettext_lazy("離脱を記録しました。当事者の表で取り消せます。"),
    form=LeaveForm,
    act=left,
    is_danger=True,
)


@staff_page
def join(request: StaffRequest, public_id: str) -> HttpResponse:
    return verb_page(request, the_agreement(request, public_id), JOIN)


@staff_page
def leave(request: StaffRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    parties = [one for one in agreement.parties.all() if one.organisation_id and one.left_on is None]
    return verb_page(request, agreement, LEAVE, parties=parties)


@staff_page
@require_POST
def stay(request: StaffRequest, public_id: str, position: int) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    stop_if(why_not_change(request.user, agreement, day=today()))
    party = get_object_or_404(agreement.parties, position=position)
    try:
        services.stay(agreement, party, actor=request.user)
        messages.success(request, _("離脱の記録を取り消しました。"))
    except services.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:agreement", agreement.public_id)
