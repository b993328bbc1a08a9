"""Drafts that came back as Word files: each change is accepted, refused or answered, and the next version follows."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.correspondents.models import Correspondent
from renkei.documents.models import Document
from renkei.municipalities.public_id import new_public_id
from renkei.procedures.models.drafting import DraftVersion
from renkei.procedures.models.procedure import Procedure
from renkei.procedures.vocabulary import Resolution


class ChangeKind(models.TextChoices):
    REWORDED = "reworded", _("文を直した")
    INSERTED = "inserted", _("条を加えた")
    REMOVED = "removed", _("条を除いた")
    MOVED = "moved", _("条を動かした")


class ReturnedDraftQuerySet(models.QuerySet["ReturnedDraft"]):
    def seen_by_partner(self) -> Self:
        """What the partner sees: what came from its own side, about a version that it was shown."""
        return self.filter(side=Side.PARTNER).exclude(version__shared_at=None)


class ReturnedDraft(models.Model):
    """A Word file that came back, compared with the version sent; `content` is the text that was read in it."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="returned_drafts")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    version = models.ForeignKey(
        DraftVersion, on_delete=models.PROTECT, related_name="+", verbose_name=_("送った版")
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", verbose_name=_("戻ってきたファイル")
    )
    content = models.JSONField(_("読み取った文"))
    told = models.JSONField(_("読み取りについての文"), default=list, blank=True)
    side = models.CharField(_("どちらの側"), max_length=10, choices=Side)
    correspondent = models.ForeignKey(
        Correspondent, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(_("添えられた言葉"), blank=True)
    received_at = models.DateTimeField(_("戻ってきた日時"))
    result = models.ForeignKey(
        DraftVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("反映した版"),
    )
    closed_at = models.DateTimeField(_("扱いを終えた日時"), null=True, blank=True)
    closed_by = models.CharField(_("扱いを終えた人"), max_length=100, blank=True)
    reason = models.TextField(_("取り上げない理由"), blank=True)
    row_version = models.PositiveIntegerField(default=1)

    objects = ReturnedDraftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("戻ってきた案")
        ordering = ["received_at", "pk"]

    def __str__(self) -> str:
        return gettext("%(version)sに戻ってきた修正") % {"version": self.version}

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to say what becomes of it."""
        return self.closed_at is None

    @property
    def maker(self) -> str:
        """From whom it came: the partner's person, the partner, or the clerk who changed it inside."""
        if self.correspondent:
            return str(self.correspondent)
        return self.procedure.partner_name if self.side == Side.PARTNER else str(self.user or "")


class ReturnedChangeQuerySet(models.QuerySet["ReturnedChange"]):
    def undecided(self) -> Self:
        """Those of which nobody has said yet what becomes of them."""
        return self.filter(resolution="")


class ReturnedChange(models.Model):
    """One change of a clause: the letters that went and came, where in it, who made it, and what becomes of it.

    `part` says whether heading or text changed, `place` which change of that part it is, counted from 0; `is_tracked`
    whether the program had recorded all of it; `is_following` that it is only a number that follows a renumbering.
    """

    returned = models.ForeignKey(ReturnedDraft, on_delete=models.CASCADE, related_name="changes")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    position = models.PositiveIntegerField(_("順"))
    clause = models.CharField(_("条"), max_length=400)
    label = models.CharField(_("条の呼び方"), max_length=400)
    kind = models.CharField(_("変更の種類"), max_length=10, choices=ChangeKind)
    part = models.CharField(_("変わった所"), max_length=10, blank=True)
    place = models.PositiveIntegerField(_("何番目の変更か"), default=0)
    before = models.TextField(_("変更前"), blank=True)
    after = models.TextField(_("変更後"), blank=True)
    authors = models.JSONField(_("変えた人"), default=list, blank=True)
    is_tracked = models.BooleanField(_("変更履歴に残っている"), default=False)
    is_following = models.BooleanField(_("番号がずれたことに伴う"), default=False)
    resolution = models.CharField(_("扱い"), max_length=12, choices=Resolution, blank=True)
    answer = models.TextField(_("回答"), blank=True)
    resolved_by = models.CharField(_("扱いを決めた人"), max_length=100, blank=True)
    resolved_at = models.DateTimeField(_("扱いを決めた日時"), null=True, blank=True)

    objects = ReturnedChangeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("戻ってきた変更")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["returned", "position"], name="returned_change_position_once"),
            models.CheckConstraint(
                condition=~Q(resolution__in=[Resolution.REFUSED, Resolution.ANSWERED]) | ~Q(answer=""),
                name="returned_change_refused_with_words",
                violation_error_message=_("反映しないときは理由を、回答のみのときは回答を書いてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {ChangeKind(self.kind).label}"


class ReturnedRemark(models.Model):
    """A comment that stood in the file, beside its clause; answered where the town wants to."""

    returned = models.ForeignKey(ReturnedDraft, on_delete=models.CASCADE, related_name="remarks")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    position = models.PositiveIntegerField(_("順"))
    is_reply = models.BooleanField(_("ほかのコメントへの返信"), default=False)
    clause = models.CharField(_("条"), max_length=400, blank=True)
    label = models.CharField(_("条の呼び方"), max_length=400, blank=True)
    author = models.CharField(_("書いた人"), max_length=200, blank=True)
    written_at = models.CharField(_("書いた日時"), max_length=40, blank=True)
    quoted = models.TextField(_("指している文"), blank=True)
    text = models.TextField(_("コメント"))
    answer = models.TextField(_("回答"), blank=True)
    answered_by = models.CharField(_("回答した人"), max_length=100, blank=True)
    answered_at = models.DateTimeField(_("回答した日時"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("戻ってきたコメント")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["returned", "position"], name="returned_remark_position_once"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
