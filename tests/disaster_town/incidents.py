"""Of incidents: one of each record, and the addresses that are about them."""

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from tests.disaster_factories import a_call, a_need, a_request, a_step, an_incident
from tests.disaster_town.filling import Filled, Work, of

DESK: dict[str, tuple[str, Filled]] = {
    "incidents": ("list", lambda work: []),
    "incident_new": ("town", lambda work: []),
    "incident": ("office", of("incident")),
    "incident_note": ("office", of("incident")),
    "incident_calls": ("record", of("incident")),
    "need": ("record", of("need")),
    "need_change": ("office", of("need")),
    "need_end": ("office", of("need")),
    "need_call": ("office", of("need")),
    "incident_call": ("office", of("call")),
    "incident_call_void": ("office", of("call")),
    "help_request": ("office", of("help_request")),
    "help_request_change": ("office", of("help_request")),
    "help_request_step_void": ("office", of("step")),
    "help_request_conflict": ("office", of("step")),
}
COUNTER: dict[str, Filled] = {}
NOT_PAGES: set[str] = set()
ONLY_SENT: set[str] = {
    "need_call",
    "incident_call_void",
    "help_request_step_void",
    "help_request_conflict",
}


def made(agreement: Agreement, clerk: User, work: Work) -> Work:
    """One of each; `work` holds what the rooms before have made."""
    incident = an_incident(agreement.municipality, opened_by=clerk)
    need = a_need(incident, by=clerk)
    request = a_request(agreement, need, made_by=clerk)
    return {
        "incident": incident,
        "need": need,
        "help_request": request,
        "step": a_step(request, by=clerk),
        "call": a_call(request, by=clerk),
    }
