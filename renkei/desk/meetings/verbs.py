"""The page of a verb of a regular meeting: load, check, form, one service call, answer; and a single press."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise

from renkei.agreements.services import Refused
from renkei.desk import drafts
from renkei.desk.rows import pressed as rows_pressed
from renkei.desk.staff import StaffRequest, stop_if, town
from renkei.desk.typed import put_back, typed_in
from renkei.desk.versions import version_seen
from renkei.initiatives.models import RegularMeeting
from renkei.initiatives.services.meetings import MeetingChangedMeanwhile
from renkei.municipalities.public_id import carried_or_new
from renkei.ui.verbs import VerbWords


@dataclass(frozen=True, kw_only=True)
class MeetingVerb(VerbWords):
    """What one page says, asks and does; `act` takes the valid form and the id of what it makes, and may refuse.

    It answers with the address to go to; `back` is where "やめて戻る" leads.
    """

    act: Callable[[Any, str], str]
    back: str
    reason: str | None
    meeting: RegularMeeting | None = None


def the_meeting(request: StaffRequest, public_id: str) -> RegularMeeting:
    """The person's own town's meeting, or 404."""
    mine = RegularMeeting.objects.of(town(request)).select_related("municipality", "division", "written_by")
    return get_object_or_404(mine, public_id=public_id)


def page_address(meeting: RegularMeeting) -> str:
    """The page of the meeting."""
    return reverse("desk:regular_meeting", args=[meeting.public_id])


def verb_page(
    request: StaffRequest,
    verb: MeetingVerb,
    *,
    more: Mapping[str, Any] | None = None,
    **form_options: Any,
) -> HttpResponse:
    """Show the form, or do what it says; who may not is told why before and after pressing, nothing typed is lost."""
    status = 200
    if request.method == "POST":
        stop_if(verb.reason)
        if verb.meeting is not None:
            verb.meeting.version = version_seen(request, verb.meeting.version)
        if "do" in request.POST:  # a button inside the form: another row
            form = verb.form(**form_options)
            put_back(form, rows_pressed(form, typed_in(request.POST), request.POST["do"]))
        else:
            form = verb.form(request.POST, **form_options)
            if address := _done(request, verb, form):
                drafts.sent(request)
                messages.success(request, str(verb.done))
                return redirect(address)
            status = 422
    else:
        form = verb.form(**form_options)
    context: dict[str, Any] = {"draft": drafts.offered_draft(request, form)}
    if (typed := drafts.used_draft(request)) is not None:
        put_back(form, typed)
    context |= {"title": verb.title, "verb": verb, "form": form, "meeting": verb.meeting}
    context |= {"reason": verb.reason, "once": _once(request), "back": verb.back, **(more or {})}
    return render(request, "desk/meetings/verb.html", context, status=status)


def _done(request: StaffRequest, verb: MeetingVerb, form: forms.Form) -> str:
    """The address to go to once it is done; "" where the form says why not."""
    if not form.is_valid():
        return ""
    seen = verb.meeting.version if verb.meeting else 0
    try:
        return verb.act(form, _once(request))
    except MeetingChangedMeanwhile as refusal:
        form.add_error(None, str(refusal))
        if verb.meeting is not None:
            verb.meeting.refresh_from_db()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        if verb.meeting is not None:
            verb.meeting.version = seen  # taken and given back: what was refused has changed nothing
    return ""


def pressed(
    request: StaffRequest,
    meeting: RegularMeeting,
    reason: str | None,
    act: Callable[[], object],
    done: str | Promise,
) -> HttpResponse:
    """Do it as of the version that the person saw, or say why not; back to the page of the meeting."""
    stop_if(reason)
    meeting.version = version_seen(request, meeting.version)
    try:
        act()
        messages.success(request, str(done))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(page_address(meeting))


def _once(request: StaffRequest) -> str:
    """The id of what the form makes: the one that it carries, or a new one."""
    return carried_or_new(request.POST.get("once", ""))
