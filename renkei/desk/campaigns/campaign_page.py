"""What the pages of campaigns share: finding the record, saying what was done, showing a refusal."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from renkei.agreements.services import Refused
from renkei.desk.staff import StaffRequest, town
from renkei.desk.versions import version_seen
from renkei.documents.services import DocumentRefused
from renkei.initiatives.campaign_letters import NOBODY
from renkei.initiatives.models import Campaign
from renkei.initiatives.vocabulary import LineAnswer
from renkei.municipalities.models import Division


def the_campaign(request: StaffRequest, public_id: str) -> Campaign:
    """The person's own town's campaign, as of the version that they saw, or 404."""
    mine = Campaign.objects.of(town(request)).select_related("municipality", "opened_by")
    campaign = get_object_or_404(mine, public_id=public_id)
    if request.method == "POST":
        campaign.version = version_seen(request, campaign.version)
    return campaign


def the_division(request: StaffRequest, campaign: Campaign, division_id: str) -> Division | None:
    """A division that is asked in the campaign; None for what no division answers for; else 404."""
    if division_id == NOBODY:
        if not campaign.lines.filter(division=None).exists():
            raise Http404
        return None
    asked = campaign.divisions.filter(division__public_id=division_id).select_related(
        "division__municipality"
    )
    found = asked.first()
    if found is None:
        raise Http404
    return found.division


def with_counts(request: StaffRequest) -> "list[Campaign]":
    """The town's campaigns with how many lines they have and how many are answered."""
    answered = Count("lines", filter=~Q(lines__answer=LineAnswer.WAITING))
    known = Campaign.objects.of(town(request)).annotate(asked=Count("lines"), answered=answered)
    return list(known.select_related("opened_by"))


def tried(request: StaffRequest, act: Callable[[], object], sentence: str) -> bool:
    """Do it and say so, or say why not; whether it was done."""
    try:
        act()
    except (Refused, DocumentRefused) as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, sentence)
    return True


def now() -> datetime:
    """The moment: taken here, at the door, and passed down."""
    return timezone.now()
