"""Rounds at the desk: how far they are, whom they ask, and how they end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.desk.procedures.reviews.forms import EndForm, HeardForm, OpenForm, ReplaceForm
from renkei.desk.procedures.verbs import Asked, ProcedureVerb, page_address, the_procedure, verb_page
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today
from renkei.procedures.beside import checked
from renkei.procedures.models import Procedure, Reviewer, ReviewRound
from renkei.procedures.permissions import why_not_conduct, why_not_review
from renkei.procedures.reviews import RELATED, current_round, standing_of, the_round
from renkei.procedures.services import ProcedureRefused
from renkei.procedures.services.accepting import strike_acceptance, write_acceptance
from renkei.procedures.services.reviewing import end_round, open_round, replace_reviewer
from renkei.procedures.vocabulary import Stage
from renkei.procedures.whom_to_ask import usual_deadline

BACK = "reviews"


def the_open_round(procedure: Procedure) -> ReviewRound | None:
    """The round that is open."""
    return procedure.rounds.select_related(*RELATED).filter(closed_at=None).first()


def the_reviewer(procedure: Procedure, reviewer_id: str) -> Reviewer:
    """Somebody who is asked in a round of this procedure, or 404."""
    asked = Reviewer.objects.filter(round__procedure=procedure).select_related(
        "round__procedure__municipality", "round__text", "round__initiatives", "user", "division"
    )
    return get_object_or_404(asked, public_id=reviewer_id)


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure, day = the_procedure(request, public_id), today()
    one = the_round(procedure, request.GET.get("round", ""))
    reason = why_not_conduct(request.user, procedure, day=day)
    context = {
        "title": _("内容の確認"),
        "procedure": procedure,
        "day": day,
        "rounds": procedure.rounds.order_by("-number"),
        "round": one,
        "reason": reason,
        "why_not_conduct": reason,
        "is_its_step": procedure.stage == Stage.REVIEW,
        "is_staff": True,
        "only": request.GET.get("show") == "unresolved",
        "comment_verbs": "desk/procedures/reviews/comment_verbs.html",
    }
    if one:
        comments = one.comments.select_related("user", "correspondent")
        context |= {
            "standing": standing_of(one),
            "reviewers": one.reviewers.select_related("user", "division", "correspondent"),
            "checked": checked(one, comments),
            "why_not_review": why_not_review(request.user, one, day=day),
        }
    return render(request, "desk/procedures/reviews/page.html", context)


def _opened(asked: Asked) -> object:
    return open_round(
        asked.procedure,
        asked.form.asked(),
        due_on=asked.given["due_on"],
        message=asked.given["message"],
        by=asked.user,
        at=timezone.now(),
        public_id=asked.once,
    )


OPEN = ProcedureVerb(
    title=gettext_lazy("確認の回を始める"),
    lead=gettext_lazy(
        "いちばん新しい協定書(案)と取組事項(案)を相手方に見せ、全員にメールで確認をお願いします。同意は、この版だけに対するものです。"
    ),
    button=gettext_lazy("確認をお願いする"),
    done=gettext_lazy("確認の回を始めました。お願いした全員にメールを送ります。"),
    form=OpenForm,
    act=_opened,
    back=BACK,
    template="desk/procedures/reviews/open.html",
)


@staff_page
def new(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure, day = the_procedure(request, public_id), today()
    due_on = usual_deadline(procedure, day)
    versions = [one for one in (_newest(procedure, "text"), _newest(procedure, "initiatives")) if one]
    more = {"versions": versions, "open": current_round(procedure)}
    return verb_page(request, procedure, OPEN, more=more, about=procedure, day=day, due_on=due_on)


def _newest(procedure: Procedure, kind: str) -> object:
    return procedure.versions.filter(kind=kind).order_by("-number").first()


def _needs_open(procedure: Procedure) -> ReviewRound:
    one = the_open_round(procedure)
    if one is None:
        raise ProcedureRefused(_("開いている確認の回がありません。画面を読み直してください。"))
    return one


def _ended(asked: Asked) -> object:
    return end_round(_needs_open(asked.procedure), **asked.given, by=asked.user, at=timezone.now())


END = ProcedureVerb(
    title=gettext_lazy("確認の回を終える"),
    lead=gettext_lazy(
        "全員の同意がそろう前に、この回を終えます。入っている同意は、次の版には引き継がれません。"
    ),
    button=gettext_lazy("この回を終える"),
    done=gettext_lazy("確認の回を終えました。"),
    form=EndForm,
    act=_ended,
    back=BACK,
    is_danger=True,
)


@staff_page
def end(request: StaffRequest, public_id: str) -> HttpResponse:
    return verb_page(request, the_procedure(request, public_id), END)


def _replaced(asked: Asked) -> object:
    return replace_reviewer(
        asked.form.reviewer,
        asked.form.asked(),
        by=asked.user,
        at=timezone.now(),
        reason=asked.given["reason"],
    )


REPLACE = ProcedureVerb(
    title=gettext_lazy("確認する人を替える"),
    lead=gettext_lazy("異動や退職のときに、同じ側の別の人にお願いします。前の人の同意は取り消されます。"),
    button=gettext_lazy("替える"),
    done=gettext_lazy("確認する人を替えました。"),
    form=ReplaceForm,
    act=_replaced,
    back=BACK,
    template="desk/procedures/reviews/of_reviewer.html",
)


@staff_page
def replace(request: StaffRequest, public_id: str, reviewer_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    reviewer = the_reviewer(procedure, reviewer_id)
    return verb_page(request, procedure, REPLACE, reviewer=reviewer, day=today())


def _heard(asked: Asked) -> object:
    digests, heard = asked.given["digests"].split(), asked.given["heard"]
    return write_acceptance(asked.form.reviewer, digests, heard=heard, by=asked.user, at=timezone.now())


HEARD = ProcedureVerb(
    title=gettext_lazy("聞いた同意を記録する"),
    lead=gettext_lazy("窓口のページを使わない相手方の人から、電話や郵送で聞いた同意を記録します。"),
    button=gettext_lazy("同意を記録する"),
    done=gettext_lazy("同意を記録しました。"),
    form=HeardForm,
    act=_heard,
    back=BACK,
    template="desk/procedures/reviews/of_reviewer.html",
)


@staff_page
def heard(request: StaffRequest, public_id: str, reviewer_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    return verb_page(request, procedure, HEARD, reviewer=the_reviewer(procedure, reviewer_id))


@staff_page
@require_POST
def strike(request: StaffRequest, public_id: str, reviewer_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    stop_if(why_not_conduct(request.user, procedure, day=today()))
    try:
        strike_acceptance(the_reviewer(procedure, reviewer_id), by=request.user, at=timezone.now())
        messages.success(request, _("記録した同意を取り消しました。"))
    except ProcedureRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(page_address(procedure, BACK))
