"""The register as of any day."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from renkei.agreements.audience import Audience
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.reports.figures import register_on, year_series
from renkei.ui.days import asked_day


@staff_page
def page(request: StaffRequest) -> HttpResponse:
    day, refusal = asked_day(request.GET.get("on", ""), today())
    since, since_refusal = asked_day(request.GET.get("since", ""), None)
    audience = Audience.staff(town(request))
    context = {
        "title": _("登録簿の集計"),
        "day": day,
        "refusal": refusal or since_refusal,
        "figures": register_on(audience, day, since=since),
        "years": year_series(audience, day),
    }
    return render(request, "desk/register/page.html", context, status=422 if context["refusal"] else 200)


@staff_page
def download(request: StaffRequest) -> HttpResponse:
    day, refusal = asked_day(request.GET.get("on", ""), today())
    if refusal:
        return JsonResponse({"error": refusal}, status=422, json_dumps_params={"ensure_ascii": False})
    figures = register_on(Audience.staff(town(request)), day)
    return JsonResponse(figures.as_json(), json_dumps_params={"ensure_ascii": False, "indent": 2})
