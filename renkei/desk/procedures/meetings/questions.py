"""Questions and answers between the town and the partner, at the desk."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.agreements.vocabulary import Side
from renkei.desk.procedures.meetings.forms import AnswerForm, QuestionForm
from renkei.desk.procedures.presses import pressed
from renkei.desk.procedures.verbs import Asked, ProcedureVerb, the_procedure, verb_page
from renkei.desk.staff import StaffRequest, staff_page
from renkei.procedures.models import Procedure, Question
from renkei.procedures.services import questions as services


def the_question(procedure: Procedure, question_id: str) -> Question:
    """A question of the procedure, or 404."""
    return get_object_or_404(procedure.questions, public_id=question_id)


def _ask(asked: Asked) -> object:
    return services.ask(
        asked.procedure, **asked.given, by=asked.user, at=timezone.now(), public_id=asked.once
    )


ASK = ProcedureVerb(
    title=gettext_lazy("質問と回答"),
    lead=gettext_lazy(
        "相手方との質問と回答です。ここに書いたものは、相手方にメールで届き、窓口のページで見えます。"
    ),
    button=gettext_lazy("質問を送る"),
    done=gettext_lazy("質問を相手方に送りました。"),
    form=QuestionForm,
    act=_ask,
    back="questions",
    template="desk/procedures/meetings/questions.html",
)


@staff_page
def questions(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    related = ("asked_by_user", "answered_by_user", "asked_by", "answered_by")
    listed = procedure.questions.select_related(*related)
    return verb_page(request, procedure, ASK, more={"questions": listed, "town_side": Side.TOWN})


@staff_page
def answer(request: StaffRequest, public_id: str, question_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    question = the_question(procedure, question_id)
    verb = ProcedureVerb(
        title=_("質問に答える"),
        lead=_("質問: %(text)s") % {"text": question.text},
        button=_("回答を送る"),
        done=_("回答を相手方に送りました。"),
        form=AnswerForm,
        act=lambda asked: services.answer(question, **asked.given, by=asked.user, at=timezone.now()),
        back="questions",
    )
    return verb_page(request, procedure, verb)


@staff_page
@require_POST
def withdraw(request: StaffRequest, public_id: str, question_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    question = the_question(procedure, question_id)
    return pressed(
        request,
        procedure,
        lambda: services.withdraw_question(question, by=request.user, at=timezone.now()),
        _("質問を取り消し、相手方に知らせました。"),
        "questions",
    )
