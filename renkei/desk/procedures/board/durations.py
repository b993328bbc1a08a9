"""How long the steps took, and what is stuck now."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.procedures.board import Asked, cards_of, found, running
from renkei.procedures.durations import UsualDuration, usual_durations

STUCK = 20
ON_A_PAGE = 50
WHOLE = "whole"


@dataclass(frozen=True)
class Bar:
    """A line of the table with the width of its bar, in hundredths of the longest median."""

    usual: UsualDuration
    width: float

    @property
    def asked(self) -> str:
        """What the address asks for the stays behind the figure."""
        return self.usual.stage or WHOLE


def bars_of(usual: list[UsualDuration]) -> list[Bar]:
    """The steps with their bars; the whole way has a scale of its own, so it has none."""
    most = max((one.median or 0 for one in usual if one.stage), default=0)
    return [Bar(one, round(100 * (one.median or 0) / most, 1) if most and one.stage else 0) for one in usual]


@staff_page
def page(request: StaffRequest) -> HttpResponse:
    day, asked = today(), request.GET.get("step", "")
    bars = bars_of(usual_durations(town(request)))
    chosen = next((bar.usual for bar in bars if bar.asked == asked), None)
    question = Asked(only_stuck=True)
    stuck = [pk for ids in running(found(town(request), question, day), question, day).values() for pk in ids]
    context: dict[str, Any] = {
        "title": _("手続にかかる日数"),
        "day": day,
        "bars": bars,
        "chosen": chosen,
        "page": Paginator(chosen.stays if chosen else [], ON_A_PAGE).get_page(request.GET.get("page")),
        "stuck": cards_of(stuck[:STUCK], day),
        "stuck_count": len(stuck),
    }
    return render(request, "desk/procedures/board/durations.html", context)
