"""A division's page: what is asked of it, last year's answers beside it, and answering."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from renkei.agreements.services import Refused
from renkei.desk.campaigns.campaign_page import now, the_campaign, the_division, tried
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today
from renkei.initiatives.answered import AnsweredLine, answered
from renkei.initiatives.asked import lines_of_division
from renkei.initiatives.campaign_letters import NOBODY
from renkei.initiatives.models import Campaign, CampaignLine
from renkei.initiatives.permissions import why_not_answer_for
from renkei.initiatives.progress import share_of
from renkei.initiatives.services import campaigns
from renkei.initiatives.vocabulary import LineAnswer
from renkei.municipalities.models import Division
from renkei.ui.campaign_forms import NothingForm, SheetForm

ON_A_PAGE = 50


def key_of(division: Division | None) -> str:
    """How the division stands in the address."""
    return division.public_id if division else NOBODY


def back(campaign: Campaign, division: Division | None) -> HttpResponse:
    """To the division's page."""
    return redirect("desk:campaign_division", campaign.public_id, key_of(division))


@staff_page
def page(request: StaffRequest, public_id: str, division_id: str) -> HttpResponse:
    campaign = the_campaign(request, public_id)
    return shown(request, campaign, the_division(request, campaign, division_id))


def shown(
    request: StaffRequest, campaign: Campaign, division: Division | None, status: int = 200, **more: Any
) -> HttpResponse:
    """The page; `more` puts forms with their errors in place of empty ones."""
    lines = answered(list(lines_of_division(campaign, division)))
    share = _share(lines)
    waits = [one for one in lines if one.line.answer == LineAnswer.WAITING or one.to_confirm]
    is_short = request.GET.get("show", "open" if 0 < len(waits) < len(lines) else "all") == "open"
    context: dict[str, Any] = {
        "title": _("%(division)sの回答") % {"division": division or _("担当課の決まっていない協定")},
        "campaign": campaign,
        "division": division,
        "key": key_of(division),
        "asked": campaign.divisions.filter(division=division).select_related("finished_by").first(),
        "page": Paginator(waits if is_short else lines, ON_A_PAGE).get_page(request.GET.get("page")),
        "count": len(lines),
        "waits": len(waits),
        "is_short": is_short,
        "share": share,
        "reason": why_not_answer_for(request.user, division, day=today()),
        "is_late": campaign.closed_at is None and campaign.due_on < today(),
        "nothing": nothing_form(lines),
        "sheet_form": SheetForm(),
        "sheets": campaign.sheets.filter(division=division, organisation=None).select_related(
            "document", "brought_by"
        ),
        "answers": LineAnswer,
        **more,
    }
    return render(request, "desk/campaigns/division.html", context, status=status)


def _share(lines: list[AnsweredLine]) -> Any:
    told = [one.line.answer for one in lines]
    return share_of({answer: told.count(answer) for answer in LineAnswer})


def nothing_form(lines: list[AnsweredLine], sent: Any = None) -> NothingForm:
    """Offers the lines that are open."""
    open_ones = [one.line for one in lines if one.line.answer == LineAnswer.WAITING]
    return NothingForm(sent, lines=[(one.public_id, str(one)) for one in open_ones])


@staff_page
@require_POST
def nothing(request: StaffRequest, public_id: str, division_id: str) -> HttpResponse:
    campaign = the_campaign(request, public_id)
    division = the_division(request, campaign, division_id)
    stop_if(why_not_answer_for(request.user, division, day=today()))
    lines = list(lines_of_division(campaign, division))
    form = nothing_form(answered(lines), request.POST)
    if form.is_valid():
        chosen = [one for one in lines if one.public_id in form.cleaned_data["lines"]]
        reason = form.cleaned_data["reason"]
        try:
            campaigns.answer_nothing_to(chosen, reason=reason, by=request.user, at=now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%s件を「実績なし」と回答しました。") % len(chosen))
            return back(campaign, division)
    return shown(request, campaign, division, 422, nothing=form, form=form)


@staff_page
@require_POST
def take_back(request: StaffRequest, public_id: str, division_id: str, line_id: str) -> HttpResponse:
    campaign = the_campaign(request, public_id)
    division = the_division(request, campaign, division_id)
    stop_if(why_not_answer_for(request.user, division, day=today()))
    line = the_line(campaign, division, line_id)
    sentence = _("「実績なし」の回答を取り消しました。")
    tried(request, lambda: campaigns.take_answer_back(line, by=request.user, at=now()), sentence)
    return back(campaign, division)


def the_line(campaign: Campaign, division: Division | None, line_id: str) -> CampaignLine:
    """A line that is asked of the division, or 404."""
    return get_object_or_404(lines_of_division(campaign, division), public_id=line_id)


@staff_page
@require_POST
def finish(request: StaffRequest, public_id: str, division_id: str) -> HttpResponse:
    campaign = the_campaign(request, public_id)
    division = the_division(request, campaign, division_id)
    stop_if(why_not_answer_for(request.user, division, day=today()))
    asked = (
        campaign.divisions.filter(division=division)
        .select_related("division", "campaign__municipality")
        .first()
    )
    if division is None or asked is None:
        raise Http404
    sentence = _("%sの回答を終えました。ありがとうございました。") % division
    tried(request, lambda: campaigns.finish_division(asked, by=request.user, at=now()), sentence)
    return back(campaign, division)
