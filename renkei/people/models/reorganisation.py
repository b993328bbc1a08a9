"""Reorganisations (機構改革): what happens to the divisions of a town from one day on, planned ahead."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id


class ReorganisationState(models.TextChoices):
    PLANNED = "planned", _("計画中")
    DECIDED = "decided", _("決定")
    WITHDRAWN = "withdrawn", _("取りやめ")


class ReorganisationQuerySet(models.QuerySet["Reorganisation"]):
    def of(self, municipality: Municipality) -> Self:
        """Reorganisations of one municipality."""
        return self.filter(municipality=municipality)

    def claim(self, plan: "Reorganisation", **changes: Any) -> bool:
        """Write the changes if nobody changed the plan since it was read; True if it is ours."""
        seen = plan.version
        if not self.filter(pk=plan.pk, version=seen).update(version=seen + 1, **changes):
            return False
        plan.version = seen + 1
        for name, value in changes.items():
            setattr(plan, name, value)
        return True


class Reorganisation(models.Model):
    """A plan of steps that hold from one day on; once decided, dated facts carry it out by themselves.

    `steps` say what happens to the divisions, `choices` where each agreement, text and person goes whose division
    has several successors, `made` what the decision wrote, so that it can be taken back until the day.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("名称"), max_length=100)
    on = models.DateField(_("始まる日"))
    state = models.CharField(
        _("状態"), max_length=10, choices=ReorganisationState, default=ReorganisationState.PLANNED
    )
    steps = models.JSONField(_("内容"), default=list)
    choices = models.JSONField(_("行き先"), default=dict)
    made = models.JSONField(default=dict, editable=False)
    decided_at = models.DateTimeField(_("決定した日時"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ReorganisationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("機構改革")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_planned(self) -> bool:
        """Whether steps may still be added and removed."""
        return self.state == ReorganisationState.PLANNED

    def can_be_taken_back_on(self, day: date) -> bool:
        """Whether it is decided and its day has not come."""
        return self.state == ReorganisationState.DECIDED and day < self.on

    def choice(self, kind: str, name: str) -> str:
        """The words of the division that somebody chose for an agreement, a text or a person; "" if nobody did."""
        return str(self.choices.get(kind, {}).get(name, ""))
