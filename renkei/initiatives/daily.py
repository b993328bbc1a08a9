"""What the work under agreements does once a day: reminding of running campaigns, near their day, on it, and late."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from renkei.initiatives.models import Campaign
from renkei.initiatives.services.campaigns import remind_open
from renkei.municipalities.models import Municipality
from renkei.rules.japanese_calendar import is_working_day
from renkei.rules.occasions import occasion

__all__ = ["occasion", "remind_of_campaigns"]


def remind_of_campaigns(
    sender: Any, municipality: Municipality, day: date, now: datetime, **_given: Any
) -> None:
    """Remind everybody of a running campaign who has something open; asked again for the day it writes nothing."""
    if not is_working_day(day):
        return
    for campaign in Campaign.objects.of(municipality).running().select_related("municipality"):
        if why := occasion(campaign.due_on, day):
            _remind(campaign, why, now)


@transaction.atomic
def _remind(campaign: Campaign, why: str, now: datetime) -> None:
    """Everybody once for the occasion; a reminder by the coordinators in the same time is one."""
    due_on = campaign.due_on
    # The key of a letter holds the day that is awaited: a later day is a new occasion.
    remind_open(campaign, f"{why}:{due_on}", at=now, unless=lambda last: occasion(due_on, last) == why)
