"""The board of procedures, my tasks, and the page of one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from renkei.desk.procedures.board.moves import verbs_of
from renkei.desk.procedures.verbs import the_procedure, told_about
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.municipalities.models import Division
from renkei.procedures import board as boards
from renkei.procedures.awaiting import awaited, is_stuck, steps_of
from renkei.procedures.board_sheet import WIDTHS, rows
from renkei.procedures.models import Procedure, ProcedureQuerySet
from renkei.procedures.people import clerks_of
from renkei.procedures.permissions import why_not_conduct, window_on
from renkei.procedures.stages import moves_of
from renkei.procedures.tasks import desk_of, tasks_of
from renkei.procedures.vocabulary import ENDS, STEPS, Kind, Stage
from renkei.rules.japanese_calendar import fiscal_year_name
from renkei.ui.downloads import table_answer

ON_A_PAGE = 50
TOLD_SHOWN = 10
MOST_TOLD = 200


def asked_of(request: StaffRequest) -> boards.Asked:
    """What the address asks of the board; what it does not know is not asked."""
    given, day = request.GET, today()
    year = given.get("year", "")
    divisions = Division.objects.of(town(request)).filter(public_id=given.get("division", "")[:12])
    return boards.Asked(
        text=given.get("q", "").strip()[:100],
        kind=given.get("kind", ""),
        stage=given.get("step", ""),
        division=divisions.first(),
        only_stuck=given.get("stuck") == "1",
        desk=desk_of(request.user, day) if given.get("mine") == "1" else None,
        year=int(year)
        if len(year) == 4 and year.isascii() and year.isdigit() and "1900" < year < "2200"
        else None,
    )


@staff_page
def board(request: StaffRequest) -> HttpResponse:
    day, asked, are_ended = today(), asked_of(request), request.GET.get("state") == "ended"
    found = boards.found(town(request), asked, day)
    context: dict[str, Any] = {
        "title": _("締結手続"),
        "day": day,
        "asked": asked,
        "are_ended": are_ended,
        "is_filtered": bool(
            asked.text or asked.kind or asked.stage or asked.division or asked.only_stuck or asked.desk
        ),
        "divisions": Division.objects.of(town(request)).existing_on(day),
        "kinds": Kind.choices,
        "steps": [(step.value, step.label) for step in STEPS],
        "ends": [(end.value, end.label) for end in ENDS],
        "years": [(year, fiscal_year_name(year)) for year in boards.years_of_ends(town(request))],
    }
    return render(
        request, "desk/procedures/board/board.html", context | _listed(request, found, asked, are_ended)
    )


def _listed(
    request: StaffRequest, found: ProcedureQuerySet, asked: boards.Asked, are_ended: bool
) -> dict[str, Any]:
    """Columns of all steps, or the pages of one step or of what has ended."""
    number = request.GET.get("page")
    if are_ended:
        return {"ended": Paginator(boards.ended(found, asked), ON_A_PAGE).get_page(number)}
    if asked.stage in STEPS:
        page = Paginator(boards.running(found, asked, today())[Stage(asked.stage)], ON_A_PAGE).get_page(
            number
        )
        return {"page": page, "cards": boards.cards_of(page, today()), "step": Stage(asked.stage)}
    columns = boards.columns(found, asked, today())
    return {"columns": columns, "total": sum(column.count for column in columns)}


@staff_page
def download(request: StaffRequest, kind: str) -> HttpResponseBase:
    day, asked = today(), asked_of(request)
    told = rows(
        boards.found(town(request), asked, day), asked, day, are_ended=request.GET.get("state") == "ended"
    )
    return table_answer(told, kind, day, subject="procedures", name=_("締結手続"), widths=WIDTHS)


@staff_page
def tasks(request: StaffRequest) -> HttpResponse:
    page = Paginator(tasks_of(request.user, today()), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"title": _("私の仕事"), "day": today(), "page": page}
    return render(request, "desk/procedures/board/tasks.html", context)


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure, day = the_procedure(request, public_id), today()
    steps = steps_of(procedure, day)
    told = list(told_about(procedure)[:MOST_TOLD])
    window = window_on(procedure, day)
    context = {
        "title": procedure.title,
        "procedure": procedure,
        "day": day,
        "steps": steps,
        "present": next((step for step in steps if step.is_present), None),
        "others": [step for step in steps if not step.is_present],
        "number": next((n for n, step in enumerate(steps, start=1) if step.is_present), None),
        "awaited": [(one, one.is_late(day)) for one in awaited(procedure, day)],
        "is_stuck": is_stuck(procedure, day),
        "forward": next((one for one in moves_of(procedure) if one.name in ("advance", "conclude")), None),
        "verbs": verbs_of(procedure),
        "reason": why_not_conduct(request.user, procedure, day=day),
        **_people(procedure, window),
        "told": told[:TOLD_SHOWN],
        "told_before": told[TOLD_SHOWN:],
    }
    return render(request, "desk/procedures/board/page.html", context)


def _people(procedure: Procedure, window: Division | None) -> dict[str, Any]:
    """Both sides' people, and the stays in the steps."""
    partners = procedure.participants.filter(left_at=None).select_related("correspondent__organisation")
    return {
        "window": window,
        "clerks": clerks_of(window, procedure.municipality, today()),
        "partners": partners.order_by("-is_lead", "joined_at"),
        "passages": procedure.passages.all(),
    }
