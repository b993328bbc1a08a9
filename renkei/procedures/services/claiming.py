"""Taking a procedure for a change, so that of two people one is told; and records that are made once."""

from typing import TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from renkei.agreements.services import Refused
from renkei.procedures.models import Procedure
from renkei.procedures.vocabulary import Stage

M = TypeVar("M", bound=models.Model)


class ProcedureRefused(Refused):
    """The procedure does not change; str() says why and what to do."""


class ChangedMeanwhile(ProcedureRefused):
    """Somebody else changed it since it was read; str() says what to do."""

    def __init__(self) -> None:
        super().__init__(
            _("ほかの人が先に変更しました。いまの内容を確かめ、よければもう一度押してください。")
        )


def claim(procedure: Procedure) -> None:
    """Take the procedure as of the version that was read (`procedure.version`), or refuse."""
    if not Procedure.objects.claim(procedure):
        raise ChangedMeanwhile


def refuse_ended(procedure: Procedure) -> None:
    """Nothing is added to a procedure that has ended."""
    if not procedure.is_running:
        raise ProcedureRefused(
            _("この手続は終わっています(%(stage)s)。再開してから書いてください。")
            % {"stage": Stage(procedure.stage).label}
        )


def made_once(record: M, **owner: models.Model) -> tuple[M, bool]:
    """Store a new record under the public id that its form carried; sent again it gives the one that is there.

    `owner` is what the record hangs on (`procedure=…`): an id that belongs elsewhere gives nothing away. The second
    value says whether it was stored now; only then is it told.
    """
    public_id: str = record.public_id  # type: ignore[attr-defined]
    mine = type(record)._default_manager.filter(public_id=public_id, **owner)
    if known := mine.first():
        return known, False
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError:
        if known := mine.first():  # somebody pressed twice, and the other of the two was a moment earlier
            return known, False
        raise
    return record, True
