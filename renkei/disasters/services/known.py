"""Records whose id was made on a device: sent twice they are one, and nobody takes over another incident's."""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from renkei.disasters.refusals import IncidentRefused
from renkei.municipalities.public_id import ALPHABET, LENGTH

Row = TypeVar("Row", bound=models.Model)


def known_in(rows: "models.QuerySet[Row]", public_id: str, is_ours: Callable[[Row], bool]) -> Row | None:
    """The record that bears the id already, or None; one of another incident is refused."""
    known = rows.filter(public_id=public_id).first()
    if known is not None and not is_ours(known):
        raise IncidentRefused(
            _(
                "この記録の番号は、ほかの災害・訓練で使われています。画面を読み直して、もう一度記録してください。"
            )
        )
    return known


def made_once(row: Row, alike: "models.QuerySet[Row]") -> tuple[Row, bool]:
    """The row, saved, and True; or the one that somebody else saved just then under its id, and False."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if known := alike.first():
            return known, False
        raise
    return row, True


def id_beside(public_id: str, word: str) -> str:
    """The id of what one press makes besides: always the same for the same press, so that it is made once."""
    digest = hashlib.sha256(f"{public_id} {word}".encode()).digest()
    return "".join(ALPHABET[byte & 31] for byte in digest[:LENGTH])
