"""What a partner proposes, what comes with it, and what the town heard."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.correspondents.models import Correspondent
from renkei.documents.models import Document
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.partners.models import PartnerKind
from renkei.procedures.models.procedure import Procedure


class WishedForm(models.TextChoices):
    INDIVIDUAL = "individual", _("個別連携協定(一つの分野の具体的な事業)")
    COMPREHENSIVE = "comprehensive", _("包括連携協定(幅広い分野)")
    UNDECIDED = "undecided", _("市と相談して決めたい")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def of(self, municipality: Municipality) -> Self:
        """Proposals to one municipality."""
        return self.filter(municipality=municipality)

    def seen_by(self, correspondent: Correspondent) -> Self:
        """Drafts and proposals of the person's own at their town's counter; not those that were dropped."""
        return self.filter(author=correspondent, municipality=correspondent.municipality_id, dropped_at=None)

    def begun_by(self, correspondent: Correspondent) -> Self:
        """Drafts that the person has begun and not yet sent or dropped."""
        return self.filter(author=correspondent, sent_at=None, dropped_at=None)


class Proposal(models.Model):
    """A proposal in the usual items; without a procedure it is the author's draft, which the town does not see."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    procedure = models.OneToOneField(
        Procedure, on_delete=models.CASCADE, null=True, blank=True, related_name="proposal"
    )
    author = models.ForeignKey(
        Correspondent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("提案した人"),
    )
    taken_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("受け付けた職員"),
    )
    title = models.CharField(_("提案の件名"), max_length=200, blank=True)
    partner_name = models.CharField(_("会社・団体の名称"), max_length=300, blank=True)
    partner_kind = models.CharField(_("提案者の区分"), max_length=20, choices=PartnerKind, blank=True)
    corporate_number = models.CharField(_("法人番号"), max_length=13, blank=True)
    address = models.CharField(_("所在地"), max_length=200, blank=True)
    representative = models.CharField(_("代表者の役職と氏名"), max_length=200, blank=True)
    contact_name = models.CharField(_("担当者の氏名"), max_length=60, blank=True)
    contact_unit = models.CharField(_("担当者の部署"), max_length=200, blank=True)
    contact_phone = models.CharField(_("担当者の電話番号"), max_length=30, blank=True)
    contact_email = models.EmailField(_("担当者のメールアドレス"), blank=True)
    wished_form = models.CharField(_("希望する協定の形"), max_length=20, choices=WishedForm, blank=True)
    fields = models.JSONField(_("分野"), default=list, blank=True)
    purpose = models.TextField(_("目的・背景"), blank=True)
    items = models.JSONField(_("連携したい事項"), default=list, blank=True)
    initiatives = models.TextField(_("具体的な取組"), blank=True)
    resources = models.TextField(_("提供できるもの"), blank=True)
    wishes = models.TextField(_("市に望むこと"), blank=True)
    record = models.TextField(_("ほかの自治体との協定"), blank=True)
    schedule = models.TextField(_("希望する時期"), blank=True)
    is_no_gang = models.BooleanField(_("暴力団排除の確認"), default=False)
    is_lawful = models.BooleanField(_("法令順守の確認"), default=False)
    is_no_charge = models.BooleanField(_("市に費用を求めないことの確認"), default=False)
    secrets = models.TextField(_("公開しないでほしい内容"), blank=True)
    begun_at = models.DateTimeField(_("書き始めた日時"))
    saved_at = models.DateTimeField(_("保存した日時"))
    sent_at = models.DateTimeField(_("提出した日時"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("やめた日時"), null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("提案")
        ordering = ["-begun_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(author__isnull=False) | Q(taken_by__isnull=False),
                name="proposal_is_somebodys",
                violation_error_message=_("提案した人か受け付けた職員のどちらかを記録してください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self._meta.verbose_name)


class Enclosure(models.Model):
    """A file that came with a proposal."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="enclosures")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("提案の添付")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.document)


class Hearing(models.Model):
    """What the town asked the proposer and learned (聴取・確認)."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="hearings")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    held_on = models.DateField(_("聴取した日"))
    way = models.CharField(_("方法"), max_length=100, blank=True)
    town_people = models.CharField(_("市の出席者"), max_length=400, blank=True)
    partner_people = models.CharField(_("相手方の出席者"), max_length=400, blank=True)
    asked = models.TextField(_("尋ねたこと"), blank=True)
    learned = models.TextField(_("分かったこと"))
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(_("記録した日時"))

    class Meta:
        verbose_name = verbose_name_plural = _("聴取")
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return self.learned[:60]
