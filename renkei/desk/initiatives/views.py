"""The work under agreements: the list, and the page of one initiative."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from renkei.agreements.models import Agreement
from renkei.audit.models import Entry
from renkei.audit.words import changes_of
from renkei.desk.initiatives.asking import InitiativesForm
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.initiatives.initiative_finding import counts_of_results, initiatives_found, years_of_indicators
from renkei.initiatives.models import Initiative, Result
from renkei.initiatives.narrowing import is_year
from renkei.initiatives.permissions import why_not_work
from renkei.initiatives.services.states import MOVES
from renkei.initiatives.vocabulary import InitiativeState
from renkei.partners.models import Organisation
from renkei.rules.japanese_calendar import fiscal_year

ON_A_PAGE = 50
HISTORY = 30


def params_of(request: HttpRequest) -> dict[str, list[str]]:
    """The words of the address, each with all its values."""
    return {name: [str(one) for one in values] for name, values in request.GET.lists()}


def the_initiative(request: StaffRequest, public_id: str) -> Initiative:
    """The person's own town's initiative, or 404."""
    mine = Initiative.objects.of(town(request)).select_related(
        "municipality",
        "agreement__division",
        "agreement__municipality",
        "item",
        "division",
        "field",
        "organisation",
    )
    return get_object_or_404(mine, public_id=public_id)


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    found = initiatives_found(town(request), params_of(request), day=today())
    shown = found.select_related("agreement", "item", "division", "field").prefetch_related(
        "agreement__parties"
    )
    page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.get("year", "")
    year = int(asked) if is_year(asked) else fiscal_year(today())
    counts = counts_of_results(page.object_list, year)
    context = {
        "title": _("取組"),
        "form": InitiativesForm(request.GET or None, town=town(request), day=today()),
        "page": page,
        "rows": [(one, counts.get(one.pk, 0)) for one in page],
        "year": year,
        "about": about(request),
        "asked": request.GET.urlencode(),
        "is_narrowed": bool({*request.GET} - {"page"}),
    }
    return render(request, "desk/initiatives/listing.html", context)


def about(request: StaffRequest) -> list[tuple[str, str, str]]:
    """The agreement and the partner that the address names: the word, its value, and the name to show."""
    found: list[tuple[str, str, str]] = []
    if wanted := request.GET.get("agreement", "")[:12]:
        titles = Agreement.objects.of(town(request)).filter(public_id=wanted).values_list("title", flat=True)
        found.append(("agreement", wanted, titles.first() or wanted))
    if wanted := request.GET.get("partner", "")[:12]:
        names = Organisation.objects.of(town(request)).filter(public_id=wanted).values_list("name", flat=True)
        found.append(("partner", wanted, names.first() or wanted))
    return found


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    initiative = the_initiative(request, public_id)
    results = Result.objects.of(town(request)).filter(initiative=initiative)
    told = Entry.objects.of(town(request)).about(
        subject_type="initiatives.initiative", subject_id=initiative.public_id
    )
    context: dict[str, Any] = {
        "title": initiative.title,
        "initiative": initiative,
        "agreement": initiative.agreement,
        "reason": why_not_work(request.user, initiative.agreement, day=today(), initiative=initiative),
        "moves": MOVES[InitiativeState(initiative.state)],
        "years": initiative.planned_years.all(),
        "indicators": years_of_indicators(initiative),
        "results": results.prefetch_related("figures__indicator")[:ON_A_PAGE],
        "result_count": results.count(),
        "history": [(one, changes_of(one)) for one in told[:HISTORY]],
    }
    return render(request, "desk/initiatives/page.html", context)
