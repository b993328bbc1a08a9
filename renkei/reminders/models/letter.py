"""Letters: written in the transaction of their cause, sent after it, and kept."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id


class Channel(models.TextChoices):
    MAIL = "mail", _("メール")
    CHAT = "chat", _("チャット")


class LetterKind(models.TextChoices):
    REMINDER = "reminder", _("期限の督促")
    ESCALATION = "escalation", _("総括課への知らせ")
    DIGEST = "digest", _("週のまとめ")
    INVITATION = "invitation", _("招待")
    NOTICE = "notice", _("システムからの知らせ")
    PROCEDURE = "procedure", _("手続と取組の知らせ")


class LetterState(models.TextChoices):
    WAITING = "waiting", _("送信待ち")
    SENDING = "sending", _("送信中")
    SENT = "sent", _("送信済み")
    FAILED = "failed", _("送れません")
    CANCELLED = "cancelled", _("取りやめ")


class LetterQuerySet(models.QuerySet["Letter"]):
    def of(self, municipality: Municipality) -> Self:
        """Letters of one municipality."""
        return self.filter(municipality=municipality)

    def to_send_at(self, now: datetime) -> Self:
        """Letters that wait and whose time has come, the longest waiting first."""
        return self.filter(state=LetterState.WAITING, next_try_at__lte=now).order_by("next_try_at", "pk")

    def claim(self, letter: "Letter", now: datetime) -> bool:
        """Take the letter for sending if nobody else did; until its outcome is known it counts as a doubt."""
        ours = self.filter(pk=letter.pk, state=LetterState.WAITING).update(
            state=LetterState.SENDING,
            claimed_at=now,
            attempts=models.F("attempts") + 1,
            doubts=models.F("doubts") + 1,
        )
        if ours:
            letter.refresh_from_db()
        return bool(ours)

    def settle(self, letter: "Letter", **outcome: object) -> bool:
        """Write down how the sending ended, unless the letter was taken back meanwhile."""
        ours = self.filter(pk=letter.pk, state=LetterState.SENDING, claimed_at=letter.claimed_at)
        return bool(ours.update(claimed_at=None, **outcome))


class Letter(models.Model):
    """A letter to one address: what it says, where it stands on its way, and why it did not go.

    `doubts` counts the sendings whose outcome nobody knows: the program was killed, or the line was lost, after the
    letter had been handed over and before the answer came.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    channel = models.CharField(_("送り方"), max_length=10, choices=Channel, default=Channel.MAIL)
    kind = models.CharField(_("手紙の種類"), max_length=20, choices=LetterKind)
    key = models.CharField(max_length=120)
    person = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("宛名"), max_length=60, blank=True)
    address = models.CharField(_("宛先"), max_length=500, blank=True)
    subject = models.CharField(_("件名"), max_length=400)
    plain = models.TextField(_("本文"))
    html = models.TextField(blank=True)
    # A meeting as a calendar takes it (RFC 5545), sent beside the text.
    calendar = models.TextField(blank=True)
    state = models.CharField(_("状態"), max_length=10, choices=LetterState, default=LetterState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("試した回数"), default=0)
    doubts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(_("送れない理由"), blank=True)
    written_at = models.DateTimeField(_("書いた日時"))
    next_try_at = models.DateTimeField(_("次に送る日時"))
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("送った日時"), null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("手紙")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "key"],
                name="letter_once_for_its_key",
                violation_error_message=_("同じ手紙がすでに書かれています。送信箱で確かめてください。"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"], name="letter_waiting", condition=Q(state=LetterState.WAITING)
            ),
            models.Index(fields=["municipality", "written_at"], name="letter_written"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def holds_a_secret(self) -> bool:
        """Whether the text is for nobody's eyes but the receiver's."""
        return self.kind == LetterKind.INVITATION
