"""The library of clauses at the desk: by kind, with the town's own; adding, changing, putting away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.desk.clauses.forms import ClauseForm
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.desk.versions import version_seen
from renkei.documents.clauses import variant, variants
from renkei.documents.clauses.agreements import used_in
from renkei.documents.clauses.fields import FIELDS
from renkei.documents.clauses.services import ClauseRefused, add_clause, change_clause, retire_clause
from renkei.documents.models import LibraryClause
from renkei.documents.permissions import why_not_change_clauses
from renkei.documents.vocabulary import ClauseKind


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    asked = request.GET.get("kind", "")
    kind = ClauseKind(asked) if asked in ClauseKind.values else ClauseKind.TERM
    counts = [(one, len(variants(one, town(request)))) for one in ClauseKind]
    context = {
        "title": gettext_lazy("条項集"),
        "kind": kind,
        "kinds": counts,
        "clauses": [(one, used_in(one, town(request))) for one in variants(kind, town(request))],
        "reason": why_not_change_clauses(request.user, day=today()),
    }
    return render(request, "desk/clauses/listing.html", context)


@staff_page
def new(request: StaffRequest) -> HttpResponse:
    reason = why_not_change_clauses(request.user, day=today())
    form = ClauseForm(request.POST or None, initial=_begun(request))
    if request.method == "POST":
        stop_if(reason)
    if form.is_valid():
        try:
            clause = add_clause(town(request), form.words(), at=timezone.now(), actor=request.user)
        except ClauseRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _to_the_kind(clause, _("条項集に加えました。協定書の案を作るときに選べます。"), request)
    return _shown(request, form, {"title": gettext_lazy("条項を加える"), "reason": reason})


def _begun(request: StaffRequest) -> dict[str, Any]:
    """A kind, or a standard clause to begin from."""
    found = variant(request.GET.get("from", ""), town(request))
    if found is None:
        return {"kind": request.GET.get("kind", "")}
    return {"kind": found.kind, "heading": found.heading, "text": found.text, "note": found.note}


@staff_page
def edit(request: StaffRequest, public_id: str) -> HttpResponse:
    clause = the_clause(request, public_id)
    reason = why_not_change_clauses(request.user, day=today())
    columns = ("kind", "name", "heading", "text", "note")
    form = ClauseForm(request.POST or None, initial={name: getattr(clause, name) for name in columns})
    if request.method == "POST":
        stop_if(reason)
        clause.version = version_seen(request, clause.version)
    if form.is_valid():
        try:
            change_clause(clause, form.words(), actor=request.user)
        except ClauseRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            told = _("条項を変えました。すでに書いた案は変わりません。")
            return _to_the_kind(clause, told, request)
    return _shown(request, form, {"title": gettext_lazy("条項を変える"), "clause": clause, "reason": reason})


def the_clause(request: StaffRequest, public_id: str) -> LibraryClause:
    """A clause of the person's own town that is in use, or 404."""
    mine = LibraryClause.objects.of(town(request)).in_use().select_related("municipality")
    return get_object_or_404(mine, public_id=public_id)


def _shown(request: StaffRequest, form: ClauseForm, more: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "fields": FIELDS.items(), **more}
    return render(request, "desk/clauses/form.html", context, status=422 if form.errors else 200)


def _to_the_kind(clause: LibraryClause, told: str, request: StaffRequest) -> HttpResponse:
    messages.success(request, told)
    return redirect(f"{reverse('desk:clauses')}?kind={clause.kind}")


@staff_page
@require_POST
def retire(request: StaffRequest, public_id: str) -> HttpResponse:
    clause = the_clause(request, public_id)
    stop_if(why_not_change_clauses(request.user, day=today()))
    clause.version = version_seen(request, clause.version)
    try:
        retire_clause(clause, at=timezone.now(), actor=request.user)
    except ClauseRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:clause_edit", public_id)
    return _to_the_kind(clause, _("使わないことにしました。すでに書いた案は変わりません。"), request)
