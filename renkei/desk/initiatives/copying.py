"""Copying a year's work into the next: what would be copied is shown before it is."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from renkei.agreements.services import Refused
from renkei.desk.initiatives.asking import years_offered
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.initiatives.models import Initiative
from renkei.initiatives.narrowing import in_years, is_year
from renkei.initiatives.permissions import why_not_work
from renkei.initiatives.services import years
from renkei.rules.japanese_calendar import fiscal_year

MOST = 2000


@staff_page
def page(request: StaffRequest) -> HttpResponse:
    this = fiscal_year(today())
    from_year = _year(request, "from", this)
    to_year = _year(request, "to", from_year + 1)
    found = _offered(request, from_year, to_year)
    refusal = ""
    if request.method == "POST":
        chosen = set(request.POST.getlist("initiative"))
        wanted = [one for one, reason in found if one.public_id in chosen and not reason]
        if not wanted:
            refusal = str(_("写す取組を一つ以上選んでください。"))
        else:
            try:
                copied = years.copy_year(wanted, from_year=from_year, to_year=to_year, actor=request.user)
                _say(request, len(copied))
                return redirect(f"{reverse('desk:initiatives')}?year={to_year}")
            except Refused as refused:
                refusal = str(refused)
    context = {
        "title": _("翌年度へ写す"),
        "found": found,
        "from_year": from_year,
        "to_year": to_year,
        "years": years_offered(town(request), today()),
        "refusal": refusal,
    }
    return render(request, "desk/initiatives/copy.html", context, status=422 if refusal else 200)


def _year(request: StaffRequest, name: str, otherwise: int) -> int:
    asked = request.POST.get(name) or request.GET.get(name, "")
    return int(asked) if is_year(asked) else otherwise


def _offered(request: StaffRequest, from_year: int, to_year: int) -> list[tuple[Initiative, str | None]]:
    """What goes on and is not planned for the year yet, each with why the person may not copy it."""
    mine = Initiative.objects.of(town(request)).filter(in_years([from_year]))
    known = mine.select_related("agreement__division", "agreement__municipality", "division", "municipality")
    known = known.prefetch_related("agreement__parties").order_by("agreement__title", "agreement", "position")
    reasons: dict[tuple[int, int | None], str | None] = {}
    found = []
    for one in years.to_copy(list(known[:MOST]), to_year=to_year):
        key = (one.agreement_id, one.division_id)
        if key not in reasons:
            reasons[key] = why_not_work(request.user, one.agreement, day=today(), initiative=one)
        found.append((one, reasons[key]))
    # What the person may copy stands first: a clerk's five rows among a town's hundred are not seen.
    return sorted(found, key=lambda pair: pair[1] is not None)


def _say(request: StaffRequest, count: int) -> None:
    told = ngettext("取組%(count)s件を写しました。", "取組%(count)s件を写しました。", count)
    messages.success(request, told % {"count": count})
