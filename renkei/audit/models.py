"""Told events: append-only, one hash chain for each municipality. Knows no domain."""

import hashlib
import json
from collections import defaultdict
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.audit.events import DECLARED
from renkei.municipalities.models import Municipality

FIRST = "0" * 64


TOLD = (
    "municipality_id",
    "number",
    "at",
    "event",
    "actor_id",
    "actor_name",
    "subject_type",
    "subject_id",
    "subject_name",
    "facts",
    "reason",
    "changes",
    "previous_digest",
)
"""The columns that the digest covers, in the order in which `told` takes them."""


def told(*columns: Any) -> list[Any]:
    """What the digest is made of; reason and changes stand in it where there are any."""
    number_of_chain, number, at, *words, facts, reason, changes, previous = columns
    grounds = [reason, changes] if reason or changes else []
    return [number_of_chain, number, at.isoformat(), *words, facts, *grounds, previous]


def canonical(value: object) -> str:
    """JSON in one spelling: keys in order, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(*columns: Any) -> str:
    """SHA-256 over the columns of `TOLD` in canonical JSON."""
    return hashlib.sha256(canonical(told(*columns)).encode()).hexdigest()


class EntryQuerySet(models.QuerySet["Entry"]):
    def of(self, municipality: Municipality) -> Self:
        """The log of one municipality."""
        return self.filter(municipality=municipality)

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
    reason = models.TextField(_("理由"), blank=True)
    facts = models.JSONField(default=dict)
    changes = models.JSONField(_("変更の前と後"), default=dict)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("できごと")
        ordering = ["municipality", "number"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="entry_number_once_in_its_chain"),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="entry_subject"),
            models.Index(fields=["municipality", "at"], name="entry_at"),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """What happened, in the reader's language."""
        event = DECLARED.get(self.event)
        if event is None:
            return f"{self.event}: {self.subject_name}"
        # A later version may say more than was told at the time; the page is shown all the same.
        names: dict[str, str] = defaultdict(lambda: "…", self.facts if isinstance(self.facts, dict) else {})
        names |= {"actor": self.actor_name, "subject": self.subject_name, "reason": self.reason}
        return str(event.sentence).format_map(names)

    def computed_digest(self) -> str:
        """SHA-256 over the row in canonical JSON; a changed character anywhere gives another one."""
        return digest_of(*(getattr(self, name) for name in TOLD))


class Head(models.Model):
    """The end of a municipality's chain; claiming this row puts concurrent tellers in order."""

    municipality = models.OneToOneField(Municipality, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=FIRST)

    class Meta:
        verbose_name = verbose_name_plural = _("記録の末尾")

    def __str__(self) -> str:
        return f"{self.municipality} {self.number}"
