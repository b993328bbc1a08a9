"""What the work under agreements does once a day: reminding of running campaigns, near their day, on it, and late."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from renkei.initiatives.models import Campaign
from renkei.initiatives.services.campaigns import remind_open
from renkei.municipalities.models import Municipality
from renkei.rules.japanese_calendar import is_working_day

NEAR = 5
"""Working days before the day on which the first reminder goes out."""


def occasion(due_on: date, day: date) -> str | None:
    """Why one is reminded on the day: "near", "due", "late-<week>"; None while the day is far.

    A day that was missed (a holiday, a machine that stood still) is made up for on the next.
    """
    if day > due_on:
        return f"late-{(day - due_on).days // 7}"
    ahead = (due_on - day).days
    if ahead > 4 * NEAR:
        return None
    left = sum(is_working_day(day + timedelta(n)) for n in range(1, ahead + 1))
    if left == 0:
        return "due"
    return "near" if left <= NEAR else None


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
