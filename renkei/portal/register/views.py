"""The published register as of any day, of one town or of all: page and downloads."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from renkei.municipalities.models import Municipality
from renkei.portal.towns import audience_of, by_prefecture, only_town, today
from renkei.reports.book import book_on
from renkei.reports.downloads import TEXTS
from renkei.reports.figures import PeriodRefused
from renkei.ui.days import asked_days
from renkei.ui.downloads import headers_of


def page(request: HttpRequest) -> HttpResponse:
    days, audience = asked_days(request.GET, today()), audience_of(request)
    refusals, book = dict(days.refusals), None
    if not refusals:
        try:
            book = book_on(audience, days.on, since=days.since)
        except PeriodRefused as refusal:
            refusals["since"] = str(refusal)
    town, several = audience.municipality, only_town(request) is None
    kept = {"municipality": town.code} if town and several else {}
    asked = urlencode({"state": "in_force", "on": days.on.isoformat(), **kept})
    context = {
        "title": _("登録簿の集計"),
        "door": "portal",
        "town": town,
        "code": kept.get("municipality", ""),
        "kept": f"{urlencode(kept)}&" if kept else "",
        "book": book,
        "refusals": refusals,
        "on": request.GET.get("on", ""),
        "since": request.GET.get("since", ""),
        "listed_at": f"{reverse('portal:agreements')}?{asked}",
        "asked": request.GET.urlencode(),
        "prefectures": by_prefecture(Municipality.objects.taking_part()) if several else [],
    }
    return render(request, "portal/register/page.html", context, status=422 if refusals else 200)


def download(request: HttpRequest, kind: str) -> HttpResponse:
    days = asked_days(request.GET, today())
    refusal = days.refusal
    if not refusal:
        try:
            told = TEXTS[kind](audience_of(request), days.on, since=days.since)
            return HttpResponse(told, headers=headers_of(kind, days.on, "register"))
        except PeriodRefused as refused:
            refusal = str(refused)
    return HttpResponse(refusal, status=422, content_type="text/plain; charset=utf-8")
