"""Checking the answers, sending the proposal, its receipt, and reading afterwards what was sent."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy

from renkei.counter.proposals.drafts import BACK, context_of, draft_page, sections_of, the_proposal
from renkei.counter.visitor import VisitorRequest, now, visitor_page
from renkei.procedures.models import Procedure, Proposal
from renkei.procedures.proposal_form import lacking
from renkei.procedures.services import proposing
from renkei.ui.network import network_address


@draft_page
def check(request: VisitorRequest, proposal: Proposal) -> HttpResponse:
    refusal = ""
    if request.method == "POST":
        try:
            proposing.send(proposal, by=request.visitor, at=now(), network=network_address(request))
            return redirect("counter:proposal_sent", request.town.code, proposal.public_id)
        except proposing.ProposalRefused as refused:
            refusal = str(refused)
    context = context_of(
        request,
        title=gettext_lazy("内容を確かめて提出する"),
        proposal=proposal,
        sections=sections_of(proposal, BACK),
        enclosures=proposal.enclosures.select_related("document"),
        lacking=lacking(proposal),
        refusal=refusal,
    )
    return render(request, "counter/proposals/check.html", context, status=422 if refusal else 200)


@visitor_page
def sent(request: VisitorRequest, public_id: str) -> HttpResponse:
    proposal = the_proposal(request, public_id)
    if proposal.procedure is None:
        return redirect("counter:proposal", request.town.code, proposal.public_id)
    context = context_of(
        request,
        title=gettext_lazy("提案を受け付けました"),
        proposal=proposal,
        procedure=proposal.procedure,
        due=proposal.procedure.stage_due_on,
    )
    return render(request, "counter/proposals/sent.html", context)


@visitor_page
def as_sent(request: VisitorRequest, public_id: str) -> HttpResponse:
    """What was proposed, for everybody of the partner who sees the procedure; the files for who sent them."""
    seen = Procedure.objects.seen_by(request.visitor).select_related("proposal", "municipality")
    procedure = get_object_or_404(seen, public_id=public_id, proposal__isnull=False)
    context = context_of(
        request,
        title=gettext_lazy("提案の内容"),
        procedure=procedure,
        proposal=procedure.proposal,
        sections=sections_of(procedure.proposal),
        enclosures=procedure.proposal.enclosures.select_related("document"),
        is_author=procedure.proposal.author_id == request.visitor.pk,
    )
    return render(request, "counter/proposals/as_sent.html", context)
