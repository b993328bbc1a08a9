"""The person's own town's incidents, needs, requests, steps and calls, or 404."""

from django.shortcuts import get_object_or_404

from renkei.desk.staff import StaffRequest, today, town
from renkei.disasters.models import Call, HelpRequest, Incident, Need, Step
from renkei.disasters.permissions import why_not_respond, why_not_see_contacts


def the_incident(request: StaffRequest, public_id: str) -> Incident:
    mine = Incident.objects.of(town(request)).select_related("municipality", "opened_by")
    return get_object_or_404(mine, public_id=public_id)


def the_need(request: StaffRequest, public_id: str) -> Need:
    mine = Need.objects.of(town(request)).select_related("incident__municipality", "district")
    return get_object_or_404(mine, public_id=public_id)


def the_request(request: StaffRequest, public_id: str) -> HelpRequest:
    mine = HelpRequest.objects.of(town(request)).select_related(
        "incident__municipality", "need__district", "organisation", "agreement", "capability"
    )
    return get_object_or_404(mine, public_id=public_id)


def the_step(request: StaffRequest, public_id: str) -> Step:
    mine = Step.objects.filter(request__incident__municipality=town(request))
    return get_object_or_404(mine.select_related("request", "conflicts_with"), public_id=public_id)


def the_call(request: StaffRequest, public_id: str) -> Call:
    mine = Call.objects.of(town(request)).select_related("incident__municipality", "need", "organisation")
    return get_object_or_404(mine, public_id=public_id)


def why_not(request: StaffRequest) -> str | None:
    """Why the person may not record in an incident."""
    return why_not_respond(request.user, day=today())


def sees_contacts(request: StaffRequest) -> bool:
    """Whether names and numbers are shown to the person."""
    return why_not_see_contacts(request.user, day=today()) is None
