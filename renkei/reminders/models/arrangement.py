"""How a town wants to be reminded, and who wants no digest."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id

DISTANCES = [180, 90, 30, 7]
ESCALATION_DAYS = 14


def usual_distances() -> list[int]:
    """180, 90, 30 and 7 days before."""
    return list(DISTANCES)


class ReminderSettingsQuerySet(models.QuerySet["ReminderSettings"]):
    def of(self, municipality: Municipality) -> Self:
        """The settings of one municipality: one row, or none while the usual ones hold."""
        return self.filter(municipality=municipality)

    def that_hold_for(self, municipality: Municipality) -> "ReminderSettings":
        """The town's settings, or the usual ones."""
        return self.of(municipality).first() or ReminderSettings(municipality=municipality, version=0)


class ReminderSettings(models.Model):
    """At how many days before a deadline a town reminds, and when the coordinating division is told."""

    municipality = models.OneToOneField(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    distances = models.JSONField(_("何日前に知らせるか"), default=usual_distances)
    escalation_days = models.PositiveSmallIntegerField(
        _("何日前に総括課へ知らせるか"), default=ESCALATION_DAYS
    )
    chat_address = models.CharField(_("チャットの受け口"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReminderSettingsQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("督促の設定")

    def __str__(self) -> str:
        return str(_("督促の設定"))

    def distance_at(self, days_left: int) -> int | None:
        """The nearest distance that has been reached with so many days left; None while it is too early."""
        return min((one for one in self.distances if days_left <= one), default=None)


class DigestChoice(models.Model):
    """Whether a person wants the weekly digest; who has not chosen gets it."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    is_wanted = models.BooleanField(_("週のまとめを受け取る"))

    class Meta:
        verbose_name = verbose_name_plural = _("週のまとめの希望")

    def __str__(self) -> str:
        return str(self.person)
