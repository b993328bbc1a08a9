"""The talks of a procedure on one page, and a meeting with its minutes."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.desk.procedures.intake.forms import ReasonForm
from renkei.desk.procedures.meetings.forms import MeetingForm
from renkei.desk.procedures.presses import pressed
from renkei.desk.procedures.verbs import Asked, ProcedureVerb, the_procedure, verb_page
from renkei.desk.staff import StaffRequest, staff_page, today
from renkei.procedures.models import Meeting, Procedure
from renkei.procedures.permissions import why_not_conduct
from renkei.procedures.services import meetings as services
from renkei.procedures.services.meetings import MeetingFacts
from renkei.procedures.talks import standing_of


def the_meeting(procedure: Procedure, meeting_id: str) -> Meeting:
    """A meeting of the procedure, or 404."""
    return get_object_or_404(procedure.meetings.select_related("written_by"), public_id=meeting_id)


@staff_page
def talks(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure, day = the_procedure(request, public_id), today()
    points = procedure.points.select_related("item", "meeting", "owner_division", "initiative")
    context = {
        "title": gettext_lazy("協議"),
        "procedure": procedure,
        "day": day,
        "standing": standing_of(procedure, day),
        "items": procedure.items.filter(dropped_reason="").select_related("division"),
        "meetings": [(one, one.is_planned_on(day), one.lacks_minutes_on(day)) for one in _listed(procedure)],
        "open_points": [(one, one.is_late(day)) for one in points if one.is_open],
        "agreed_points": [one for one in points if one.is_agreed],
        "settled_points": [one for one in points if not one.is_agreed and not one.is_open],
        "waiting": procedure.questions.waiting(),
        "reason": why_not_conduct(request.user, procedure, day=day),
    }
    return render(request, "desk/procedures/meetings/talks.html", context)


def _listed(procedure: Procedure) -> list[Meeting]:
    return list(procedure.meetings.order_by("-held_on", "-pk"))


@staff_page
def meeting(request: StaffRequest, public_id: str, meeting_id: str) -> HttpResponse:
    procedure, day = the_procedure(request, public_id), today()
    one = the_meeting(procedure, meeting_id)
    points = one.points.select_related("item", "owner_division")
    context = {
        "title": _("協議の記録"),
        "procedure": procedure,
        "meeting": one,
        "is_planned": one.is_planned_on(day),
        "open_points": [point for point in points if point.is_open],
        "agreed_points": [point for point in points if point.is_agreed],
        "settled_points": [point for point in points if not point.is_agreed and not point.is_open],
        "reason": why_not_conduct(request.user, procedure, day=day),
    }
    return render(request, "desk/procedures/meetings/meeting.html", context)


def _write(asked: Asked) -> object:
    facts = MeetingFacts(**asked.given)
    return services.write_meeting(
        asked.procedure, facts, by=asked.user, at=timezone.now(), public_id=asked.once
    )


NEW = ProcedureVerb(
    title=gettext_lazy("協議の場を加える"),
    lead=gettext_lazy("これから開く協議の予定も、開いた協議の記録も、ここに書きます。"),
    button=gettext_lazy("保存する"),
    done=gettext_lazy("協議の場を保存しました。相手方には、知らせるボタンを押すまで知らせません。"),
    form=MeetingForm,
    act=_write,
    back="meetings",
)


@staff_page
def new(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    last = procedure.meetings.last()
    initial = {"held_on": today(), "town_people": request.user.name}
    if last:
        initial |= {name: getattr(last, name) for name in ("place", "town_people", "partner_people")}
    return verb_page(request, procedure, NEW, initial=initial)


@staff_page
def change(request: StaffRequest, public_id: str, meeting_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    one = the_meeting(procedure, meeting_id)
    lead = _("直す前の内容は、できごとの記録に残ります。")
    if one.shared_at or one.invited_at:
        lead += _("相手方に見えている所を直すと、相手方にメールで知らせます。")
    verb = ProcedureVerb(
        title=_("協議の記録を書く・直す"),
        lead=lead,
        button=_("保存する"),
        done=_("協議の記録を保存しました。"),
        form=MeetingForm,
        act=partial(_change, one),
        back="meetings",
    )
    initial = {name: getattr(one, name) for name in MeetingForm.base_fields}
    return verb_page(request, procedure, verb, initial=initial)


def _change(one: Meeting, asked: Asked) -> object:
    return services.change_meeting(one, MeetingFacts(**asked.given), by=asked.user, at=timezone.now())


@staff_page
def cancel(request: StaffRequest, public_id: str, meeting_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    one = the_meeting(procedure, meeting_id)
    verb = ProcedureVerb(
        title=_("協議を取りやめる"),
        lead=_("開かなかったこととして残します。予定を知らせた相手方には、取りやめをメールで知らせます。"),
        button=_("取りやめる"),
        done=_("協議を取りやめました。"),
        form=ReasonForm,
        act=lambda asked: services.cancel(one, **asked.given, by=asked.user, at=timezone.now()),
        back="meetings",
        is_danger=True,
    )
    return verb_page(request, procedure, verb)


@staff_page
@require_POST
def show(request: StaffRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """A planned meeting is told to the partner, one with minutes is shown to it."""
    procedure = the_procedure(request, public_id)
    one = the_meeting(procedure, meeting_id)
    act = services.invite if one.is_planned_on(today()) else services.share
    done = _("相手方にメールで知らせました。")
    return pressed(request, procedure, lambda: act(one, by=request.user, at=timezone.now()), done, "meetings")
