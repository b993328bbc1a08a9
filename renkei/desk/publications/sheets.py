"""The one-page sheets of an agreement and of a partner, for the town's own people."""

from django.http import HttpResponse, HttpResponseNotAllowed
from django.urls import reverse

from renkei.desk.agreements.verbs import the_agreement
from renkei.desk.partners.verbs import the_partner
from renkei.desk.publications.files import file_answer
from renkei.desk.staff import StaffRequest, staff_page, today
from renkei.reports.papers.agreement_sheet import agreement_sheet
from renkei.reports.papers.partner_sheet import partner_sheet
from renkei.ui.days import asked_day

SAFE = ("GET", "HEAD")


@staff_page
def agreement(request: StaffRequest, public_id: str, form: str) -> HttpResponse:
    found = the_agreement(request, public_id)
    if request.method not in SAFE:
        return HttpResponseNotAllowed(SAFE)
    day, _refusal = asked_day(request.GET.get("on", ""), today())
    back = reverse("desk:agreement", args=[public_id])
    name = f"協定シート {found.title}"
    return file_answer(
        request,
        lambda: agreement_sheet(found, day, internal=True),
        name,
        form,
        subject=found,
        back=back,
        is_sheet=True,
    )


@staff_page
def partner(request: StaffRequest, public_id: str, form: str) -> HttpResponse:
    found = the_partner(request, public_id)
    if request.method not in SAFE:
        return HttpResponseNotAllowed(SAFE)
    found = found.merged_into or found
    day, _refusal = asked_day(request.GET.get("on", ""), today())
    back = reverse("desk:partner", args=[public_id])
    name = f"相手方シート {found.name}"
    return file_answer(
        request,
        lambda: partner_sheet(found, day, internal=True),
        name,
        form,
        subject=found,
        back=back,
        is_sheet=True,
    )
