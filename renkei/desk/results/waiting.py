"""Results that wait for the town to confirm them, many at once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy, ngettext

from renkei.agreements.services import Refused
from renkei.agreements.vocabulary import Side
from renkei.desk.form_page import now
from renkei.desk.results.verbs import why_not
from renkei.desk.staff import StaffRequest, staff_page, town
from renkei.initiatives.models import Result
from renkei.initiatives.models.result import ResultQuerySet
from renkei.initiatives.services import confirming
from renkei.initiatives.valuing import formula_of
from renkei.initiatives.vocabulary import ResultState

ON_A_PAGE = 50


def waiting_for_town(request: StaffRequest) -> ResultQuerySet:
    """What partners reported and the town has not confirmed, the longest waiting first."""
    waiting = Result.objects.of(town(request)).filter(state=ResultState.REPORTED, reported_side=Side.PARTNER)
    return waiting.select_related(
        "agreement__division", "agreement__municipality", "initiative__division", "initiative__item", "municipality",
        "reported_by_partner", "organisation",
    ).order_by("reported_at", "pk")  # fmt: skip


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    if request.method == "POST":
        return _confirmed(request)
    page = Paginator(waiting_for_town(request), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": gettext_lazy("確認を待つ実績"),
        "page": page,
        "rows": [(one, formula_of(one), why_not(request, one)) for one in page],
    }
    return render(request, "desk/results/waiting.html", context)


def _confirmed(request: StaffRequest) -> HttpResponse:
    """Each of the chosen by itself: what cannot be confirmed says why, the others are confirmed."""
    chosen = waiting_for_town(request).filter(public_id__in=request.POST.getlist("chosen")[:ON_A_PAGE])
    done = 0
    for result in chosen:
        reason = why_not(request, result)
        try:
            if reason:
                raise Refused(reason)
            confirming.confirm(result, by=request.user, at=now())
            done += 1
        except Refused as refusal:
            messages.error(request, f"「{result}」: {refusal}")
    if done:
        messages.success(
            request, ngettext("%d件の実績を確認しました。", "%d件の実績を確認しました。", done) % done
        )
    elif not chosen:
        messages.error(request, gettext_lazy("確認する実績に印を付けてください。"))
    return redirect("desk:results_waiting")
