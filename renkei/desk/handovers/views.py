"""Handovers: the list, preparing, the page with all that is held, and the successor's answer."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.desk import drafts
from renkei.desk.handovers.forms import NOTE, HandoverForm, NotesForm, SendBackForm, name_of
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.desk.typed import put_back, typed_in, typed_of
from renkei.desk.versions import version_seen
from renkei.handovers import services
from renkei.handovers.holding import Holding, divisions_of
from renkei.handovers.models import Handover
from renkei.handovers.permissions import why_not_give, why_not_give_of, why_not_receive
from renkei.municipalities.models import Division
from renkei.ui.downloads import document_answer

ON_A_PAGE = 300
"""A division's whole on one page, and fewer fields than a form may send."""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def the_handover(request: StaffRequest, public_id: str) -> Handover:
    """One that the person gives, receives or coordinates; for everybody else it is not there."""
    seen = Handover.objects.of(town(request)).seen_by(request.user, day=today())
    related = seen.select_related(
        "municipality", "giver", "division", "receiver", "receiving_division", "document"
    )
    handover = get_object_or_404(related.of(town(request)), public_id=public_id)
    if request.method == "POST":
        handover.version = version_seen(request, handover.version)
    return handover


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    found = Handover.objects.of(town(request)).seen_by(request.user, day=today())
    related = found.select_related("giver", "division", "receiver", "receiving_division")
    context = {
        "title": gettext_lazy("引継ぎ"),
        "page": Paginator(related, ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "desk/handovers/listing.html", context)


@staff_page
def new(request: StaffRequest) -> HttpResponse:
    givers, receivers = givers_of(request), receivers_of(request)
    form = HandoverForm(request.POST or None, givers=givers, receivers=receivers)
    if form.is_valid():
        try:
            facts = form.facts | {"giver": form.facts["giver"] or request.user}
            handover = services.prepare(**facts, actor=request.user)
            return redirect("desk:handover", handover.public_id)
        except services.HandoverRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"title": gettext_lazy("引継ぎの準備"), "form": form}
    return render(request, "desk/handovers/new.html", context, status=422 if form.errors else 200)


def givers_of(request: StaffRequest) -> list[User | Division]:
    """Oneself and one's divisions; for who may hand over for the whole town, everybody."""
    if why_not_give_of(request.user, None, today()) is None:
        divisions = Division.objects.of(town(request)).existing_on(today())
        return [request.user, *(one for one in people_of(request) if one != request.user), *divisions]
    return [request.user, *divisions_of(request.user, today())]


def receivers_of(request: StaffRequest) -> list[User | Division]:
    """Everybody of the town, and its divisions of today and of days to come."""
    divisions = [
        one for one in Division.objects.of(town(request)) if one.closed_on is None or one.closed_on >= today()
    ]
    return [*(one for one in people_of(request) if one != request.user), *divisions]


def people_of(request: StaffRequest) -> list[User]:
    """The people of the town who can sign in."""
    return list(User.objects.of(town(request)).filter(is_active=True).order_by("name", "pk"))


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    handover = the_handover(request, public_id)
    if request.method == "POST":
        stop_if(why_not_give(request.user, handover, day=today()))
        agreements = list(Holding(handover).agreements.filter(public_id__in=written_about(request)))
        form = NotesForm(request.POST, handover=handover, agreements=agreements)
        if form.is_valid():
            message = form.cleaned_data["message"]
            return done(
                request,
                handover,
                lambda: services.write_notes(handover, notes=form.notes, message=message, actor=request.user),
                _("メモを保存しました。"),
            )
    return shown(request, handover)


def written_about(request: StaffRequest) -> list[str]:
    """The public ids of the agreements about which something was sent."""
    return [name.removeprefix(NOTE) for name in request.POST if name.startswith(NOTE)]


def shown(request: StaffRequest, handover: Handover, refusal: str = "", **more: Any) -> HttpResponse:
    """Everything that is held, with the notes, and what may be done by whom."""
    holding = Holding(handover)
    found = Paginator(holding.agreements.with_everything(), ON_A_PAGE).get_page(request.GET.get("page"))
    notes = notes_form(request, handover, list(found))
    context = {
        "title": str(handover),
        "handover": handover,
        "holding": holding,
        "page": found,
        "rows": [(row, notes[name_of(row.agreement)]) for row in holding.rows(list(found))],
        "notes": notes,
        "draft": drafts.offered_draft(request, notes) if found.paginator.num_pages == 1 else None,
        "why_not_give": why_not_give(request.user, handover, day=today()),
        "why_not_receive": why_not_receive(request.user, handover, day=today()),
        "refusal": refusal,
        "form": SendBackForm(),
        **more,
    }
    return render(request, "desk/handovers/page.html", context, status=422 if refusal or more else 200)


def notes_form(request: StaffRequest, handover: Handover, agreements: list[Agreement]) -> NotesForm:
    """With what is kept; with what was typed where it was refused, or is a draft that the person wants back."""
    form = NotesForm(handover=handover, agreements=agreements)
    typed = drafts.used_draft(request) or (typed_in(request.POST) if written_about(request) else None)
    if typed:
        put_back(form, {**typed_of(form), **typed})
    return form


def done(request: StaffRequest, handover: Handover, act: Any, sentence: str) -> HttpResponse:
    """Do it and say so, or show the page with the refusal."""
    try:
        act()
        drafts.sent(request)
        messages.success(request, sentence)
    except services.HandoverRefused as refusal:
        handover.refresh_from_db()
        return shown(request, handover, str(refusal))
    return redirect("desk:handover", handover.public_id)


@staff_page
@require_POST
def hand_over(request: StaffRequest, public_id: str) -> HttpResponse:
    handover = the_handover(request, public_id)
    stop_if(why_not_give(request.user, handover, day=today()))
    return done(
        request,
        handover,
        lambda: services.hand_over(handover, actor=request.user, day=today()),
        _("引継ぎを渡しました。相手が受け取るのを待っています。"),
    )


@staff_page
@require_POST
def accept(request: StaffRequest, public_id: str) -> HttpResponse:
    handover = the_handover(request, public_id)
    stop_if(why_not_receive(request.user, handover, day=today()))
    return done(
        request,
        handover,
        lambda: services.accept(handover, actor=request.user, at=timezone.now()),
        _("引継ぎを受け取りました。"),
    )


@staff_page
@require_POST
def send_back(request: StaffRequest, public_id: str) -> HttpResponse:
    handover = the_handover(request, public_id)
    stop_if(why_not_receive(request.user, handover, day=today()))
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return shown(request, handover, form=form)
    return done(
        request,
        handover,
        lambda: services.send_back(handover, **form.cleaned_data, actor=request.user, at=timezone.now()),
        _("理由を付けて差し戻しました。"),
    )


@staff_page
@require_POST
def withdraw(request: StaffRequest, public_id: str) -> HttpResponse:
    handover = the_handover(request, public_id)
    stop_if(why_not_give(request.user, handover, day=today()))
    return done(
        request,
        handover,
        lambda: services.withdraw_handover(handover, actor=request.user),
        _("引継ぎを取りやめました。"),
    )


@staff_page
def word(request: StaffRequest, public_id: str) -> HttpResponseBase:
    from renkei.handovers.word import FILE_NAME, word_file

    handover = the_handover(request, public_id)
    if handover.document and not handover.can_be_written:
        return document_answer(handover.document)
    answer = HttpResponse(word_file(Holding(handover), today()), content_type=DOCX)
    name = FILE_NAME.format(handover=handover)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
