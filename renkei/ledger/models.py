"""Batches of an import with their rows, and the shapes of ledgers that are remembered."""

from typing import Self

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id


class BatchState(models.TextChoices):
    READY = "ready", _("確認待ち")
    COMMITTING = "committing", _("取込み中")
    COMMITTED = "committed", _("取込み済み")
    UNDONE = "undone", _("取消し済み")


class Outcome(models.TextChoices):
    AGREEMENT = "agreement", _("協定")
    WAITING = "waiting", _("保留")
    HEADING = "heading", _("見出し")
    NOTE = "note", _("注記")
    BLANK = "blank", _("空行")


class BatchQuerySet(models.QuerySet["Batch"]):
    def of(self, municipality: Municipality) -> Self:
        """Imports of one municipality."""
        return self.filter(municipality=municipality)

    def claim(self, batch: "Batch", state: BatchState) -> bool:
        """Move the batch to the state if nobody moved it since it was read; True if it is ours."""
        seen = batch.version
        claimed = self.filter(pk=batch.pk, version=seen).update(
            state=state, version=seen + 1, moved_at=timezone.now()
        )
        if claimed:
            batch.version, batch.state = seen + 1, state
        return bool(claimed)

    def touch(self, batch: "Batch") -> bool:
        """Change the version of a batch that waits for its commit, so that no commit goes on with its former rows."""
        waiting = self.filter(pk=batch.pk, state=BatchState.READY)
        if not waiting.update(version=F("version") + 1):
            return False
        batch.version = self.values_list("version", flat=True).get(pk=batch.pk)
        return True


class Batch(models.Model):
    """One file on its way into the register: read, checked, committed as a whole, undone as a whole."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    file_name = models.CharField(_("ファイル名"), max_length=200)
    digest = models.CharField(_("ダイジェスト(SHA-256)"), max_length=64)
    content = models.FileField(upload_to="ledgers/%Y/", max_length=200)
    brought_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    brought_at = models.DateTimeField(_("持込み日時"), auto_now_add=True)
    listed_on = models.DateField(_("台帳の基準日"))
    state = models.CharField(_("状態"), max_length=12, choices=BatchState, default=BatchState.READY)
    publishes = models.BooleanField(_("取り込んだ協定を公開する"), default=False)
    columns = models.JSONField(_("列の読み方"), default=list)
    remarks = models.JSONField(_("ファイルの注意"), default=list)
    shape = models.CharField(max_length=64, blank=True)
    done = models.PositiveIntegerField(_("済んだ行"), default=0)
    total = models.PositiveIntegerField(_("全部の行"), default=0)
    moved_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("台帳の取込み")
        ordering = ["-brought_at"]

    def __str__(self) -> str:
        return self.file_name


class Row(models.Model):
    """What became of one row (or of several rows that are one agreement) of the file."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    sheet = models.CharField(_("シート"), max_length=100, blank=True)
    row = models.PositiveIntegerField(_("行"))
    rows = models.JSONField(_("行の一覧"), default=list)
    outcome = models.CharField(_("結果"), max_length=10, choices=Outcome)
    title = models.CharField(_("協定名"), max_length=400, blank=True)
    signed_as = models.CharField(_("締結日"), max_length=10, blank=True)
    facts = models.JSONField(_("読み取った内容"), default=dict)
    cells = models.JSONField(_("元のセル"), default=list)
    reason = models.TextField(_("保留の理由"), blank=True)
    is_mended = models.BooleanField(_("人が直した"), default=False)
    same_as = models.ForeignKey(Agreement, on_delete=models.SET_NULL, null=True, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("台帳の行")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="row_position_once")]
        indexes = [models.Index(fields=["batch", "outcome"], name="row_outcome")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row} {self.title}".strip()

    @property
    def partners(self) -> list[str]:
        """Names of the partners as the file writes them."""
        return [partner["name"] for partner in self.facts.get("partners", [])]


class Shape(models.Model):
    """How the columns of a ledger of this shape were read, as a person confirmed it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    columns = models.JSONField()

    class Meta:
        verbose_name = verbose_name_plural = _("台帳の形")
        constraints = [models.UniqueConstraint(fields=["municipality", "digest"], name="shape_once")]

    def __str__(self) -> str:
        return self.digest[:12]
