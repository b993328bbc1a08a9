"""The town's decision and the signing (締結)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.documents.models import Document
from renkei.municipalities.public_id import new_public_id
from renkei.procedures.models.drafting import DraftVersion
from renkei.procedures.models.procedure import Procedure
from renkei.procedures.vocabulary import SigningMethod


class Approval(models.Model):
    """The town's decision (決裁) about one version of the text, with the number of its decision system."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="approvals")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    text = models.ForeignKey(
        DraftVersion, on_delete=models.PROTECT, related_name="+", verbose_name=_("協定書(案)")
    )
    digest = models.CharField(_("決裁した版のダイジェスト"), max_length=64)
    reference = models.CharField(_("文書番号"), max_length=100)
    authority = models.CharField(_("決裁者"), max_length=100)
    decided_on = models.DateField(_("決裁日"))
    note = models.TextField(_("備考"), blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(_("記録した日時"))

    class Meta:
        verbose_name = verbose_name_plural = _("決裁")
        ordering = ["decided_on", "pk"]

    def __str__(self) -> str:
        return self.reference


class SigningPlan(models.Model):
    """When, where and how both sides sign, what the ceremony needs, and what the register will say.

    The digests are of the agreed text with which facts and signed copy were compared: of another text they count not.
    """

    procedure = models.OneToOneField(Procedure, on_delete=models.CASCADE, related_name="signing_plan")
    signs_on = models.DateField(_("締結日"), null=True, blank=True)
    time = models.CharField(_("時刻"), max_length=40, blank=True)
    place = models.CharField(_("締結の場所"), max_length=200, blank=True)
    method = models.CharField(_("締結の方法"), max_length=20, choices=SigningMethod, blank=True)
    copies = models.PositiveSmallIntegerField(_("作る通数"), default=2)
    has_ceremony = models.BooleanField(_("締結式をする"), default=False)
    attendees = models.TextField(_("出席者"), blank=True)
    programme = models.TextField(_("式次第"), blank=True)
    press_release = models.TextField(_("報道発表の文"), blank=True)
    publishes_on = models.DateField(_("公開する日"), null=True, blank=True)
    is_published = models.BooleanField(_("公開した"), default=False)
    facts = models.JSONField(_("台帳に載せる内容"), default=dict, blank=True)
    facts_digest = models.CharField(_("台帳に載せる内容を照らした版"), max_length=64, blank=True)
    signed_copy = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("署名済みの写し"),
    )
    copy_digest = models.CharField(_("写しが署名した版"), max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = verbose_name_plural = _("締結の予定")

    def __str__(self) -> str:
        return self.place or str(self._meta.verbose_name)
