"""Series (同文協定): the list, the page with its members, creating and editing one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.agreements import services
from renkei.agreements.models import Agreement, Series
from renkei.agreements.permissions import why_not_change, why_not_change_series, why_not_register
from renkei.agreements.series import counts_on, members
from renkei.desk.series.forms import SeriesForm, typed_of
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.documents.services import DocumentRefused
from renkei.ui.days import asked_day
from renkei.ui.downloads import document_answer

SERIES_ON_A_PAGE = 50
MEMBERS_ON_A_PAGE = 100
ADDITIONS = 10


def the_series(request: StaffRequest, public_id: str) -> Series:
    """The person's own town's series, or 404."""
    series = Series.objects.of(town(request)).select_related("municipality", "division", "document")
    return get_object_or_404(series, public_id=public_id)


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    day, refusal = asked_day(request.GET.get("on", ""), today())
    found = Paginator(Series.objects.of(town(request)).select_related("division"), SERIES_ON_A_PAGE)
    page = found.get_page(request.GET.get("page"))
    context = {
        "title": gettext_lazy("同文協定"),
        "page": page,
        "rows": [(series, counts_on(series, day)) for series in page],
        "day": day,
        "on": request.GET.get("on", ""),
        "refusal": refusal,
        "reason": why_not_register(request.user, day=today()),
    }
    return render(request, "desk/series/listing.html", context, status=422 if refusal else 200)


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    series = the_series(request, public_id)
    day, refusal = asked_day(request.GET.get("on", ""), today())
    context = {
        "title": series.name,
        "series": series,
        "day": day,
        "on": request.GET.get("on", ""),
        "refusal": refusal,
        "counts": counts_on(series, day),
        "page": Paginator(members(series), MEMBERS_ON_A_PAGE).get_page(request.GET.get("page")),
        "additions": series.additions.filter(undone_at=None).select_related("actor")[:ADDITIONS],
        "reason": why_not_change_series(request.user, series, day=today()),
    }
    return render(request, "desk/series/page.html", context, status=422 if refusal else 200)


@staff_page
def new(request: StaffRequest) -> HttpResponse:
    reason = why_not_register(request.user, day=today())
    form = form_of(request)
    if request.method == "POST":
        stop_if(reason)
    if form.is_valid():
        try:
            series = services.create_series(town(request), actor=request.user, **form.told())
            messages.success(request, _("同文協定を作りました。続けて相手方を加えられます。"))
            return redirect("desk:series_add", series.public_id)
        except (services.Refused, DocumentRefused) as refusal:
            form.add_error(None, str(refusal))
    context = {"title": gettext_lazy("新しい同文協定"), "form": form, "reason": reason}
    return render(request, "desk/series/form.html", context, status=422 if form.errors else 200)


@staff_page
def edit(request: StaffRequest, public_id: str) -> HttpResponse:
    series = the_series(request, public_id)
    reason = why_not_change_series(request.user, series, day=today())
    form = form_of(request, series)
    if request.method == "POST":
        stop_if(reason)
        written = request.POST.get("version", "")
        series.version = int(written) if written.isdecimal() and len(written) < 10 else series.version
    if form.is_valid():
        try:
            services.edit_series(series, actor=request.user, **form.told())
            messages.success(request, _("同文協定を直しました。これから加える協定に使われます。"))
            return redirect("desk:series", series.public_id)
        except (services.Refused, DocumentRefused) as refusal:
            form.add_error(None, str(refusal))
    context = {"title": gettext_lazy("同文協定の編集"), "form": form, "series": series, "reason": reason}
    return render(request, "desk/series/form.html", context, status=422 if form.errors else 200)


def form_of(request: StaffRequest, series: Series | None = None) -> SeriesForm:
    """The form as it was sent, or filled with the series as it is."""
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return SeriesForm(*sent, town=town(request), day=today(), initial=typed_of(series) if series else None)


@staff_page
def document(request: StaffRequest, public_id: str) -> HttpResponseBase:
    series = the_series(request, public_id)
    if series.document is None:
        raise Http404
    return document_answer(series.document)


@staff_page
@require_POST
def take_out(request: StaffRequest, public_id: str, agreement_id: str) -> HttpResponse:
    series = the_series(request, public_id)
    own = Agreement.objects.of(town(request)).select_related("municipality", "division", "series")
    agreement = get_object_or_404(own, public_id=agreement_id)
    stop_if(why_not_change(request.user, agreement, day=today()))
    try:
        services.take_out_of_series(agreement, series, actor=request.user)
        messages.success(request, _("「%(title)s」を同文協定から外しました。") % {"title": agreement})
    except services.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:series", series.public_id)
