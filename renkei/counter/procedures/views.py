"""A partner's procedures: the list, the page of one, and withdrawing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from renkei.counter.procedures.forms import WithdrawForm
from renkei.counter.visitor import VisitorRequest, now, stop_if, today, visitor_page
from renkei.procedures.awaiting import for_partner, steps_of, together
from renkei.procedures.models import Procedure
from renkei.procedures.permissions import why_not_speak
from renkei.procedures.services.claiming import ProcedureRefused
from renkei.procedures.services.move import move
from renkei.procedures.steps import Awaited
from renkei.procedures.vocabulary import Stage

PAGES = (
    ("proposal", _("提案の内容")),
    ("questions", _("質問と回答")),
    ("meetings", _("協議の記録")),
    ("drafts", _("案の確認")),
    ("signing", _("締結")),
    ("people", _("担当者")),
)
AT_THE_COUNTER = {"reviews": "drafts"}
"""Pages that stand under another name at the counter."""


def the_procedure(request: VisitorRequest, public_id: str) -> Procedure:
    """A procedure that the person may see, or 404."""
    mine = Procedure.objects.seen_by(request.visitor).select_related(
        "municipality", "organisation", "proposal"
    )
    return get_object_or_404(mine, public_id=public_id)


def page_of(procedure: Procedure, page: str) -> str:
    """The address of a page of the procedure at the counter; "" where the counter has none of that name."""
    name = AT_THE_COUNTER.get(page, page)
    try:
        return reverse(f"counter:procedure_{name}", args=[procedure.municipality.code, procedure.public_id])
    except NoReverseMatch:
        return ""


def _with_page(procedure: Procedure, waiting: list[Awaited]) -> list[tuple[Awaited, str, bool]]:
    """Each awaited thing with the address where it is done, and whether its day has passed."""
    return [(one, page_of(procedure, one.page), one.is_late(today())) for one in waiting]


@visitor_page
def listing(request: VisitorRequest) -> HttpResponse:
    procedures = together(Procedure.objects.seen_by(request.visitor))
    rows = [(one, *for_partner(one, today())) for one in procedures]
    context = {
        "title": _("あなたの手続"),
        "town": request.town,
        "visitor": request.visitor,
        "running": [row for row in rows if row[0].is_running],
        "ended": [row[0] for row in rows if not row[0].is_running],
        "day": today(),
    }
    return render(request, "counter/procedures/listing.html", context)


@visitor_page
def page(request: VisitorRequest, public_id: str) -> HttpResponse:
    procedure, day = the_procedure(request, public_id), today()
    mine, theirs = for_partner(procedure, day)
    pages = [(page_of(procedure, page), words) for page, words in PAGES]
    context: dict[str, Any] = {
        "title": procedure.title,
        "town": request.town,
        "visitor": request.visitor,
        "procedure": procedure,
        "steps": steps_of(procedure, day),
        "mine": _with_page(procedure, mine),
        "theirs": theirs,
        "pages": [(address, words) for address, words in pages if address],
        "reason": why_not_speak(request.visitor, procedure),
    }
    return render(request, "counter/procedures/page.html", context)


@visitor_page
def withdraw(request: VisitorRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    reason = why_not_speak(request.visitor, procedure)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST":
        stop_if(reason)
        written = request.POST.get("version", "")
        if written.isascii() and written.isdigit() and len(written) < 10:
            procedure.version = int(written)
        if form.is_valid() and _withdrawn(request, procedure, form):
            messages.success(request, _("手続を取り下げました。市に知らせます。"))
            return redirect("counter:procedure", request.town.code, procedure.public_id)
    context = {
        "title": _("手続を取り下げる"),
        "town": request.town,
        "visitor": request.visitor,
        "procedure": procedure,
        "version": procedure.version,
        "form": form,
        "reason": reason,
    }
    return render(request, "counter/procedures/withdraw.html", context, status=422 if form.errors else 200)


def _withdrawn(request: VisitorRequest, procedure: Procedure, form: WithdrawForm) -> bool:
    """Withdraw; where the town was faster, the form says so and holds the version of now."""
    try:
        given = form.cleaned_data
        move(procedure, "withdraw", Stage.WITHDRAWN, by=request.visitor, at=now(), reason=given["reason"])
    except ProcedureRefused as refusal:
        form.add_error(None, str(refusal))
        procedure.refresh_from_db()
        return False
    return True
