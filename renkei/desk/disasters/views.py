"""How ready the town is for a disaster: the first page of the subject."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import Role
from renkei.desk.disasters.links import page_of
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.disasters.models import Incident
from renkei.disasters.permissions import why_not_respond
from renkei.disasters.readiness.doing import Doing
from renkei.disasters.readiness.gaps import GapKind
from renkei.disasters.readiness.signs import Sign
from renkei.disasters.readiness.tasks import by_division, by_partner
from renkei.disasters.readiness.trend import columns_of, trend_of
from renkei.disasters.readiness.whole import TownReadiness, readiness_of
from renkei.procedures.tasks import desk_of

FIRST = 5
"""So many single points and partners are shown before the rest."""
WIDE, HIGH = 680, 120


@staff_page
def readiness(request: StaffRequest) -> HttpResponse:
    """The town's figure, its signs, gaps, single points, tasks and trend; nothing is written."""
    day = today()
    found = readiness_of(town(request), day)
    trend = trend_of(town(request), day)
    context = {
        "title": _("備え"),
        "day": day,
        "tally": found.tally,
        "bars": bars_of(found),
        "gaps": found.gaps,
        "without": [one for one in found.gaps if one.kind == GapKind.NONE],
        "partly": [one for one in found.gaps if one.kind != GapKind.NONE],
        "single_points": found.single_points,
        "first": FIRST,
        "trend": trend,
        "columns": columns_of(trend, wide=WIDE, high=HIGH),
        "signs": list(Sign),
        "running": Incident.objects.of(town(request)).running(),
        "why_not_respond": why_not_respond(request.user, day=day),
        "new_incident": page_of("incident_new"),
        **tasks_shown(request, found),
    }
    return render(request, "desk/disasters/readiness.html", context)


def bars_of(found: TownReadiness) -> list[dict[str, Any]]:
    """Each sign with its bar in per cent of the agreements to which it applies."""
    return [
        {"count": one, "width": round(100 * one.fulfilled / one.applicable, 1) if one.applicable else 0}
        for one in found.tally.signs
    ]


def tasks_shown(request: StaffRequest, found: TownReadiness) -> dict[str, Any]:
    """The tasks of the person's divisions (and of the disaster officer) by partner, and everybody's counted."""
    held = request.user.assignments.holding_on(today()).filter(role=Role.DISASTER_OFFICER)
    officer_of = set(held.values_list("division", flat=True))
    is_officer = bool(officer_of)
    # An officer who is no responsible clerk still belongs to the division and does its tasks.
    divisions = desk_of(request.user, today()).divisions | officer_of
    doing = Doing(request.user, today())
    asked = [one for one in found.tasks if (one.division.pk in divisions if one.division else is_officer)]
    mine = [one for one in asked if not doing.why_not(one.sign, one.holder)]
    return {
        "mine": len(mine),
        "my_partners": by_partner(mine)[:FIRST],
        "by_division": by_division(found.tasks),
        "task_count": len(found.tasks),
    }
