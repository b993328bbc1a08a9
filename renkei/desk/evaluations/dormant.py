"""Agreements that nobody seems to use: the list, and the list as Excel."""

from io import BytesIO

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.initiatives.dormancy import Dormant, dormant
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division
from renkei.rules.japanese_calendar import fiscal_year, fiscal_year_name, japanese_date
from renkei.ui.downloads import headers_of

ON_A_PAGE = 50


def found(request: StaffRequest) -> list[Dormant]:
    """Those that the address asks for: of a division, only those whose partner nobody can reach."""
    every = dormant(town(request), today())
    division = (
        Division.objects.of(town(request)).filter(public_id=request.GET.get("division", "")[:12]).first()
    )
    if division:
        held = set(Lineage(town(request)).held_by(division, today()))
        every = [one for one in every if one.agreement.division_id in held]
    if request.GET.get("unreachable"):
        every = [one for one in every if one.is_unreachable]
    return every


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    every = found(request)
    page = Paginator(every, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": gettext_lazy("休眠協定"),
        "count": len(every),
        "page": page,
        "year": fiscal_year(today()) - 1,
        "divisions": [one for one in Division.objects.of(town(request)) if one.existed_on(today())],
        "division": request.GET.get("division", ""),
        "unreachable": request.GET.get("unreachable", ""),
        "asked": request.GET.urlencode(),
    }
    return render(request, "desk/evaluations/dormant.html", context)


@staff_page
def download(request: StaffRequest) -> HttpResponseBase:
    headers = headers_of("xlsx", today(), "dormant")
    content_type = headers.pop("Content-Type")
    return FileResponse(workbook(found(request)), headers=headers, content_type=content_type)


def workbook(rows: list[Dormant]) -> BytesIO:
    """One row each, cells as text."""
    from xlsxwriter import Workbook

    told = BytesIO()
    with Workbook(told, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_("休眠協定"))
        head, wrapped = (
            book.add_format({"bold": True, "bg_color": "#EEEEEE"}),
            book.add_format({"text_wrap": True}),
        )
        heads = (
            _("協定"),
            _("相手方"),
            _("担当課"),
            _("最後の実績"),
            _("しるし"),
            _("提案"),
            _("通知の期限"),
        )
        for place, (name, width) in enumerate(zip(heads, (40, 30, 22, 14, 50, 50, 16), strict=True)):
            sheet.set_column(place, place, width, wrapped)
            sheet.write_string(0, place, name, head)
        for number, one in enumerate(rows, start=1):
            for place, text in enumerate(_cells(one)):
                sheet.write_string(number, place, text)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    told.seek(0)
    return told


def _cells(one: Dormant) -> tuple[str, ...]:
    return (
        one.agreement.title,
        "、".join(str(party) for party in one.agreement.partners),
        str(one.agreement.division or ""),
        fiscal_year_name(one.last_year) if one.last_year else _("なし"),
        "\n".join(one.signs),
        one.proposal,
        japanese_date(one.notice_on) if one.notice_on else "",
    )
