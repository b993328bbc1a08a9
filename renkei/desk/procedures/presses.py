"""A single press that changes something of a procedure: check, one service call, back to a page with what was said."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from renkei.agreements.services import Refused
from renkei.desk.procedures.verbs import page_address
from renkei.desk.staff import StaffRequest, stop_if, today
from renkei.desk.versions import version_seen
from renkei.procedures.models import Procedure
from renkei.procedures.permissions import why_not_conduct


def pressed(
    request: StaffRequest, procedure: Procedure, act: Callable[[], object], done: str | Promise, back: str
) -> HttpResponse:
    """Do it as of the version that the person saw, or say why not; `back` names the page to go to."""
    stop_if(why_not_conduct(request.user, procedure, day=today()))
    procedure.version = version_seen(request, procedure.version)
    try:
        act()
        messages.success(request, str(done))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(page_address(procedure, back))
