"""The sheet of a division: out, back in, what is wrong with each row, and taking in."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from renkei.agreements.services import Refused
from renkei.desk.campaigns.answering import key_of, shown
from renkei.desk.campaigns.campaign_page import now, the_campaign, the_division, tried
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today
from renkei.documents.services import DocumentRefused
from renkei.initiatives.answered import answered
from renkei.initiatives.asked import lines_of_division
from renkei.initiatives.models import Campaign, ReturnedSheet
from renkei.initiatives.permissions import why_not_answer_for
from renkei.initiatives.services.sheets import counted, receive_sheet, shown_rows, take_sheet
from renkei.initiatives.sheets.writing import sheet_of, with_problems
from renkei.municipalities.models import Division
from renkei.rules.japanese_calendar import fiscal_year_name
from renkei.ui.campaign_forms import SheetForm
from renkei.ui.downloads import made_answer


def who_of(division: Division | None) -> str:
    """Whose sheet it is, as its title says."""
    return str(division or _("担当課の決まっていない協定"))


def file_name(campaign: Campaign, who: str, about: str = "") -> str:
    """令和5年度取組実績調査票_防災課.xlsx."""
    return f"{fiscal_year_name(campaign.fiscal_year)}取組実績調査票_{who}{about}.xlsx"


@staff_page
def download(request: StaffRequest, public_id: str, division_id: str) -> HttpResponse:
    campaign = the_campaign(request, public_id)
    division = the_division(request, campaign, division_id)
    lines, who = answered(list(lines_of_division(campaign, division))), who_of(division)
    return made_answer(sheet_of(campaign, lines, who, is_partner=False), file_name(campaign, who))


@staff_page
@require_POST
def bring(request: StaffRequest, public_id: str, division_id: str) -> HttpResponse:
    campaign = the_campaign(request, public_id)
    division = the_division(request, campaign, division_id)
    stop_if(why_not_answer_for(request.user, division, day=today()))
    form = SheetForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            sheet = receive_sheet(
                campaign, file.read(), name=file.name, division=division, by=request.user, at=now()
            )
        except (Refused, DocumentRefused) as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("desk:campaign_returned", campaign.public_id, sheet.public_id)
    return shown(request, campaign, division, 422, sheet_form=form, form=form)


def the_sheet(campaign: Campaign, sheet_id: str) -> ReturnedSheet:
    """A sheet that came back from one of the town's divisions (or of nobody's lines), or 404."""
    known = campaign.sheets.filter(organisation=None).select_related(
        "campaign__municipality", "document", "division__municipality", "brought_by"
    )
    return get_object_or_404(known, public_id=sheet_id)


@staff_page
def page(request: StaffRequest, public_id: str, sheet_id: str) -> HttpResponse:
    campaign = the_campaign(request, public_id)
    sheet = the_sheet(campaign, sheet_id)
    rows = shown_rows(sheet, day=today())
    context: dict[str, Any] = {
        "title": _("戻った調査票"),
        "campaign": campaign,
        "sheet": sheet,
        "key": key_of(sheet.division),
        "who": who_of(sheet.division),
        "rows": rows,
        "counts": counted(rows),
        "reason": why_not_answer_for(request.user, sheet.division, day=today()),
    }
    return render(request, "desk/campaigns/sheet.html", context)


@staff_page
@require_POST
def take(request: StaffRequest, public_id: str, sheet_id: str) -> HttpResponse:
    campaign = the_campaign(request, public_id)
    sheet = the_sheet(campaign, sheet_id)
    stop_if(why_not_answer_for(request.user, sheet.division, day=today()))
    sentence = _("問題のない行を取り込みました。")
    tried(request, lambda: take_sheet(sheet, by=request.user, at=now()), sentence)
    return redirect("desk:campaign_returned", campaign.public_id, sheet.public_id)


@staff_page
def problems(request: StaffRequest, public_id: str, sheet_id: str) -> HttpResponse:
    campaign = the_campaign(request, public_id)
    sheet = the_sheet(campaign, sheet_id)
    who, rows = who_of(sheet.division), shown_rows(sheet, day=today())
    return made_answer(
        with_problems(campaign, who, rows, is_partner=False), file_name(campaign, who, "_確認")
    )
