"""The signing as the partner sees it: when, where and how, what is signed, and afterwards the signed copy."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from renkei.counter.visitor import VisitorRequest, visitor_page
from renkei.documents.signatures.reports import report_of
from renkei.procedures.agreed import agreed_of
from renkei.procedures.models import Procedure, SigningPlan
from renkei.procedures.vocabulary import Stage
from renkei.ui.downloads import document_answer


def the_signing(request: VisitorRequest, public_id: str) -> tuple[Procedure, SigningPlan | None]:
    """A procedure that the person may see, and its plan once the step of signing has come."""
    mine = Procedure.objects.seen_by(request.visitor).select_related("municipality", "agreement")
    procedure = get_object_or_404(mine, public_id=public_id)
    plan = SigningPlan.objects.filter(procedure=procedure).select_related("signed_copy").first()
    return procedure, plan if procedure.stage in (Stage.SIGNING, Stage.CONCLUDED) else None


@visitor_page
def page(request: VisitorRequest, public_id: str) -> HttpResponse:
    procedure, plan = the_signing(request, public_id)
    agreed = agreed_of(procedure)
    is_concluded = procedure.stage == Stage.CONCLUDED
    context = {
        "title": _("締結"),
        "town": request.town,
        "visitor": request.visitor,
        "procedure": procedure,
        "plan": plan,
        "agreed": agreed if agreed and agreed.text.shared_at else None,
        "is_concluded": is_concluded,
        "signatures": report_of(plan.signed_copy) if is_concluded and plan and plan.signed_copy else None,
    }
    return render(request, "counter/signing/page.html", context)


@visitor_page
def signed_copy(request: VisitorRequest, public_id: str) -> HttpResponseBase:
    """The partner's copy, once the signing is concluded."""
    procedure, plan = the_signing(request, public_id)
    if procedure.stage != Stage.CONCLUDED or plan is None or plan.signed_copy is None:
        raise Http404
    return document_answer(plan.signed_copy)
