"""What signing in leaves behind goes away again: sittings, tries, links and sessions that are over."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session

from renkei.accounts.links import SignInLink
from renkei.accounts.lock_out import Tries
from renkei.accounts.sittings import forget_sittings

ONE_DAY = timedelta(days=1)
LINKS_KEPT_FOR = timedelta(days=30)


def forget_what_is_over(sender: Any, *, now: datetime, **kwargs: object) -> None:
    """A part of the daily work; for all towns at once, so a second call on a day finds nothing."""
    forget_sittings(now - ONE_DAY)
    Tries.objects.filter(last_at__lt=now - ONE_DAY).delete()
    SignInLink.objects.filter(expires_at__lt=now - LINKS_KEPT_FOR).delete()
    Session.objects.filter(expire_date__lt=now).delete()
