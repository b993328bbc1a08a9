"""The start page, a town's own start page, and what is to be said about the site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from renkei.agreements.audience import Audience
from renkei.municipalities.models import Division, Municipality
from renkei.portal.towns import by_prefecture, only_town, today
from renkei.reports.figures import register_on
from renkei.search.asking import Asked
from renkei.search.columns import PUBLIC_COLUMNS
from renkei.search.listing import listing as listed

NEWEST = 5


def home(request: HttpRequest) -> HttpResponse:
    return start_page(request, only_town(request))


def town(request: HttpRequest, code: str) -> HttpResponse:
    return start_page(request, get_object_or_404(Municipality.objects.taking_part(), code=code))


def start_page(request: HttpRequest, town: Municipality | None) -> HttpResponse:
    """What is in force today, in which fields, and what is new: of one town or of all."""
    day, audience = today(), Audience.public(town)
    in_force = listed(Asked("", audience, day, {"state": ("in_force",)}))
    towns = Municipality.objects.taking_part()
    context = {
        "title": _("%(town)sの連携協定") % {"town": town} if town else _("自治体の連携協定"),
        "door": "portal",
        "town": town,
        "code": "" if only_town(request) else getattr(town, "code", ""),
        "day": day,
        "total": in_force.found.total,
        "figures": register_on(audience, day),
        "fields": next((facet.values for facet in in_force.facets if facet.facet == "field"), []),
        "newest": in_force.rows[:NEWEST],
        "prefectures": [] if town else by_prefecture(towns),
        "coordinating": coordinating_division(town),
        "shows_town": town is None,
    }
    return render(request, "portal/pages/home.html", context)


def coordinating_division(town: Municipality | None) -> Division | None:
    """The division that is the window for comprehensive agreements today."""
    if town is None:
        return None
    return Division.objects.of(town).existing_on(today()).filter(is_coordinating=True).first()


def about(request: HttpRequest) -> HttpResponse:
    town = only_town(request)
    context = {
        "title": _("このサイトについて"),
        "door": "portal",
        "town": town,
        "coordinating": coordinating_division(town),
        "columns": PUBLIC_COLUMNS,
    }
    return render(request, "portal/pages/about.html", context)


def accessibility(request: HttpRequest) -> HttpResponse:
    town = only_town(request)
    context = {
        "title": _("ウェブアクセシビリティ"),
        "door": "portal",
        "town": town,
        "coordinating": coordinating_division(town),
    }
    return render(request, "portal/pages/accessibility.html", context)
