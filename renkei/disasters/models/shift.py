"""Between people and after the end: handing over a shift, records that found no place, and what was learned."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.disasters.models.incident import Incident
from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.public_id import new_public_id


class ShiftHandover(models.Model):
    """One shift hands over to the next: what is open, what to watch."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="handovers")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    text = models.TextField(_("引き継ぐこと"))
    to_name = models.CharField(_("引き継ぐ相手"), max_length=100, blank=True)
    # What was open at that moment, as lines.
    open_lines = models.JSONField(_("そのとき手配中のもの"), default=list, blank=True)
    at = models.DateTimeField(_("引き継いだ日時"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(_("受け取った日時"), null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("班の引継ぎ")
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.text[:60]


class UnplacedRecord(models.Model):
    """A record from a device that could not be taken in as it is: kept as it came, until a person settles it."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="unplaced")
    public_id = models.CharField(max_length=12, unique=True, editable=False)
    kind = models.CharField(_("記録の種類"), max_length=20)
    told = models.JSONField(_("届いた記録"), default=dict)
    reason = models.TextField(_("取り込めなかった理由"))
    received_at = models.DateTimeField(_("届いた日時"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(_("片づけた日時"), null=True, blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    settled_note = models.CharField(_("片づけ方"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("取り込めなかった記録")
        ordering = ["received_at", "pk"]

    def __str__(self) -> str:
        return self.reason


class LessonQuerySet(models.QuerySet["Lesson"]):
    def of(self, municipality: Municipality) -> Self:
        """What one municipality learned."""
        return self.filter(incident__municipality=municipality)

    def open(self) -> Self:
        """What nobody has settled, the most urgent first."""
        return self.filter(done_on=None).order_by(F("due_on").asc(nulls_last=True), "pk")


class Lesson(models.Model):
    """What was learned from an incident, and who makes what of it until when (inclusive)."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="lessons")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    text = models.TextField(_("教訓"))
    task = models.TextField(_("すること"), blank=True)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("担当課")
    )
    due_on = models.DateField(_("いつまでに"), null=True, blank=True)
    done_on = models.DateField(_("片づいた日"), null=True, blank=True)
    outcome = models.TextField(_("結果"), blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("教訓")
        ordering = ["done_on", "due_on", "pk"]

    def __str__(self) -> str:
        return self.text[:60]

    def is_late(self, day: date) -> bool:
        """Whether its day has passed and it is not settled."""
        return self.done_on is None and self.due_on is not None and self.due_on < day
