"""What was changed in the register, kept so that it stays readable and can be taken back."""

from typing import Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements.models.agreement import Agreement
from renkei.agreements.models.content import Attachment
from renkei.agreements.vocabulary import BulkFact
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.partners.models import Organisation


class Amendment(models.Model):
    """A change of an agreement (変更協定, 覚書) that holds from a day on.

    `former` and `later` hold what it changed, before and after, by the name of the fact; the agreement's own
    columns hold what stands after the latest amendment.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="amendments")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    on = models.DateField(_("変更が効く最初の日"))
    signed_on = models.DateField(_("変更を締結した日"), null=True, blank=True)
    summary = models.TextField(_("変更の内容"))
    former = models.JSONField(default=dict)
    later = models.JSONField(default=dict)
    attachment = models.ForeignKey(
        Attachment,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("変更の文書"),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("変更")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return self.summary


class BulkChangeQuerySet(models.QuerySet["BulkChange"]):
    def of(self, municipality: Municipality) -> Self:
        """Bulk changes of one municipality."""
        return self.filter(municipality=municipality)


class BulkChange(models.Model):
    """The same change of many agreements; `rows` holds each with before and after, so that one act undoes it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("変更した日時"), auto_now_add=True)
    fact = models.CharField(_("変更した項目"), max_length=40)
    rows = models.JSONField(default=list)
    undone_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)

    objects = BulkChangeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("一括変更")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        count = sum(not row.get("refusal") for row in self.rows)
        fact = BulkFact(self.fact).label if self.fact in BulkFact else gettext("更新の判断")
        return gettext("%(fact)s %(count)s件") % {"fact": fact, "count": count}


class PartnerMergeQuerySet(models.QuerySet["PartnerMerge"]):
    def of(self, municipality: Municipality) -> Self:
        """Merges of one municipality's partners."""
        return self.filter(municipality=municipality)


class PartnerMerge(models.Model):
    """Two records of one partner that a person made one; `parties` and `names` let it be taken back."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kept = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("残す相手方")
    )
    merged = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("まとめた相手方")
    )
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("まとめた日時"), auto_now_add=True)
    parties = models.JSONField(default=list)
    former = models.JSONField(default=dict)
    undone_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)

    objects = PartnerMergeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("相手方の統合")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.merged} → {self.kept}"
