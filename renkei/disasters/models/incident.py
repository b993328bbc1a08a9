"""A disaster or a drill (災害・訓練), and what is needed in it."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.disasters.amounts import told_amount
from renkei.disasters.models.capability import District
from renkei.disasters.vocabulary import DisasterFunction, Hazard, IncidentKind, NeedState, Urgency
from renkei.municipalities.claiming import claimed
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id


class IncidentQuerySet(models.QuerySet["Incident"]):
    def of(self, municipality: Municipality) -> Self:
        """Incidents of one municipality."""
        return self.filter(municipality=municipality)

    def running(self) -> Self:
        """Those that nobody has closed."""
        return self.filter(closed_at=None)

    def claim(self, incident: "Incident") -> bool:
        """Take the record for a change if nobody changed it since it was read; True if it is ours."""
        return claimed(self, incident)


class Incident(models.Model):
    """A disaster or a drill, from its opening to its end."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("災害か訓練か"), max_length=10, choices=IncidentKind)
    hazard = models.CharField(_("災害の種類"), max_length=12, choices=Hazard)
    title = models.CharField(_("名称"), max_length=200)
    summary = models.TextField(_("状況"), blank=True)
    opened_at = models.DateTimeField(_("始めた日時"))
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("終えた日時"), null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    review = models.TextField(_("振り返り"), blank=True)
    is_sample = models.BooleanField(_("見本"), default=False)
    version = models.PositiveIntegerField(default=1)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("災害・訓練")
        ordering = ["-opened_at"]
        indexes = [models.Index(fields=["municipality", "closed_at"], name="incident_running")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_drill(self) -> bool:
        """Whether nobody is really in need."""
        return self.kind == IncidentKind.DRILL


class NeedQuerySet(models.QuerySet["Need"]):
    def of(self, municipality: Municipality) -> Self:
        """Needs in incidents of one municipality."""
        return self.filter(incident__municipality=municipality)

    def open(self) -> Self:
        """What is still to be found."""
        return self.filter(state=NeedState.OPEN)


class Need(models.Model):
    """What somebody needs (必要なもの): what, how much, where, until when; `number` counts from 1 in the incident."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="needs")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    number = models.PositiveIntegerField(_("番号"))
    said = models.CharField(_("聞いたまま"), max_length=300, blank=True)
    function = models.CharField(_("支援の種類"), max_length=20, choices=DisasterFunction)
    goods = models.CharField(_("品目・内容"), max_length=200, blank=True)
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("単位"), max_length=20, blank=True)
    district = models.ForeignKey(
        District, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("届け先")
    )
    place = models.CharField(_("場所"), max_length=200, blank=True)
    urgency = models.CharField(_("急ぎ"), max_length=10, choices=Urgency, default=Urgency.NOW)
    told_by = models.CharField(_("誰から"), max_length=100, blank=True)
    note = models.TextField(_("補足"), blank=True)
    state = models.CharField(_("状態"), max_length=10, choices=NeedState, default=NeedState.OPEN)
    opened_at = models.DateTimeField(_("聞いた日時"))
    met_at = models.DateTimeField(_("片づいた日時"), null=True, blank=True)
    ended_reason = models.CharField(_("取り下げた理由"), max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("必要なもの")
        ordering = ["incident", "number"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="need_number_once"),
        ]

    def __str__(self) -> str:
        heard = self.said if self.function == DisasterFunction.OTHER else ""
        return self.goods or heard[:60] or str(DisasterFunction(self.function).label)

    @property
    def amount(self) -> str:
        """2,000本; "" where nobody has said how much."""
        return told_amount(self.quantity, self.unit)

    @property
    def where(self) -> str:
        """東光地区 公民館."""
        return " ".join(part for part in (str(self.district or ""), self.place) if part)


class IncidentNote(models.Model):
    """A line in the record of an incident that is about no call and no request."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="notes")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    text = models.TextField(_("記録"))
    at = models.DateTimeField(_("日時"))
    received_at = models.DateTimeField(_("届いた日時"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("災害の記録")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
