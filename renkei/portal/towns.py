"""Which town's published records a reader asks for: the only one here, the chosen one, or all of them."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from renkei.agreements.audience import Audience
from renkei.municipalities.models import Municipality


def today() -> date:
    """The day in Asia/Tokyo: taken here, at the door, and passed down."""
    return timezone.localdate()


def only_town(request: HttpRequest) -> Municipality | None:
    """The town of this installation, where it is the only one; asked once for a page."""
    if not hasattr(request, "only_town"):
        some = list(Municipality.objects.taking_part()[:2])
        setattr(request, "only_town", some[0] if len(some) == 1 else None)  # noqa: B010
    town: Municipality | None = getattr(request, "only_town")  # noqa: B009
    return town


def asked_town(request: HttpRequest) -> Municipality | None:
    """The only town, or the one that the address names; None for all of them."""
    codes = request.GET.getlist("municipality")
    if len(codes) == 1 and codes[0].isascii() and codes[0].isdigit():
        named = Municipality.objects.taking_part().filter(code=codes[0]).first()
        if named:
            return named
    return only_town(request)


def audience_of(request: HttpRequest) -> Audience:
    """Everyone, asking about the town or about all of them."""
    return Audience.public(asked_town(request))


def by_prefecture(towns: Iterable[Municipality]) -> list[tuple[str, list[Municipality]]]:
    """The towns by prefecture, in the order of their codes."""
    return [(name, list(some)) for name, some in groupby(towns, key=lambda town: town.prefecture)]


def choose_a_town(request: HttpRequest, title: str | Promise, address: str) -> HttpResponse:
    """A page that asks for the town, where what follows is one town's own."""
    context = {
        "title": title,
        "door": "portal",
        "address": reverse(address),
        "prefectures": by_prefecture(Municipality.objects.taking_part()),
    }
    return render(request, "portal/pages/choose_a_town.html", context)
