"""Forgetting, each day, whom a town no longer calls: emergency contacts taken out longer ago than it keeps them."""

from datetime import date
from typing import Any

from renkei.disasters.services.removing_contacts import forget_contacts
from renkei.municipalities.models import Municipality
from renkei.retention.kinds import CONTACTS, PERMANENT
from renkei.retention.questions import years_of
from renkei.rules.retention_days import latest_completion


def forget_contacts_daily(sender: Any, municipality: Municipality, day: date, **kwargs: Any) -> None:
    """The daily work's part: nothing goes where the town has set no time, or keeps them for ever."""
    years = years_of(municipality).get(CONTACTS, PERMANENT)
    if years != PERMANENT:
        forget_contacts(municipality, until=latest_completion(day, years))
