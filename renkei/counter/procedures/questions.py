"""Questions and answers between the partner and the town, and the talks as far as the partner sees them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from renkei.agreements.vocabulary import Side
from renkei.counter.procedures.views import the_procedure
from renkei.counter.visitor import VisitorRequest, now, stop_if, visitor_page
from renkei.municipalities.public_id import carried_or_new
from renkei.procedures.models import Procedure
from renkei.procedures.permissions import why_not_speak
from renkei.procedures.services import questions as services
from renkei.procedures.services.claiming import ProcedureRefused
from renkei.ui.forms import DayField

LONGEST = 4000
Done = str | Promise


class QuestionForm(forms.Form):
    """A question to the town."""

    text = forms.CharField(
        label=_("質問・連絡"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5})
    )
    due_on = DayField(label=_("回答の希望日"), required=False)


class AnswerForm(forms.Form):
    """The partner's answer."""

    text = forms.CharField(label=_("回答"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}))


@visitor_page
def questions(request: VisitorRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    if request.method == "POST":
        stop_if(why_not_speak(request.visitor, procedure))
    form = QuestionForm(request.POST or None, initial=_about(request, procedure))
    once = _once(request)

    def act(given: dict[str, Any]) -> object:
        return services.ask(procedure, **given, by=request.visitor, at=now(), public_id=once)

    if _did(request, form, act, _("市に送りました。回答が届いたら、メールでお知らせします。")):
        return redirect("counter:procedure_questions", request.town.code, public_id)
    context = _context(request, procedure, form) | {
        "title": _("質問と回答"),
        "questions": procedure.questions.select_related("asked_by", "answered_by"),
        "partner_side": Side.PARTNER,
        "once": once,
    }
    return render(request, "counter/procedures/questions.html", context, status=422 if form.errors else 200)


@visitor_page
def answer(request: VisitorRequest, public_id: str, question_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    question = get_object_or_404(procedure.questions, public_id=question_id)
    if request.method == "POST":
        stop_if(why_not_speak(request.visitor, procedure))
    form = AnswerForm(request.POST or None)

    def act(given: dict[str, Any]) -> object:
        return services.answer(question, **given, by=request.visitor, at=now())

    if _did(request, form, act, _("回答を市に送りました。")):
        return redirect("counter:procedure_questions", request.town.code, public_id)
    context = _context(request, procedure, form) | {"title": _("質問に答える"), "question": question}
    return render(request, "counter/procedures/answer.html", context, status=422 if form.errors else 200)


@visitor_page
@require_POST
def withdraw_question(request: VisitorRequest, public_id: str, question_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    question = get_object_or_404(procedure.questions, public_id=question_id)
    stop_if(why_not_speak(request.visitor, procedure))
    try:
        services.withdraw_question(question, by=request.visitor, at=now())
        messages.success(request, _("質問を取り消しました。"))
    except ProcedureRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("counter:procedure_questions", request.town.code, public_id)


def _did(
    request: VisitorRequest, form: forms.Form, act: Callable[[dict[str, Any]], object], done: Done
) -> bool:
    """Whether the form was sent and what it asks for is done; otherwise the form says why not."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except ProcedureRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, str(done))
    return True


def _context(request: VisitorRequest, procedure: Procedure, form: forms.Form | None = None) -> dict[str, Any]:
    return {
        "town": request.town,
        "visitor": request.visitor,
        "procedure": procedure,
        "form": form,
        "reason": why_not_speak(request.visitor, procedure),
    }


def _once(request: VisitorRequest) -> str:
    """The id of what the form makes: the one that it carries, or a new one."""
    return carried_or_new(request.POST.get("once", ""))


def _about(request: VisitorRequest, procedure: Procedure) -> dict[str, str]:
    """Where the page was opened from an open point, its words stand in the form."""
    point = procedure.points.seen_by_partner().filter(public_id=request.GET.get("about", "")[:12]).first()
    return {"text": _("論点「%(point)s」について: ") % {"point": point.text}} if point else {}


@visitor_page
def meetings(request: VisitorRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    points = list(procedure.points.seen_by_partner().select_related("item"))
    context = _context(request, procedure) | {
        "title": _("協議の記録"),
        "meetings": procedure.meetings.seen_by_partner().order_by("-held_on", "-pk"),
        "open_points": [one for one in points if one.is_open],
        "agreed_points": [one for one in points if one.is_agreed],
        "settled_points": [one for one in points if not one.is_agreed and not one.is_open],
        "partner_side": Side.PARTNER,
    }
    return render(request, "counter/procedures/meetings.html", context)
