"""The register as of any day: page and downloads."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from renkei.agreements.audience import Audience
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.reports.book import book_on
from renkei.reports.downloads import TEXTS
from renkei.reports.figures import PeriodRefused
from renkei.retention.models import Certificate
from renkei.ui.days import asked_days
from renkei.ui.downloads import headers_of


@staff_page
def page(request: StaffRequest) -> HttpResponse:
    days = asked_days(request.GET, today())
    refusals, book = dict(days.refusals), None
    if not refusals:
        try:
            book = book_on(Audience.staff(town(request)), days.on, since=days.since)
        except PeriodRefused as refusal:
            refusals["since"] = str(refusal)
    asked = urlencode({"state": "in_force", "on": days.on.isoformat()})
    context = {
        "title": _("登録簿の集計"),
        "door": "desk",
        "town": town(request),
        "book": book,
        "disposed": Certificate.objects.of(town(request)).once_in_force_on(days.on).count(),
        "refusals": refusals,
        "on": request.GET.get("on", ""),
        "since": request.GET.get("since", ""),
        "listed_at": f"{reverse('desk:agreements')}?{asked}",
        "asked": request.GET.urlencode(),
    }
    return render(request, "desk/register/page.html", context, status=422 if refusals else 200)


@staff_page
def download(request: StaffRequest, kind: str) -> HttpResponse:
    days = asked_days(request.GET, today())
    refusal = days.refusal
    if not refusal:
        try:
            told = TEXTS[kind](Audience.staff(town(request)), days.on, since=days.since)
            return HttpResponse(told, headers=headers_of(kind, days.on, "register"))
        except PeriodRefused as refused:
            refusal = str(refused)
    return HttpResponse(refusal, status=422, content_type="text/plain; charset=utf-8")
