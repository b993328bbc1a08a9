"""Choosing the agreements of a regular meeting: found by words, a whole series at once."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement, Series
from renkei.desk.staff import StaffRequest, today, town
from renkei.search.finding import Asked, QueryRefused, find

MOST_AGREEMENTS = 200
LONGEST_QUERY = 200


@dataclass(frozen=True)
class Choice:
    """An agreement that can be chosen, and at the first of its series all of them; with the addresses that do it."""

    agreement: Agreement
    address: str
    series_address: str
    is_chosen: bool


def chosen_agreements(request: StaffRequest, public_ids: list[str], series_ids: list[str]) -> list[Agreement]:
    """The person's own town's agreements that are named, and those in force of the series."""
    own = Agreement.objects.of(town(request))
    found = list(own.filter(public_id__in=public_ids[:MOST_AGREEMENTS]))
    series = Series.objects.of(town(request)).filter(public_id__in=series_ids[:MOST_AGREEMENTS])
    if series:
        found += list(own.filter(series__in=series).in_force_on(today()))
    once = {one.pk: one for one in found}
    listed = own.filter(pk__in=once).select_related("municipality", "division", "series")
    return list(listed.order_by("title", "pk")[:MOST_AGREEMENTS])


def choose(request: StaffRequest, chosen: list[Agreement], target: str) -> HttpResponse:
    """The page on which agreements are found and chosen; `target` is the form that is told of them."""
    words = request.GET.get("q", "")[:LONGEST_QUERY]
    ids = [one.public_id for one in chosen]
    refusal, choices = "", []
    if words.strip():
        try:
            choices = _found(request, words, ids)
        except QueryRefused as error:
            refusal = str(error)
    context = {
        "title": gettext_lazy("会議で取り上げる協定を選ぶ"),
        "q": words,
        "chosen": [(one, _here(words, [pk for pk in ids if pk != one.public_id])) for one in chosen],
        "choices": choices,
        "refusal": refusal,
        "ids": ids,
        "go_on": f"{target}?{urlencode({'agreement': ids, 'ready': '1'}, doseq=True)}",
    }
    return render(request, "desk/meetings/choose.html", context, status=422 if refusal else 200)


def _found(request: StaffRequest, words: str, ids: list[str]) -> list[Choice]:
    found = find(Asked(text=words, audience=Audience.staff(town(request)), day=today()))
    known = Agreement.objects.of(town(request)).with_everything().in_bulk(found.ids)
    offered: set[int] = set()
    choices = []
    for agreement in (known[pk] for pk in found.ids if pk in known):
        series = agreement.series if agreement.series_id not in offered else None
        choices.append(
            Choice(
                agreement,
                _here(words, [*ids, agreement.public_id]),
                _here(words, ids, series.public_id) if series else "",
                agreement.public_id in ids,
            )
        )
        offered |= {series.pk} if series else set()
    return choices


def _here(words: str, ids: list[str], series_id: str = "") -> str:
    asked: dict[str, str | list[str]] = {"q": words, "agreement": ids}
    if series_id:
        asked["series"] = series_id
    return f"?{urlencode(asked, doseq=True)}"


def new_address() -> str:
    """The page on which a meeting is planned."""
    return reverse("desk:regular_meeting_new")
