"""While a drill is played: begun, what comes up is written, ended; and what is learned from it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from renkei.agreements.services import Refused
from renkei.desk.drills.forms import LessonForm
from renkei.desk.drills.views import TEMPLATE, page_address, the_drill
from renkei.desk.form_page import Page, now, shown_or_done
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.desk.versions import version_seen
from renkei.disasters.drills.report import offered_lessons
from renkei.disasters.models import Drill
from renkei.disasters.permissions import why_not_lead, why_not_respond, why_not_see_contacts
from renkei.disasters.services import drills as services
from renkei.disasters.services.lessons import LessonFacts, write_lesson
from renkei.disasters.vocabulary import DrillState
from renkei.municipalities.models import Division
from renkei.ui.verbs import VerbWords


def _pressed(
    request: StaffRequest, drill: Drill, act: Callable[[], object], done: str, *, part: str = ""
) -> HttpResponse:
    """Do it, or say why not; back to the page of the drill, to the part where the work goes on."""
    try:
        act()
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(page_address(drill) + part)


@staff_page
@require_POST
def begin(request: StaffRequest, public_id: str) -> HttpResponse:
    drill = the_drill(request, public_id)
    stop_if(why_not_lead(request.user, day=today()))
    done = _("訓練を始めました。出た「必要なもの」を書いて、電話の係に渡してください。")
    return _pressed(request, drill, lambda: services.begin_drill(drill, actor=request.user, at=now()), done)


@staff_page
@require_POST
def need(request: StaffRequest, public_id: str, place: int) -> HttpResponse:
    """Write what has come up, by its place in the scenario."""
    drill = the_drill(request, public_id)
    stop_if(why_not_respond(request.user, day=today()))
    scripted = list(drill.scenario.needs.all())
    if place >= len(scripted):
        raise Http404
    done = _("「%s」を書きました。電話の係は「相手方を探す」を押します。") % scripted[place]
    return _pressed(
        request,
        drill,
        lambda: services.raise_need(drill, scripted[place], actor=request.user, at=now()),
        done,
        part=f"#cue-{place}",
    )


@staff_page
@require_POST
def end(request: StaffRequest, public_id: str) -> HttpResponse:
    drill = the_drill(request, public_id)
    drill.version = version_seen(request, drill.version)
    stop_if(why_not_lead(request.user, day=today()))
    done = _("訓練を終え、採点しました。下の「直すこと」を教訓にしてください。")
    return _pressed(request, drill, lambda: services.end_drill(drill, actor=request.user, at=now()), done)


@staff_page
def lesson(request: StaffRequest, public_id: str) -> HttpResponse:
    """Keep something as a lesson: what the score shows is typed in already."""
    drill = the_drill(request, public_id)
    incident = drill.incident
    is_over = drill.state == DrillState.DONE and incident is not None
    may_see = not why_not_see_contacts(request.user, day=today())
    offered = offered_lessons(drill) if is_over and may_see else []
    asked = request.GET.get("offered", "")
    chosen = (
        offered[int(asked)] if asked.isascii() and asked.isdigit() and int(asked) < len(offered) else None
    )
    page = Page(
        verb=VerbWords(
            title=_("訓練の教訓を書く"),
            lead=_("担当課と「いつまでに」を入れると、教訓の一覧に、片づけることとして残ります。"),
            button=_("教訓にする"),
            done=_("教訓を書きました。"),
            form=LessonForm,
        ),
        reason=(None if is_over else _("訓練を終えてから書いてください。"))
        or why_not_respond(request.user, day=today()),
        back=page_address(drill),
        act=lambda form, once: _kept(request, drill, form, once),
        beside={},
        template=TEMPLATE,
    )
    options = {
        "divisions": Division.objects.of(town(request)).existing_on(today()),
        "initial": {"text": chosen.text, "task": chosen.task} if chosen else {},
    }
    return shown_or_done(request, page, options)


def _kept(request: StaffRequest, drill: Drill, form: LessonForm, once: str) -> object:
    given = form.cleaned_data
    facts = LessonFacts(given["text"], given["task"], form.by_id.get(given["division"]), given["due_on"])
    assert drill.incident is not None
    return write_lesson(drill.incident, facts, actor=request.user, public_id=once)
