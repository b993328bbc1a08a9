"""Campaigns: the list, and how far one is."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from renkei.audit.models import Entry
from renkei.desk.campaigns.campaign_page import the_campaign, with_counts
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.initiatives.campaign_letters import NOBODY
from renkei.initiatives.models import Campaign
from renkei.initiatives.permissions import why_not_conduct
from renkei.initiatives.progress import DivisionProgress, Progress, progress
from renkei.initiatives.vocabulary import Publicity
from renkei.municipalities.divisions import Lineage

HISTORY = 30


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    context = {
        "title": _("実績調査"),
        "campaigns": with_counts(request),
        "reason": why_not_conduct(request.user, day=today()),
        "day": today(),
    }
    return render(request, "desk/campaigns/listing.html", context)


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    campaign = the_campaign(request, public_id)
    done = progress(campaign)
    told = Entry.objects.of(town(request)).about(
        subject_type="initiatives.campaign", subject_id=campaign.public_id
    )
    context: dict[str, Any] = {
        "title": str(campaign),
        "campaign": campaign,
        "progress": done,
        "mine": _mine(request, campaign, done),
        "partners": [one for one in done.partners if one.people or one.asked.finished_at],
        "silent": [one for one in done.partners if not one.people and not one.asked.finished_at],
        "day": today(),
        "is_late": campaign.closed_at is None and campaign.due_on < today(),
        "reason": why_not_conduct(request.user, day=today()),
        "nobody": NOBODY,
        "publicities": Publicity,
        "history": told[:HISTORY],
    }
    return render(request, "desk/campaigns/page.html", context)


def _mine(request: StaffRequest, campaign: Campaign, done: Progress) -> list[DivisionProgress]:
    """The divisions for which the person answers."""
    lineage, day = Lineage(campaign.municipality), today()
    return [
        one
        for one in done.divisions
        if one.division and request.user.works_for(lineage.on(one.division.pk, day), day=day)
    ]
