"""Keeping one agreement longer, and letting the usual time hold again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.agreements.services import Refused
from renkei.desk.agreements.verbs import Verb, the_agreement, verb_page
from renkei.desk.retention.forms import HoldForm, LiftForm
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.retention import services
from renkei.retention.models import Hold
from renkei.retention.questions import outlook


def lifted(agreement: Agreement, asked: dict[str, Any], actor: User) -> object:
    """End the hold that is there."""
    held = Hold.objects.of(actor.municipality).holding_on(today()).filter(agreement=agreement).first()
    if held is None:
        raise Refused(_("この協定の保存は延長されていません。"))
    return services.lift(held, at=timezone.now(), actor=actor, **asked)


def hold_verb(lead: str) -> Verb:
    """Keeping longer; the lead says how long it is kept anyway."""
    return Verb(
        title=gettext_lazy("保存の延長"),
        lead=lead,
        button=gettext_lazy("保存を延長する"),
        done=gettext_lazy("保存を延長しました。延長している間は廃棄できません。"),
        form=HoldForm,
        act=lambda agreement, asked, actor: services.hold(agreement, actor=actor, day=today(), **asked),
    )


LIFT = Verb(
    title=gettext_lazy("保存の延長をやめる"),
    lead=gettext_lazy("延長をやめると、定めた保存期間が過ぎたときに廃棄できるようになります。"),
    button=gettext_lazy("延長をやめる"),
    done=gettext_lazy("保存の延長をやめました。"),
    form=LiftForm,
    act=lifted,
)


@staff_page
def hold(request: StaffRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    is_held = Hold.objects.of(town(request)).holding_on(today()).filter(agreement=agreement).exists()
    if is_held and request.method == "GET":
        messages.info(request, _("この協定の保存は、すでに延長されています。"))
        return redirect("desk:agreement_lift", agreement.public_id)
    return verb_page(request, agreement, hold_verb(outlook(agreement, today())))


@staff_page
def lift(request: StaffRequest, public_id: str) -> HttpResponse:
    return verb_page(request, the_agreement(request, public_id), LIFT)
