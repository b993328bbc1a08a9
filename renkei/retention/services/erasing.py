"""Erasing the files of what was disposed of: after the commit, and again each day until all are gone."""

import logging
from datetime import date
from typing import Any

from django.apps import apps

from renkei.municipalities.models import Municipality
from renkei.retention.models import Erasure

log = logging.getLogger(__name__)


def erase_waiting() -> int:
    """Erase every file that waits for it; one that cannot be erased now waits on. How many are gone."""
    gone = 0
    for waiting in Erasure.objects.all():
        try:
            _storage_of(waiting.field).delete(waiting.name)
        except Exception:  # each storage has errors of its own; the file waits, and the next one is tried
            log.exception("%s could not be erased", waiting.name)
            continue
        waiting.delete()
        gone += 1
    return gone


def erase_daily(sender: Any, municipality: Municipality, day: date, **kwargs: Any) -> None:
    """The daily work's part: what a killed program or a storage out of reach left behind."""
    erase_waiting()


def _storage_of(field: str) -> Any:
    label, _dot, name = field.rpartition(".")
    found: Any = apps.get_model(label)._meta.get_field(name)
    return found.storage
