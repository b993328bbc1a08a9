"""A request to a partner: what happened when, what comes next, and what is still lacking."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.agreements.services import Refused
from renkei.desk.form_page import Page, now, shown_or_done
from renkei.desk.incidents.forms import StepForm
from renkei.desk.incidents.records import sees_contacts, the_request, the_step, why_not
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today
from renkei.disasters.contacts.chains import chain_of
from renkei.disasters.incidents.remaining import Coverage, coverage
from renkei.disasters.models import HelpRequest, Step
from renkei.disasters.refusals import RequestRefused
from renkei.disasters.services.stepping import record_step, settle_conflict, void_step
from renkei.disasters.vocabulary import NeedState
from renkei.disasters.vocabulary import RequestState as State
from renkei.disasters.vocabulary import StepKind as Kind
from renkei.ui.verbs import VerbWords

NEXT: dict[str, tuple[Kind, ...]] = {
    State.PLANNED: (Kind.ASKED,),
    State.ASKED: (Kind.ACCEPTED, Kind.PARTLY, Kind.DECLINED),
    State.ACCEPTED: (Kind.DEPARTED, Kind.ARRIVED, Kind.PARTLY, Kind.DECLINED),
    State.PARTLY: (Kind.DEPARTED, Kind.ARRIVED, Kind.ACCEPTED, Kind.DECLINED),
    State.DECLINED: (Kind.ASKED, Kind.ACCEPTED),
    State.DEPARTED: (Kind.ARRIVED, Kind.SHORT),
    State.ARRIVED: (Kind.SHORT, Kind.RETURNED, Kind.COST_TOLD, Kind.SETTLED),
    State.SHORT: (Kind.ARRIVED, Kind.RETURNED, Kind.COST_TOLD, Kind.SETTLED),
    State.RETURNED: (Kind.COST_TOLD, Kind.SETTLED),
    State.SETTLED: (Kind.COST_TOLD,),
    State.CANCELLED: (Kind.ASKED,),
}
"""State → what mostly comes next; everything else stands below."""
WITH_MONEY = (State.ARRIVED, State.SHORT, State.RETURNED, State.SETTLED)
STEP = VerbWords(
    title=gettext_lazy("要請"),
    lead="",
    button=gettext_lazy("記録する"),
    done=gettext_lazy("記録しました。"),
    form=StepForm,
)


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    """Its state, its steps, and a button for each that may come next."""
    asked = the_request(request, public_id)

    def act(form: StepForm, once: str) -> object:
        at = now()
        return record_step(asked, form.facts(), actor=request.user, at=at, received_at=at, public_id=once)

    writes = Page(
        verb=STEP,
        reason=why_not(request),
        back=request.path,
        act=act,
        beside=_beside(request, asked),
        template="desk/incidents/request.html",
        onward=lambda _step: f"{request.path}#next",
    )
    return shown_or_done(request, writes, {})


def _beside(request: StaffRequest, asked: HelpRequest) -> dict[str, object]:
    lacks_amount = asked.state == State.PARTLY and asked.promised is None
    following = _following(asked, lacks_amount=lacks_amount)
    steps = list(asked.steps.select_related("by", "conflicts_with__by"))
    waiting = asked.called_back_at
    by_link = [one for one in steps if one.came_by_link and (waiting is None or one.at > waiting)]
    covered = coverage(asked.need, asked.need.requests.all())
    beside = {
        "title": str(asked.organisation),
        "asked": asked,
        "need": asked.need,
        "incident": asked.incident,
        "steps": steps,
        "conflicts": [one for one in steps if one.conflicts_with_id and one.settled_at is None],
        "by_link": [one for one in by_link if not one.is_void],
        "following": [(kind.value, kind.label) for kind in following],
        "others": [(kind.value, kind.label) for kind in Kind if kind not in following],
        "lacks_amount": lacks_amount,
        "is_first_papers": asked.state == State.PLANNED,
        "with_money": asked.state in WITH_MONEY,
        "coverage": covered,
        "is_all_there": asked.need.quantity is not None and covered.arrived >= asked.need.quantity,
        "calls": asked.calls.valid().select_related("by").order_by("-at"),
        "chain": chain_of(asked.organisation, asked.agreement, at=now()),
        "sees_contacts": sees_contacts(request),
        "day": today(),
    }
    return beside | {"next_at": _next_at(asked, beside)}


def _next_at(asked: HelpRequest, beside: Mapping[str, object]) -> str:
    """The part of the page where the work goes on: what was recorded leads there."""
    covered = beside["coverage"]
    assert isinstance(covered, Coverage)
    if beside["conflicts"]:
        return "conflict"
    if beside["by_link"]:
        return "link"
    if asked.state in (State.PLANNED, State.ASKED) or beside["lacks_amount"]:
        return "papers" if asked.state == State.PLANNED else "step"
    if covered.left and asked.need.state == NeedState.OPEN:
        return "shortage"
    return "end" if beside["is_all_there"] and asked.need.state == NeedState.OPEN else "step"


def _following(asked: HelpRequest, *, lacks_amount: bool) -> tuple[Kind, ...]:
    """What mostly comes next; of what came in part, the rest comes first."""
    usual = NEXT[asked.state]
    if lacks_amount:
        return (Kind.PARTLY, *usual)
    come, awaited = asked.arrived, asked.quantity if asked.promised is None else asked.promised
    has_rest = come is not None and awaited is not None and come < awaited
    return (Kind.ARRIVED, *usual) if asked.state == State.ARRIVED and has_rest else usual


@staff_page
@require_POST
def void(request: StaffRequest, public_id: str) -> HttpResponse:
    """A wrong press: struck out, not deleted."""
    step = the_step(request, public_id)
    stop_if(why_not(request))
    void_step(step, actor=request.user, at=now())
    messages.success(
        request, _("「%(step)s」を取り消しました。記録には取消しとして残ります。") % {"step": step}
    )
    return redirect(_next_on(step))


@staff_page
@require_POST
def conflict(request: StaffRequest, public_id: str) -> HttpResponse:
    """Of two that contradict each other, the person says which holds, or that both do."""
    step = the_step(request, public_id)
    stop_if(why_not(request))
    said = {"this": step, "other": step.conflicts_with, "both": None}
    try:
        if (pressed := request.POST.get("holds", "")) not in said:
            raise RequestRefused(_("どのボタンが押されたか分かりません。もう一度押してください。"))
        settle_conflict(step, holds=said[pressed], actor=request.user, at=now())
        messages.success(request, _("食い違いを片づけました。"))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(_next_on(step))


def _next_on(step: Step) -> str:
    return f"{reverse('desk:help_request', args=[step.request.public_id])}#next"
