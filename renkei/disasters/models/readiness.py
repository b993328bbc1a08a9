"""How ready a town was, day by day (備えの状況)."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.municipalities.models import Municipality


class ReadinessDayQuerySet(models.QuerySet["ReadinessDay"]):
    def of(self, municipality: Municipality) -> Self:
        """Days of one municipality."""
        return self.filter(municipality=municipality)


class ReadinessDay(models.Model):
    """The town's readiness on a day, as it was counted on that day: for the trend over years."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("日"))
    agreements = models.PositiveIntegerField(_("災害時の協定"))
    # How many of them fulfil each sign, by the sign's name.
    signs = models.JSONField(_("満たしている協定の数"), default=dict)
    gaps = models.PositiveIntegerField(_("足りない支援"), default=0)

    objects = ReadinessDayQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("備えの状況")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "day"], name="readiness_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.day}"
