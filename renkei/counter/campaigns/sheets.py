"""The sheet of a partner: out, back in, what is wrong with each row, and taking in."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from renkei.agreements.services import Refused
from renkei.counter.campaigns.views import shown, the_campaign, told_to, tried
from renkei.counter.uploads import count_refused, why_not_upload
from renkei.counter.visitor import VisitorRequest, now, today, visitor_page
from renkei.documents.services import DocumentRefused
from renkei.initiatives.asked import lines_of_partner
from renkei.initiatives.models import Campaign, ReturnedSheet
from renkei.initiatives.services.sheets import counted, receive_sheet, shown_rows, take_sheet
from renkei.initiatives.sheets.writing import sheet_of, with_problems
from renkei.partners.models import Organisation
from renkei.rules.japanese_calendar import fiscal_year_name
from renkei.ui.campaign_forms import SheetForm
from renkei.ui.downloads import made_answer


def file_name(campaign: Campaign, partner: Organisation, about: str = "") -> str:
    """令和5年度取組実績調査票_見本製薬株式会社.xlsx."""
    return f"{fiscal_year_name(campaign.fiscal_year)}取組実績調査票_{partner}{about}.xlsx"


@visitor_page
def download(request: VisitorRequest, public_id: str) -> HttpResponse:
    campaign, partner, _asked = the_campaign(request, public_id)
    lines = told_to(list(lines_of_partner(campaign, partner)), partner)
    return made_answer(sheet_of(campaign, lines, str(partner), is_partner=True), file_name(campaign, partner))


@visitor_page
@require_POST
def bring(request: VisitorRequest, public_id: str) -> HttpResponse:
    campaign, partner, asked = the_campaign(request, public_id)
    form = SheetForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        if reason := why_not_upload(request):
            form.add_error("file", reason)
            return shown(request, campaign, partner, asked, 422, sheet_form=form, form=form)
        try:
            sheet = receive_sheet(
                campaign, file.read(), name=file.name, partner=partner, by=request.visitor, at=now()
            )
        except (Refused, DocumentRefused) as refusal:
            count_refused(request)
            form.add_error("file", str(refusal))
        else:
            return redirect(
                "counter:campaign_returned", request.town.code, campaign.public_id, sheet.public_id
            )
    return shown(request, campaign, partner, asked, 422, sheet_form=form, form=form)


def the_sheet(campaign: Campaign, partner: Organisation, sheet_id: str) -> ReturnedSheet:
    """A sheet that the partner brought, or 404."""
    known = campaign.sheets.filter(organisation=partner).select_related(
        "campaign__municipality", "document", "organisation", "brought_by_partner"
    )
    return get_object_or_404(known, public_id=sheet_id)


@visitor_page
def page(request: VisitorRequest, public_id: str, sheet_id: str) -> HttpResponse:
    campaign, partner, _asked = the_campaign(request, public_id)
    sheet = the_sheet(campaign, partner, sheet_id)
    rows = shown_rows(sheet, day=today())
    context: dict[str, Any] = {
        "title": _("戻した調査票"),
        "town": request.town,
        "visitor": request.visitor,
        "campaign": campaign,
        "sheet": sheet,
        "rows": rows,
        "counts": counted(rows),
    }
    return render(request, "counter/campaigns/sheet.html", context)


@visitor_page
@require_POST
def take(request: VisitorRequest, public_id: str, sheet_id: str) -> HttpResponse:
    campaign, partner, _asked = the_campaign(request, public_id)
    sheet = the_sheet(campaign, partner, sheet_id)
    sentence = _("問題のない行を取り込みました。")
    tried(request, lambda: take_sheet(sheet, by=request.visitor, at=now()), sentence)
    return redirect("counter:campaign_returned", request.town.code, campaign.public_id, sheet.public_id)


@visitor_page
def problems(request: VisitorRequest, public_id: str, sheet_id: str) -> HttpResponse:
    campaign, partner, _asked = the_campaign(request, public_id)
    rows = shown_rows(the_sheet(campaign, partner, sheet_id), day=today())
    content = with_problems(campaign, str(partner), rows, is_partner=True)
    return made_answer(content, file_name(campaign, partner, "_確認"))
