"""Drafts that came back, at the desk: all of them with the way in, one with its changes, its file, and its redline."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.desk.procedures.drafting.versions import versions_of
from renkei.desk.procedures.returned.forms import ReceiveForm
from renkei.desk.procedures.verbs import Asked, ProcedureVerb, the_procedure, verb_page
from renkei.desk.staff import StaffRequest, staff_page, today
from renkei.procedures.models import Procedure, ReturnedDraft
from renkei.procedures.papers.returned import redline_of
from renkei.procedures.people import participants
from renkei.procedures.permissions import why_not_conduct
from renkei.procedures.returned_beside import clauses_of_returned
from renkei.procedures.returning import progress_of
from renkei.procedures.services.returning import STAGES, receive_returned
from renkei.procedures.vocabulary import DraftKind
from renkei.ui.downloads import document_answer, made_answer

RELATED = ("procedure__municipality", "version", "document", "correspondent__organisation", "user", "result")
BACK = "returned"


def all_returned(procedure: Procedure) -> list[ReturnedDraft]:
    """What came back in this procedure, the newest first."""
    found = procedure.returned_drafts.select_related(*RELATED).prefetch_related("changes", "remarks")
    return list(found.order_by("-received_at", "-pk"))


def the_returned(procedure: Procedure, public_id: str) -> ReturnedDraft:
    """A draft that came back in this procedure, or 404."""
    found = procedure.returned_drafts.select_related(*RELATED).prefetch_related("changes", "remarks")
    return get_object_or_404(found, public_id=public_id)


def _received(asked: Asked) -> object:
    return receive_returned(
        asked.procedure, asked.form.brought(), by=asked.user, at=timezone.now(), public_id=asked.once
    )


RECEIVE = ProcedureVerb(
    title=gettext_lazy("戻ってきた案"),
    lead=gettext_lazy(
        "直されて戻ってきたWordを入れると、送った版と条ごとに比べます。一つずつ扱いを決めると、次の版ができます。"
    ),
    button=gettext_lazy("受け取って比べる"),
    done=gettext_lazy("受け取って比べました。修正の扱いを一つずつ決めてください。"),
    form=ReceiveForm,
    act=_received,
    back=BACK,
    template="desk/procedures/returned/listing.html",
)


@staff_page
def listing(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    versions = versions_of(procedure, DraftKind.TEXT)
    more = {
        "listed": [(one, progress_of(one)) for one in all_returned(procedure)],
        "versions": versions,
        "is_its_step": procedure.stage in STAGES,
    }
    return verb_page(
        request, procedure, RECEIVE, more=more, versions=versions, people=participants(procedure)
    )


@staff_page
def page(request: StaffRequest, public_id: str, one: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    return shown(request, procedure, the_returned(procedure, one))


def shown(
    request: StaffRequest,
    procedure: Procedure,
    returned: ReturnedDraft,
    refusals: tuple[str, ...] = (),
    typed: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The comparison with a form at each change; what was refused with everything that was typed."""
    reason = why_not_conduct(request.user, procedure, day=today())
    newer = procedure.versions.latest_of(DraftKind.TEXT)
    context: dict[str, Any] = {
        "title": _("%(from)sから戻ってきた案") % {"from": returned.maker},
        "procedure": procedure,
        "returned": returned,
        "progress": progress_of(returned),
        "clauses": clauses_of_returned(returned),
        "following": [one for one in returned.changes.all() if one.is_following and not one.resolution],
        "untracked": [one for one in returned.changes.all() if not one.is_tracked and one.part != "whole"],
        "newer": newer if newer and newer.pk != returned.version_id else None,
        "reason": reason,
        "is_its_step": procedure.stage in STAGES,
        "may_decide": returned.is_open and procedure.stage in STAGES and not reason,
        "is_staff": True,
        "refusals": refusals,
        "typed": typed or {},
        "change_verbs": "desk/procedures/returned/change_verbs.html",
        "remark_verbs": "desk/procedures/returned/remark_verbs.html",
        "clause_verbs": "desk/procedures/returned/clause_verbs.html",
    }
    status = 422 if refusals else 200
    return render(request, "desk/procedures/returned/draft.html", context, status=status)


@staff_page
def file(request: StaffRequest, public_id: str, one: str) -> HttpResponseBase:
    """The file as it came."""
    return document_answer(the_returned(the_procedure(request, public_id), one).document)


@staff_page
def redline(request: StaffRequest, public_id: str, one: str) -> HttpResponse:
    """The changes as a Word file with tracked changes, the town's decisions as comments."""
    returned = the_returned(the_procedure(request, public_id), one)
    return made_answer(redline_of(returned), f"{returned.version}_{_('修正の扱い')}.docx")
