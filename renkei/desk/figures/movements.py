"""What moved in the register between two days: page, lists and download."""

from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement
from renkei.desk.figures.work import refused
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.reports.movements import PARTS, Movements, MovementsRefused
from renkei.reports.work_files import movements_csv
from renkei.rules.japanese_calendar import fiscal_year
from renkei.ui.days import AskedDays, asked_days
from renkei.ui.downloads import made_answer

ON_A_PAGE = 100
NAMES = {
    "opening": _("期間の始まりの前日に有効な協定"),
    "begun": _("期間内に有効になった協定"),
    "signed": _("期間内に締結した協定"),
    "ended": _("期間内に終わった協定"),
    "closing": _("期間の終わりに有効な協定"),
    "renewed_itself": _("自動更新された協定"),
    "renewed_confirmed": _("人が確かめて自動更新された協定"),
    "renewed_decided": _("協議して更新した協定"),
}
DAYS = {"ended": _("最後の日"), "opening": _("始期"), "closing": _("始期")}


def moved_between(request: StaffRequest) -> tuple[AskedDays, date, Movements | None, dict[str, str]]:
    """The days asked for (by default the fiscal year up to today), and what moved; or why it cannot be counted."""
    days = asked_days(request.GET, today())
    refusals = dict(days.refusals)
    since = days.since or date(fiscal_year(days.on), 4, 1)
    if refusals:
        return days, since, None, refusals
    try:
        return days, since, Movements(Audience.staff(town(request)), since, days.on), {}
    except MovementsRefused as refusal:
        return days, since, None, {"since": str(refusal)}


@staff_page
def page(request: StaffRequest) -> HttpResponse:
    days, since, moved, refusals = moved_between(request)
    context = {
        "title": _("登録簿の動き"),
        "said": request.GET,
        "refusals": refusals,
        "moved": moved,
        "kept": urlencode({"since": since.isoformat(), "on": days.on.isoformat()}),
    }
    if moved:
        context |= {
            "counts": moved.counts,
            "tables": ((_("分野"), moved.by_field()), (_("担当課"), moved.by_division())),
        }
    return render(request, "desk/figures/movements.html", context, status=422 if refusals else 200)


@staff_page
def part(request: StaffRequest, part: str) -> HttpResponse:
    if part not in PARTS:
        raise Http404
    days, since, moved, refusals = moved_between(request)
    if moved is None:
        return refused(next(iter(refusals.values())))
    moves = moved.part(part, dict(request.GET.lists()))
    page = Paginator(moves, ON_A_PAGE).get_page(request.GET.get("page"))
    wanted = Agreement.objects.of(town(request)).filter(pk__in=[move.agreement for move in page])
    known = {one.pk: one for one in wanted.with_everything().select_related("ending")}
    context = {
        "title": NAMES[part],
        "day_name": DAYS.get(part, _("日")),
        "moved": moved,
        "page": page,
        "rows": [(known[move.agreement], move.on) for move in page if move.agreement in known],
        "kept": urlencode({"since": since.isoformat(), "on": days.on.isoformat()}),
        "part": part,
    }
    return render(request, "desk/figures/moved.html", context)


@staff_page
def download(request: StaffRequest) -> HttpResponse:
    days, since, moved, refusals = moved_between(request)
    if moved is None:
        return refused(next(iter(refusals.values())))
    return made_answer(movements_csv(moved), f"movements-{since.isoformat()}-{days.on.isoformat()}.csv")
