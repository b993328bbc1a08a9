"""Reorganisations: the list, a plan with its steps, the preview of what moves where, the decision."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.desk.divisions.plan_forms import LEADS, PlanForm, StepForm, WithdrawForm
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.desk.versions import version_seen
from renkei.handovers import services
from renkei.handovers.moving import Preview
from renkei.handovers.permissions import why_not_reorganise
from renkei.people.models.reorganisation import Reorganisation, ReorganisationState
from renkei.people.services import plans
from renkei.people.steps import StepKind, Steps


def the_plan(request: StaffRequest, public_id: str) -> Reorganisation:
    """The person's own town's plan, or 404; who may not plan sees it once it is decided."""
    plan = get_object_or_404(Reorganisation.objects.of(town(request)), public_id=public_id)
    reason = why_not_reorganise(request.user, day=today())
    if reason and plan.state != ReorganisationState.DECIDED:
        raise PermissionDenied(reason)
    return plan


def plan_to_change(request: StaffRequest, public_id: str) -> Reorganisation:
    """The plan as the person saw it, for a change; 403 with the reason for who may not."""
    plan = get_object_or_404(Reorganisation.objects.of(town(request)), public_id=public_id)
    stop_if(why_not_reorganise(request.user, day=today()))
    if request.method == "POST":
        plan.version = version_seen(request, plan.version)
    return plan


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    reason = why_not_reorganise(request.user, day=today())
    found = Reorganisation.objects.of(town(request))
    if reason:
        found = found.filter(state=ReorganisationState.DECIDED)
    context = {"title": gettext_lazy("機構改革"), "plans": found, "reason": reason, "day": today()}
    return render(request, "desk/reorganisations/listing.html", context)


@staff_page
def new(request: StaffRequest) -> HttpResponse:
    stop_if(why_not_reorganise(request.user, day=today()))
    form = PlanForm(request.POST or None)
    if form.is_valid():
        plan = plans.plan(**form.cleaned_data, municipality=town(request), actor=request.user)
        return redirect("desk:reorganisation", plan.public_id)
    context = {"title": gettext_lazy("機構改革の計画"), "form": form}
    return render(request, "desk/reorganisations/new.html", context, status=422 if form.errors else 200)


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    plan = the_plan(request, public_id)
    return shown(request, plan)


def shown(request: StaffRequest, plan: Reorganisation, refusal: str = "") -> HttpResponse:
    """The plan with its steps, what moves where, and what stands in the way of deciding it."""
    if refusal:
        plan.refresh_from_db()
    preview = Preview(plan) if plan.is_planned else None
    steps = preview.steps if preview else Steps(plan)
    context = {
        "title": plan.name,
        "plan": plan,
        "told": [
            {"place": place, "kind": step.kind.label, "divisions": words, "into": step.into}
            for place, step, words in steps.told()
        ],
        "kinds": [(kind.value, kind.label) for kind in StepKind],
        "preview": preview,
        "thoughts": preview.thoughts(today()) if preview else [],
        "reason": why_not_reorganise(request.user, day=today()),
        "can_be_taken_back": plan.can_be_taken_back_on(today()),
        "refusal": refusal,
    }
    return render(request, "desk/reorganisations/page.html", context, status=422 if refusal else 200)


@staff_page
def step(request: StaffRequest, public_id: str, kind: str) -> HttpResponse:
    plan = plan_to_change(request, public_id)
    if kind not in StepKind:
        raise Http404
    asked = StepKind(kind)
    form = StepForm(request.POST or None, kind=asked, steps=Steps(plan))
    if form.is_valid():
        try:
            plans.add_step(plan, asked, divisions=form.named, into=form.words, actor=request.user)
            messages.success(request, _("内容を加えました。下の「何がどこへ動くか」で確かめてください。"))
            return redirect("desk:reorganisation", plan.public_id)
        except plans.ReorganisationRefused as refusal:
            plan.refresh_from_db()
            form.add_error(None, str(refusal))
    context = {"title": asked.label, "plan": plan, "form": form, "lead": LEADS[asked]}
    return render(request, "desk/reorganisations/step.html", context, status=422 if form.errors else 200)


@staff_page
@require_POST
def remove_step(request: StaffRequest, public_id: str, place: int) -> HttpResponse:
    plan = plan_to_change(request, public_id)
    try:
        plans.remove_step(plan, place, actor=request.user)
        messages.success(request, _("内容を除きました。"))
    except plans.ReorganisationRefused as refusal:
        return shown(request, plan, str(refusal))
    return redirect("desk:reorganisation", plan.public_id)


@staff_page
@require_POST
def decide(request: StaffRequest, public_id: str) -> HttpResponse:
    plan = plan_to_change(request, public_id)
    try:
        services.decide(plan, actor=request.user, at=timezone.now())
        messages.success(
            request, _("決定しました。その日から、新しい組織で数えます。何もしなくても切り替わります。")
        )
    except plans.ReorganisationRefused as refusal:
        return shown(request, plan, str(refusal))
    return redirect("desk:reorganisation", plan.public_id)


@staff_page
def withdraw(request: StaffRequest, public_id: str) -> HttpResponse:
    plan = plan_to_change(request, public_id)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            services.withdraw(plan, **form.cleaned_data, actor=request.user, day=today())
            messages.success(request, _("取りやめました。課も協定も人も、計画の前のままです。"))
            return redirect("desk:reorganisation", plan.public_id)
        except plans.ReorganisationRefused as refusal:
            plan.refresh_from_db()
            form.add_error(None, str(refusal))
    context = {"title": gettext_lazy("機構改革の取りやめ"), "plan": plan, "form": form}
    return render(request, "desk/reorganisations/withdraw.html", context, status=422 if form.errors else 200)
