"""Drills (訓練): a scenario with scripted needs, the yearly plan, and the score."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.disasters.models.incident import Incident
from renkei.disasters.vocabulary import DisasterFunction, DrillState, Hazard, Urgency
from renkei.municipalities.claiming import claimed
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    def of(self, municipality: Municipality) -> Self:
        """Scenarios of one municipality."""
        return self.filter(municipality=municipality)

    def claim(self, scenario: "Scenario") -> bool:
        """Take the record for a change if nobody changed it since it was read; True if it is ours."""
        return claimed(self, scenario)


class Scenario(models.Model):
    """A course of events that a drill plays."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    title = models.CharField(_("シナリオの名称"), max_length=200)
    hazard = models.CharField(_("災害の種類"), max_length=12, choices=Hazard)
    situation = models.TextField(_("想定"), blank=True)
    is_sample = models.BooleanField(_("見本"), default=False)
    version = models.PositiveIntegerField(default=1)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("訓練のシナリオ")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class ScenarioNeed(models.Model):
    """A need that comes up so many minutes after the beginning."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="needs")
    minute = models.PositiveSmallIntegerField(_("開始から何分後"), default=0)
    function = models.CharField(_("支援の種類"), max_length=20, choices=DisasterFunction)
    goods = models.CharField(_("品目・内容"), max_length=200, blank=True)
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("単位"), max_length=20, blank=True)
    place = models.CharField(_("場所"), max_length=200, blank=True)
    urgency = models.CharField(_("急ぎ"), max_length=10, choices=Urgency, default=Urgency.NOW)

    class Meta:
        verbose_name = verbose_name_plural = _("シナリオで必要になるもの")
        ordering = ["minute", "pk"]

    def __str__(self) -> str:
        return self.goods or str(DisasterFunction(self.function).label)


class DrillQuerySet(models.QuerySet["Drill"]):
    def of(self, municipality: Municipality) -> Self:
        """Drills of one municipality."""
        return self.filter(municipality=municipality)

    def claim(self, drill: "Drill") -> bool:
        """Take the record for a change if nobody changed it since it was read; True if it is ours."""
        return claimed(self, drill)


class Drill(models.Model):
    """A drill in the yearly plan, and what came of it once it was played."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    scenario = models.ForeignKey(
        Scenario, on_delete=models.PROTECT, related_name="+", verbose_name=_("訓練のシナリオ")
    )
    title = models.CharField(_("訓練の名称"), max_length=200)
    planned_on = models.DateField(_("予定の日"))
    aim = models.TextField(_("ねらい"), blank=True)
    # Whether partners are really called, or only the town's people play.
    calls_partners = models.BooleanField(_("相手方に実際に電話する"), default=True)
    state = models.CharField(_("状態"), max_length=10, choices=DrillState, default=DrillState.PLANNED)
    incident = models.OneToOneField(Incident, on_delete=models.SET_NULL, null=True, related_name="drill")
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_reason = models.CharField(_("中止の理由"), max_length=200, blank=True)
    # The score as it was when the drill ended: per need found, reached, answered, minutes.
    score = models.JSONField(_("採点"), default=dict, blank=True)
    is_sample = models.BooleanField(_("見本"), default=False)
    version = models.PositiveIntegerField(default=1)

    objects = DrillQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("訓練の計画")
        ordering = ["-planned_on", "pk"]

    def __str__(self) -> str:
        return self.title
