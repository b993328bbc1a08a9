"""Regular meetings to which a partner was invited: when, where, about what; the minutes once they are shared."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from renkei.agreements.vocabulary import Side
from renkei.counter.visitor import VisitorRequest, now, today, visitor_page
from renkei.initiatives.calendar_mail import Method, calendar_of
from renkei.initiatives.meeting_parties import told_agreements
from renkei.initiatives.models import Attendee, FollowUp, RegularMeeting
from renkei.initiatives.refusals import MeetingRefused
from renkei.initiatives.services.follow_ups import settle as settle_follow_up
from renkei.initiatives.services.inviting import answer_invitation
from renkei.initiatives.vocabulary import MeetingState
from renkei.ui.downloads import made_answer

PAST_SHOWN = 50


class OutcomeForm(forms.Form):
    """How something that the partner took on was settled."""

    outcome = forms.CharField(
        label=_("どう片づいたか"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("どう片づいたかを、ひとこと書いてください。例: 6月3日に送りました。")},
    )


def the_meeting(request: VisitorRequest, public_id: str) -> RegularMeeting:
    """A meeting that the person may see, or 404."""
    mine = RegularMeeting.objects.seen_by(request.visitor).select_related("municipality", "written_by")
    return get_object_or_404(mine, public_id=public_id)


def _context(request: VisitorRequest, title: Any, **more: Any) -> dict[str, Any]:
    return {"title": title, "town": request.town, "visitor": request.visitor, "day": today(), **more}


def _taken_on(request: VisitorRequest) -> list[tuple[FollowUp, bool]]:
    """What the visitor's organisation has still to do, with whether it is late."""
    found = FollowUp.objects.seen_by(request.visitor).open().select_related("meeting")
    return [(one, one.is_late(today())) for one in found]


@visitor_page
def listing(request: VisitorRequest) -> HttpResponse:
    seen, day = RegularMeeting.objects.seen_by(request.visitor), today()
    coming = seen.coming(day)
    past = seen.exclude(pk__in=coming.values("pk")).order_by("-held_on", "-pk")[:PAST_SHOWN]
    context = _context(request, _("定例協議"), coming=coming, past=past, taken_on=_taken_on(request))
    return render(request, "counter/meetings/listing.html", context)


@visitor_page
def page(request: VisitorRequest, public_id: str) -> HttpResponse:
    meeting = the_meeting(request, public_id)
    people = list(meeting.attendees.select_related("organisation__merged_into"))
    mine = [one for one in people if one.whose == request.visitor.partner]
    context = _context(
        request,
        meeting.title,
        meeting=meeting,
        agreements=told_agreements(meeting, request.visitor.partner),
        town_people=[one.name for one in people if one.side == Side.TOWN],
        own_people=[one.name for one in mine],
        others=_others(people, mine),
        me=next((one for one in mine if one.correspondent_id == request.visitor.pk), None),
        is_coming=meeting.is_coming(today()),
        taken_on=[pair for pair in _taken_on(request) if pair[0].meeting_id == meeting.pk],
    )
    return render(request, "counter/meetings/page.html", context)


def _others(people: list[Attendee], mine: list[Attendee]) -> list[str]:
    """The names of the other organisations, never of their persons."""
    return sorted({str(one.whose) for one in people if one.whose is not None and one not in mine})


@visitor_page
def calendar(request: VisitorRequest, public_id: str) -> HttpResponse:
    meeting = the_meeting(request, public_id)
    if meeting.state == MeetingState.CANCELLED:
        raise Http404
    content = calendar_of(meeting, Method.PUBLISH, at=now()).encode()
    return made_answer(content, f"{meeting.held_on:%Y%m%d}-{meeting.public_id}.ics")


@visitor_page
@require_POST
def answer(request: VisitorRequest, public_id: str) -> HttpResponse:
    meeting = the_meeting(request, public_id)
    comes = request.POST.get("comes") == "yes"
    try:
        answer_invitation(meeting, comes, by=request.visitor, at=now())
        messages.success(request, _("出席すると伝えました。") if comes else _("出席しないと伝えました。"))
    except MeetingRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("counter:regular_meeting", request.town.code, public_id)


@visitor_page
def settle(request: VisitorRequest, public_id: str, follow_up_id: str) -> HttpResponse:
    meeting = the_meeting(request, public_id)
    mine = FollowUp.objects.seen_by(request.visitor).filter(meeting=meeting)
    one = get_object_or_404(mine.select_related("meeting__municipality"), public_id=follow_up_id)
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            settle_follow_up(one, form.cleaned_data["outcome"], by=request.visitor, at=now())
            messages.success(request, _("片づいたと市に伝えました。"))
            return redirect("counter:regular_meeting", request.town.code, public_id)
        except MeetingRefused as refusal:
            form.add_error(None, str(refusal))
    context = _context(request, _("決めたことを片づける"), meeting=meeting, follow_up=one, form=form)
    return render(request, "counter/meetings/settle.html", context, status=422 if form.errors else 200)
