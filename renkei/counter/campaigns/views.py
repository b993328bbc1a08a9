"""A campaign as a partner sees it: what is asked of it, last year's answers, and answering."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from renkei.agreements.services import Refused
from renkei.counter.visitor import VisitorRequest, now, today, visitor_page
from renkei.documents.services import DocumentRefused
from renkei.initiatives.answered import AnsweredLine, answered
from renkei.initiatives.asked import asked_of, campaigns_of, lines_of_partner, shared_with_others
from renkei.initiatives.models import Campaign, CampaignLine, CampaignPartner
from renkei.initiatives.progress import share_of
from renkei.initiatives.services import campaigns
from renkei.initiatives.vocabulary import LineAnswer
from renkei.partners.models import Organisation
from renkei.ui.campaign_forms import NothingForm, SheetForm


def the_campaign(request: VisitorRequest, public_id: str) -> tuple[Campaign, Organisation, CampaignPartner]:
    """A campaign in which the person's partner is asked, or 404."""
    mine = campaigns_of(request.visitor).select_related("municipality")
    campaign, partner = get_object_or_404(mine, public_id=public_id), request.visitor.partner
    asked = asked_of(campaign, partner) if partner else None
    if partner is None or asked is None:
        raise Http404
    return campaign, partner, asked


def told_to(lines: list[CampaignLine], partner: Organisation) -> list[AnsweredLine]:
    """The lines with their answers, without results that are another partner's own and the town's reasons."""

    def is_shown(result: Any) -> bool:
        doer = result.organisation
        return doer is None or partner.pk in (doer.pk, doer.merged_into_id)

    return [
        AnsweredLine(
            one.line,
            [result for result in one.results if is_shown(result)],
            [result for result in one.before if is_shown(result)],
            partners=one.partners,
        )
        for one in answered(lines)
    ]


@visitor_page
def listing(request: VisitorRequest) -> HttpResponse:
    context = {
        "title": _("実績の報告"),
        "town": request.town,
        "visitor": request.visitor,
        "campaigns": campaigns_of(request.visitor),
        "day": today(),
    }
    return render(request, "counter/campaigns/listing.html", context)


@visitor_page
def page(request: VisitorRequest, public_id: str) -> HttpResponse:
    return shown(request, *the_campaign(request, public_id))


def shown(
    request: VisitorRequest,
    campaign: Campaign,
    partner: Organisation,
    asked: CampaignPartner,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page; `more` puts forms with their errors in place of empty ones."""
    lines = list(lines_of_partner(campaign, partner))
    told = [one.answer for one in lines]
    context: dict[str, Any] = {
        "title": str(campaign),
        "town": request.town,
        "visitor": request.visitor,
        "campaign": campaign,
        "asked": asked,
        "lines": told_to(lines, partner),
        "share": share_of({answer: told.count(answer) for answer in LineAnswer}),
        "shared": shared_with_others(campaign, lines, partner),
        "is_late": campaign.closed_at is None and campaign.due_on < today(),
        "nothing": nothing_form(campaign, lines, partner),
        "sheet_form": SheetForm(),
        "sheets": campaign.sheets.filter(organisation=partner).select_related(
            "document", "brought_by_partner__organisation"
        ),
        "answers": LineAnswer,
        **more,
    }
    return render(request, "counter/campaigns/page.html", context, status=status)


def nothing_form(
    campaign: Campaign, lines: list[CampaignLine], partner: Organisation, sent: Any = None
) -> NothingForm:
    """Offers the open lines about what the partner does alone."""
    shared = shared_with_others(campaign, lines, partner)
    mine = [one for one in lines if one.answer == LineAnswer.WAITING and one.pk not in shared]
    return NothingForm(sent, lines=[(one.public_id, str(one)) for one in mine])


@visitor_page
@require_POST
def nothing(request: VisitorRequest, public_id: str) -> HttpResponse:
    campaign, partner, asked = the_campaign(request, public_id)
    lines = list(lines_of_partner(campaign, partner))
    form = nothing_form(campaign, lines, partner, request.POST)
    if form.is_valid():
        chosen = [one for one in lines if one.public_id in form.cleaned_data["lines"]]
        reason = form.cleaned_data["reason"]
        try:
            campaigns.answer_nothing_to(chosen, reason=reason, by=request.visitor, at=now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%s件を「実績なし」と報告しました。") % len(chosen))
            return redirect("counter:campaign", request.town.code, campaign.public_id)
    return shown(request, campaign, partner, asked, 422, nothing=form, form=form)


@visitor_page
@require_POST
def take_back(request: VisitorRequest, public_id: str, line_id: str) -> HttpResponse:
    campaign, partner, _asked = the_campaign(request, public_id)
    own = lines_of_partner(campaign, partner).exclude(answered_by_partner=None)
    line = get_object_or_404(own, public_id=line_id)
    sentence = _("「実績なし」の報告を取り消しました。")
    tried(request, lambda: campaigns.take_answer_back(line, by=request.visitor, at=now()), sentence)
    return redirect("counter:campaign", request.town.code, campaign.public_id)


@visitor_page
@require_POST
def finish(request: VisitorRequest, public_id: str) -> HttpResponse:
    campaign, _partner, asked = the_campaign(request, public_id)
    sentence = _("報告を終えました。ありがとうございました。市が内容を確かめます。")
    tried(request, lambda: campaigns.finish_partner(asked, by=request.visitor, at=now()), sentence)
    return redirect("counter:campaign", request.town.code, campaign.public_id)


def tried(request: VisitorRequest, act: Callable[[], object], sentence: str) -> None:
    """Do it and say so, or say why not."""
    try:
        act()
    except (Refused, DocumentRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
