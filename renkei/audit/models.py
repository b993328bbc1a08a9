"""Told events: append-only, one hash chain for each municipality. Knows no domain."""

import hashlib
import json
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.audit.events import DECLARED
from renkei.municipalities.models import Municipality

FIRST = "0" * 64


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, *, subject_type: str, subject_id: str) -> Self:
        """What was told about one record, newest first."""
        return self.filter(subject_type=subject_type, subject_id=subject_id).order_by("-number")


class Entry(models.Model):
    """One told event; `digest` covers everything else in the row and the digest before it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField(_("通し番号"))
    at = models.DateTimeField(_("日時"))
    event = models.CharField(_("できごと"), max_length=60)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(_("した人"), max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    subject_name = models.CharField(_("対象"), max_length=400)
    facts = models.JSONField(default=dict)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("できごと")
        ordering = ["municipality", "number"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="entry_number_once_in_its_chain"),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="entry_subject")]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """What happened, in the reader's language."""
        event = DECLARED.get(self.event)
        names = {"actor": self.actor_name, "subject": self.subject_name, **self.facts}
        return str(event.sentence).format_map(names) if event else f"{self.event}: {self.subject_name}"

    def computed_digest(self) -> str:
        """SHA-256 over the row in canonical JSON; a changed character anywhere gives another one."""
        told = [
            self.municipality_id,
            self.number,
            self.at.isoformat(),
            self.event,
            self.actor_id,
            self.actor_name,
            self.subject_type,
            self.subject_id,
            self.subject_name,
            self.facts,
            self.previous_digest,
        ]
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class Head(models.Model):
    """The end of a municipality's chain; claiming this row puts concurrent tellers in order."""

    municipality = models.OneToOneField(Municipality, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=FIRST)

    class Meta:
        verbose_name = verbose_name_plural = _("記録の末尾")

    def __str__(self) -> str:
        return f"{self.municipality} {self.number}"
