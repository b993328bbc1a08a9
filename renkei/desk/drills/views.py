"""Drills: the yearly plan, the page of one, and planning it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from renkei.desk.drills.forms import DrillForm, ReasonForm
from renkei.desk.form_page import Page, now, shown_or_done
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.desk.versions import version_seen
from renkei.disasters.drills.course import cues_of
from renkei.disasters.drills.finding import drills_of_year, previous, years_with_drills
from renkei.disasters.drills.report import OfferedLesson, offered_lessons
from renkei.disasters.drills.scoring import WEIGHTS, Score, score_of
from renkei.disasters.models import Drill, Scenario
from renkei.disasters.permissions import why_not_lead, why_not_respond, why_not_see_contacts
from renkei.disasters.readiness.signs import Sign
from renkei.disasters.readiness.whole import readiness_of
from renkei.disasters.services import drills as services
from renkei.disasters.vocabulary import DrillState
from renkei.rules.japanese_calendar import fiscal_year, fiscal_year_name
from renkei.ui.verbs import VerbWords

TEMPLATE = "desk/drills/verb.html"
UNDRILLED_SHOWN = 20


def the_drill(request: StaffRequest, public_id: str) -> Drill:
    """The person's own town's drill, or 404."""
    mine = Drill.objects.of(town(request)).select_related("municipality", "scenario", "incident")
    return get_object_or_404(mine, public_id=public_id)


def page_address(drill: Drill) -> str:
    """The page of the drill."""
    return reverse("desk:drill", args=[drill.public_id])


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    """One fiscal year's plan, and which agreements nobody has drilled for three years."""
    asked, this_year = request.GET.get("year", ""), fiscal_year(today())
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else this_year
    readiness = readiness_of(town(request), today())
    undrilled = [one for one in readiness.agreements if not one.signs[Sign.DRILLED].is_fulfilled]
    context = {
        "title": gettext_lazy("訓練"),
        "year": year,
        "year_name": fiscal_year_name(year),
        "years": [(one, fiscal_year_name(one)) for one in years_with_drills(town(request), this_year, year)],
        "drills": [(one, score_of(one)) for one in drills_of_year(town(request), year)],
        "agreements": len(readiness.agreements),
        "undrilled": undrilled[:UNDRILLED_SHOWN],
        "undrilled_count": len(undrilled),
        "day": today(),
        "reason": why_not_lead(request.user, day=today()),
    }
    return render(request, "desk/drills/listing.html", context)


@staff_page
def new(request: StaffRequest) -> HttpResponse:
    page = Page(
        verb=VerbWords(
            title=_("訓練を計画する"),
            lead=_("計画しても、まだ始まりません。当日、訓練のページで「訓練を始める」を押します。"),
            button=_("計画する"),
            done=_("訓練を計画しました。"),
            form=DrillForm,
        ),
        reason=why_not_lead(request.user, day=today()),
        back=reverse("desk:drills"),
        act=lambda form, once: services.plan_drill(
            town(request), form.facts, actor=request.user, public_id=once
        ),
        beside={"no_scenarios": not Scenario.objects.of(town(request)).exists()},
        template=TEMPLATE,
        onward=page_address,
    )
    return shown_or_done(request, page, _options(request, {"calls_partners": True}))


def _options(request: StaffRequest, initial: dict[str, Any]) -> dict[str, Any]:
    return {"scenarios": Scenario.objects.of(town(request)), "initial": initial}


@staff_page
def edit(request: StaffRequest, public_id: str) -> HttpResponse:
    drill = the_drill(request, public_id)
    seen = drill.version
    drill.version = version_seen(request, drill.version)
    page = Page(
        verb=VerbWords(
            title=_("訓練の計画を直す"),
            lead=_("日を移すときも、ここで直します。"),
            button=_("直す"),
            done=_("訓練の計画を直しました。"),
            form=DrillForm,
        ),
        reason=_not_planned(drill) or why_not_lead(request.user, day=today()),
        back=page_address(drill),
        act=lambda form, _once: services.change_drill(drill, form.facts, actor=request.user),
        beside={},
        template=TEMPLATE,
    )
    initial = {name: getattr(drill, name) for name in services.PLANNED}
    initial["scenario"] = drill.scenario.public_id
    return shown_or_done(request, page, _options(request, initial), version=seen)


def _not_planned(drill: Drill) -> str | None:
    """Why the plan stands as it is."""
    if drill.state == DrillState.PLANNED:
        return None
    return _("もう始めたか、終えたか、中止にした訓練です。")


@staff_page
def cancel(request: StaffRequest, public_id: str) -> HttpResponse:
    drill = the_drill(request, public_id)
    seen = drill.version
    drill.version = version_seen(request, drill.version)
    page = Page(
        verb=VerbWords(
            title=_("訓練を中止にする"),
            lead=_("中止の理由は、計画の一覧に残ります。日を移すだけなら「計画を直す」を使ってください。"),
            button=_("中止にする"),
            done=_("訓練を中止にしました。"),
            form=ReasonForm,
            is_danger=True,
        ),
        reason=_not_planned(drill) or why_not_lead(request.user, day=today()),
        back=page_address(drill),
        act=lambda form, _once: services.cancel_drill(
            drill, reason=form.cleaned_data["reason"], actor=request.user
        ),
        beside={},
        template=TEMPLATE,
    )
    return shown_or_done(request, page, {}, version=seen)


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    """Before: the plan; while it is played: the clock and what comes up; afterwards: the score."""
    drill, at = the_drill(request, public_id), now()
    before = previous(drill)
    score, no_contacts = score_of(drill), why_not_see_contacts(request.user, day=today())
    context = {
        "title": drill.title,
        "drill": drill,
        "score": score,
        "rows": _rows(drill, score) if drill.incident else [],
        "minutes": int((at - drill.incident.opened_at).total_seconds() // 60) if drill.incident else 0,
        "at": timezone.localtime(at),
        "scripted": drill.scenario.needs.all(),
        "previous": before,
        "previous_score": score_of(before) if before else None,
        "weights": WEIGHTS.values(),
        # They name people and numbers that were not reached.
        "lessons": _lessons(drill) if drill.state == DrillState.DONE and not no_contacts else [],
        "reason": why_not_lead(request.user, day=today()),
        "no_answering": why_not_respond(request.user, day=today()),
        "no_report": no_contacts,
    }
    return render(request, "desk/drills/page.html", context)


def _lessons(drill: Drill) -> list[tuple[OfferedLesson, bool]]:
    """What the score shows, and whether it was kept as a lesson already."""
    kept = set(drill.incident.lessons.values_list("text", flat=True)) if drill.incident else set()
    with override("ja"):  # a colleague may have kept it in the other language
        texts = [one.text for one in offered_lessons(drill)]
    offered = zip(offered_lessons(drill), texts, strict=True)
    return [(one, bool(kept & {one.text, japanese})) for one, japanese in offered]


def _rows(drill: Drill, score: Score) -> list[dict[str, Any]]:
    """While it is played: each scripted need, whether it is due, and its points so far."""
    if drill.state != DrillState.RUNNING:
        return []
    points = iter(score.needs)
    found, at = [], now()
    for place, cue in enumerate(cues_of(drill)):
        is_due = cue.is_due(at)
        counts = is_due or cue.need is not None
        found.append(
            {"place": place, "cue": cue, "is_due": is_due, "score": next(points) if counts else None}
        )
    return found
