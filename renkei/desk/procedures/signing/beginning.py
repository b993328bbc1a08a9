"""Beginning a procedure from the page of an agreement: a change of it, or its renewal by agreement."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.models import Agreement
from renkei.agreements.permissions import why_not_change
from renkei.agreements.services import Refused
from renkei.desk import drafts
from renkei.desk.procedures.signing.forms import BeginForm
from renkei.desk.procedures.verbs import once_of
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.desk.typed import put_back
from renkei.procedures.services.begin import Begun, begin_about
from renkei.procedures.vocabulary import Kind


@staff_page
def begin(request: StaffRequest, public_id: str) -> HttpResponse:
    agreement = get_object_or_404(Agreement.objects.of(town(request)).with_everything(), public_id=public_id)
    reason = why_not_change(request.user, agreement, day=today())
    form = BeginForm(request.POST or None)
    if request.method == "POST":
        stop_if(reason)
        if form.is_valid() and (done := _begun(request, agreement, form)):
            return done
    offer = drafts.offered_draft(request, form)
    if (typed := drafts.used_draft(request)) is not None:
        put_back(form, typed)
    context = {
        "title": gettext_lazy("変更・更新の手続を始める"),
        "agreement": agreement,
        "form": form,
        "reason": reason,
        "once": once_of(request),
        "draft": offer,
    }
    return render(request, "desk/procedures/signing/begin.html", context, status=422 if form.errors else 200)


def _begun(request: StaffRequest, agreement: Agreement, form: BeginForm) -> HttpResponse | None:
    told = form.cleaned_data
    begun = Begun(Kind(told["kind"]), told["title"], told["purpose"])
    try:
        procedure = begin_about(
            agreement, begun, by=request.user, at=timezone.now(), public_id=once_of(request)
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    drafts.sent(request)
    messages.success(request, _("手続を始めました(%(receipt)s)。") % {"receipt": procedure.receipt})
    return redirect("desk:procedure", procedure.public_id)
