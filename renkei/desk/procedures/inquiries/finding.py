"""An inquiry and a division that was asked, in the person's own town; anything else is not there."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from renkei.desk.staff import StaffRequest, town
from renkei.procedures.models import InquiredDivision, Inquiry, Procedure


def the_inquiry(procedure: Procedure, inquiry_id: str) -> Inquiry:
    """The procedure's inquiry, or 404."""
    return get_object_or_404(procedure.inquiries, public_id=inquiry_id)


def the_asked(request: StaffRequest, asked_id: str) -> InquiredDivision:
    """A division that was asked in the person's own town, or 404."""
    mine = InquiredDivision.objects.of(town(request)).select_related(
        "division", "answered_by", "inquiry__sent_by", "inquiry__procedure__municipality",
        "inquiry__procedure__division",
    )  # fmt: skip
    return get_object_or_404(mine, public_id=asked_id)


def afterwards(answer: HttpResponse, name: str, *ids: str) -> HttpResponse:
    """When it is done, go on to a page of its own instead of the procedure's."""
    return redirect(name, *ids) if answer.status_code == 302 else answer
