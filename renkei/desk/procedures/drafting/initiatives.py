"""Planned initiatives at the desk: by item, added, reworded, ordered, dropped, and written as a version of the list."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from renkei.agreements.services import Refused
from renkei.desk.procedures.drafting.forms import InitiativeForm, NoteForm
from renkei.desk.procedures.verbs import Asked, ProcedureVerb, page_address, the_procedure, verb_page
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today
from renkei.municipalities.models import Division
from renkei.procedures.models import PlannedInitiative, Procedure
from renkei.procedures.permissions import why_not_conduct
from renkei.procedures.planned import newest, planned_by_item, planned_list, says_what_is_planned
from renkei.procedures.services.drafting import write_list
from renkei.procedures.services.planning import (
    bring_initiative_back,
    drop_initiative,
    plan_initiative,
    raise_initiative,
    reword_initiative,
)
from renkei.procedures.vocabulary import DraftKind

ACTS = {"raise": raise_initiative, "drop": drop_initiative, "back": bring_initiative_back}


@staff_page
def listing(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    planned, version = planned_list(procedure), newest(procedure, DraftKind.INITIATIVES)
    context = {
        "title": _("取組事項"),
        "procedure": procedure,
        "groups": planned_by_item(procedure),
        "dropped": procedure.planned_initiatives.filter(is_dropped=True),
        "count": len(planned.rows),
        "version": version,
        "is_written": version is not None and says_what_is_planned(version, planned),
        "reason": why_not_conduct(request.user, procedure, day=today()),
    }
    return render(request, "desk/procedures/drafting/initiatives.html", context)


def the_initiative(procedure: Procedure, public_id: str) -> PlannedInitiative:
    """An initiative of this procedure, or 404."""
    initiative = get_object_or_404(procedure.planned_initiatives, public_id=public_id)
    initiative.procedure = procedure  # with the version that the person saw
    return initiative


def choices(request: StaffRequest, procedure: Procedure, held: Division | None = None) -> dict[str, Any]:
    """The items and divisions that can be chosen."""
    divisions = Division.objects.of(procedure.municipality).existing_on(today())
    known = {one.public_id: one for one in divisions}
    if held:
        known.setdefault(held.public_id, held)
    items = procedure.items.filter(dropped_reason="").select_related("division")
    return {"items": {one.public_id: one for one in items}, "divisions": known}


def planned_anew(asked: Asked) -> object:
    return plan_initiative(asked.procedure, asked.form.plan(), by=asked.user, public_id=asked.once)


NEW = ProcedureVerb(
    title=_("取組を加える"),
    lead=_("連携事項ごとに、具体的に何をするかと、双方の役割を書きます。"),
    button=_("取組を加える"),
    done=_("取組を加えました。"),
    form=InitiativeForm,
    act=planned_anew,
    back="initiatives",
)
WRITE = ProcedureVerb(
    title=_("取組事項(案)の版を作る"),
    lead=_("いまの取組の一覧を、変わらない版として残します。内容確認では、この版を相手方に見せます。"),
    button=_("版を作る"),
    done=_("取組事項(案)の版を作りました。"),
    form=NoteForm,
    act=lambda asked: write_list(
        asked.procedure, note=asked.given["note"], by=asked.user, at=timezone.now(), public_id=asked.once
    ),
    back="drafts",
    template="desk/procedures/drafting/list_write.html",
)


@staff_page
def new(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    initial = {"item": request.GET.get("item", "")}
    return verb_page(request, procedure, NEW, initial=initial, **choices(request, procedure))


@staff_page
def edit(request: StaffRequest, public_id: str, one: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    initiative = the_initiative(procedure, one)
    verb = ProcedureVerb(
        title=_("取組を直す"),
        lead=_("直した内容は、次に作る版に入ります。すでにある版は変わりません。"),
        button=_("保存する"),
        done=_("取組を直しました。"),
        form=InitiativeForm,
        act=lambda asked: reword_initiative(initiative, asked.form.plan(), by=asked.user),
        back="initiatives",
    )
    return verb_page(
        request,
        procedure,
        verb,
        initial=typed_of(initiative),
        **choices(request, procedure, initiative.division),
    )


def typed_of(initiative: PlannedInitiative) -> dict[str, str]:
    """The form's values of an initiative that is there."""
    return {
        "item": initiative.item.public_id if initiative.item else "",
        "title": initiative.title,
        "division": initiative.division.public_id if initiative.division else "",
        "town_part": initiative.town_part,
        "partner_part": initiative.partner_part,
        "timing": initiative.timing,
    }


@staff_page
@require_POST
def act(request: StaffRequest, public_id: str, one: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    initiative = the_initiative(procedure, one)
    stop_if(why_not_conduct(request.user, procedure, day=today()))
    try:
        if done := ACTS.get(request.POST.get("do", "")):
            done(initiative, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(page_address(procedure, "initiatives"))


@staff_page
def write(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    return verb_page(request, procedure, WRITE, more={"planned": planned_list(procedure)})
