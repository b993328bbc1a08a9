"""Files that come with a proposal: added and taken out while it is a draft, handed out to its author only."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.counter.proposals.drafts import context_of, draft_page, the_proposal
from renkei.counter.proposals.views import after_saving
from renkei.counter.uploads import count_refused, why_not_upload
from renkei.counter.visitor import VisitorRequest, now, visitor_page
from renkei.procedures.models import Proposal
from renkei.procedures.proposal_form import FILES, PARTS
from renkei.procedures.services import proposing
from renkei.ui.asked_form import ManyFilesField
from renkei.ui.downloads import document_answer


class FilesForm(forms.Form):
    """Files from the person's machine."""

    papers = ManyFilesField(
        label=gettext_lazy("ファイルを選ぶ"),
        required=False,
        help_text=gettext_lazy(
            "PDF・Word・Excel・PowerPoint・画像。一つ20MBまで、10件まで、合わせて50MBまで。いくつも選べます。"
        ),
    )


@draft_page
def files(request: VisitorRequest, proposal: Proposal) -> HttpResponse:
    form = FilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["papers"]
        for refusal in _refused(request, proposal, chosen):
            form.add_error("papers", refusal)
        if not form.errors and request.POST.get("do") != "add":
            return after_saving(request, proposal, FILES)
        if not form.errors:
            if chosen:
                messages.success(request, _("%(count)s件のファイルを加えました。") % {"count": len(chosen)})
            return redirect(request.get_full_path())
    context = context_of(
        request,
        title=FILES.title,
        proposal=proposal,
        part=FILES,
        place=PARTS.index(FILES) + 1,
        places=len(PARTS),
        form=form,
        enclosures=proposal.enclosures.select_related("document"),
    )
    return render(request, "counter/proposals/files.html", context, status=422 if form.errors else 200)


def _refused(request: VisitorRequest, proposal: Proposal, chosen: list[UploadedFile[Any]]) -> list[str]:
    """Keep each of the files; what is said of those that are not kept."""
    refusals: list[str] = []
    for file in chosen:
        if reason := why_not_upload(request):
            return [*refusals, reason]
        content = file.read(proposing.LARGEST_FILE + 1)  # enough to tell that it is too large
        try:
            proposing.enclose(proposal, content, name=file.name or "", at=now())
        except proposing.ProposalRefused as refusal:
            count_refused(request)
            refusals.append(str(refusal))
    return refusals


@require_POST
@draft_page
def remove(request: VisitorRequest, proposal: Proposal, document_id: str) -> HttpResponse:
    held = proposal.enclosures.select_related("document", "proposal")
    enclosure = get_object_or_404(held, document__public_id=document_id)
    proposing.take_out(enclosure, at=now())
    messages.success(request, _("「%(name)s」を外しました。") % {"name": enclosure.document.name})
    return redirect("counter:proposal_files", request.town.code, proposal.public_id)


@visitor_page
def download(request: VisitorRequest, public_id: str, document_id: str) -> HttpResponseBase:
    proposal = the_proposal(request, public_id)
    held = proposal.enclosures.select_related("document")
    return document_answer(get_object_or_404(held, document__public_id=document_id).document)
