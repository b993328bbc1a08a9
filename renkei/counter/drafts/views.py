"""Drafts at the counter: the versions that the town has shown, and the check of those of a round."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from renkei.agreements.vocabulary import Side
from renkei.counter.visitor import VisitorRequest, now, stop_if, today, visitor_page
from renkei.documents.contents import AgreementText
from renkei.documents.sheets import sheet_of
from renkei.procedures.beside import checked
from renkei.procedures.comparing import compared
from renkei.procedures.contents import InitiativeList
from renkei.procedures.models import Comment, DraftVersion, Procedure, Reviewer, ReviewRound
from renkei.procedures.permissions import asked_of, why_not_speak
from renkei.procedures.reading import list_by_item
from renkei.procedures.reviews import standing_of, the_round
from renkei.procedures.services import ProcedureRefused
from renkei.procedures.services.accepting import accept as accept_versions
from renkei.procedures.services.accepting import take_back as take_acceptance_back
from renkei.procedures.services.commenting import Said, withdraw_comment
from renkei.procedures.services.commenting import comment as say
from renkei.procedures.vocabulary import DraftKind
from renkei.ui.reviewing import AcceptanceForm, CommentForm

RELATED = ("text", "initiatives", "procedure__municipality")


def the_procedure(request: VisitorRequest, public_id: str) -> Procedure:
    """A procedure that the person may see, or 404."""
    mine = Procedure.objects.seen_by(request.visitor).select_related("municipality", "organisation")
    return get_object_or_404(mine, public_id=public_id)


@visitor_page
def drafts(request: VisitorRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    context = {
        "title": _("案の確認"),
        "town": request.town,
        "visitor": request.visitor,
        "procedure": procedure,
        "round": the_round(procedure),
        "texts": _shown_versions(procedure, DraftKind.TEXT),
        "lists": _shown_versions(procedure, DraftKind.INITIATIVES),
    }
    return render(request, "counter/drafts/drafts.html", context)


def _shown_versions(procedure: Procedure, kind: DraftKind) -> list[dict[str, Any]]:
    """The versions that were shown, the newest first, each with what differs from the one shown before it."""
    shown = list(procedure.versions.shared().filter(kind=kind).order_by("-number"))
    before = [*shown[1:], None]
    return [_shown(one, former) for one, former in zip(shown, before, strict=False)]


def _shown(one: DraftVersion, former: DraftVersion | None) -> dict[str, Any]:
    printed = (
        {"sheet": sheet_of(AgreementText.read(one.content))}
        if one.kind == DraftKind.TEXT
        else {"groups": list_by_item(InitiativeList.read(one.content))}
    )
    return {
        "version": one,
        "former": former,
        "comparison": compared(former, one) if former else None,
        **printed,
    }


@visitor_page
def review(request: VisitorRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    return shown(request, procedure, the_round(procedure, request.GET.get("round", "")))


def shown(
    request: VisitorRequest,
    procedure: Procedure,
    one: ReviewRound | None,
    refusals: tuple[str, ...] = (),
    typed: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The versions of a round; a form at each clause for those who take part, while it is open."""
    reason = why_not_speak(request.visitor, procedure)
    context: dict[str, Any] = {
        "title": _("案を確認する"),
        "town": request.town,
        "visitor": request.visitor,
        "procedure": procedure,
        "day": today(),
        "round": one,
        "rounds": procedure.rounds.order_by("-number"),
        "reason": reason,
        "may_write": bool(one and one.is_open and not reason),
        "refusals": refusals,
        "typed": typed or {},
        "comment_address": _address(request, procedure, "review_comment"),
        "comment_verbs": "counter/drafts/comment_verbs.html",
    }
    if one:
        context |= _of_round(request, one)
    return render(request, "counter/drafts/review.html", context, status=422 if refusals else 200)


def _of_round(request: VisitorRequest, one: ReviewRound) -> dict[str, Any]:
    standing = standing_of(one)
    comments = one.comments.open_to_partner().select_related("user", "correspondent")
    return {
        "standing": standing,
        "checked": checked(one, comments),
        "ours": [each for each in standing.reviewers if each.side == Side.PARTNER],
        "town_is_missing": bool(standing.missing_of(Side.TOWN)),
        "mine": asked_of(request.visitor, one, day=today()) if one.is_open else [],
    }


