"""What the yearly check of contacts does once a day: reminding near the day, on it, and weekly after it."""

from datetime import date, datetime
from functools import partial
from typing import Any

from renkei.disasters.models import ContactCampaign
from renkei.disasters.services.checking import remind_waiting
from renkei.municipalities.models import Municipality
from renkei.rules.japanese_calendar import is_working_day
from renkei.rules.occasions import occasion


def remind_of_checks(
    sender: Any, municipality: Municipality, day: date, now: datetime, **_given: Any
) -> None:
    """Remind every partner that has an address and has not answered; asked again for the day it writes nothing."""
    if not is_working_day(day):
        return
    for campaign in ContactCampaign.objects.of(municipality).running().select_related("municipality"):
        if why := occasion(campaign.due_on, day):
            was_told = partial(_is_for, why, campaign.due_on)
            remind_waiting(campaign, f"{why}:{campaign.due_on}", at=now, unless=was_told)


def _is_for(why: str, due_on: date, last: date) -> bool:
    """Whether the letter of that day was for the same occasion."""
    return occasion(due_on, last) == why
