"""Drafts of proposals that nobody goes on with are erased: the author is told a month before."""

from datetime import datetime, timedelta
from typing import Any

from renkei.municipalities.models import Municipality
from renkei.procedures.models import Proposal
from renkei.procedures.services.proposing import DROPPED_FOR, KEPT_FOR, forget, warn_of_forgetting

ONE_MONTH = timedelta(days=30)


def forget_drafts(sender: Any, municipality: Municipality, now: datetime, **kwargs: Any) -> None:
    """A part of the daily work: erase what was dropped or lay untouched for a year, and warn a month before."""
    unsent = Proposal.objects.of(municipality).filter(sent_at=None).select_related("author", "municipality")
    for dropped in unsent.filter(dropped_at__lt=now - DROPPED_FOR):
        forget(dropped)
    drafts = unsent.filter(dropped_at=None)
    for untouched in drafts.filter(saved_at__lt=now - KEPT_FOR):
        forget(untouched)
    for fading in drafts.filter(saved_at__lt=now - KEPT_FOR + ONE_MONTH):
        warn_of_forgetting(fading, at=now)
