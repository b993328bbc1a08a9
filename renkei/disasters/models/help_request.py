"""What is asked of partners in an incident (要請): each request with its steps, and every call."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.disasters.models.capability import Capability
from renkei.disasters.models.contact import EmergencyContact
from renkei.disasters.models.incident import Incident, Need
from renkei.disasters.vocabulary import CallOutcome, RequestState, StepKind
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.partners.models import Organisation


class HelpRequestQuerySet(models.QuerySet["HelpRequest"]):
    def of(self, municipality: Municipality) -> Self:
        """Requests in incidents of one municipality."""
        return self.filter(incident__municipality=municipality)

    def about(self, agreement: Agreement) -> Self:
        """What was asked under the agreement."""
        return self.filter(agreement=agreement)


class HelpRequest(models.Model):
    """One thing asked of one partner; `state`, `promised` and `arrived` follow from the steps.

    Without an agreement it is asked of somebody who has promised nothing.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="requests")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="requests")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("相手方")
    )
    agreement = models.ForeignKey(
        Agreement, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    capability = models.ForeignKey(
        Capability, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    quantity = models.DecimalField(_("要請する数量"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("単位"), max_length=20, blank=True)
    wanted = models.CharField(_("希望する日時"), max_length=100, blank=True)
    conditions = models.TextField(_("伝えること"), blank=True)
    state = models.CharField(_("状態"), max_length=10, choices=RequestState, default=RequestState.PLANNED)
    promised = models.DecimalField(_("承諾の数量"), max_digits=14, decimal_places=2, null=True, blank=True)
    arrived = models.DecimalField(_("届いた数量"), max_digits=14, decimal_places=2, null=True, blank=True)
    cost = models.DecimalField(_("費用(円)"), max_digits=14, decimal_places=0, null=True, blank=True)
    made_at = models.DateTimeField(_("作った日時"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(_("文書を送った日時"), null=True, blank=True)
    sent_to = models.EmailField(_("文書の送り先"), blank=True)
    # An answer that came by the link of the letter counts only after somebody called back.
    called_back_at = models.DateTimeField(_("折り返して確かめた日時"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("要請")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation} {self.need}"

    @property
    def shortfall(self) -> Decimal | None:
        """How much less than asked has arrived; None where nobody has said how much."""
        if self.quantity is None:
            return None
        return max(self.quantity - (self.arrived or Decimal(0)), Decimal(0))


class StepQuerySet(models.QuerySet["Step"]):
    def in_conflict(self) -> Self:
        """Steps that contradict another one, and nobody has said which holds."""
        return self.filter(conflicts_with__isnull=False, settled_at=None)


class Step(models.Model):
    """What happened to a request, when, who says so; written once, never changed.

    `at` is when it happened (by the clock of the device that noted it), `received_at` when it came in.
    """

    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="steps")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("できごと"), max_length=10, choices=StepKind)
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=2, null=True, blank=True)
    amount = models.DecimalField(_("金額(円)"), max_digits=14, decimal_places=0, null=True, blank=True)
    told_by = models.CharField(_("相手の氏名"), max_length=100, blank=True)
    note = models.TextField(_("記録"), blank=True)
    at = models.DateTimeField(_("日時"))
    received_at = models.DateTimeField(_("届いた日時"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    came_by_link = models.BooleanField(_("相手方がリンクで回答"), default=False)
    was_offline = models.BooleanField(_("通信のない間の記録"), default=False)
    conflicts_with = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(_("食い違いを片づけた日時"), null=True, blank=True)
    # Of two that contradict each other, the one that does not hold.
    is_void = models.BooleanField(_("採らない"), default=False)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("要請の経過")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return str(StepKind(self.kind).label)


class CallQuerySet(models.QuerySet["Call"]):
    def of(self, municipality: Municipality) -> Self:
        """Calls in incidents of one municipality."""
        return self.filter(incident__municipality=municipality)

    def valid(self) -> Self:
        """Those that nobody has struck out."""
        return self.filter(voided_at=None)


class Call(models.Model):
    """A call to a partner in an incident: whom, on which number, and how it ended; written once."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="calls")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    need = models.ForeignKey(Need, on_delete=models.SET_NULL, null=True, blank=True, related_name="calls")
    request = models.ForeignKey(
        HelpRequest, on_delete=models.SET_NULL, null=True, blank=True, related_name="calls"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("相手方")
    )
    contact = models.ForeignKey(
        EmergencyContact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    called = models.CharField(_("かけた番号"), max_length=200, blank=True)
    outcome = models.CharField(_("結果"), max_length=10, choices=CallOutcome)
    spoke_with = models.CharField(_("話した相手"), max_length=100, blank=True)
    note = models.TextField(_("記録"), blank=True)
    at = models.DateTimeField(_("かけた日時"))
    received_at = models.DateTimeField(_("届いた日時"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    was_offline = models.BooleanField(_("通信のない間の記録"), default=False)
    # A wrong press: struck out, shown so, and counted no more.
    voided_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("通話の記録")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["incident", "at"], name="call_in_incident")]

    def __str__(self) -> str:
        return f"{self.organisation} {CallOutcome(self.outcome).label}"
