"""Layouts: a town's own columns for the list, made here or taken from a ledger that was imported."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.agreements.permissions import why_not_register
from renkei.desk.layouts.forms import LayoutForm
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.ledger.models import Batch
from renkei.search import services
from renkei.search.layouts import Column, columns_of, proposed, vanished
from renkei.search.models import Layout

LEDGERS = 20


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    ledgers = Batch.objects.of(town(request)).exclude(columns=[])[:LEDGERS]
    context = {
        "title": gettext_lazy("台帳の様式"),
        "layouts": Layout.objects.of(town(request)),
        "ledgers": ledgers,
        "reason": why_not_register(request.user, day=today()),
    }
    return render(request, "desk/layouts/listing.html", context)


@staff_page
def new(request: StaffRequest) -> HttpResponse:
    """Begin empty, or with the columns of a ledger that was imported."""
    begun: Sequence[Column] = ()
    if wanted := request.GET.get("ledger", ""):
        ledger = get_object_or_404(Batch.objects.of(town(request)), public_id=wanted)
        begun = proposed((str(one["meaning"]), str(one.get("header", ""))) for one in ledger.columns)
    return _edited(request, None, begun)


@staff_page
def edit(request: StaffRequest, public_id: str) -> HttpResponse:
    layout = get_object_or_404(Layout.objects.of(town(request)), public_id=public_id)
    return _edited(request, layout, columns_of(layout))


@staff_page
@require_POST
def forget(request: StaffRequest, public_id: str) -> HttpResponse:
    layout = get_object_or_404(Layout.objects.of(town(request)), public_id=public_id)
    stop_if(why_not_register(request.user, day=today()))
    services.forget(layout, actor=request.user)
    messages.success(
        request, _("様式「%(name)s」を削除しました。協定は変わりません。") % {"name": layout.name}
    )
    return redirect("desk:layouts")


def _edited(request: StaffRequest, layout: Layout | None, columns: Sequence[Column]) -> HttpResponse:
    reason = why_not_register(request.user, day=today())
    initial = {"name": layout.name} if layout else {}
    form = LayoutForm(request.POST or None, columns=columns, initial=initial)
    if request.method == "POST":
        stop_if(reason)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            services.keep(
                asked["name"], asked["columns"], municipality=town(request), actor=request.user, layout=layout
            )
            messages.success(request, _("様式を保存しました。協定の一覧から、この様式で書き出せます。"))
            return redirect("desk:layouts")
        except services.LayoutRefused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "title": gettext_lazy("様式の編集") if layout else gettext_lazy("新しい様式"),
        "layout": layout,
        "form": form,
        "reason": reason,
        "vanished": vanished(layout) if layout else [],
    }
    return render(request, "desk/layouts/edit.html", context, status=422 if form.errors else 200)
