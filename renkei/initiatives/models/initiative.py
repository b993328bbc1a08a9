"""Concrete work under an agreement (取組): what, who on both sides, when, with which indicators and aims."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement, Field, Item
from renkei.initiatives.vocabulary import InitiativeState
from renkei.municipalities.claiming import claimed
from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.partners.models import Organisation
from renkei.rules.japanese_calendar import fiscal_year_name


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    def of(self, municipality: Municipality) -> Self:
        """Initiatives of one municipality."""
        return self.filter(municipality=municipality)

    def about(self, agreement: Agreement) -> Self:
        """The work under one agreement, in the order of its list."""
        return self.filter(agreement=agreement)

    def seen_by(self, audience: Audience) -> Self:
        """Staff see all of their own municipality; everyone else what is public of published agreements."""
        seen = self if audience.municipality is None else self.of(audience.municipality)
        return seen if audience.internal else seen.filter(is_public=True, agreement__is_published=True)

    def claim(self, initiative: "Initiative") -> bool:
        """Take the record for a change if nobody changed it since it was read; True if it is ours."""
        return claimed(self, initiative)


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
    state = models.CharField(
        _("状態"), max_length=10, choices=InitiativeState, default=InitiativeState.PLANNED
    )
    field = models.ForeignKey(
        Field, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("分野")
    )
    town_part = models.TextField(_("市の役割"), blank=True)
    partner_part = models.TextField(_("相手方の役割"), blank=True)
    timing = models.CharField(_("時期"), max_length=200, blank=True)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("担当課")
    )
    town_person = models.CharField(_("市の担当者"), max_length=100, blank=True)
    # Of an agreement with several partners the one that does it; where it is empty, all of them.
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("行う相手方"),
    )
    partner_person = models.CharField(_("相手方の担当者"), max_length=100, blank=True)
    place = models.CharField(_("場所"), max_length=200, blank=True)
    audience = models.CharField(_("対象者"), max_length=200, blank=True)
    begins_on = models.DateField(_("始める日"))
    ends_on = models.DateField(_("終える日"), null=True, blank=True)
    end_reason = models.TextField(_("終えた理由"), blank=True)
    is_public = models.BooleanField(_("公開してよい"), default=True)
    is_sample = models.BooleanField(_("見本"), default=False)
    version = models.PositiveIntegerField(default=1)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("取組")
        ordering = ["position"]
        indexes = [models.Index(fields=["municipality", "state"], name="initiative_town_state")]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "position"], name="initiative_position_once"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="initiative_ends_on_or_after_it_begins",
                violation_error_message=_("終える日は、始める日と同じ日か、それより後の日にしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlannedYear(models.Model):
    """A fiscal year in which an initiative is to be done, and what is planned for it."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="planned_years")
    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    plan = models.TextField(_("その年度の予定"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("予定の年度")
        ordering = ["fiscal_year"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "fiscal_year"], name="planned_year_once"),
        ]
        indexes = [models.Index(fields=["fiscal_year"], name="planned_year_year")]

    def __str__(self) -> str:
        return fiscal_year_name(self.fiscal_year)


class Indicator(models.Model):
    """What of an initiative is counted, and in which unit: 受講者数(人)."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField(_("順"))
    name = models.CharField(_("指標"), max_length=100)
    unit = models.CharField(_("単位"), max_length=20)

    class Meta:
        verbose_name = verbose_name_plural = _("指標")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "position"], name="indicator_position_once"),
            models.UniqueConstraint(
                fields=["initiative", "name"],
                name="indicator_name_once",
                violation_error_message=_("同じ名前の指標があります。別の名前にしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}({self.unit})"


class Aim(models.Model):
    """The value of an indicator that is aimed at in a fiscal year."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="aims")
    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    value = models.DecimalField(_("目標値"), max_digits=15, decimal_places=2)

    class Meta:
        verbose_name = verbose_name_plural = _("目標")
        ordering = ["fiscal_year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "fiscal_year"], name="aim_once_for_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {fiscal_year_name(self.fiscal_year)}"
