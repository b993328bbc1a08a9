"""What reminders listen to: changed agreements, inside the transaction of the change."""

from typing import Any

from renkei.agreements.changes import changed
from renkei.reminders.tasks import refresh_in_background


def agreements_changed(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """Ask for their deadlines to be looked at once the change is committed."""
    if ids:
        refresh_in_background.enqueue(list(ids))


def connect() -> None:
    """Listen once."""
    changed.connect(agreements_changed, dispatch_uid="reminders")
