"""Taking a record for a change, so that of two who read the same version one is told."""

from typing import Any

from django.db import models


def claimed(rows: "models.QuerySet[Any]", record: Any) -> bool:
    """Take the record if its row still has the version that was read; True if it is ours, with the next version."""
    seen = record.version
    if not rows.filter(pk=record.pk, version=seen).update(version=seen + 1):
        return False
    record.version = seen + 1
    return True
