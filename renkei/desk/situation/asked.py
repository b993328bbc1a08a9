"""What the pages of a running incident share: the own town's incident and request, and the page of a verb."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from renkei.desk.form_page import Page, shown_or_done
from renkei.desk.staff import StaffRequest, today, town
from renkei.disasters.models import HelpRequest, Incident
from renkei.disasters.permissions import why_not_respond
from renkei.ui.verbs import VerbWords


def the_incident(request: StaffRequest, public_id: str) -> Incident:
    """The person's own town's incident, or 404."""
    mine = Incident.objects.of(town(request)).select_related("municipality", "opened_by", "closed_by")
    return get_object_or_404(mine, public_id=public_id)


def the_request(request: StaffRequest, public_id: str) -> HelpRequest:
    """A request in one of the person's own town's incidents, or 404."""
    mine = HelpRequest.objects.of(town(request)).select_related(
        "incident__municipality", "need__district", "organisation", "agreement__municipality", "capability"
    )
    return get_object_or_404(mine, public_id=public_id)


def incident_page(incident: Incident, name: str = "incident_board") -> str:
    """A page of the incident; its board where none is named."""
    return reverse(f"desk:{name}", args=[incident.public_id])


def reason_of(request: StaffRequest) -> str | None:
    """Why the person may not record in incidents; None if they may."""
    return why_not_respond(request.user, day=today())


def verb_answer(
    request: StaffRequest,
    incident: Incident,
    verb: VerbWords,
    act: Callable[[Any, str], object],
    *,
    back: str = "",
    beside: Mapping[str, Any] | None = None,
    form_options: Mapping[str, Any] | None = None,
    template: str = "desk/situation/verb.html",
    onward: str = "",
) -> HttpResponse:
    """The page of a verb about the incident, or what it does; afterwards to `onward`, or back.

    `back` is the board where none is given.
    """
    page = Page(
        verb=verb,
        reason=reason_of(request),
        back=back or incident_page(incident),
        act=act,
        beside={"incident": incident, **(beside or {})},
        template=template,
        onward=(lambda _made: onward) if onward else None,
    )
    return shown_or_done(request, page, form_options or {}, version=incident.version)
