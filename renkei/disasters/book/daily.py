"""What the disaster book does once a day: it is made each night, so that paper and register agree in the morning."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from renkei.disasters.agreements import for_disasters
from renkei.disasters.models import DisasterBook
from renkei.disasters.services.making_books import make_book
from renkei.municipalities.models import Municipality


def make_the_nights_book(sender: Any, municipality: Municipality, now: datetime, **_given: Any) -> None:
    """Make today's book where the town has agreements for disasters; asked again on the day it makes none."""
    today = timezone.localdate(now)
    if DisasterBook.objects.of(municipality).filter(day=today).exists():
        return
    if for_disasters(municipality, today).exists():
        make_book(municipality, at=now)
