"""Transfers of many people from a day on (人事異動), read from a sheet, decided as one act."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id


class TransferState(models.TextChoices):
    READ = "read", _("確認中")
    DECIDED = "decided", _("決定済み")
    UNDONE = "undone", _("取消し済み")


class TransferQuerySet(models.QuerySet["Transfer"]):
    def of(self, municipality: Municipality) -> Self:
        """Transfers of one municipality."""
        return self.filter(municipality=municipality)


class Transfer(models.Model):
    """A sheet of transfers: `lines` as they were read; `done` what was written when it was decided, so that it can be
    taken back."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    title = models.CharField(_("表の名前"), max_length=200)
    starts_on = models.DateField(_("異動の初日"))
    state = models.CharField(_("状態"), max_length=20, choices=TransferState, default=TransferState.READ)
    lines = models.JSONField(default=list)
    done = models.JSONField(default=dict)
    brought_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    brought_at = models.DateTimeField(_("持ち込んだ日時"), auto_now_add=True)
    decided_at = models.DateTimeField(_("決めた日時"), null=True, blank=True)
    undone_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("異動")
        ordering = ["-brought_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def people_count(self) -> int:
        """How many people the decided act moved."""
        return len(self.done.get("people", []))
