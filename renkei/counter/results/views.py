"""Agreements and their work, as the partner sees them: the list, an agreement with its results, one result."""

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Side
from renkei.counter.visitor import VisitorRequest, today, visitor_page
from renkei.initiatives.at_counter import agreements_in_force, agreements_of, initiatives_of, results_of
from renkei.initiatives.models import Result
from renkei.initiatives.permissions import why_not_report
from renkei.initiatives.valuing import formula_of
from renkei.initiatives.vocabulary import ResultState


def the_agreement(request: VisitorRequest, public_id: str) -> Agreement:
    """An agreement of the person's partner, or 404."""
    mine = agreements_of(request.visitor).select_related("municipality", "division")
    return get_object_or_404(mine, public_id=public_id)


def the_result(request: VisitorRequest, public_id: str) -> Result:
    """A result that the person may see, or 404."""
    mine = results_of(request.visitor).select_related(
        "municipality", "agreement__municipality", "agreement__division", "initiative", "division",
        "organisation__merged_into",
    )  # fmt: skip
    return get_object_or_404(mine, public_id=public_id)


@visitor_page
def listing(request: VisitorRequest) -> HttpResponse:
    """The agreements in force, each with how much of its work waits for the partner."""
    seen = results_of(request.visitor).order_by()
    waiting = dict(waits(seen).values_list("agreement").annotate(count=Count("pk", distinct=True)))
    work = dict(
        initiatives_of(request.visitor).order_by().values_list("agreement").annotate(count=Count("pk"))
    )
    agreements = (
        agreements_in_force(request.visitor, today()).select_related("division").order_by("title", "pk")
    )
    context = _context(request) | {
        "title": _("協定と取組"),
        "rows": [(one, work.get(one.pk, 0), waiting.get(one.pk, 0)) for one in agreements],
        "partner": request.visitor.partner,
    }
    return render(request, "counter/results/listing.html", context)


def waits(seen: Any) -> Any:
    """What the partner has to do: confirm what the town reported, correct what was sent back."""
    to_confirm = seen.filter(reported_side=Side.TOWN, state=ResultState.REPORTED)
    return to_confirm | seen.filter(reported_side=Side.PARTNER, state=ResultState.SENT_BACK)


@visitor_page
def page(request: VisitorRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    seen = results_of(request.visitor).filter(agreement=agreement).exclude(state=ResultState.WITHDRAWN)
    results: dict[int, list[Result]] = {}
    for one in seen.order_by("-fiscal_year", "-done_on", "-pk"):
        results.setdefault(one.initiative_id, []).append(one)
    work = initiatives_of(request.visitor).filter(agreement=agreement).select_related("item", "division")
    context = _context(request) | {
        "title": agreement.title,
        "agreement": agreement,
        "rows": [(one, results.get(one.pk, [])) for one in work.order_by("item__position", "position")],
        "waiting": waits(seen.select_related("initiative")).order_by("reported_at"),
        "reason": why_not_report(request.visitor, agreement, day=today()),
    }
    return render(request, "counter/results/page.html", context)


@visitor_page
def result(request: VisitorRequest, public_id: str) -> HttpResponse:
    found = the_result(request, public_id)
    return render(
        request, "counter/results/result.html", result_context(request, found) | {"title": str(found)}
    )


def result_context(request: VisitorRequest, found: Result) -> dict[str, Any]:
    """What a page about one result shows."""
    return _context(request) | {
        "result": found,
        "agreement": found.agreement,
        "formula": formula_of(found),
        "papers": found.papers.filter(removed_at=None).select_related("document"),
        "is_own_side": found.reported_side == Side.PARTNER,
        "reason": why_not_report(request.visitor, found.agreement, day=today()),
        "states": ResultState,
    }


def _context(request: VisitorRequest) -> dict[str, Any]:
    return {"town": request.town, "visitor": request.visitor}
