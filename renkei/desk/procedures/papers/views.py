"""The papers of a procedure, in the order of its steps."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from renkei.desk.papers.answers import paper_answer
from renkei.desk.procedures.verbs import page_address, the_procedure
from renkei.desk.staff import StaffRequest, staff_page, today
from renkei.procedures.papers.fields import papers_of


@staff_page
def listing(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    context = {
        "title": gettext_lazy("文書を作る"),
        "procedure": procedure,
        "papers": papers_of(procedure, day=today(), clerk=request.user.name),
    }
    return render(request, "desk/procedures/papers/listing.html", context)


@staff_page
def paper(request: StaffRequest, public_id: str, kind: str, form: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    papers = papers_of(procedure, day=today(), clerk=request.user.name)
    back = page_address(procedure, "papers")
    return paper_answer(request, papers, kind, request.GET.get("of", ""), form, back=back)
