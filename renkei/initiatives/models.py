"""Concrete work under an agreement (取組)."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.agreements.models import Agreement, Item
from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.public_id import new_public_id


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    def of(self, municipality: Municipality) -> Self:
        """Initiatives of one municipality."""
        return self.filter(municipality=municipality)

    def about(self, agreement: Agreement) -> Self:
        """The work under one agreement, in the order of its list."""
        return self.filter(agreement=agreement)


class Initiative(models.Model):
    """What is done under an agreement, and who does which part of it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(
        Item, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("連携事項")
    )
    position = models.PositiveSmallIntegerField(_("順"))
    title = models.CharField(_("取組"), max_length=400)
    town_part = models.TextField(_("市の役割"), blank=True)
    partner_part = models.TextField(_("相手方の役割"), blank=True)
    timing = models.CharField(_("時期"), max_length=200, blank=True)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("担当課")
    )
    begins_on = models.DateField(_("始める日"))

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("取組")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "position"], name="initiative_position_once")
        ]

    def __str__(self) -> str:
        return self.title
