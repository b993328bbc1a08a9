"""The examples of a year (実績の例) in the town's own papers: which, and in which order."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from renkei.agreements.services import Refused
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.initiatives.models import Result
from renkei.initiatives.narrowing import is_year
from renkei.initiatives.permissions import why_not_conduct
from renkei.initiatives.services.publishing import highlight, highlights
from renkei.initiatives.vocabulary import Publicity, ResultState
from renkei.rules.japanese_calendar import fiscal_year, fiscal_year_name

MOST_OFFERED = 200
LONGEST_PLACE = 4


@staff_page
def page(request: StaffRequest) -> HttpResponse:
    asked = request.POST.get("year", "") or request.GET.get("year", "")
    year = int(asked) if is_year(asked) else fiscal_year(today()) - 1
    reason = why_not_conduct(request.user, day=today())
    if request.method == "POST":
        stop_if(reason)
        return _put(request, year)
    own = Result.objects.of(town(request))
    years = (
        own.filter(publicity=Publicity.PUBLISHED)
        .order_by("-fiscal_year")
        .values_list("fiscal_year", flat=True)
    )
    shown = own.of_year(year).filter(
        publicity=Publicity.PUBLISHED, state=ResultState.CONFIRMED, highlight=None
    )
    context = {
        "title": _("実績の例"),
        "year": year,
        "years": [(one, fiscal_year_name(one)) for one in sorted({year, *years}, reverse=True)],
        "chosen": highlights(town(request), year),
        "offered": shown.select_related("agreement", "initiative").order_by("agreement__title", "pk")[
            :MOST_OFFERED
        ],
        "reason": reason,
    }
    return render(request, "desk/results/highlights.html", context)


def _put(request: StaffRequest, year: int) -> HttpResponse:
    """`do` is a place and the result that goes there, as 3-0123456789ab; place 0 takes it out."""
    place, _dash, public_id = request.POST.get("do", "").partition("-")
    own = Result.objects.of(town(request)).of_year(year).select_related("municipality")
    result = own.filter(public_id=public_id).first()
    is_place = place.isascii() and place.isdigit() and len(place) <= LONGEST_PLACE
    try:
        if result is None:
            raise Refused(_("実績が見つかりません。画面を読み直してください。"))
        highlight(result, int(place) or None if is_place else None, actor=request.user)
        messages.success(request, str(_("並びを変えました。")))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('desk:results_highlights')}?year={year}")
