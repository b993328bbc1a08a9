"""Sums kept so that figures of any day need no count: what each agreement adds to them, and the sums of all towns."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from renkei.agreements.audience import Audience

NONE = "none"
"""The group of those that have no field or no division."""


class Part(models.IntegerChoices):
    """How a stretch stands to the sums of all towns: told to them, still to be added, still to be taken off."""

    LEAVING = -1, _("累計から除く")
    SUMMED = 0, _("累計に入っている")
    JOINING = 1, _("累計に加える")


class Scope(models.TextChoices):
    """Whose sums; a word, since SQLite looks up no index for NOT is_public."""

    INTERNAL = "internal", _("職員")
    PUBLIC = "public", _("公開")


class StretchQuerySet(models.QuerySet["Stretch"]):
    def true(self) -> Self:
        """What the register says now: all but those that wait to be taken off the sums."""
        return self.filter(part__gte=Part.SUMMED)

    def waiting(self) -> Self:
        """What the sums of all towns do not say yet."""
        return self.filter(~Q(part=Part.SUMMED))

    def covering(self, day: date) -> Self:
        """Stretches in force on the day, first and last day included."""
        return self.filter(Q(until=None) | Q(until__gte=day), starts_on__lte=day)

    def seen_by(self, audience: Audience) -> Self:
        """Of a town or of all, for staff or for everyone."""
        seen = self if audience.municipality is None else self.filter(municipality=audience.municipality.pk)
        return seen if audience.internal else seen.filter(is_published=True)


class Stretch(models.Model):
    """A time in which an agreement is in force without a gap, with the groups in which it counts.

    A copy of the records, written in the transaction that changes them; stretches of one agreement never overlap.
    """

    agreement = models.PositiveBigIntegerField()
    municipality = models.PositiveBigIntegerField()
    division = models.PositiveBigIntegerField(null=True)
    series = models.PositiveBigIntegerField(null=True)
    is_published = models.BooleanField()
    signed_on = models.DateField(null=True)
    signed_as = models.CharField(max_length=10)
    starts_on = models.DateField()
    until = models.DateField(null=True)
    groups = models.TextField()
    part = models.SmallIntegerField(choices=Part)

    objects = StretchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("有効な続き")
        indexes = [
            models.Index(fields=["agreement"], name="stretch_agreement"),
            models.Index(fields=["municipality"], name="stretch_municipality"),
            models.Index(
                fields=["signed_on", "starts_on", "until", "is_published", "part"], name="stretch_signed"
            ),
            models.Index(fields=["part"], condition=~Q(part=0), name="stretch_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.starts_on}–{self.until or ''}"

    @property
    def names(self) -> list[str]:
        """The groups, the signing day to the month, and "" for the total."""
        return names_of(self.groups, self.signed_as)


def names_of(groups: str, signed_as: str) -> list[str]:
    """Under which names an agreement counts in the sums."""
    return ["", f"signed:{signed_as[:7]}", *groups.split()]


class DaySum(models.Model):
    """Of all towns: what changes on a day; on the first of a month also the counts of the day before."""

    scope = models.CharField(max_length=8, choices=Scope)
    day = models.DateField()
    opening = models.TextField()
    change = models.TextField()

    class Meta:
        verbose_name = verbose_name_plural = _("日ごとの累計")
        constraints = [models.UniqueConstraint(fields=["scope", "day"], name="day_sum_once")]

    def __str__(self) -> str:
        return str(self.day)


class Merging(models.Model):
    """One row: whoever writes the sums holds it, so that two never do at once."""

    merged_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("累計への反映")

    def __str__(self) -> str:
        return str(self.merged_at)
