"""Scenarios of drills: the list, and writing one, from a sample, from another one, or from nothing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.services import Refused
from renkei.desk import drafts
from renkei.desk.drills.forms import ScenarioForm
from renkei.desk.rows import pressed
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.desk.typed import put_back, typed_in
from renkei.desk.versions import version_seen
from renkei.disasters.drills.scenario_facts import SAMPLES, ScenarioFacts
from renkei.disasters.models import Scenario
from renkei.disasters.permissions import why_not_lead
from renkei.disasters.services.drills import edit_scenario, write_scenario
from renkei.municipalities.public_id import carried_or_new
from renkei.ui.verbs import VerbWords


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    context = {
        "title": gettext_lazy("訓練のシナリオ"),
        "scenarios": Scenario.objects.of(town(request)).prefetch_related("needs"),
        "samples": [(name, make().title) for name, make in SAMPLES.items()],
        "reason": why_not_lead(request.user, day=today()),
    }
    return render(request, "desk/drills/scenarios.html", context)


@staff_page
def new(request: StaffRequest) -> HttpResponse:
    """`?sample=` begins with one of ours, `?copy=` with one of the town's."""

    def act(form: ScenarioForm, once: str) -> object:
        return write_scenario(town(request), form.facts, actor=request.user, public_id=once)

    verb = VerbWords(
        title=_("シナリオを書く"),
        lead=_("何分後に、何が、どれだけ、どこで必要になるかを書きます。訓練では、その時刻になると出ます。"),
        button=_("保存する"),
        done=_("シナリオを保存しました。「訓練を計画する」で使えます。"),
        form=ScenarioForm,
    )
    return _verb_page(request, verb, _first_facts(request), act, version=0)


def _first_facts(request: StaffRequest) -> ScenarioFacts:
    if make := SAMPLES.get(request.GET.get("sample", "")):
        return make()
    copied = Scenario.objects.of(town(request)).filter(public_id=request.GET.get("copy", "")[:12]).first()
    if copied is None:
        return ScenarioFacts("")
    facts = ScenarioFacts.of(copied)
    return ScenarioFacts(_("%s(写し)") % facts.title, facts.hazard, facts.situation, facts.needs)


@staff_page
def edit(request: StaffRequest, public_id: str) -> HttpResponse:
    mine = Scenario.objects.of(town(request)).select_related("municipality")
    scenario = get_object_or_404(mine, public_id=public_id)
    present = scenario.version

    def act(form: ScenarioForm, _once: str) -> object:
        scenario.version = version_seen(request, present)
        return edit_scenario(scenario, form.facts, actor=request.user)

    verb = VerbWords(
        title=scenario.title,
        lead=_("終えた訓練の得点は、シナリオを直しても変わりません。"),
        button=_("直す"),
        done=_("シナリオを直しました。"),
        form=ScenarioForm,
    )
    return _verb_page(request, verb, ScenarioFacts.of(scenario), act, version=present)


def _verb_page(
    request: StaffRequest,
    verb: VerbWords,
    facts: ScenarioFacts,
    act: Callable[[Any, str], object],
    *,
    version: int,
) -> HttpResponse:
    """Show the form with its rows, rearrange them, or do what it says; nothing typed is lost."""
    reason, status = why_not_lead(request.user, day=today()), 200
    once = carried_or_new(request.POST.get("once", ""))
    form = ScenarioForm(facts=facts)
    if request.method == "POST":
        stop_if(reason)
        if "do" in request.POST:
            put_back(form, pressed(form, typed_in(request.POST), request.POST["do"]))
        else:
            form = ScenarioForm(request.POST, facts=facts)
            if form.is_valid() and _done(form, act, once):
                drafts.sent(request)
                messages.success(request, str(verb.done))
                return redirect("desk:scenarios")
            status = 422
    context: dict[str, Any] = {"draft": drafts.offered_draft(request, form)}
    if (typed := drafts.used_draft(request)) is not None:
        put_back(form, typed)
    context |= {"title": verb.title, "verb": verb, "form": form, "reason": reason, "once": once}
    context |= {"back": reverse("desk:scenarios"), "version": version_seen(request, version)}
    return render(request, "desk/drills/verb.html", context, status=status)


def _done(form: ScenarioForm, act: Callable[[Any, str], object], once: str) -> bool:
    try:
        act(form, once)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
