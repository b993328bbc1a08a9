"""The first page of the partners' door: which towns there are, and where to go on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from renkei.counter.entry.windows import coordinating_division
from renkei.municipalities.models import Municipality

MOST_TOWNS = 100


def home(request: HttpRequest) -> HttpResponse:
    towns = Municipality.objects.taking_part()[:MOST_TOWNS]
    windows = [(town, coordinating_division(town)) for town in towns]
    return render(request, "counter/entry/home.html", {"title": _("相手方の窓口"), "windows": windows})
