"""Changed Word files at the counter: the way in, and what became of each change and each comment."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from renkei.counter.drafts.views import the_procedure
from renkei.counter.uploads import count_refused, why_not_upload
from renkei.counter.visitor import VisitorRequest, now, stop_if, visitor_page
from renkei.municipalities.public_id import carried_or_new
from renkei.procedures.models import Procedure, ReturnedDraft
from renkei.procedures.papers.returned import redline_of
from renkei.procedures.permissions import why_not_speak
from renkei.procedures.returned_beside import clauses_of_returned
from renkei.procedures.returning import progress_of
from renkei.procedures.services.claiming import ProcedureRefused
from renkei.procedures.services.returning import STAGES, Brought, receive_returned
from renkei.procedures.vocabulary import DraftKind
from renkei.ui.downloads import document_answer, made_answer
from renkei.ui.returning import ReturnForm

RELATED = ("procedure__municipality", "version", "document", "correspondent__organisation", "result")


def the_returned(procedure: Procedure, public_id: str) -> ReturnedDraft:
    """What came from the partner's side in this procedure, or 404."""
    return get_object_or_404(_of_partner(procedure), public_id=public_id)


def _of_partner(procedure: Procedure) -> "QuerySet[ReturnedDraft]":
    found = procedure.returned_drafts.seen_by_partner().select_related(*RELATED)
    return found.prefetch_related("changes", "remarks").order_by("-received_at", "-pk")


@visitor_page
def listing(request: VisitorRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    reason, once = why_not_speak(request.visitor, procedure), carried_or_new(request.POST.get("once", ""))
    form = ReturnForm()
    if request.method == "POST":
        stop_if(reason)
        form = ReturnForm(request.POST, request.FILES)
        if form.is_valid() and _received(request, procedure, form, once):
            messages.success(request, _("市に送りました。扱いが決まったら、メールでお知らせします。"))
            return redirect("counter:procedure_returned", request.town.code, public_id)
    context: dict[str, Any] = {
        "title": _("直したWordを返す"),
        "town": request.town,
        "visitor": request.visitor,
        "procedure": procedure,
        "form": form,
        "once": once,
        "reason": reason,
        "is_its_step": procedure.stage in STAGES,
        "has_versions": procedure.versions.shared().filter(kind=DraftKind.TEXT).exists(),
        "listed": [(one, progress_of(one)) for one in _of_partner(procedure)],
    }
    return render(request, "counter/drafts/returned.html", context, status=422 if form.errors else 200)


def _received(request: VisitorRequest, procedure: Procedure, form: ReturnForm, once: str) -> bool:
    if reason := why_not_upload(request):
        form.add_error("file", reason)
        return False
    file = form.cleaned_data["file"]
    brought = Brought(content=file.read(), name=file.name, note=form.cleaned_data["note"])
    try:
        receive_returned(procedure, brought, by=request.visitor, at=now(), public_id=once)
    except ProcedureRefused as refusal:
        count_refused(request)
        form.add_error("file", str(refusal))
        return False
    return True


@visitor_page
def page(request: VisitorRequest, public_id: str, returned_id: str) -> HttpResponse:
    """One file with its changes; what the town decided stands there once the town has ended its work on it."""
    procedure = the_procedure(request, public_id)
    returned = the_returned(procedure, returned_id)
    context: dict[str, Any] = {
        "title": _("返した案"),
        "town": request.town,
        "visitor": request.visitor,
        "procedure": procedure,
        "returned": returned,
        "progress": progress_of(returned),
        "clauses": clauses_of_returned(returned),
        "shows_decisions": not returned.is_open,
    }
    return render(request, "counter/drafts/returned_draft.html", context)


@visitor_page
def file(request: VisitorRequest, public_id: str, returned_id: str) -> HttpResponseBase:
    """The file as it was sent."""
    return document_answer(the_returned(the_procedure(request, public_id), returned_id).document)


@visitor_page
def redline(request: VisitorRequest, public_id: str, returned_id: str) -> HttpResponse:
    """The changes with tracked changes, the town's decisions as comments once they are final."""
    returned = the_returned(the_procedure(request, public_id), returned_id)
    content = redline_of(returned, with_decisions=not returned.is_open)
    return made_answer(content, f"{returned.version}_{_('修正の扱い')}.docx")
