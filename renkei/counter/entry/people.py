"""会社の担当者: a partner's people at this counter, and who of them takes part in a procedure."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.correspondents.models import Correspondent
from renkei.correspondents.permissions import why_not_manage
from renkei.correspondents.refusals import CorrespondentRefused
from renkei.correspondents.services.colleagues import (
    end_access,
    give_back_access,
    hand_responsibility,
    invite,
    invited,
    take_invitation_back,
)
from renkei.counter.entry.coming import asked_from
from renkei.counter.entry.forms import InviteForm
from renkei.counter.procedures.views import the_procedure
from renkei.counter.visitor import VisitorRequest, let_in, now, stop_if, visitor_page
from renkei.procedures.models import Participant, Procedure
from renkei.procedures.permissions import why_not_lead
from renkei.procedures.services.claiming import ProcedureRefused
from renkei.procedures.services.participants import add, hand_lead, part

ACTS: dict[str, tuple[Callable[[Correspondent, Correspondent, datetime], object], Promise]] = {
    "hand-over": (hand_responsibility, gettext_lazy("責任者を引き継ぎました。")),
    "end": (end_access, gettext_lazy("利用を止めました。下の「利用を止めた人」から元に戻せます。")),
    "restore": (give_back_access, gettext_lazy("利用を元に戻しました。")),
    "take-back": (take_invitation_back, gettext_lazy("招待を取りやめました。")),
}


@visitor_page
def listing(request: VisitorRequest) -> HttpResponse:
    """The partner's people; the responsible one invites."""
    visitor = request.visitor
    reason = why_not_manage(visitor)
    form = InviteForm(request.POST or None)
    if request.method == "POST":
        stop_if(reason)
        if form.is_valid():
            try:
                given = form.cleaned_data
                invite(visitor, given["email"], given["name"], now(), site=asked_from(request))
                messages.success(request, _("%(email)s に招待を送りました。") % {"email": given["email"]})
                return redirect("counter:colleagues", request.town.code)
            except CorrespondentRefused as refusal:
                form.add_error(None, str(refusal))
    context = {"title": gettext_lazy("会社の担当者"), "town": request.town, "visitor": visitor, "form": form}
    context |= {"reason": reason, **_colleagues(visitor)}
    return render(request, "counter/entry/colleagues.html", context, status=422 if form.errors else 200)


def _colleagues(visitor: Correspondent) -> dict[str, object]:
    """Those of the person's own accepted partner: who comes, who is invited, who came once."""
    partner = visitor.partner
    if partner is None:
        return {"partner": None}
    people = Correspondent.objects.of(visitor.municipality).belonging_to(partner)
    return {
        "partner": partner,
        "people": people.filter(closed_at=None).order_by("-is_responsible", "name", "pk"),
        "ended": people.exclude(closed_at=None).order_by("-closed_at"),
        "invitations": invited(partner, now()),
    }


@require_POST
@visitor_page
def colleague(request: VisitorRequest, public_id: str) -> HttpResponse:
    """What the responsible person does with a colleague, or with the invitation of one."""
    visitor = request.visitor
    asked = request.POST.get("act", "")
    partner = visitor.partner
    if partner is None or asked not in ACTS:
        stop_if(why_not_manage(visitor) or _("画面のボタンから選んでください。"))
        raise Http404
    mine = Correspondent.objects.of(request.town).belonging_to(partner)
    if asked == "take-back":
        pending = invited(partner, now()).values("correspondent")
        mine = Correspondent.objects.of(request.town).filter(pk__in=pending)
    found = get_object_or_404(mine, public_id=public_id)
    stop_if(why_not_manage(visitor))
    act, words = ACTS[asked]
    try:
        act(visitor, found, now())
        messages.success(request, str(words))
    except CorrespondentRefused as refusal:
        messages.error(request, str(refusal))
    visitor.refresh_from_db()
    let_in(request, visitor)  # whoever hands over goes on, with less
    return redirect("counter:colleagues", request.town.code)


@visitor_page
def in_procedure(request: VisitorRequest, public_id: str) -> HttpResponse:
    """Who takes part for the partner; the leading person adds colleagues and hands the lead over."""
    visitor, procedure = request.visitor, the_procedure(request, public_id)
    if request.method == "POST":
        return _changed(request, procedure)
    taking_part = procedure.participants.filter(left_at=None).order_by("-is_lead", "joined_at")
    shown = list(taking_part.select_related("correspondent__organisation"))
    context = {
        "title": gettext_lazy("この手続の担当者"),
        "town": request.town,
        "visitor": visitor,
        "procedure": procedure,
        "participants": shown,
        "addable": _addable(visitor, shown),
        "reason": why_not_lead(visitor, procedure),
        "is_mine": any(one.correspondent_id == visitor.pk for one in shown),
    }
    return render(request, "counter/entry/procedure_people.html", context)


def _addable(visitor: Correspondent, participants: list[Participant]) -> list[Correspondent]:
    if visitor.organisation is None:
        return []
    colleagues = Correspondent.objects.of(visitor.municipality).of_partner(visitor.organisation)
    return list(colleagues.exclude(pk__in=[one.correspondent_id for one in participants]))


def _changed(request: VisitorRequest, procedure: Procedure) -> HttpResponse:
    visitor, asked = request.visitor, request.POST.get("act", "")
    acts = {"add": add, "lead": hand_lead, "part": part}
    known = Correspondent.objects.of(request.town).filter(
        pk__in=[
            *procedure.participants.values_list("correspondent", flat=True),
            *(one.pk for one in _addable(visitor, [])),
        ]
    )
    person = get_object_or_404(known, public_id=request.POST.get("person", ""))
    try:
        if asked not in acts:
            raise ProcedureRefused(_("画面のボタンから選んでください。"))
        acts[asked](procedure, person, by=visitor, at=now())
        messages.success(request, _("担当者を変えました。"))
    except ProcedureRefused as refusal:
        messages.error(request, str(refusal))
    if person.pk == visitor.pk and asked == "part":
        return redirect("counter:procedures", request.town.code)
    return redirect(reverse("counter:procedure_people", args=[request.town.code, procedure.public_id]))
