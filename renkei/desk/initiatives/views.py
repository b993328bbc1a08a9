"""The work under agreements: list and page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from renkei.agreements.audience import Audience
from renkei.desk.staff import StaffRequest, staff_page, town
from renkei.initiatives.models import Initiative


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    seen = Initiative.objects.seen_by(Audience.staff(town(request)))
    found = seen.select_related("agreement", "item", "division", "field").order_by("agreement", "position")
    return render(request, "desk/initiatives/listing.html", {"title": _("取組"), "found": found[:100]})
