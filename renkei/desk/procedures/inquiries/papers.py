"""The matrix of answers, on the screen, on paper and as a sheet; and the paper that goes with the decision."""

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from renkei.desk.procedures.inquiries.checks import lines_of
from renkei.desk.procedures.verbs import the_procedure
from renkei.desk.staff import StaffRequest, staff_page, today
from renkei.procedures.matrix import matrix_of
from renkei.procedures.matrix_sheet import matrix_workbook
from renkei.procedures.models import Procedure
from renkei.procedures.similar import similar_to
from renkei.procedures.vocabulary import Stage
from renkei.ui.downloads import headers_of


@staff_page
def matrix(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    context = {
        "title": gettext_lazy("回答の一覧表"),
        "procedure": procedure,
        "matrix": matrix_of(procedure),
        "day": today(),
    }
    return render(request, "desk/procedures/inquiries/matrix.html", context)


@staff_page
def matrix_xlsx(request: StaffRequest, public_id: str) -> HttpResponseBase:
    procedure = the_procedure(request, public_id)
    headers = headers_of("xlsx", today(), subject=f"inquiry-{procedure.public_id}")
    # A file's answer guesses its type from a name unless it is told apart from the other headers.
    kind = headers.pop("Content-Type")
    book = matrix_workbook(procedure, matrix_of(procedure))
    return FileResponse(book, headers=headers, content_type=kind)


def reached(procedure: Procedure) -> list[Stage]:
    """The steps up to the present one; all of them once the procedure has ended."""
    steps = procedure.steps
    last = steps.index(Stage(procedure.stage)) if procedure.stage in steps else len(steps)
    return steps[: last + 1]


@staff_page
def decision_paper(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    context = {
        "title": gettext_lazy("決裁の資料"),
        "procedure": procedure,
        "proposal": getattr(procedure, "proposal", None),
        "hearings": procedure.hearings.all(),
        "matrix": matrix_of(procedure),
        "inquiries": procedure.inquiries.exclude(summary=""),
        "lines": [line for line in lines_of(procedure) if line.answer or line.stage in reached(procedure)],
        "similar": similar_to(procedure, today()),
        "planned": procedure.planned_initiatives.filter(is_dropped=False).select_related("item", "division"),
        "day": today(),
    }
    return render(request, "desk/procedures/inquiries/decision_paper.html", context)
