"""What the daily work does with people: whoever has left signs in no more."""

from datetime import date
from typing import Any

from renkei.municipalities.models import Municipality
from renkei.people.services.staff import close_accounts


def close_left(sender: object, *, municipality: Municipality, day: date, **_given: Any) -> None:
    """Close the accounts of people whose last day is over; nothing where that was done before."""
    close_accounts(municipality, day=day)
