"""What an agreement consists of: parties, numbered items, attached documents."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renkei.agreements.models.agreement import Agreement
from renkei.documents.models import Document
from renkei.partners.models import Organisation, PartnerKind


class PartyQuerySet(models.QuerySet["Party"]):
    def present_on(self, day: date) -> Self:
        """Parties that have joined by the day and have not left before it; the day of leaving is the last one."""
        joined = Q(joined_on=None) | Q(joined_on__lte=day)
        return self.filter(joined, Q(left_on=None) | Q(left_on__gte=day))


class Party(models.Model):
    """A party in its order; without an organisation it is the town itself, which is not always 甲."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    position = models.PositiveSmallIntegerField(_("順"))
    letter = models.CharField(_("甲・乙・丙などの呼び方"), max_length=20, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("相手方"),
    )
    name_as_signed = models.CharField(_("締結時の名称"), max_length=300)
    unit = models.CharField(_("支店・部署など"), max_length=200, blank=True)
    signatory = models.CharField(_("署名した人"), max_length=200, blank=True)
    duties = models.TextField(_("役割・責任"), blank=True)
    remark = models.CharField(_("名称に添えられた記載"), max_length=400, blank=True)
    joined_on = models.DateField(_("参加日"), null=True, blank=True)
    left_on = models.DateField(_("離脱日"), null=True, blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("当事者")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "position"], name="party_position_once"),
            models.CheckConstraint(
                condition=Q(joined_on=None) | Q(left_on=None) | Q(left_on__gte=F("joined_on")),
                name="party_leaves_on_or_after_it_joins",
                violation_error_message=_("離脱日は参加日と同じ日か、それより後の日にしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name_as_signed

    def is_present_on(self, day: date) -> bool:
        """Whether it has joined by the day and has not left before it."""
        return not (self.joined_on and self.joined_on > day) and not (self.left_on and self.left_on < day)

    @property
    def is_private(self) -> bool:
        """Whether the party is an individual, whose name the public does not see."""
        return self.organisation is not None and self.organisation.kind == PartnerKind.INDIVIDUAL

    @property
    def public_name(self) -> str:
        """The name as signed; of an individual only that it is one."""
        return gettext("個人") if self.is_private else self.name_as_signed


class Item(models.Model):
    """A numbered heading of cooperation (連携事項)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("順"))
    heading = models.CharField(_("連携事項"), max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = _("連携事項")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["agreement", "position"], name="item_position_once")]

    def __str__(self) -> str:
        return self.heading


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def attached(self) -> Self:
        """Those that nobody has detached."""
        return self.filter(detached_at=None)

    def detached(self) -> Self:
        """Those that somebody has detached, the latest first."""
        return self.exclude(detached_at=None).order_by("-detached_at")


class Attachment(models.Model):
    """A document that belongs to an agreement; a detached one is kept and can be attached again."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(_("添付の説明"), max_length=100, blank=True)
    is_published = models.BooleanField(_("公開"), default=False)
    detached_at = models.DateTimeField(_("外した日時"), null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("添付文書")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.document)
