"""What coming to the counter leaves behind goes away again: old links, and addresses that nobody ever confirmed."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from renkei.correspondents.models import Correspondent, CounterLink
from renkei.municipalities.models import Municipality

KEPT_FOR = timedelta(days=30)


def forget_what_is_over(sender: Any, *, municipality: Municipality, now: datetime, **kwargs: object) -> None:
    """A part of the daily work; somebody on whom a procedure hangs stays, confirmed or not."""
    CounterLink.objects.of(municipality).filter(expires_at__lt=now - KEPT_FOR).delete()
    never_came = Correspondent.objects.of(municipality).filter(confirmed_at=None, links=None)
    for person in never_came.iterator():
        _forget(person)


def _forget(person: Correspondent) -> None:
    try:
        with transaction.atomic():
            person.delete()
    except ProtectedError:
        return
