"""Bringing a ledger in: upload, preview, columns, rows, titles, report. What moves the whole batch is in moves.py."""

from urllib.parse import quote, urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.agreements.permissions import why_not_register
from renkei.desk.ledgers.forms import ColumnsForm, CommitForm, RowForm, TitleForm, UploadForm
from renkei.desk.ledgers.lines import counts, form_of, headers_by_sheet, labelled, lines, rows_shown
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.ledger import services
from renkei.ledger.models import Batch, Row
from renkei.ledger.reading import LedgerRefused
from renkei.ledger.reports import report_of_batch
from renkei.ledger.undo import why_not_undo

ROWS_ON_A_PAGE = 50


def the_batch(request: StaffRequest, public_id: str) -> Batch:
    """The batch of the person's own municipality, or 404."""
    return get_object_or_404(Batch.objects.of(town(request)), public_id=public_id)


def back(request: StaffRequest, batch: Batch) -> HttpResponse:
    """To the preview, at the filter and the page from which the person came."""
    kept = {name: request.GET[name] for name in ("show", "page") if name in request.GET}
    query = f"?{urlencode(kept)}#rows" if kept else ""
    return redirect(reverse("desk:ledger", args=[batch.public_id]) + query)


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    reason = why_not_register(request.user, day=today())
    if request.method == "POST":
        stop_if(reason)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                batch = services.bring(
                    file.read(),
                    file_name=file.name,
                    municipality=town(request),
                    listed_on=today(),
                    actor=request.user,
                )
                return redirect("desk:ledger", batch.public_id)
            except LedgerRefused as refusal:
                form.add_error("file", str(refusal))
    batches = Batch.objects.of(town(request)).select_related("brought_by")[:50]
    context = {"title": gettext_lazy("台帳の取込み"), "form": form, "reason": reason, "batches": batches}
    return render(request, "desk/ledgers/listing.html", context, status=422 if form.errors else 200)


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    return preview(request, the_batch(request, public_id), TitleForm())


def preview(request: StaffRequest, batch: Batch, title_form: TitleForm) -> HttpResponse:
    """The batch with its rows, narrowed to what the address asks for."""
    shown = request.GET.get("show", "")
    found = Paginator(rows_shown(batch, shown), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": batch.file_name,
        "batch": batch,
        "counts": counts(batch),
        "shown": shown,
        "page": found,
        "lines": lines(batch, list(found)),
        "commit_form": CommitForm(),
        "form": title_form,
        "reason": why_not_register(request.user, day=today()),
        "why_not_undo": why_not_undo(batch),
    }
    return render(request, "desk/ledgers/page.html", context, status=422 if title_form.errors else 200)


@staff_page
def columns(request: StaffRequest, public_id: str) -> HttpResponse:
    batch = the_batch(request, public_id)
    form = ColumnsForm(request.POST if request.method == "POST" else None, columns=batch.columns)
    if request.method == "POST" and form.is_valid():
        stop_if(why_not_register(request.user, day=today()))
        try:
            services.remap(batch, form.chosen())
            messages.success(
                request, _("列の読み方を変え、読み直しました。次からこの形の台帳は同じように読みます。")
            )
            return redirect("desk:ledger", batch.public_id)
        except (services.CommitRefused, LedgerRefused) as refusal:
            form.add_error(None, str(refusal))
    mended = batch.rows.filter(is_mended=True).count()
    context = {"title": gettext_lazy("列の読み方"), "batch": batch, "form": form, "mended": mended}
    return render(request, "desk/ledgers/columns.html", context, status=422 if form.errors else 200)


@staff_page
def row(request: StaffRequest, public_id: str, position: int) -> HttpResponse:
    batch = the_batch(request, public_id)
    found: Row = get_object_or_404(batch.rows, position=position)
    form = RowForm(request.POST) if request.method == "POST" else form_of(found)
    if request.method == "POST" and form.is_valid():
        stop_if(why_not_register(request.user, day=today()))
        try:
            mended = services.mend(
                found,
                title=form.cleaned_data["title"],
                partners=form.partner_names(),
                signed_as=form.cleaned_data["signed"],
            )
            messages.success(request, said_of(mended))
            return back(request, batch)
        except services.CommitRefused as refusal:
            form.add_error(None, str(refusal))
    cells = labelled(found, headers_by_sheet(batch))
    context = {"title": _("%(row)s行目を直す") % {"row": found.row}, "batch": batch, "row": found}
    context |= {"cells": cells, "form": form}
    return render(request, "desk/ledgers/row.html", context, status=422 if form.errors else 200)


def said_of(row: Row) -> str:
    """What became of a row that was put right."""
    if row.reason:
        return _("%(row)s行目を直しましたが、まだ保留です。%(reason)s") % {
            "row": row.row,
            "reason": row.reason,
        }
    if row.same_as_id:
        return _("%(row)s行目を直しました。同じ協定がすでに登録されているので、取り込みません。") % {
            "row": row.row
        }
    return _("%(row)s行目を直しました。協定として取り込みます。") % {"row": row.row}


@staff_page
@require_POST
def title_for_waiting(request: StaffRequest, public_id: str) -> HttpResponse:
    batch = the_batch(request, public_id)
    stop_if(why_not_register(request.user, day=today()))
    form = TitleForm(request.POST)
    if form.is_valid():
        try:
            count = services.title_for_waiting(batch, form.cleaned_data["title"])
            messages.success(request, _("%(count)s行に協定名を付けました。") % {"count": count})
            return redirect("desk:ledger", batch.public_id)
        except services.CommitRefused as refusal:
            form.add_error(None, str(refusal))
    return preview(request, batch, form)


@staff_page
def report(request: StaffRequest, public_id: str) -> HttpResponse:
    batch = the_batch(request, public_id)
    answer = JsonResponse(report_of_batch(batch), json_dumps_params={"ensure_ascii": False, "indent": 2})
    name = quote(f"{batch.file_name}-report.json", safe="")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer
