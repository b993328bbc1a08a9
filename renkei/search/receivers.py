"""What the search listens to, inside their transactions: changed agreements, renamed partners, documents read."""

from collections.abc import Iterable
from typing import Any

from renkei.agreements.changes import changed
from renkei.agreements.models import Attachment, Party
from renkei.disasters.changes import capabilities_changed
from renkei.documents.changes import text_read
from renkei.initiatives import changes
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


def documents_read(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """Remember the agreements that hold the documents: they are found by the words of the documents too."""
    holding = Attachment.objects.attached().filter(document__in=ids).order_by()
    agreements_changed(sender, list(holding.values_list("agreement", flat=True).distinct()))


def work_changed(sender: Any, agreements: Iterable[int], **kwargs: Any) -> None:
    """Remember the agreements: they are found by what is done under them too."""
    agreements_changed(sender, list(agreements))


def connect() -> None:
    """Listen once."""
    changes.work_changed.connect(work_changed, dispatch_uid="search")
    changes.results_changed.connect(work_changed, dispatch_uid="search")
    capabilities_changed.connect(work_changed, dispatch_uid="search")
    text_read.connect(documents_read, dispatch_uid="search")
    changed.connect(agreements_changed, dispatch_uid="search")
    renamed.connect(partners_renamed, dispatch_uid="search")
