"""What is done with a planned meeting: asked to come, called off, recorded, shown to the partners; its papers."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from renkei.desk.meetings.forms import MinutesForm, WhyForm
from renkei.desk.meetings.verbs import MeetingVerb, page_address, pressed, the_meeting, verb_page
from renkei.desk.papers.answers import paper_answer
from renkei.desk.staff import StaffRequest, staff_page, today
from renkei.documents.vocabulary import PaperKind
from renkei.initiatives.calendar_mail import Method, calendar_of
from renkei.initiatives.meeting_papers import minutes_of
from renkei.initiatives.permissions import why_not_change_meeting
from renkei.initiatives.services import meetings as services
from renkei.initiatives.vocabulary import MeetingState
from renkei.ui.downloads import made_answer


@staff_page
@require_POST
def invite(request: StaffRequest, public_id: str) -> HttpResponse:
    meeting = the_meeting(request, public_id)
    reason = why_not_change_meeting(request.user, meeting, day=today())

    def act() -> object:
        return services.invite(meeting, actor=request.user, at=timezone.now())

    return pressed(request, meeting, reason, act, _("案内を送りました。予定表に入れられる形で届きます。"))


@staff_page
@require_POST
def share(request: StaffRequest, public_id: str) -> HttpResponse:
    meeting = the_meeting(request, public_id)
    reason = why_not_change_meeting(request.user, meeting, day=today())

    def act() -> object:
        return services.share_minutes(meeting, actor=request.user, at=timezone.now())

    done = _("相手方に記録を見せました。窓口に入れる人には、メールで知らせました。")
    return pressed(request, meeting, reason, act, done)


@staff_page
def cancel(request: StaffRequest, public_id: str) -> HttpResponse:
    meeting = the_meeting(request, public_id)
    lead = _("開かなかったこととして残します。")
    if meeting.invited_at:
        lead += _("案内した人には中止をメールで知らせ、予定表からも消えます。理由も伝わります。")

    def act(form: Any, once: str) -> str:
        services.cancel(meeting, **form.cleaned_data, actor=request.user, at=timezone.now())
        return page_address(meeting)

    verb = MeetingVerb(
        title=_("会議を中止にする"),
        lead=lead,
        button=_("中止にする"),
        done=_("会議を中止にしました。"),
        form=WhyForm,
        act=act,
        back=page_address(meeting),
        reason=why_not_change_meeting(request.user, meeting, day=today()),
        meeting=meeting,
        is_danger=True,
    )
    return verb_page(request, verb)


@staff_page
def minutes(request: StaffRequest, public_id: str) -> HttpResponse:
    meeting = the_meeting(request, public_id)
    people = list(meeting.attendees.select_related("organisation"))
    lead = _("保存すると、開催済みになります。")
    if meeting.shared_at:
        lead = _("相手方に見せた記録です。直すと、相手方にメールで知らせます。")

    def act(form: Any, once: str) -> str:
        services.write_minutes(meeting, form.facts, actor=request.user, at=timezone.now())
        return page_address(meeting)

    verb = MeetingVerb(
        title=_("会議の記録を書く・直す"),
        lead=lead,
        button=_("保存する"),
        done=_("会議の記録を保存しました。"),
        form=MinutesForm,
        act=act,
        back=page_address(meeting),
        reason=why_not_change_meeting(request.user, meeting, day=today()),
        meeting=meeting,
    )
    is_first = meeting.state == MeetingState.PLANNED
    there = [one for one in people if one.came or (is_first and one.came is None and one.comes is not False)]
    initial = {
        "came": [str(one.pk) for one in there],
        "minutes": meeting.minutes,
        "internal_notes": meeting.internal_notes,
    }
    return verb_page(request, verb, people=people, initial=initial)


@staff_page
def calendar(request: StaffRequest, public_id: str) -> HttpResponse:
    """The meeting as a file for calendars, for towns without mail to the outside."""
    meeting = the_meeting(request, public_id)
    if meeting.state == MeetingState.CANCELLED:
        raise Http404
    content = calendar_of(meeting, Method.PUBLISH, at=timezone.now()).encode()
    return made_answer(content, f"{meeting.held_on:%Y%m%d}-{meeting.public_id}.ics")


@staff_page
def paper(request: StaffRequest, public_id: str, form: str) -> HttpResponse:
    meeting = the_meeting(request, public_id)
    if not meeting.minutes:
        raise Http404
    papers = [minutes_of(meeting, clerk=request.user.name)]
    return paper_answer(request, papers, PaperKind.MINUTES, "", form, back=page_address(meeting))
