"""Handovers (引継ぎ): what a person or a division holds goes to a successor, with notes, in one act."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import Role, User
from renkei.documents.models import Document
from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.public_id import new_public_id

PATIENCE = timedelta(days=7)


class HandoverState(models.TextChoices):
    PREPARED = "prepared", _("準備中")
    HANDED_OVER = "handed_over", _("受取り待ち")
    SENT_BACK = "sent_back", _("差し戻し")
    ACCEPTED = "accepted", _("受取り済み")
    WITHDRAWN = "withdrawn", _("取りやめ")


class HandoverQuerySet(models.QuerySet["Handover"]):
    def of(self, municipality: Municipality) -> Self:
        """Handovers of one municipality."""
        return self.filter(municipality=municipality)

    def seen_by(self, person: User, *, day: date) -> Self:
        """Those that the person gives or receives, alone or as a clerk of the division; all for a coordinator."""
        if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, day=day):
            return self
        held = person.assignments.holding_on(day).filter(role=Role.RESPONSIBLE).values("division")
        own = Q(giver=person) | Q(receiver=person)
        return self.filter(own | Q(division__in=held) | Q(receiving_division__in=held))

    def waiting_since(self, day: date) -> Self:
        """Handed over on the day or before it, and not answered yet."""
        return self.filter(state=HandoverState.HANDED_OVER, handed_over_on__lte=day)

    def claim(self, handover: "Handover", **changes: Any) -> bool:
        """Write the changes if nobody changed the handover since it was read; True if it is ours."""
        seen = handover.version
        if not self.filter(pk=handover.pk, version=seen).update(version=seen + 1, **changes):
            return False
        handover.version = seen + 1
        for name, value in changes.items():
            setattr(handover, name, value)
        return True


class Handover(models.Model):
    """From a person (`giver` without `division`) or a division, to a person or a division.

    `on` is the first day of the successor; `notes` hold what the giver says about each agreement, by its public id.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    giver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("渡す人"))
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("渡す課")
    )
    receiver = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("受け取る人")
    )
    receiving_division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("受け取る課")
    )
    on = models.DateField(_("引き継ぐ日"))
    state = models.CharField(_("状態"), max_length=12, choices=HandoverState, default=HandoverState.PREPARED)
    message = models.TextField(_("全体のメモ"), blank=True)
    notes = models.JSONField(_("協定ごとのメモ"), default=dict)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("引継書")
    )
    handed_over_on = models.DateField(_("渡した日"), null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("答えた日時"), null=True)
    reason = models.TextField(_("差し戻しの理由"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("引継ぎ")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(receiver=None) ^ Q(receiving_division=None),
                name="handover_to_a_person_or_a_division",
                violation_error_message=_("受け取るのは、人か課のどちらか一つです。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gives} → {self.receives}"

    @property
    def gives(self) -> str:
        """Who hands over: the division, or the person."""
        return str(self.division or self.giver)

    @property
    def receives(self) -> str:
        """Who is to receive."""
        return str(self.receiver or self.receiving_division)

    @property
    def can_be_written(self) -> bool:
        """Whether notes may still be written and it may be handed over."""
        return self.state in (HandoverState.PREPARED, HandoverState.SENT_BACK)

    @property
    def is_waiting(self) -> bool:
        """Whether it is handed over and not answered."""
        return self.state == HandoverState.HANDED_OVER


def waiting_handovers(day: date) -> HandoverQuerySet:
    """Handovers that nobody has answered for seven days or more, of all towns: what a reminder is about."""
    found: HandoverQuerySet = Handover.objects.waiting_since(day - PATIENCE)
    return found.select_related("municipality", "giver", "division", "receiver", "receiving_division")
