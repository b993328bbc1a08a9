"""Agreements with their signs of readiness: the list, one of them explained, and the list taken away."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from renkei.agreements.models import Agreement
from renkei.desk.disasters.asking import asked, choices
from renkei.desk.disasters.links import explained
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.disasters.readiness.doing import Doing
from renkei.disasters.readiness.finding import found
from renkei.disasters.readiness.sheet import AGREEMENT_WIDTHS, agreement_rows
from renkei.disasters.readiness.whole import readiness_of, readiness_of_agreement
from renkei.ui.downloads import table_answer

ON_A_PAGE = 50


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    """The agreements that are asked for, the least ready first."""
    kept = found(readiness_of(town(request), today()), asked(request))
    context = {
        "title": _("協定ごとの備え"),
        "page": Paginator(kept, ON_A_PAGE).get_page(request.GET.get("page")),
        "day": today(),
        **choices(request),
    }
    return render(request, "desk/disasters/agreements.html", context)


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    """Every sign of one agreement with why, from which record, and where it is put right."""
    mine = Agreement.objects.of(town(request)).select_related("municipality")
    agreement = get_object_or_404(mine, public_id=public_id)
    one = readiness_of_agreement(agreement, today())
    context = {
        "title": _("%(agreement)sの備え") % {"agreement": agreement},
        "agreement": agreement,
        "readiness": one,
        "signs": explained(one, Doing(request.user, today())) if one else [],
        "day": today(),
    }
    return render(request, "desk/disasters/agreement.html", context)


@staff_page
def download(request: StaffRequest, kind: str) -> HttpResponseBase:
    """The list as CSV or Excel, as it is narrowed."""
    rows = agreement_rows(found(readiness_of(town(request), today()), asked(request)))
    return table_answer(rows, kind, today(), subject="readiness", name=_("備え"), widths=AGREEMENT_WIDTHS)
