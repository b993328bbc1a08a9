"""Points of the talks: written, put right, settled, opened again, planned as an initiative."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.desk.procedures.meetings.forms import AGREED, OPEN, PointForm, ReopenForm, SettleForm
from renkei.desk.procedures.presses import pressed
from renkei.desk.procedures.verbs import Asked, ProcedureVerb, the_procedure, verb_page
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.procedures.models import Point, Procedure
from renkei.procedures.services import points as services


def the_point(procedure: Procedure, point_id: str) -> Point:
    """A point of the procedure, or 404."""
    mine = procedure.points.select_related("item__division", "meeting", "owner_division", "initiative")
    return get_object_or_404(mine, public_id=point_id)


def _options(request: StaffRequest, procedure: Procedure) -> dict[str, Any]:
    items, meetings = procedure.items.filter(dropped_reason=""), procedure.meetings.order_by("-held_on")
    return {"town": town(request), "day": today(), "items": items, "meetings": meetings}


def _write(asked: Asked) -> object:
    return services.write_point(
        asked.procedure, asked.form.facts, by=asked.user, at=timezone.now(), public_id=asked.once
    )


NEW = ProcedureVerb(
    title=gettext_lazy("合意・残った論点を書く"),
    lead=gettext_lazy(
        "一つずつ書きます。残った論点は、片づける人のすることに、その日までの仕事として出ます。"
    ),
    button=gettext_lazy("書く"),
    done=gettext_lazy("論点を書きました。"),
    form=PointForm,
    act=_write,
    back="meetings",
)


@staff_page
def new(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    last = procedure.meetings.filter(cancelled_reason="", held_on__lte=today()).last()
    asked = request.GET
    initial = {
        "kind": OPEN if asked.get("kind") == OPEN else AGREED,
        "item": asked.get("item", ""),
        "meeting": asked.get("meeting", last.public_id if last else ""),
    }
    return verb_page(request, procedure, NEW, initial=initial, **_options(request, procedure))


@staff_page
def change(request: StaffRequest, public_id: str, point_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    point = the_point(procedure, point_id)
    verb = ProcedureVerb(
        title=_("論点を直す"),
        lead=_("直す前の内容は、できごとの記録に残ります。"),
        button=_("直す"),
        done=_("論点を直しました。"),
        form=PointForm,
        act=partial(_change, point),
        back="meetings",
    )
    kept = ("text", "owner_side", "owner_division", "owner", "due_on", "is_internal")
    initial = {name: getattr(point, name) for name in kept}
    initial |= {
        "kind": AGREED if point.is_agreed else OPEN,
        "item": point.item.public_id if point.item else "",
        "meeting": point.meeting.public_id if point.meeting else "",
    }
    options = _options(request, procedure) | {"items": procedure.items.all(), "present": point.owner_division}
    return verb_page(request, procedure, verb, initial=initial, **options)


def _change(point: Point, asked: Asked) -> object:
    return services.change_point(point, asked.form.facts, by=asked.user, at=timezone.now())


@staff_page
def settle(request: StaffRequest, public_id: str, point_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    point = the_point(procedure, point_id)
    verb = ProcedureVerb(
        title=_("残った論点を片づける"),
        lead=_("論点: %(point)s") % {"point": point.text},
        button=_("片づいた"),
        done=_("論点を片づけました。"),
        form=SettleForm,
        act=lambda asked: services.settle(point, **asked.given, by=asked.user, at=timezone.now()),
        back="meetings",
    )
    return verb_page(request, procedure, verb)


@staff_page
def reopen(request: StaffRequest, public_id: str, point_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    point = the_point(procedure, point_id)
    verb = ProcedureVerb(
        title=_("残った論点に戻す"),
        lead=_("論点: %(point)s") % {"point": point.text},
        button=_("残った論点に戻す"),
        done=_("残った論点に戻しました。"),
        form=ReopenForm,
        act=lambda asked: services.reopen_point(point, **asked.given, by=asked.user, at=timezone.now()),
        back="meetings",
    )
    return verb_page(request, procedure, verb, initial={"owner_side": point.owner_side})


@staff_page
@require_POST
def plan(request: StaffRequest, public_id: str, point_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    point = the_point(procedure, point_id)
    return pressed(
        request,
        procedure,
        lambda: services.plan_point(point, by=request.user, at=timezone.now()),
        _("合意を取組事項の案に加えました。"),
        "meetings",
    )
