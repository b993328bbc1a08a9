"""Proposing to a town: what it looks for, how the procedure goes, what to prepare, and the way to the counter."""

from dataclasses import dataclass
from math import ceil

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renkei.municipalities.models import Municipality
from renkei.portal.pages.views import coordinating_division
from renkei.portal.towns import asked_town, choose_a_town, only_town
from renkei.procedures.durations import usual_durations
from renkei.procedures.proposal_form import PARTS
from renkei.procedures.proposal_lines import upper_fields
from renkei.procedures.settings import settings_of
from renkei.procedures.vocabulary import STEPS, Stage

FEWEST = 3
"""With fewer procedures than this, a figure would tell about one partner, not about the town."""

PARTNER, TOWN, BOTH = _("提案する方"), _("市"), _("提案する方と市")
STEP_WORDS: dict[Stage, tuple[str | Promise, str | Promise]] = {
    Stage.PROPOSAL: (BOTH, _("提案を送っていただきます。市が内容を詳しく聴き、窓口の課を決めます。")),
    Stage.COORDINATION: (TOWN, _("どの課が、どの事項で連携できるかを、市の中で調整します。")),
    Stage.NEGOTIATION: (BOTH, _("担当の課と、取組の中身や進め方を話し合います。")),
    Stage.DRAFTING: (TOWN, _("話し合いの結果から、協定書の案と取組事項の案を作ります。")),
    Stage.REVIEW: (BOTH, _("双方が同じ案を読み、意見を出し合って直します。")),
    Stage.SIGNING: (BOTH, _("市の決裁のあと、協定を結び、取組を始めます。")),
}


@dataclass(frozen=True)
class Step:
    """One step of the way: what happens, who acts, how many days it usually takes (None: too few to say)."""

    label: str
    who: str | Promise
    what: str | Promise
    days: int | None
    count: int


def proposing(request: HttpRequest) -> HttpResponse:
    """The page of the town that is meant, or the question which one."""
    town = asked_town(request)
    if town is None:
        return choose_a_town(request, _("連携の提案"), "portal:proposing")
    return redirect("portal:propose", town.code)


def propose(request: HttpRequest, code: str) -> HttpResponse:
    town = get_object_or_404(Municipality.objects.taking_part(), code=code)
    arranged = settings_of(town)
    steps, whole = usual_steps(town)
    context = {
        "title": _("連携の提案"),
        "door": "portal",
        "town": town,
        "shows_town": only_town(request) is None,
        "wanted": arranged.wanted,
        "takes_proposals": arranged.takes_proposals,
        "fields": upper_fields(),
        "steps": steps,
        "whole": whole,
        "parts": PARTS,
        "coordinating": coordinating_division(town),
    }
    return render(request, "portal/procedures/propose.html", context)


def usual_steps(town: Municipality) -> tuple[list[Step], int | None]:
    """The six steps with their usual days, and the usual days of the whole way."""
    measured = {one.stage: one for one in usual_durations(town)}
    days = {
        stage: ceil(one.median) if one.median is not None and one.count >= FEWEST else None
        for stage, one in measured.items()
    }
    steps = [
        Step(str(stage.label), *STEP_WORDS[stage], days.get(stage), measured[stage].count) for stage in STEPS
    ]
    return steps, days.get(None)
