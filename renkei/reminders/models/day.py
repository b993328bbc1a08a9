"""The daily work of each town, so that of two machines one does it."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id

GIVEN_UP_AFTER = timedelta(minutes=30)
"""A work that has not ended by then was killed, and is done again."""


class DayState(models.TextChoices):
    RUNNING = "running", _("作業中")
    DONE = "done", _("済み")
    FAILED = "failed", _("一部ができません")


class DailyWorkQuerySet(models.QuerySet["DailyWork"]):
    def of(self, municipality: Municipality) -> Self:
        """The daily work of one municipality."""
        return self.filter(municipality=municipality)

    def latest_done(self) -> "DailyWork | None":
        """What was done last, whatever day it was for."""
        return self.order_by("started_at", "pk").last()

    def claim(
        self, municipality: Municipality, day: date, now: datetime, *, again_after: timedelta
    ) -> "DailyWork | None":
        """The day's work if it is ours to do: nobody did it, nobody is at it, or it failed long enough ago."""
        known = self.of(municipality).filter(day=day)
        killed = Q(state=DayState.RUNNING, started_at__lt=now - GIVEN_UP_AFTER)
        failed = Q(state=DayState.FAILED, started_at__lte=now - again_after)
        if known.filter(killed | failed).update(state=DayState.RUNNING, started_at=now, problems=[]):
            return known.get()
        if known.exists():
            return None
        try:
            with transaction.atomic():
                return self.create(municipality=municipality, day=day, started_at=now)
        except IntegrityError:
            return None


class DailyWork(models.Model):
    """What was done for a town on a day, and what went wrong."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    day = models.DateField(_("日"))
    state = models.CharField(_("状態"), max_length=10, choices=DayState, default=DayState.RUNNING)
    started_at = models.DateTimeField(_("始めた日時"))
    ended_at = models.DateTimeField(_("終えた日時"), null=True, blank=True)
    done = models.JSONField(_("したこと"), default=list)
    problems = models.JSONField(_("できなかったこと"), default=list)

    objects = DailyWorkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("日ごとの仕事")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "day"], name="daily_work_once_a_day"),
        ]

    def __str__(self) -> str:
        return self.day.isoformat()
