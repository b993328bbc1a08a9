"""The history of the town: what was told, one entry with its proof, exports, and the verification of the chain."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.audit.exports import csv_lines, json_lines
from renkei.audit.models import Entry
from renkei.audit.permissions import read_by, why_not_read_all
from renkei.audit.questions import found
from renkei.audit.services import verify
from renkei.audit.verification import heads
from renkei.audit.words import changes_of, kind_of_record
from renkei.desk.history.forms import HistoryForm, VerifyForm
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town

ON_A_PAGE = 50
EXPORTS = {
    "csv": (csv_lines, "text/csv; charset=utf-8"),
    "jsonl": (json_lines, "application/jsonl; charset=utf-8"),
}
PAGES = {
    "agreements.agreement": "desk:agreement",
    "partners.organisation": "desk:partner",
    "municipalities.division": "desk:division",
    "agreements.series": "desk:series",
    "accounts.user": "desk:person",
    "people.transfer": "desk:transfer",
    "ledger.batch": "desk:ledger",
    "retention.disposal": "desk:disposal",
}


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    entries = read_by(request.user, day=today())
    form = HistoryForm(request.GET, entries=entries)
    is_readable = form.is_valid()
    asked = found(entries, form.question()).order_by("-number")
    context = {
        "title": gettext_lazy("できごとの記録"),
        "form": form,
        "page": Paginator(asked, ON_A_PAGE).get_page(request.GET.get("page")),
        "reason": why_not_read_all(request.user, day=today()),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "asked": request.GET.urlencode(),
    }
    return render(request, "desk/history/listing.html", context, status=200 if is_readable else 422)


@staff_page
def entry(request: StaffRequest, number: int) -> HttpResponse:
    told = get_object_or_404(read_by(request.user, day=today()), number=number)
    context = {
        "title": _("第%(number)s号のできごと") % {"number": told.number},
        "entry": told,
        "kind": kind_of_record(told.subject_type),
        "changes": changes_of(told),
        "is_as_told": told.digest == told.computed_digest(),
        "address": address_of(told),
        "has_next": read_by(request.user, day=today()).filter(number=number + 1).exists(),
        "has_previous": read_by(request.user, day=today()).filter(number=number - 1).exists(),
    }
    return render(request, "desk/history/entry.html", context)


@staff_page
def download(request: StaffRequest, kind: str) -> HttpResponseBase:
    stop_if(why_not_read_all(request.user, day=today()))
    if kind not in EXPORTS:
        raise Http404
    entries = read_by(request.user, day=today())
    form = HistoryForm(request.GET, entries=entries)
    if not form.is_valid():
        wrong = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return HttpResponse(wrong, status=422, content_type="text/plain; charset=utf-8")
    lines, content_type = EXPORTS[kind]
    name = f"history-{today().isoformat()}.{kind}"
    headers = {
        "Content-Type": content_type,
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
    }
    return StreamingHttpResponse(lines(found(entries, form.question())), headers=headers)


@staff_page
def verification(request: StaffRequest) -> HttpResponse:
    reason = why_not_read_all(request.user, day=today())
    form = VerifyForm(request.POST or None, request.FILES or None)
    proof = None
    if request.method == "POST":
        stop_if(reason)
        # A post without anything is one too: nothing was kept outside, the chain is proved by itself.
        form = VerifyForm(request.POST, request.FILES)
        kept = form.kept() if form.is_valid() else []
        if not form.errors:
            proof = verify(town(request), kept, actor=request.user)
    context = {
        "title": gettext_lazy("記録が書き換えられていないことを確かめる"),
        "form": form,
        "reason": reason,
        "proof": proof,
        "heads": heads(town(request)),
        "count": Entry.objects.of(town(request)).count(),
    }
    return render(request, "desk/history/verification.html", context, status=422 if form.errors else 200)


def address_of(told: Entry) -> str:
    """The page of the record that an entry is about; "" where it has none."""
    try:
        return reverse(PAGES[told.subject_type], args=[told.subject_id])
    except (KeyError, NoReverseMatch):
        return ""
