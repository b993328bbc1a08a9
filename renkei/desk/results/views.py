"""Results: the list with its sums, the page of one, and the list taken away."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Side
from renkei.audit.models import Entry
from renkei.audit.words import changes_of
from renkei.desk.results.asking import ResultsForm
from renkei.desk.results.result_page import the_result
from renkei.desk.results.verbs import why_not
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.initiatives.models import Result
from renkei.initiatives.permissions import why_not_conduct
from renkei.initiatives.result_finding import results_found, totals_found
from renkei.initiatives.result_sheet import WIDTHS, rows
from renkei.initiatives.services.publishing import why_not_approve
from renkei.initiatives.valuing import formula_of
from renkei.initiatives.vocabulary import Publicity, ResultState
from renkei.partners.models import Organisation
from renkei.ui.downloads import table_answer

ON_A_PAGE = 50
HISTORY = 30


def params_of(request: HttpRequest) -> dict[str, list[str]]:
    """The words of the address, each with all its values."""
    return {name: [str(one) for one in values] for name, values in request.GET.lists()}


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    found = results_found(town(request), params_of(request), day=today())
    sums, agreements = totals_found(found)
    shown = found.select_related("agreement", "initiative", "division", "organisation").prefetch_related(
        "figures__indicator", "agreement__parties"
    )
    context = {
        "title": _("実績"),
        "form": ResultsForm(request.GET or None, town=town(request), day=today()),
        "page": Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page")),
        "sums": sums,
        "agreements": agreements,
        "counts": counts_of(request),
        "about": about(request),
        "asked": request.GET.urlencode(),
        "is_narrowed": any(request.GET.get(name) for name in ResultsForm.base_fields) or bool(about(request)),
    }
    return render(request, "desk/results/listing.html", context)


def counts_of(request: StaffRequest) -> dict[str, int]:
    """What waits: to be confirmed, sent back, to be approved; of the whole town."""
    own = Result.objects.of(town(request)).order_by()
    states = dict(own.values_list("state").annotate(count=Count("pk")))
    proposed = own.valid().filter(publicity=Publicity.PROPOSED).count()
    return {
        "waiting": states.get(ResultState.REPORTED, 0),
        "sent_back": states.get(ResultState.SENT_BACK, 0),
        "proposed": proposed,
    }


def about(request: StaffRequest) -> list[tuple[str, str]]:
    """The agreement and the partner that the address names, by the word that is taken out to leave them."""
    found: list[tuple[str, str]] = []
    if wanted := request.GET.get("agreement", "")[:12]:
        title = (
            Agreement.objects.of(town(request))
            .filter(public_id=wanted)
            .values_list("title", flat=True)
            .first()
        )
        found.append(("agreement", title or wanted))
    if wanted := request.GET.get("partner", "")[:12]:
        name = (
            Organisation.objects.of(town(request))
            .filter(public_id=wanted)
            .values_list("name", flat=True)
            .first()
        )
        found.append(("partner", name or wanted))
    return found


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    result = the_result(request, public_id)
    told = Entry.objects.of(town(request)).about(
        subject_type="initiatives.result", subject_id=result.public_id
    )
    papers = list(result.papers.select_related("document"))
    context: dict[str, Any] = {
        "title": str(result),
        "result": result,
        "formula": formula_of(result),
        "history": [(entry, changes_of(entry)) for entry in told[:HISTORY]],
        "papers": [one for one in papers if not one.removed_at],
        "removed": [one for one in papers if one.removed_at],
        "is_own_side": result.reported_side == Side.TOWN,
        "reason": why_not(request, result),
        "why_not_approve": why_not_conduct(request.user, day=today()) or why_not_approve(result),
        "states": ResultState,
        "publicities": Publicity,
    }
    return render(request, "desk/results/page.html", context)


@staff_page
def download(request: StaffRequest, kind: str) -> HttpResponseBase:
    told = rows(results_found(town(request), params_of(request), day=today()))
    return table_answer(told, kind, today(), subject="results", name=_("取組実績"), widths=WIDTHS)
