"""Putting facts into a record of a procedure, with what was there before, as the log tells it."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext as _

from renkei.procedures.services.claiming import ProcedureRefused

Changes = dict[str, tuple[object, object]]


def changed(record: models.Model, facts: Mapping[str, object]) -> Changes:
    """Put what differs into the record and store it; before and after by the name of the column.

    A form that is sent unchanged is refused: nothing would be told.
    """
    changes: Changes = {}
    for name, after in facts.items():
        before = getattr(record, name)
        if before != after:
            changes[f"{record._meta.label_lower}.{name}"] = (_told(before), _told(after))
            setattr(record, name, after)
    if not changes:
        raise ProcedureRefused(
            _("変わった所がありません。直す所があれば直してから、もう一度押してください。")
        )
    record.save(update_fields=[name.rpartition(".")[2] for name in changes])
    return changes


def _told(value: object) -> object:
    return value if value is None or isinstance(value, bool | str | int) else str(value)


def said(reason: str) -> str:
    """The reason without blanks around it; refuses where there is none."""
    if not reason.strip():
        raise ProcedureRefused(_("理由を書いてください。手続の経過に残ります。"))
    return reason.strip()
