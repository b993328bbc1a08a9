"""The register taken away: as shown or selected, in all columns or in a layout of the town's own."""

from collections.abc import Callable

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from renkei.desk.agreements.views import question_of
from renkei.desk.staff import StaffRequest, staff_page, town
from renkei.documents.paper import PaperRefused
from renkei.search.asking import Asked
from renkei.search.exports import Columns, csv_lines, workbook
from renkei.search.finding import QueryRefused
from renkei.search.json_export import json_lines
from renkei.search.layouts import columns_of
from renkei.search.models import Layout
from renkei.search.paper_list import TooManyForPaper, paper_list
from renkei.ui.downloads import headers_of

Address = Callable[[str], str]


@staff_page
def download(request: StaffRequest, kind: str) -> HttpResponseBase:
    if kind not in WRITERS:
        raise Http404
    question, days = question_of(request)
    if days.refusal:
        return refused(days.refusal)

    def address(public_id: str) -> str:
        return request.build_absolute_uri(reverse("desk:agreement", args=[public_id]))

    try:
        return WRITERS[kind](request, question, address)
    except (QueryRefused, TooManyForPaper, PaperRefused) as refusal:
        return refused(str(refusal))


def refused(sentence: str) -> HttpResponse:
    """Why there is no file."""
    return HttpResponse(sentence, status=422, content_type="text/plain; charset=utf-8")


def asked_columns(request: StaffRequest) -> Columns | None:
    """The columns of the layout that the address names; None for all columns."""
    wanted = request.GET.get("layout", "") or request.POST.get("layout", "")
    if not wanted:
        return None
    return columns_of(get_object_or_404(Layout.objects.of(town(request)), public_id=wanted))


def as_workbook(request: StaffRequest, question: Asked, address: Address) -> HttpResponseBase:
    """Excel."""
    headers = headers_of("xlsx", question.day)
    # A file's answer guesses its type from a name unless it is told apart from the other headers.
    kind = headers.pop("Content-Type")
    return FileResponse(
        workbook(question, address, asked_columns(request)), headers=headers, content_type=kind
    )


def as_csv(request: StaffRequest, question: Asked, address: Address) -> HttpResponseBase:
    """CSV for spreadsheets and machines."""
    told = csv_lines(question, address, asked_columns(request))
    return StreamingHttpResponse(told, headers=headers_of("csv", question.day))


def as_json(_request: StaffRequest, question: Asked, address: Address) -> HttpResponseBase:
    """JSON for machines."""
    return StreamingHttpResponse(json_lines(question, address), headers=headers_of("json", question.day))


def as_paper(request: StaffRequest, question: Asked, address: Address) -> HttpResponseBase:
    """PDF for printing on A4."""
    made = paper_list(question, address, town=town(request).name, layout=asked_columns(request))
    return HttpResponse(made.content, headers=headers_of("pdf", question.day))


WRITERS = {"xlsx": as_workbook, "csv": as_csv, "json": as_json, "pdf": as_paper}
