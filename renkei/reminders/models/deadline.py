"""What falls due, kept as it was last seen, and whom it was told to."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements.deadlines import DueKind
from renkei.agreements.models import Agreement, RenewalDecision
from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.reminders.models.letter import Letter


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def of(self, municipality: Municipality) -> Self:
        """Deadlines of one municipality."""
        return self.filter(municipality=municipality)

    def standing(self) -> Self:
        """Deadlines that were not cancelled."""
        return self.filter(cancelled_at=None, agreement__isnull=False)

    def waiting(self) -> Self:
        """Deadlines about which nobody has decided."""
        return self.standing().filter(is_decided=False)

    def between(self, first: date, last: date) -> Self:
        """Deadlines from the first to the last day, both included, the nearest first."""
        return self.filter(on__range=(first, last)).order_by("on", "pk")

    def missed_before(self, day: date, *, days: int) -> Self:
        """Deadlines of the days just before the day that passed without a decision, then or since."""
        decisions = RenewalDecision.objects.filter(
            agreement=OuterRef("agreement"), term_ends_on=OuterRef("term_ends_on")
        )
        undecided = self.waiting().filter(~Exists(decisions), agreement__ending=None)
        return undecided.between(day - timedelta(days=days), day - timedelta(days=1))


class Deadline(models.Model):
    """A day on which something falls due with an agreement; a copy that the register can make again.

    What calendars need to follow a change is its own: a stable `public_id`, a `sequence` that rises, and the moment at
    which it was cancelled. The row outlives its agreement, so that calendars hear of that too.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.SET_NULL, null=True, related_name="+")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("期限の種類"), max_length=10, choices=DueKind)
    on = models.DateField(_("期限の日"))
    term_ends_on = models.DateField(_("期間の終わり"))
    title = models.CharField(_("協定名"), max_length=400)
    partners = models.CharField(_("相手方"), max_length=400, blank=True)
    sentence = models.TextField(_("期限の理由"), blank=True)
    is_decided = models.BooleanField(_("判断済み"), default=False)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(_("変わった日時"))
    cancelled_at = models.DateTimeField(_("なくなった日時"), null=True, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("期限")
        ordering = ["on", "pk"]
        indexes = [
            models.Index(fields=["municipality", "on"], name="deadline_on"),
            models.Index(fields=["division", "on"], name="deadline_division"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.get_kind_display()}"

    def left_on(self, day: date) -> str:
        """How far away it is on the day, in words."""
        left = (self.on - day).days
        if left < 0:
            return gettext("%(days)s日前に過ぎました") % {"days": -left}
        return gettext("あと%(days)s日") % {"days": left} if left else gettext("きょうまで")


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def of(self, municipality: Municipality) -> Self:
        """Reminders of one municipality."""
        return self.filter(municipality=municipality)


class Reminder(models.Model):
    """That a person was told of a deadline, at a distance of so many days; never twice."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("期限の種類"), max_length=10, choices=DueKind)
    on = models.DateField(_("期限の日"))
    distance = models.PositiveSmallIntegerField(_("何日前の督促か"))
    is_escalation = models.BooleanField(_("総括課への知らせ"), default=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="reminders")
    reminded_on = models.DateField(_("督促の日"))

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("督促")
        ordering = ["-reminded_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "kind", "on", "distance", "is_escalation", "person"],
                name="reminded_once_at_a_distance",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} {self.person}"
