"""`./run manage keep_days`: sends letters as they come and does the daily work once a day, until it is ended."""

import logging
import signal
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from renkei.municipalities.models import Municipality
from renkei.reminders.daily import do_day
from renkei.reminders.models import DailyWork
from renkei.reminders.models.day import DayState
from renkei.reminders.sending import send_some

log = logging.getLogger(__name__)
AGAIN_AFTER = timedelta(hours=1)
ENDINGS = {signal.SIGTERM, signal.SIGINT}


class Command(BaseCommand):
    help = (
        "Sends letters and does the daily work by itself; a day that was missed is made up. Ends with TERM."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, default=5, help="seconds between two looks at the outbox")
        parser.add_argument(
            "--from-hour", type=int, default=6, help="the hour from which the day's work is done"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # Held back until asked for: an end tears nothing, and none is missed between two looks.
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
        while not signal.sigtimedwait(ENDINGS, options["every"]):
            try:
                look(timezone.now(), options["from_hour"], is_ended=is_to_end)
            except DatabaseError:  # it is being upgraded, or away for a moment: the next look finds it again
                log.exception("The outbox and the daily work could not be looked at")
            close_old_connections()


def is_to_end() -> bool:
    """Whether somebody has asked this program to end."""
    return bool(signal.sigpending() & ENDINGS)


def look(now: datetime, from_hour: int, is_ended: Callable[[], bool] = lambda: False) -> None:
    """One look: the day's work of each town if it is time and not done, then the outbox; less when it is to end."""
    local = timezone.localtime(now)
    if local.hour >= from_hour:
        done = DailyWork.objects.filter(day=local.date(), state=DayState.DONE).values("municipality")
        for town in Municipality.objects.taking_part().exclude(pk__in=done):
            if is_ended():
                return
            do_day(town, local.date(), now, again_after=AGAIN_AFTER)
    send_some(now, is_ended)
