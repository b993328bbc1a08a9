"""Incidents and drills: the list, and the page for stress with one field."""

from collections import defaultdict

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.desk.form_page import Page, now, shown_or_done
from renkei.desk.incidents.forms import NeedLineForm, NoteForm
from renkei.desk.incidents.records import the_incident, why_not
from renkei.desk.staff import StaffRequest, staff_page, town
from renkei.disasters.incidents.remaining import Coverage, coverage
from renkei.disasters.incidents.saying import read_need
from renkei.disasters.models import District, HelpRequest, Incident, Need, Step
from renkei.disasters.services.incidents import note_in, write_need
from renkei.ui.verbs import VerbWords

CALLS_SHOWN = 5
SAY = VerbWords(
    title=gettext_lazy("何が要りますか"),
    lead="",
    button=gettext_lazy("相手方を探す"),
    done=gettext_lazy("読み取りました。違うところがあれば「直す」を押してください。"),
    form=NeedLineForm,
)
NOTE = VerbWords(
    title=gettext_lazy("できごとを書く"),
    lead=gettext_lazy("通話や要請のほかに残しておくことを書きます。時刻は自動で付きます。"),
    button=gettext_lazy("記録する"),
    done=gettext_lazy("記録しました。"),
    form=NoteForm,
)


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    """Those that run first, then those that are over."""
    mine = Incident.objects.of(town(request))
    context = {
        "title": _("災害・訓練"),
        "running": mine.running(),
        "over": mine.exclude(closed_at=None),
        "reason": why_not(request),
    }
    return render(request, "desk/incidents/listing.html", context)


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    """Say what is needed; what is needed already; who was called last."""
    incident = the_incident(request, public_id)

    def act(form: NeedLineForm, once: str) -> Need:
        if incident.closed_at:
            raise PermissionDenied(_("終えた災害・訓練です。新しく始めてください。"))
        said = read_need(form.cleaned_data["said"], District.objects.of(incident.municipality))
        return write_need(incident, said.facts, actor=request.user, at=now(), public_id=once)

    says = Page(
        verb=SAY,
        reason=why_not(request),
        back=request.path,
        act=act,
        beside=_beside(incident) | {"title": str(incident)},
        template="desk/incidents/page.html",
        onward=lambda need: f"{reverse('desk:need', args=[need.public_id])}#call",
    )
    return shown_or_done(request, says, {})


def _beside(incident: Incident) -> dict[str, object]:
    requests: dict[int, list[HelpRequest]] = defaultdict(list)
    for one in incident.requests.select_related("organisation"):
        requests[one.need_id].append(one)
    needs = incident.needs.select_related("district").order_by("-number")
    lines: list[tuple[Need, list[HelpRequest], Coverage]] = [
        (need, requests[need.pk], coverage(need, requests[need.pk])) for need in needs
    ]
    conflicts = Step.objects.filter(request__incident=incident).in_conflict()
    return {
        "incident": incident,
        "open": [line for line in lines if line[0].state == "open"],
        "done": [line for line in lines if line[0].state != "open"],
        "conflicts": conflicts.select_related("request__organisation", "request__need"),
        "calls": incident.calls.valid().select_related("organisation", "by").order_by("-at")[:CALLS_SHOWN],
        "notes": incident.notes.select_related("by").order_by("-at")[:CALLS_SHOWN],
    }


@staff_page
def note(request: StaffRequest, public_id: str) -> HttpResponse:
    """A line about no call and no request."""
    incident = the_incident(request, public_id)

    def act(form: NoteForm, once: str) -> object:
        return note_in(incident, form.cleaned_data["text"], actor=request.user, at=now(), public_id=once)

    writes = Page(
        verb=NOTE,
        reason=why_not(request),
        back=reverse("desk:incident", args=[public_id]),
        act=act,
        beside={"incident": incident},
        template="desk/incidents/verb.html",
    )
    return shown_or_done(request, writes, {})
