"""Bringing a ledger in: upload, preview, columns, rows, commit, undo."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.agreements.permissions import why_not_register
from renkei.desk.ledgers.forms import ColumnsForm, CommitForm, RowForm, UploadForm
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.ledger import services
from renkei.ledger.models import Batch, BatchState, Outcome, Row
from renkei.ledger.reading import LedgerRefused
from renkei.ledger.reports import report_of_batch
from renkei.ledger.tasks import commit_in_background
from renkei.ledger.undo import why_not_undo

AT_ONCE = 2000
"""Rows up to which a commit is done while the person waits (a few seconds)."""
ROWS_ON_A_PAGE = 50
FILTERS = ("waiting", "already", "undated", "agreement", "heading", "note", "blank")


def the_batch(request: StaffRequest, public_id: str) -> Batch:
    return get_object_or_404(Batch.objects.of(town(request)), public_id=public_id)


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
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
    batches = Batch.objects.of(town(request)).annotate(row_count=Count("rows"))[:50]
    context = {"title": gettext_lazy("台帳の取込み"), "form": form, "reason": reason, "batches": batches}
    return render(request, "desk/ledgers/listing.html", context, status=422 if form.errors else 200)


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    batch = the_batch(request, public_id)
    shown = request.GET.get("show", "")
    rows = filtered(batch, shown if shown in FILTERS else "")
    context = {
        "title": batch.file_name,
        "batch": batch,
        "counts": counts(batch),
        "shown": shown,
        "page": Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page")),
        "form": CommitForm(),
        "why_not_undo": why_not_undo(batch),
        "is_moving": batch.state == BatchState.COMMITTING,
    }
    return render(request, "desk/ledgers/page.html", context)


def filtered(batch: Batch, shown: str):  # type: ignore[no-untyped-def]
    """The rows of one kind: an outcome, those already in the register, or those without an exact day."""
    rows = batch.rows.select_related("agreement", "same_as")
    if shown == "already":
        return rows.filter(same_as__isnull=False)
    if shown == "undated":
        return rows.filter(outcome=Outcome.AGREEMENT).exclude(signed_as__regex=r"^....-..-..$")
    return rows.filter(outcome=shown) if shown else rows


def counts(batch: Batch) -> dict[str, int]:
    """How many rows each filter shows."""
    return {"all": batch.rows.count()} | {name: filtered(batch, name).count() for name in FILTERS}


@staff_page
def columns(request: StaffRequest, public_id: str) -> HttpResponse:
    batch = the_batch(request, public_id)
    form = ColumnsForm(request.POST or None, columns=batch.columns)
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
    context = {"title": gettext_lazy("列の読み方"), "batch": batch, "form": form}
    return render(request, "desk/ledgers/columns.html", context, status=422 if form.errors else 200)


@staff_page
def row(request: StaffRequest, public_id: str, position: int) -> HttpResponse:
    batch = the_batch(request, public_id)
    found: Row = get_object_or_404(batch.rows, position=position)
    initial = {"title": found.title, "partners": "\n".join(found.partners), "signed": found.signed_as}
    form = RowForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        stop_if(why_not_register(request.user, day=today()))
        try:
            services.mend(
                found,
                title=form.cleaned_data["title"],
                partners=form.partner_names(),
                signed_as=form.cleaned_data["signed"],
            )
            return redirect("desk:ledger", batch.public_id)
        except services.CommitRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"title": _("%(row)s行を直す") % {"row": found.row}, "batch": batch, "row": found, "form": form}
    return render(request, "desk/ledgers/row.html", context, status=422 if form.errors else 200)


@staff_page
@require_POST
def commit(request: StaffRequest, public_id: str) -> HttpResponse:
    batch = the_batch(request, public_id)
    stop_if(why_not_register(request.user, day=today()))
    publishes = "publishes" in request.POST
    try:
        if batch.total > AT_ONCE:
            services.start_commit(batch)
            commit_in_background.enqueue(batch.pk, request.user.pk, publishes)
        else:
            services.commit(batch, actor=request.user, publishes=publishes)
            messages.success(request, _("台帳を取り込みました。"))
    except services.CommitRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:ledger", batch.public_id)


@staff_page
@require_POST
def undo(request: StaffRequest, public_id: str) -> HttpResponse:
    batch = the_batch(request, public_id)
    stop_if(why_not_register(request.user, day=today()))
    try:
        services.undo(batch, actor=request.user)
        messages.success(request, _("取込みを取り消しました。取り込む前の台帳に戻りました。"))
    except services.CommitRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:ledger", batch.public_id)


@staff_page
def report(request: StaffRequest, public_id: str) -> HttpResponse:
    told = report_of_batch(the_batch(request, public_id))
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
