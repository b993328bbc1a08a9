"""What was taken on at a meeting: written, put right, settled, opened again."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.agreements.vocabulary import Side
from renkei.desk.meetings.forms import FollowUpForm, OutcomeForm, WhyForm
from renkei.desk.meetings.verbs import MeetingVerb, page_address, the_meeting, verb_page
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.initiatives.meeting_parties import organisations_of
from renkei.initiatives.models import FollowUp, Initiative, RegularMeeting
from renkei.initiatives.permissions import why_not_change_meeting, why_not_settle
from renkei.initiatives.services import follow_ups as services


def the_follow_up(meeting: RegularMeeting, follow_up_id: str) -> FollowUp:
    """What was taken on at the meeting, or 404."""
    related = meeting.follow_ups.select_related("division", "organisation", "initiative")
    found = get_object_or_404(related, public_id=follow_up_id)
    found.meeting = meeting
    return found


def _options(
    request: StaffRequest, meeting: RegularMeeting, follow_up: FollowUp | None = None
) -> dict[str, Any]:
    agreements = list(meeting.agreements.all())
    return {
        "town": town(request),
        "day": today(),
        "partners": organisations_of(agreements),
        "initiatives": Initiative.objects.of(town(request)).filter(agreement__in=agreements),
        "present": follow_up.division if follow_up else meeting.division,
    }


@staff_page
def new(request: StaffRequest, public_id: str) -> HttpResponse:
    meeting = the_meeting(request, public_id)

    def act(form: Any, once: str) -> str:
        services.take_on(meeting, form.facts, actor=request.user, at=timezone.now(), public_id=once)
        return page_address(meeting)

    verb = MeetingVerb(
        title=_("会議で決めたことを書く"),
        lead=_("だれが・何を・いつまでにするかを、一つずつ書きます。日が近づくと、する側に知らせます。"),
        button=_("書く"),
        done=_("会議で決めたことを書きました。"),
        form=FollowUpForm,
        act=act,
        back=page_address(meeting),
        reason=why_not_change_meeting(request.user, meeting, day=today()),
        meeting=meeting,
    )
    return verb_page(request, verb, initial={"who": Side.TOWN.value}, **_options(request, meeting))


@staff_page
def change(request: StaffRequest, public_id: str, follow_up_id: str) -> HttpResponse:
    meeting = the_meeting(request, public_id)
    one = the_follow_up(meeting, follow_up_id)

    def act(form: Any, once: str) -> str:
        services.change_follow_up(one, form.facts, actor=request.user, at=timezone.now())
        return page_address(meeting)

    verb = MeetingVerb(
        title=_("会議で決めたことを直す"),
        lead=_("直す前の内容は、できごとの記録に残ります。"),
        button=_("直す"),
        done=_("会議で決めたことを直しました。"),
        form=FollowUpForm,
        act=act,
        back=page_address(meeting),
        reason=why_not_change_meeting(request.user, meeting, day=today()),
        meeting=meeting,
    )
    initial = {
        "text": one.text,
        "who": one.organisation.public_id if one.organisation else Side.TOWN.value,
        "division": one.division,
        "initiative": one.initiative.public_id if one.initiative else "",
        "due_on": one.due_on,
    }
    return verb_page(request, verb, initial=initial, **_options(request, meeting, one))


@staff_page
def settle(request: StaffRequest, public_id: str, follow_up_id: str) -> HttpResponse:
    meeting = the_meeting(request, public_id)
    one = the_follow_up(meeting, follow_up_id)

    def act(form: Any, once: str) -> str:
        services.settle(one, **form.cleaned_data, by=request.user, at=timezone.now())
        return page_address(meeting)

    verb = MeetingVerb(
        title=_("決めたことを片づける"),
        lead=_("%(who)sがすること: %(what)s") % {"who": one.whose, "what": one.text},
        button=_("片づいた"),
        done=_("片づいたことにしました。"),
        form=OutcomeForm,
        act=act,
        back=page_address(meeting),
        reason=why_not_settle(request.user, one, day=today()),
        meeting=meeting,
    )
    return verb_page(request, verb)


@staff_page
def open_again(request: StaffRequest, public_id: str, follow_up_id: str) -> HttpResponse:
    meeting = the_meeting(request, public_id)
    one = the_follow_up(meeting, follow_up_id)

    def act(form: Any, once: str) -> str:
        services.open_again(one, **form.cleaned_data, actor=request.user, at=timezone.now())
        return page_address(meeting)

    verb = MeetingVerb(
        title=_("まだ片づいていないことに戻す"),
        lead=_("%(who)sがすること: %(what)s") % {"who": one.whose, "what": one.text},
        button=_("戻す"),
        done=_("まだ片づいていないことに戻しました。"),
        form=WhyForm,
        act=act,
        back=page_address(meeting),
        reason=why_not_settle(request.user, one, day=today()),
        meeting=meeting,
    )
    return verb_page(request, verb)
