"""What a partner does in a disaster (支援内容), where from, and the places of the town that help goes to."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.disasters.amounts import told_amount
from renkei.disasters.vocabulary import (
    CapabilitySource,
    CapabilityState,
    Certainty,
    CostBearer,
    DisasterFunction,
    DistrictKind,
    HazardPosition,
    Hours,
    HowToAsk,
    HowVerified,
)
from renkei.municipalities.claiming import claimed
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.partners.models import Organisation


class DistrictQuerySet(models.QuerySet["District"]):
    def of(self, municipality: Municipality) -> Self:
        """Places of one municipality."""
        return self.filter(municipality=municipality)


class District(models.Model):
    """A place of the town that help goes to: a district, a shelter, a depot; degrees are WGS 84."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("名称"), max_length=100)
    kind = models.CharField(_("種類"), max_length=10, choices=DistrictKind, default=DistrictKind.DISTRICT)
    address = models.CharField(_("所在地"), max_length=200, blank=True)
    latitude = models.DecimalField(_("緯度"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("経度"), max_digits=8, decimal_places=5, null=True, blank=True)

    objects = DistrictQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("地区・届け先")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="district_once",
                violation_error_message=_("同じ名称の地区・届け先があります。別の名称にしてください。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class CapabilityQuerySet(models.QuerySet["Capability"]):
    def of(self, municipality: Municipality) -> Self:
        """What was promised to one municipality."""
        return self.filter(municipality=municipality)

    def current(self) -> Self:
        """What somebody has confirmed and nobody has ended."""
        return self.filter(state=CapabilityState.CURRENT)

    def proposed(self) -> Self:
        """What was read from a ledger or a text, and waits for a person."""
        return self.filter(state=CapabilityState.PROPOSED)

    def about(self, agreement: Agreement) -> Self:
        """What partners do under the agreement."""
        return self.filter(agreement=agreement)

    def of_partner(self, organisation: Organisation) -> Self:
        """What the partner does, under records that were merged into it too."""
        return self.filter(Q(organisation=organisation) | Q(organisation__merged_into=organisation))

    def claim(self, capability: "Capability") -> bool:
        """Take the record for a change if nobody changed it since it was read; True if it is ours."""
        return claimed(self, capability)


class Capability(models.Model):
    """One thing that one partner does in a disaster under an agreement."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="+", verbose_name=_("協定")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("相手方")
    )
    function = models.CharField(_("支援の種類"), max_length=20, choices=DisasterFunction)
    goods = models.CharField(_("品目・内容"), max_length=200, blank=True)
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("単位"), max_length=20, blank=True)
    certainty = models.CharField(_("数量の確かさ"), max_length=10, choices=Certainty, default=Certainty.NONE)
    area = models.CharField(_("対応できる地域"), max_length=200, blank=True)
    lead_hours = models.DecimalField(
        _("要請から到着までの時間"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    hours = models.CharField(_("対応できる時間帯"), max_length=10, choices=Hours, default=Hours.UNKNOWN)
    hours_note = models.CharField(_("時間帯の補足"), max_length=200, blank=True)
    conditions = models.TextField(_("条件"), blank=True)
    cost_bearer = models.CharField(
        _("費用の負担"), max_length=10, choices=CostBearer, default=CostBearer.UNKNOWN
    )
    cost_note = models.CharField(_("費用の補足"), max_length=200, blank=True)
    how_to_ask = models.CharField(
        _("要請のしかた"), max_length=12, choices=HowToAsk, default=HowToAsk.UNKNOWN
    )
    asked_by = models.CharField(_("要請する人"), max_length=100, blank=True)
    asking_form = models.CharField(_("要請の様式"), max_length=200, blank=True)
    asking_channel = models.CharField(_("要請の手段"), max_length=200, blank=True)
    state = models.CharField(
        _("状態"), max_length=10, choices=CapabilityState, default=CapabilityState.CURRENT
    )
    source = models.CharField(
        _("もと"), max_length=10, choices=CapabilitySource, default=CapabilitySource.CLERK
    )
    # The words of the ledger or of the agreement that it was read from.
    source_text = models.TextField(_("もとの記載"), blank=True)
    confirmed_on = models.DateField(_("確かめた日"), null=True, blank=True)
    confirmed_how = models.CharField(_("確かめ方"), max_length=10, choices=HowVerified, blank=True)
    ended_on = models.DateField(_("取りやめた日"), null=True, blank=True)
    ended_reason = models.CharField(_("取りやめた理由"), max_length=200, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_sample = models.BooleanField(_("見本"), default=False)
    version = models.PositiveIntegerField(default=1)

    objects = CapabilityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("支援内容")
        ordering = ["function", "goods", "pk"]
        indexes = [
            models.Index(fields=["municipality", "state", "function"], name="capability_function"),
        ]

    def __str__(self) -> str:
        return self.goods or str(DisasterFunction(self.function).label)

    @property
    def partner(self) -> Organisation:
        """Who does it: where the record was merged into another, that one."""
        return self.organisation.merged_into or self.organisation

    @property
    def amount(self) -> str:
        """2,000本; "" where no quantity is known."""
        return told_amount(self.quantity, self.unit)

    @property
    def counted(self) -> Decimal | None:
        """How much can be counted on: no more than what is promised or estimated."""
        return self.quantity if self.certainty != Certainty.NONE else None


class SupplyPlace(models.Model):
    """Where a partner acts from or keeps its goods; degrees are WGS 84."""

    capability = models.ForeignKey(Capability, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(_("場所"), max_length=100)
    address = models.CharField(_("所在地"), max_length=200, blank=True)
    latitude = models.DecimalField(_("緯度"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("経度"), max_digits=8, decimal_places=5, null=True, blank=True)
    hazard = models.CharField(
        _("危険区域"), max_length=10, choices=HazardPosition, default=HazardPosition.UNKNOWN
    )

    class Meta:
        verbose_name = verbose_name_plural = _("供給の場所")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
