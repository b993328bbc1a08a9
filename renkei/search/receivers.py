"""What the search listens to: changed agreements and renamed partners, inside their transactions."""

from typing import Any

from renkei.agreements.changes import changed
from renkei.agreements.models import Party
from renkei.municipalities.bulk import insert
from renkei.partners.changes import renamed
from renkei.search.models import Pending, new_mark
from renkei.search.tasks import merge_in_background

MANY = 200
"""At every so many waiting changes a merge is asked for; fewer are laid over the bitmaps in milliseconds."""


def agreements_changed(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """Remember the agreements; they are found as they are now, and the bitmaps are brought up to date later."""
    insert(Pending, ("mark", "agreement"), ((new_mark(), pk) for pk in ids))
    waiting = Pending.objects.count()
    if waiting // MANY != (waiting - len(ids)) // MANY:
        merge_in_background.enqueue()


def partners_renamed(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """Remember the agreements of the partners: they are found by the new name too."""
    agreements = Party.objects.filter(organisation__in=ids).values_list("agreement", flat=True).distinct()
    agreements_changed(sender, list(agreements))


def connect() -> None:
    """Listen once."""
    changed.connect(agreements_changed, dispatch_uid="search")
    renamed.connect(partners_renamed, dispatch_uid="search")
