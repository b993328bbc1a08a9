"""Writing a proposal: beginning, the list of what is there, one page for each part, dropping."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.counter.proposals.drafts import context_of, draft_page, once, page_after, sections_of
from renkei.counter.visitor import VisitorRequest, now, visitor_page
from renkei.procedures.models import Proposal
from renkei.procedures.proposal_form import FILES, PARTS, Part
from renkei.procedures.services import proposing
from renkei.procedures.settings import settings_of
from renkei.ui.asked_form import AskedForm
from renkei.ui.network import network_address


@visitor_page
def begin(request: VisitorRequest) -> HttpResponse:
    refusal, key = "", once(request)
    if request.method == "POST":
        try:
            made = proposing.begin(
                request.town,
                author=request.visitor,
                at=now(),
                public_id=key,
                network=network_address(request),
            )
            return redirect("counter:proposal", request.town.code, made.public_id)
        except proposing.ProposalRefused as refused:
            refusal = str(refused)
    context = context_of(
        request,
        title=gettext_lazy("連携を提案する"),
        once=key,
        refusal=refusal,
        parts=PARTS,
        drafts=Proposal.objects.of(request.town).begun_by(request.visitor),
        is_open=settings_of(request.town).takes_proposals,
    )
    return render(request, "counter/proposals/begin.html", context, status=422 if refusal else 200)


@visitor_page
def listing(request: VisitorRequest) -> HttpResponse:
    mine = Proposal.objects.of(request.town).seen_by(request.visitor).select_related("procedure")
    context = context_of(
        request,
        title=gettext_lazy("あなたの提案"),
        drafts=[one for one in mine if not one.sent_at],
        sent=[one for one in mine if one.sent_at],
        is_open=settings_of(request.town).takes_proposals,
    )
    return render(request, "counter/proposals/listing.html", context)


@draft_page
def proposal(request: VisitorRequest, proposal: Proposal) -> HttpResponse:
    sections = sections_of(proposal)
    context = context_of(
        request,
        title=proposal.title or gettext_lazy("書きかけの提案"),
        proposal=proposal,
        sections=sections,
        files=proposal.enclosures.count(),
        lacking=sum(one.lacking for one in sections),
    )
    return render(request, "counter/proposals/tasks.html", context)


@draft_page
def part(request: VisitorRequest, proposal: Proposal, name: str) -> HttpResponse:
    asked = next((one for one in PARTS if one.name == name and one is not FILES), None)
    if asked is None:
        raise Http404
    if request.method != "POST":
        typed = {line.name: line.typed(proposal) for line in asked.lines}
        return _shown(request, proposal, asked, AskedForm(lines=asked.lines, initial=typed))
    form = AskedForm(request.POST, lines=asked.lines)
    is_valid = form.is_valid()
    try:
        # Also where a line cannot be read: what was typed into the others is kept.
        proposing.write(proposal, form.cleaned_data, at=now())
    except proposing.ProposalRefused as refusal:
        form.add_error(None, str(refusal))
        return _shown(request, proposal, asked, form)
    if not is_valid:
        return _shown(request, proposal, asked, form)
    return after_saving(request, proposal, asked)


def _shown(request: VisitorRequest, proposal: Proposal, part: Part, form: AskedForm) -> HttpResponse:
    context = context_of(
        request,
        title=part.title,
        proposal=proposal,
        part=part,
        place=PARTS.index(part) + 1,
        places=len(PARTS),
        form=form,
    )
    return render(request, "counter/proposals/part.html", context, status=422 if form.errors else 200)


def after_saving(request: VisitorRequest, proposal: Proposal, part: Part) -> HttpResponse:
    """On to the next page, or away with the way back by mail."""
    if request.POST.get("do") != "later":
        return redirect(page_after(request, proposal, part))
    proposing.keep_for_later(proposal, at=now())
    messages.success(
        request,
        _("保存しました。続きを書くためのリンクを %(email)s に送ります。") % {"email": request.visitor.email},
    )
    return redirect("counter:proposals", request.town.code)


@draft_page
def drop(request: VisitorRequest, proposal: Proposal) -> HttpResponse:
    if request.method == "POST":
        proposing.drop(proposal, at=now())
        messages.success(
            request,
            _("「%(title)s」を書くのをやめました。") % {"title": proposal.title or _("書きかけの提案")},
        )
        return redirect("counter:proposals", request.town.code)
    context = context_of(
        request,
        title=gettext_lazy("書きかけの提案をやめる"),
        proposal=proposal,
        files=proposal.enclosures.count(),
    )
    return render(request, "counter/proposals/drop.html", context)
