"""The board, the map, the record and the costs of an incident, each also as a file."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.desk.form_page import now
from renkei.desk.papers.answers import made_answer
from renkei.desk.situation.asked import incident_page, reason_of, the_incident
from renkei.desk.staff import StaffRequest, staff_page, today
from renkei.disasters.incidents.costs import costs_of
from renkei.disasters.incidents.record import LineKind, RecordLine, record_of
from renkei.disasters.models import Incident
from renkei.disasters.permissions import why_not_see_contacts
from renkei.disasters.situation.board import board as board_of
from renkei.disasters.situation.map_drawing import drawn
from renkei.disasters.situation.map_points import PointKind, points_of
from renkei.disasters.situation.paper import situation_report
from renkei.disasters.situation.sheet import board_rows, cost_rows, record_rows
from renkei.documents.paper import PaperRefused
from renkei.documents.publications.pdf import publication_pdf
from renkei.municipalities.public_id import new_public_id
from renkei.ui.downloads import table_answer

ON_A_PAGE = 100


@staff_page
def board(request: StaffRequest, public_id: str) -> HttpResponse:
    """Needs × partners × states; what must be settled stands on top."""
    incident = the_incident(request, public_id)
    context = {
        "title": _("%s 状況表") % incident,
        "incident": incident,
        "board": board_of(incident, at=now()),
        "waiting_handover": incident.handovers.filter(accepted_at=None).select_related("by").first(),
        "reason": reason_of(request),
    }
    return render(request, "desk/situation/board.html", context)


@staff_page
def show_map(request: StaffRequest, public_id: str) -> HttpResponse:
    """The drawing and the list beside it, which says the same."""
    incident = the_incident(request, public_id)
    found = points_of(incident, day=today())
    drawing = drawn(found.points)
    groups = [(kind, drawing.of(kind)) for kind in PointKind] if drawing else []
    context = {
        "title": _("%s 地図") % incident,
        "incident": incident,
        "drawing": drawing,
        "groups": [(kind, marks) for kind, marks in groups if marks],
        "without_place": found.without_place,
    }
    return render(request, "desk/situation/map.html", context)


@staff_page
def record(request: StaffRequest, public_id: str) -> HttpResponse:
    """Everything that happened, the latest first, and a line to write."""
    incident, kind = the_incident(request, public_id), request.GET.get("kind", "")
    context = {
        "title": _("%s 記録") % incident,
        "incident": incident,
        "page": Paginator(_record(request, incident, kind), ON_A_PAGE).get_page(request.GET.get("page")),
        "kind": kind,
        "kinds": [("", gettext_lazy("すべて")), *LineKind.choices],
        "once": new_public_id(),
        "reason": reason_of(request),
    }
    return render(request, "desk/situation/record.html", context)


def _record(request: StaffRequest, incident: Incident, kind: str = "") -> list[RecordLine]:
    """Who answered for a partner is only for those who may see whom to call."""
    may_see = why_not_see_contacts(request.user, day=today()) is None
    return record_of(incident, kind=kind, names_people=may_see)


@staff_page
def costs(request: StaffRequest, public_id: str) -> HttpResponse:
    """What was told and settled, and who bears it."""
    incident = the_incident(request, public_id)
    found = costs_of(board_of(incident, at=now()))
    context = {"title": _("%s 費用と返却") % incident, "incident": incident, "costs": found}
    return render(request, "desk/situation/costs.html", context)


@staff_page
def file(request: StaffRequest, public_id: str, what: str, form: str) -> HttpResponseBase:
    """The board, the record or the costs, for spreadsheets."""
    incident, at = the_incident(request, public_id), now()
    if what == "record":
        rows, name = record_rows(_record(request, incident)), _("記録")
    elif what == "costs":
        rows, name = cost_rows(costs_of(board_of(incident, at=at))), _("費用")
    elif what == "board":
        rows, name = board_rows(board_of(incident, at=at)), _("状況表")
    else:
        raise Http404
    return table_answer(rows, form, today(), subject=f"incident-{incident.public_id}-{what}", name=name)


@staff_page
def report(request: StaffRequest, public_id: str) -> HttpResponse:
    """The situation report for the headquarters, as it is now."""
    incident = the_incident(request, public_id)
    publication = situation_report(board_of(incident, at=now()))
    try:
        return made_answer(publication_pdf(publication).content, publication.title, "pdf")
    except PaperRefused as refusal:
        messages.error(request, _("状況報告を作れません。%s") % refusal)
        return redirect(incident_page(incident))
