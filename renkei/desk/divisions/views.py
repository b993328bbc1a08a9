"""Divisions through their reorganisations: the list, and what a division holds on a day."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from renkei.agreements.audience import Audience
from renkei.agreements.holdings import holdings
from renkei.agreements.models import Agreement
from renkei.agreements.seen import in_force_by_division
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division
from renkei.ui.days import asked_day

AGREEMENTS_ON_A_PAGE = 20


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    day, refusal = asked_day(request.GET.get("on", ""), today())
    counts = in_force_by_division(Lineage(town(request)), Audience.staff(town(request)), day)
    divisions = list(Division.objects.of(town(request)))
    context = {
        "title": _("担当課"),
        "door": "desk",
        "day": day,
        "on": request.GET.get("on", ""),
        "refusal": refusal,
        "existing": [(one, counts[one.pk]) for one in divisions if one.existed_on(day)],
        "others": [one for one in divisions if not one.existed_on(day)],
    }
    return render(request, "desk/divisions/listing.html", context, status=422 if refusal else 200)


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    division = get_object_or_404(Division.objects.of(town(request)), public_id=public_id)
    day, refusal = asked_day(request.GET.get("on", ""), today())
    held = Lineage(town(request)).held_by(division, day)
    agreements = Agreement.objects.of(town(request)).filter(division__in=held)
    in_force = agreements.in_force_on(day)
    context = {
        "title": str(division),
        "door": "desk",
        "division": division,
        "exists": division.existed_on(day),
        "origins": division.origins.filter(predecessor__portion_of=None).select_related("predecessor"),
        "successions": division.successions.select_related("successor"),
        "day": day,
        "on": request.GET.get("on", ""),
        "refusal": refusal,
        "holdings": holdings(agreements, day),
        "page": Paginator(in_force.with_everything(), AGREEMENTS_ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "desk/divisions/page.html", context, status=422 if refusal else 200)
