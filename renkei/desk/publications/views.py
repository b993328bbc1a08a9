"""The papers a town owes: what each lacks, how it will read, and the files."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from renkei.desk.publications.files import file_answer
from renkei.desk.publications.kinds import FORMATS, PAPERS, Paper
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.documents.filling import UnknownFields
from renkei.reports.papers.outline import outline
from renkei.reports.papers.readiness import Lack
from renkei.reports.wording_fields import last_year
from renkei.reports.wordings import Words
from renkei.rules.japanese_calendar import fiscal_year_name
from renkei.ui.days import asked_day

YEARS_BACK = 10


def asked(request: StaffRequest) -> tuple[date, int, str]:
    """The day and the fiscal year of an address, and what could not be read."""
    day, refusal = asked_day(request.GET.get("on", ""), today())
    text = request.GET.get("year", "")
    year = (
        int(text)
        if text.isascii() and text.isdigit() and len(text) == 4 and int(text) > 1900
        else last_year(day)
    )
    return day, year, refusal


def the_paper(kind: str) -> Paper:
    """A paper that can be made here, or 404."""
    if kind not in PAPERS:
        raise Http404
    return PAPERS[kind]


def shown_lacks(paper: Paper, words: Words) -> list[tuple[Lack, str]]:
    """What the paper lacks, each with the address where it is put right."""
    return [(lack, address_of(lack, words)) for lack in paper.lacks(words)]


def address_of(lack: Lack, words: Words) -> str:
    """Where what is missing is put right."""
    if lack.at:
        return f"{reverse('desk:wording_edit', args=[lack.at])}?on={words.on.isoformat()}"
    query = {"wordings": {"on": words.on.isoformat()}, "campaigns": {}}.get(
        lack.about, {"year": str(words.year)}
    )
    if lack.state:
        query["state"] = lack.state
    return f"{reverse(f'desk:{lack.about}')}?{urlencode(query)}" if query else reverse(f"desk:{lack.about}")


def frame(request: StaffRequest, day: date, year: int, refusal: str) -> dict[str, Any]:
    """What both pages show of day and year."""
    this_year = last_year(today()) + 1
    years = [(one, fiscal_year_name(one)) for one in range(this_year, this_year - YEARS_BACK, -1)]
    if year not in dict(years):
        years.append((year, fiscal_year_name(year)))
    return {
        "on": request.GET.get("on", ""),
        "day": day,
        "year": year,
        "year_name": fiscal_year_name(year),
        "years": years,
        "refusal": refusal,
        "asked": urlencode({"on": day.isoformat(), "year": year}),
    }


@staff_page
@require_safe
def listing(request: StaffRequest) -> HttpResponse:
    day, year, refusal = asked(request)
    words = Words(town(request), day, year)
    rows = [(paper, shown_lacks(paper, words), forms_of(paper)) for paper in PAPERS.values()]
    context = {"title": gettext_lazy("資料"), "rows": rows, **frame(request, day, year, refusal)}
    return render(request, "desk/publications/listing.html", context, status=422 if refusal else 200)


def forms_of(paper: Paper) -> list[tuple[str, str]]:
    """The formats of a paper with the names of their buttons."""
    return [(form, FORMATS[form]) for form in paper.formats]


@staff_page
@require_safe
def page(request: StaffRequest, kind: str) -> HttpResponse:
    paper = the_paper(kind)
    day, year, refusal = asked(request)
    words, publication, why_not = Words(town(request), day, year), None, ""
    try:
        publication = paper.make(town(request), day, year)
    except UnknownFields as unknown:
        why_not = str(unknown)
    context = {
        "title": paper.title,
        "paper": paper,
        "forms": forms_of(paper),
        "lacks": shown_lacks(paper, words),
        "outline": outline(publication) if publication else [],
        "why_not": why_not,
        **frame(request, day, year, refusal),
    }
    return render(request, "desk/publications/page.html", context, status=422 if refusal else 200)


@staff_page
@require_safe
def file(request: StaffRequest, kind: str, form: str) -> HttpResponse:
    paper = the_paper(kind)
    day, year, _refusal = asked(request)
    name = f"{town(request)} {paper.title}"
    if kind == "book":
        name = f"{town(request)} {fiscal_year_name(year)} {paper.title}"
    return file_answer(
        request,
        lambda: paper.make(town(request), day, year),
        name,
        form,
        subject=town(request),
        back=f"{reverse('desk:publication', args=[kind])}?{urlencode({'on': day.isoformat(), 'year': year})}",
        formats=paper.formats,
    )
