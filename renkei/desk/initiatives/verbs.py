"""Writing, editing, moving and planning an initiative."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from renkei.agreements.models import Agreement
from renkei.desk.form_page import Page, shown_or_done
from renkei.desk.initiatives.forms import (
    InitiativeForm,
    MoveForm,
    YearForm,
    initial_new,
    initial_of,
    initial_year,
)
from renkei.desk.initiatives.views import the_initiative
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.desk.versions import version_seen
from renkei.initiatives.models import Initiative
from renkei.initiatives.narrowing import is_year
from renkei.initiatives.permissions import why_not_work
from renkei.initiatives.services import states, writing, years
from renkei.initiatives.vocabulary import InitiativeState
from renkei.rules.japanese_calendar import fiscal_year
from renkei.ui.verbs import VerbWords

NEW = VerbWords(
    title=_("取組を書く"),
    lead=_("この協定で行うことを一つ書きます。まだ決まっていなければ、後で「検討中」にできます。"),
    button=_("取組を書く"),
    done=_("取組を書きました。年度の予定と目標は、取組のページで書けます。"),
    form=InitiativeForm,
)
EDIT = VerbWords(
    title=_("取組の編集"),
    lead=_("直したところは、前と後が記録に残ります。状態と年度の予定は別に変えます。"),
    button=_("保存する"),
    done=_("取組を保存しました。"),
    form=InitiativeForm,
)
MOVE = VerbWords(
    title=_("取組の状態を変える"),
    lead=_("検討中、予定、実施中、休止中、終了のどれかにします。終了した取組も、理由を書けば元に戻せます。"),
    button=_("状態を変える"),
    done=_("状態を変えました。"),
    form=MoveForm,
)
YEAR = VerbWords(
    title=_("年度の予定と目標"),
    lead=_("その年度に行うことと、指標ごとの目標を書きます。空けた目標は「なし」になります。"),
    button=_("予定を保存する"),
    done=_("年度の予定を保存しました。"),
    form=YearForm,
)
TEMPLATE = "desk/initiatives/verb.html"


def page_of(initiative: Initiative) -> str:
    """The initiative's own page."""
    return reverse("desk:initiative", args=[initiative.public_id])


@staff_page
def new(request: StaffRequest, public_id: str) -> HttpResponse:
    mine = Agreement.objects.of(town(request)).select_related("municipality", "division")
    agreement = get_object_or_404(mine, public_id=public_id)

    def act(form: Any, once: str) -> object:
        begins_on = form.cleaned_data["begins_on"]
        state = InitiativeState.PLANNED if begins_on > today() else InitiativeState.RUNNING
        facts = form.facts(state=state, planned_years=(fiscal_year(max(begins_on, today())),), public_id=once)
        return writing.write(agreement, facts, on=begins_on, actor=request.user)

    page = Page(
        verb=NEW,
        reason=why_not_work(request.user, agreement, day=today()),
        back=reverse("desk:agreement", args=[agreement.public_id]),
        act=act,
        beside={"agreement": agreement},
        template=TEMPLATE,
        onward=page_of,
    )
    options = {"agreement": agreement, "day": today(), "initial": initial_new(agreement, today())}
    return shown_or_done(request, page, options)


def _shown(
    request: StaffRequest, initiative: Initiative, verb: VerbWords, act: Any, /, **form_options: Any
) -> HttpResponse:
    seen = initiative.version
    initiative.version = version_seen(request, seen)
    page = Page(
        verb=verb,
        reason=why_not_work(request.user, initiative.agreement, day=today(), initiative=initiative),
        back=page_of(initiative),
        act=act,
        beside={"initiative": initiative, "agreement": initiative.agreement},
        template=TEMPLATE,
    )
    return shown_or_done(request, page, form_options, version=seen)


@staff_page
def edit(request: StaffRequest, public_id: str) -> HttpResponse:
    initiative = the_initiative(request, public_id)

    def act(form: Any, _once: str) -> object:
        return writing.edit(
            initiative,
            form.facts(),
            begins_on=form.cleaned_data["begins_on"],
            ends_on=initiative.ends_on,
            actor=request.user,
        )

    return _shown(
        request,
        initiative,
        EDIT,
        act,
        agreement=initiative.agreement,
        day=today(),
        held_by=initiative.division_id,
        initial=initial_of(initiative),
    )


@staff_page
def move(request: StaffRequest, public_id: str) -> HttpResponse:
    initiative = the_initiative(request, public_id)

    def act(form: Any, _once: str) -> object:
        said = form.cleaned_data
        return states.move(
            initiative,
            InitiativeState(said["state"]),
            on=said["on"],
            reason=said["reason"],
            actor=request.user,
        )

    now = InitiativeState(initiative.state)
    return _shown(request, initiative, MOVE, act, now=now, initial={"on": today()})


@staff_page
def year(request: StaffRequest, public_id: str) -> HttpResponse:
    initiative = the_initiative(request, public_id)
    asked = request.GET.get("year", "")
    this = fiscal_year(today())
    chosen = int(asked) if is_year(asked) else this
    offered = sorted({this - 1, this, this + 1, this + 2, chosen})

    def act(form: Any, _once: str) -> object:
        said = form.cleaned_data
        return years.plan_year(
            initiative, said["year"], plan=said["plan"], aims=form.aims(), actor=request.user
        )

    return _shown(
        request,
        initiative,
        YEAR,
        act,
        initiative=initiative,
        years=offered,
        initial=initial_year(initiative, chosen),
    )
