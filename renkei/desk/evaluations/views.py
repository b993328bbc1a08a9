"""Evaluations of a fiscal year, and the page of one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from renkei.audit.models import Entry
from renkei.audit.words import changes_of
from renkei.desk.initiatives.asking import years_offered
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.initiatives.evaluating import not_evaluated, of_division, rows_of, to_evaluate
from renkei.initiatives.models import Evaluation
from renkei.initiatives.narrowing import is_year
from renkei.initiatives.permissions import why_not_work
from renkei.initiatives.vocabulary import Verdict
from renkei.municipalities.models import Division
from renkei.procedures.services.following import next_act
from renkei.rules.japanese_calendar import fiscal_year

ON_A_PAGE = 50
STATES = (("", _("すべて")), ("open", _("評価していないもの")), *Verdict.choices)


def year_asked(request: StaffRequest) -> int:
    """The fiscal year of the address; by default the last one that is over."""
    asked = request.GET.get("year", "")
    return int(asked) if is_year(asked) else fiscal_year(today()) - 1


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    year = year_asked(request)
    found = to_evaluate(town(request), year)
    division = (
        Division.objects.of(town(request)).filter(public_id=request.GET.get("division", "")[:12]).first()
    )
    if division:
        found = of_division(found, division, today())
    total, waiting = found.count(), not_evaluated(found, year).count()
    state = request.GET.get("state", "")
    if state == "open":
        found = not_evaluated(found, year)
    elif state in Verdict.values:
        said = Evaluation.objects.of(town(request)).filter(fiscal_year=year, verdict=state)
        found = found.filter(pk__in=said.values("agreement"))
    page = Paginator(found.prefetch_related("parties"), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("評価"),
        "year": year,
        "years": years_offered(town(request), today()),
        "divisions": [one for one in Division.objects.of(town(request)) if one.existed_on(today())],
        "division": division.public_id if division else "",
        "states": STATES,
        "state": state,
        "total": total,
        "done": total - waiting,
        "page": page,
        "rows": rows_of(page.object_list, year),
        "asked": request.GET.urlencode(),
    }
    return render(request, "desk/evaluations/listing.html", context)


def the_evaluation(request: StaffRequest, public_id: str) -> Evaluation:
    """The person's own town's evaluation, or 404."""
    mine = Evaluation.objects.of(town(request)).select_related(
        "municipality", "agreement__municipality", "agreement__division", "agreement__renewal_rule",
        "agreement__ending", "division", "evaluated_by",
    )  # fmt: skip
    return get_object_or_404(mine, public_id=public_id)


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    evaluation = the_evaluation(request, public_id)
    told = Entry.objects.of(town(request)).about(
        subject_type="initiatives.evaluation", subject_id=evaluation.public_id
    )
    context: dict[str, Any] = {
        "title": str(evaluation.agreement),
        "evaluation": evaluation,
        "agreement": evaluation.agreement,
        "reason": why_not_work(request.user, evaluation.agreement, day=today()),
        "next_act": next_act(evaluation, today()),
        "history": [(one, changes_of(one)) for one in told[:ON_A_PAGE]],
    }
    return render(request, "desk/evaluations/page.html", context)
