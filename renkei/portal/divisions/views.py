"""Divisions that answer for published agreements, through their reorganisations."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from renkei.agreements.audience import Audience
from renkei.agreements.holdings import holdings
from renkei.agreements.models import Agreement
from renkei.agreements.seen import divisions_seen_by, in_force_by_division
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division
from renkei.portal.towns import audience_of, choose_a_town, today
from renkei.ui.days import asked_day

AGREEMENTS_ON_A_PAGE = 20


def listing(request: HttpRequest) -> HttpResponse:
    audience = audience_of(request)
    if audience.municipality is None:
        return choose_a_town(request, _("担当課"), "portal:divisions")
    day, refusal = asked_day(request.GET.get("on", ""), today())
    counts = in_force_by_division(Lineage(audience.municipality), audience, day)
    divisions = list(divisions_seen_by(audience))
    context = {
        "title": _("担当課"),
        "door": "portal",
        "town": audience.municipality,
        "day": day,
        "on": request.GET.get("on", ""),
        "refusal": refusal,
        "existing": [(one, counts[one.pk]) for one in divisions if one.existed_on(day)],
        "others": [one for one in divisions if not one.existed_on(day)],
    }
    return render(request, "portal/divisions/listing.html", context, status=422 if refusal else 200)


def page(request: HttpRequest, public_id: str) -> HttpResponse:
    division: Division = get_object_or_404(
        Division.objects.select_related("municipality"), public_id=public_id
    )
    audience = Audience.public(division.municipality)
    seen = divisions_seen_by(audience)
    get_object_or_404(seen, pk=division.pk)
    day, refusal = asked_day(request.GET.get("on", ""), today())
    held = Lineage(division.municipality).held_by(division, day)
    agreements = Agreement.objects.seen_by(audience).filter(division__in=held)
    in_force = agreements.in_force_on(day)
    context = {
        "title": str(division),
        "door": "portal",
        "division": division,
        "exists": division.existed_on(day),
        "origins": division.origins.filter(predecessor__in=seen).select_related("predecessor"),
        "successions": division.successions.filter(successor__in=seen).select_related("successor"),
        "day": day,
        "on": request.GET.get("on", ""),
        "refusal": refusal,
        "holdings": holdings(agreements, day),
        "page": Paginator(in_force.with_everything(), AGREEMENTS_ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "portal/divisions/page.html", context, status=422 if refusal else 200)
