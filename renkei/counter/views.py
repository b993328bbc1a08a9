"""The partners' door: what partners can do at present, and whom to ask."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from renkei.municipalities.models import Division, Municipality

MOST_TOWNS = 100


def home(request: HttpRequest) -> HttpResponse:
    towns = Municipality.objects.taking_part()[:MOST_TOWNS]
    windows = [(town, coordinating_division(town)) for town in towns]
    return render(request, "counter/home.html", {"title": _("相手方の窓口"), "windows": windows})


def coordinating_division(town: Municipality) -> Division | None:
    """The division that is the window for comprehensive agreements today."""
    today = timezone.localdate()
    return Division.objects.of(town).existing_on(today).filter(is_coordinating=True).first()
