"""What is to be done together, and what the divisions say about it (庁内調整)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.procedures.models.procedure import Procedure
from renkei.procedures.vocabulary import Verdict


class CooperationItem(models.Model):
    """A numbered matter of cooperation on its way into the agreement (連携事項); a dropped one keeps its place."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="items")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    position = models.PositiveSmallIntegerField(_("順"))
    heading = models.CharField(_("連携事項"), max_length=300)
    description = models.TextField(_("内容"), blank=True)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("担当課")
    )
    is_agreed = models.BooleanField(_("合意した"), default=False)
    dropped_reason = models.TextField(_("取りやめた理由"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("連携事項の案")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.heading


class Inquiry(models.Model):
    """A question to divisions about the items of a procedure (庁内照会), each with its deadline."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="inquiries")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    text = models.TextField(_("照会の文"))
    items = models.ManyToManyField(CooperationItem, related_name="+")
    due_on = models.DateField(_("回答の期限"))
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(_("照会した日時"))
    closed_at = models.DateTimeField(_("締め切った日時"), null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    summary = models.TextField(_("取りまとめ"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("庁内照会")
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_open(self) -> bool:
        """Whether divisions can answer."""
        return self.closed_at is None

    def standing_items(self) -> "models.QuerySet[CooperationItem]":
        """The items asked about that nobody has dropped since."""
        return self.items.filter(dropped_reason="")


class InquiredDivisionQuerySet(models.QuerySet["InquiredDivision"]):
    def of(self, municipality: Municipality) -> Self:
        """Divisions asked in one municipality's procedures."""
        return self.filter(inquiry__procedure__municipality=municipality)

    def asked(self) -> Self:
        """Those whose inquiry nobody has taken back."""
        return self.filter(taken_back_reason="")

    def unanswered(self) -> Self:
        """Those whose answer is waited for."""
        return self.asked().filter(answered_at=None, inquiry__closed_at=None)


class InquiredDivision(models.Model):
    """A division that was asked: until when, whether it asked for more time, and when it answered.

    `version` counts its answers and what was decided about it: of two clerks who answer at once, one is told.
    """

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="divisions")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name=_("照会先の課")
    )
    due_on = models.DateField(_("回答の期限"))
    extension_asked = models.DateField(_("延長の希望"), null=True, blank=True)
    extension_reason = models.TextField(_("延長の理由"), blank=True)
    reminded_on = models.DateField(_("催促した日"), null=True, blank=True)
    taken_back_reason = models.TextField(_("照会を取り消した理由"), blank=True)
    person = models.CharField(_("担当者"), max_length=100, blank=True)
    remarks = models.TextField(_("全体についての意見"), blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("回答した日時"), null=True, blank=True)
    was_late = models.BooleanField(_("期限後の回答"), default=False)
    version = models.PositiveIntegerField(default=1)

    objects = InquiredDivisionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("照会先")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "division"], name="division_asked_once_in_an_inquiry"),
        ]

    def __str__(self) -> str:
        return str(self.division)

    def is_late(self, day: date) -> bool:
        """Whether the day is after its deadline and no answer has come."""
        return self.is_waited_for and self.due_on < day

    @property
    def is_waited_for(self) -> bool:
        """Whether its answer is still to come."""
        return self.answered_at is None and not self.taken_back_reason and self.inquiry.is_open


class ItemAnswer(models.Model):
    """What a division says about one item."""

    asked = models.ForeignKey(InquiredDivision, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(CooperationItem, on_delete=models.CASCADE, related_name="answers")
    verdict = models.CharField(_("回答"), max_length=20, choices=Verdict)
    conditions = models.TextField(_("条件・理由"), blank=True)
    initiatives = models.TextField(_("取組の案"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("照会への回答")
        ordering = ["item__position"]
        constraints = [
            models.UniqueConstraint(fields=["asked", "item"], name="item_answered_once_by_a_division"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.TAKES_PART) | ~Q(conditions=""),
                name="conditions_are_told",
                violation_error_message=_("「参加する」のほかは、条件か理由を書いてください。"),
            ),
        ]

    def __str__(self) -> str:
        return str(Verdict(self.verdict).label)
