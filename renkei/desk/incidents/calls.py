"""The log of calls of an incident: added to after the press, struck out after a wrong one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.desk.form_page import Page, now, shown_or_done, way_back
from renkei.desk.incidents.forms import CallForm
from renkei.desk.incidents.records import the_call, the_incident, why_not
from renkei.desk.staff import StaffRequest, staff_page, stop_if
from renkei.disasters.services.calling import amend_call, void_call
from renkei.ui.verbs import VerbWords

ON_A_PAGE = 100
AMEND = VerbWords(
    title=gettext_lazy("通話の記録に書き足す"),
    lead=gettext_lazy("話した相手と、話したことを残します。"),
    button=gettext_lazy("書き足す"),
    done=gettext_lazy("書き足しました。"),
    form=CallForm,
)


@staff_page
def listing(request: StaffRequest, public_id: str) -> HttpResponse:
    """All calls, the newest first."""
    incident = the_incident(request, public_id)
    calls = incident.calls.select_related("organisation", "need", "request", "by").order_by("-at", "-pk")
    context = {
        "title": _("通話の記録"),
        "incident": incident,
        "page": Paginator(calls, ON_A_PAGE).get_page(request.GET.get("page")),
        "reason": why_not(request),
    }
    return render(request, "desk/incidents/calls.html", context)


@staff_page
def amend(request: StaffRequest, public_id: str) -> HttpResponse:
    """Who answered and what was said."""
    call = the_call(request, public_id)

    def act(form: CallForm, _once: str) -> object:
        return amend_call(call, **form.cleaned_data, actor=request.user)

    page = Page(
        verb=AMEND,
        reason=why_not(request),
        back=reverse("desk:incident_calls", args=[call.incident.public_id]),
        act=act,
        beside={"incident": call.incident, "call": call, "need": call.need},
        template="desk/incidents/verb.html",
    )
    return shown_or_done(request, page, {})


@staff_page
@require_POST
def void(request: StaffRequest, public_id: str) -> HttpResponse:
    """A wrong press: struck out, not deleted."""
    call = the_call(request, public_id)
    stop_if(why_not(request))
    void_call(call, actor=request.user, at=now())
    messages.success(request, _("通話の記録を取り消しました。記録には取消しとして残ります。"))
    return redirect(way_back(request, reverse("desk:incident_calls", args=[call.incident.public_id])))