def _address(request: VisitorRequest, procedure: Procedure, page: str) -> str:
    return reverse(f"counter:procedure_{page}", args=[request.town.code, procedure.public_id])


def open_round_of(request: VisitorRequest, public_id: str) -> tuple[Procedure, ReviewRound]:
    """The newest round, for somebody who may write in the procedure; others are told why not."""
    procedure = the_procedure(request, public_id)
    stop_if(why_not_speak(request.visitor, procedure))
    one = the_round(procedure)
    if one is None:
        raise Http404
    return procedure, one


@visitor_page
@require_POST
def comment(request: VisitorRequest, public_id: str) -> HttpResponse:
    procedure, one = open_round_of(request, public_id)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return shown(request, procedure, one, refusals_of(form), request.POST.dict())
    given = form.cleaned_data
    version = next((each for each in one.versions if each.public_id == given["version"]), None)
    if version is None:
        sentence = _("ご覧の版は、いま確認している版ではありません。画面を読み直してください。")
        return shown(request, procedure, one, (sentence,), request.POST.dict())
    said = Said(version=version, **{name: given[name] for name in ("clause", "text", "proposed")})
    try:
        made = say(one, said, by=request.visitor, at=now(), public_id=given["once"])
    except ProcedureRefused as refusal:
        return shown(request, procedure, one, (str(refusal),), request.POST.dict())
    messages.success(request, _("意見を送りました。市が扱いを決めると、ここに回答が出ます。"))
    return redirect(f"{_address(request, procedure, 'review')}#comment-{made.public_id}")


def refusals_of(form: CommentForm | AcceptanceForm) -> tuple[str, ...]:
    """The sentences of a form that is refused."""
    return tuple(str(error) for errors in form.errors.values() for error in errors)


@visitor_page
@require_POST
def withdraw(request: VisitorRequest, public_id: str, comment_id: str) -> HttpResponse:
    procedure, one = open_round_of(request, public_id)
    mine = Comment.objects.open_to_partner().filter(round__procedure=procedure, side=Side.PARTNER)
    said = get_object_or_404(mine.select_related("round", "version", "correspondent"), public_id=comment_id)
    try:
        withdraw_comment(said, by=request.visitor, at=now())
    except ProcedureRefused as refusal:
        return shown(request, procedure, one, (str(refusal),))
    messages.success(request, _("意見を取り下げました。"))
    return redirect(_address(request, procedure, "review"))


def the_reviewer(procedure: Procedure, reviewer_id: str) -> Reviewer:
    """Somebody of the partner who is asked in a round of this procedure, or 404."""
    asked = Reviewer.objects.filter(round__procedure=procedure, side=Side.PARTNER).select_related(
        "round__procedure__municipality", "round__text", "round__initiatives", "correspondent"
    )
    return get_object_or_404(asked, public_id=reviewer_id)


@visitor_page
@require_POST
def accept(request: VisitorRequest, public_id: str) -> HttpResponse:
    procedure, one = open_round_of(request, public_id)
    form = AcceptanceForm(request.POST)
    if not form.is_valid():
        return shown(request, procedure, one, refusals_of(form))
    reviewer = the_reviewer(procedure, form.cleaned_data["reviewer"])
    try:
        accept_versions(reviewer, form.cleaned_data["digests"], by=request.visitor, at=now())
    except ProcedureRefused as refusal:
        return shown(request, procedure, one, (str(refusal),))
    messages.success(request, _("同意を入れました。この回が終わるまでは取り消せます。"))
    return redirect(_address(request, procedure, "review"))


@visitor_page
@require_POST
def take_back(request: VisitorRequest, public_id: str, reviewer_id: str) -> HttpResponse:
    procedure, one = open_round_of(request, public_id)
    try:
        take_acceptance_back(the_reviewer(procedure, reviewer_id), by=request.visitor, at=now())
    except ProcedureRefused as refusal:
        return shown(request, procedure, one, (str(refusal),))
    messages.success(request, _("同意を取り消しました。"))
    return redirect(_address(request, procedure, "review"))
