"""A proposal that came by telephone, by post or in person, and the proposal of a procedure as it was sent."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.desk import drafts
from renkei.desk.procedures.verbs import once_of, the_procedure
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today
from renkei.desk.typed import put_back
from renkei.procedures.models import Procedure, Proposal
from renkei.procedures.permissions import why_not_take_in_of
from renkei.procedures.proposal_form import LINES, PARTS, answers
from renkei.procedures.services.proposing import LARGEST_FILE, ProposalRefused
from renkei.procedures.services.taking import MUST, NOT_AT_THE_COUNTER, take_in
from renkei.procedures.vocabulary import Source
from renkei.ui.asked_form import AskedForm, ManyFilesField
from renkei.ui.downloads import document_answer


class TakingForm(AskedForm):
    """What a proposal is asked, on one page, with how it came and the papers that came with it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, lines=LINES, must=MUST, about_oneself=False, **options)
        self.fields["source"] = forms.ChoiceField(
            label=_("受付の方法"),
            choices=[(one.value, one.label) for one in NOT_AT_THE_COUNTER],
            widget=forms.RadioSelect,
            initial=Source.TELEPHONE,
        )
        self.fields["papers"] = ManyFilesField(
            label=_("届いた書類"),
            required=False,
            help_text=_("PDF・Word・Excel・PowerPoint・画像。一つ20MBまで、10件まで、合わせて50MBまで。"),
        )
        self.fields["contact_email"].help_text = _(
            "分かれば。窓口のページに招くリンクを送り、進み具合を見てもらえます。"
        )

    @property
    def groups(self) -> list[tuple[object, list[forms.BoundField]]]:
        """The fields under the headings of their parts."""
        return [(part, [self[line.name] for line in part.lines]) for part in PARTS if part.lines]


@staff_page
def new(request: StaffRequest) -> HttpResponse:
    reason = why_not_take_in_of(request.user, None, today())
    if request.method == "POST":
        stop_if(reason)
        form = TakingForm(request.POST, request.FILES)
        if procedure := _taken_in(request, form):
            drafts.sent(request)
            messages.success(request, _("%(receipt)sとして受け付けました。") % {"receipt": procedure.receipt})
            return redirect("desk:procedure", procedure.public_id)
        return _shown(request, form, reason, None, 422)
    form = TakingForm()
    offer = drafts.offered_draft(request, form)
    if typed := drafts.used_draft(request):
        put_back(form, typed)
    return _shown(request, form, reason, offer, 200)


def _taken_in(request: StaffRequest, form: TakingForm) -> Procedure | None:
    if not form.is_valid():
        return None
    given = dict(form.cleaned_data)
    source = Source(given.pop("source"))
    # A byte more than is kept is enough to tell that a file is too large.
    files = [(one.name or "", one.read(LARGEST_FILE + 1)) for one in given.pop("papers")]
    try:
        return take_in(
            given,
            source=source,
            by=request.user,
            at=timezone.now(),
            public_id=once_of(request),
            files=files,
            site=_counter_beside(request),
        )
    except ProposalRefused as refusal:
        form.add_error(None, str(refusal))
        return None


def _counter_beside(request: StaffRequest) -> str:
    """Where the counter is, if this process opens it."""
    return f"{request.scheme}://{request.get_host()}" if "counter" in settings.DOORS else ""


def _shown(
    request: StaffRequest, form: TakingForm, reason: str | None, offer: drafts.Offer | None, status: int
) -> HttpResponse:
    context = {
        "title": gettext_lazy("受けた提案を書き留める"),
        "form": form,
        "reason": reason,
        "draft": offer,
        "once": once_of(request),
    }
    return render(request, "desk/procedures/intake/new.html", context, status=status)


@staff_page
def proposal(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    sent: Proposal | None = getattr(procedure, "proposal", None)
    context = {
        "title": gettext_lazy("提案の内容"),
        "procedure": procedure,
        "proposal": sent,
        "sections": [{"part": part, "rows": answers(part, sent)} for part in PARTS] if sent else [],
        "enclosures": sent.enclosures.select_related("document") if sent else [],
    }
    return render(request, "desk/procedures/intake/proposal.html", context)


@staff_page
def enclosure(request: StaffRequest, public_id: str, document_id: str) -> HttpResponseBase:
    procedure = the_procedure(request, public_id)
    sent = get_object_or_404(Proposal.objects.of(procedure.municipality), procedure=procedure)
    held = sent.enclosures.select_related("document")
    return document_answer(get_object_or_404(held, document__public_id=document_id).document)
