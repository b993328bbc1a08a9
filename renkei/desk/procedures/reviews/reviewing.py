"""The page of whoever checks inside: comments at each clause, and the acceptance."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from renkei.desk.procedures.reviews.resolving import the_comment
from renkei.desk.procedures.reviews.rounds import the_open_round, the_reviewer
from renkei.desk.procedures.verbs import page_address, the_procedure
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today
from renkei.procedures.beside import checked
from renkei.procedures.models import Procedure, ReviewRound
from renkei.procedures.permissions import asked_of, why_not_conduct, why_not_review
from renkei.procedures.reviews import standing_of
from renkei.procedures.services import ProcedureRefused
from renkei.procedures.services.accepting import accept as accept_versions
from renkei.procedures.services.accepting import take_back as take_acceptance_back
from renkei.procedures.services.commenting import Said, withdraw_comment
from renkei.procedures.services.commenting import comment as say
from renkei.ui.reviewing import AcceptanceForm, CommentForm

PAGE = "review"


def its_round(request: StaffRequest, public_id: str) -> tuple[Procedure, ReviewRound | None]:
    """The open round, for whoever may check in it; others are told why not."""
    procedure = the_procedure(request, public_id)
    one = the_open_round(procedure)
    if one:
        stop_if(why_not_review(request.user, one, day=today()))
    return procedure, one


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure, one = its_round(request, public_id)
    return shown(request, procedure, one)


def shown(
    request: StaffRequest,
    procedure: Procedure,
    one: ReviewRound | None,
    refusals: tuple[str, ...] = (),
    typed: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The versions with a form at each clause; what was refused with everything that was typed."""
    context: dict[str, Any] = {
        "title": _("案を確認する"),
        "procedure": procedure,
        "day": today(),
        "round": one,
        "is_staff": True,
        "may_write": True,
        "why_not_conduct": why_not_conduct(request.user, procedure, day=today()),
        "refusals": refusals,
        "typed": typed or {},
        "comment_address": reverse("desk:procedure_review_comment", args=[procedure.public_id]),
        "comment_verbs": "desk/procedures/reviews/comment_verbs.html",
    }
    if one:
        context |= {
            "standing": standing_of(one),
            "checked": checked(one, one.comments.select_related("user", "correspondent")),
            "mine": asked_of(request.user, one, day=today()),
        }
    status = 422 if refusals else 200
    return render(request, "desk/procedures/reviews/review.html", context, status=status)


@staff_page
@require_POST
def comment(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure, one = its_round(request, public_id)
    form = CommentForm(request.POST)
    if one is None:
        return shown(request, procedure, one, (_("確認の回は終わっています。"),))
    if not form.is_valid():
        return shown(request, procedure, one, refusals_of(form), request.POST.dict())
    given = form.cleaned_data
    version = next((each for each in one.versions if each.public_id == given["version"]), None)
    if version is None:
        raise Http404
    words = {name: given[name] for name in ("clause", "text", "proposed")}
    words["is_internal"] = not given["is_open"]
    try:
        said = say(
            one, Said(version=version, **words), by=request.user, at=timezone.now(), public_id=given["once"]
        )
    except ProcedureRefused as refusal:
        return shown(request, procedure, one, (str(refusal),), request.POST.dict())
    messages.success(request, _("意見を書きました。"))
    return redirect(f"{page_address(procedure, PAGE)}#comment-{said.public_id}")


def refusals_of(form: CommentForm | AcceptanceForm) -> tuple[str, ...]:
    """The sentences of a form that is refused."""
    return tuple(str(error) for errors in form.errors.values() for error in errors)


@staff_page
@require_POST
def withdraw(request: StaffRequest, public_id: str, comment_id: str) -> HttpResponse:
    procedure, one = its_round(request, public_id)
    said = the_comment(procedure, comment_id)
    try:
        withdraw_comment(said, by=request.user, at=timezone.now())
    except ProcedureRefused as refusal:
        return shown(request, procedure, one, (str(refusal),))
    messages.success(request, _("意見を取り下げました。"))
    return redirect(page_address(procedure, PAGE))


@staff_page
@require_POST
def accept(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure, one = its_round(request, public_id)
    form = AcceptanceForm(request.POST)
    if not form.is_valid():
        return shown(request, procedure, one, refusals_of(form))
    reviewer = the_reviewer(procedure, form.cleaned_data["reviewer"])
    try:
        accept_versions(reviewer, form.cleaned_data["digests"], by=request.user, at=timezone.now())
    except ProcedureRefused as refusal:
        return shown(request, procedure, one, (str(refusal),))
    messages.success(request, _("同意を入れました。この回が終わるまでは取り消せます。"))
    return redirect(page_address(procedure, "reviews"))


@staff_page
@require_POST
def take_back(request: StaffRequest, public_id: str, reviewer_id: str) -> HttpResponse:
    procedure, one = its_round(request, public_id)
    try:
        take_acceptance_back(the_reviewer(procedure, reviewer_id), by=request.user, at=timezone.now())
    except ProcedureRefused as refusal:
        return shown(request, procedure, one, (str(refusal),))
    messages.success(request, _("同意を取り消しました。"))
    return redirect(page_address(procedure, PAGE))
