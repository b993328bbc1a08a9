"""What the figures listen to: changed agreements, inside the transaction of the change."""

from typing import Any

from renkei.agreements.changes import changed
from renkei.agreements.models import Party
from renkei.partners.changes import renamed
from renkei.reports.models import Stretch
from renkei.reports.services import recount
from renkei.reports.tasks import merge_figures_in_background

MANY = 200
"""At every so many waiting stretches a merge is asked for; fewer are laid over the sums in a moment."""


def agreements_changed(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """Count them as they are now; the sums of all towns are brought up to date later."""
    before = Stretch.objects.waiting().count()
    recount(ids)
    if Stretch.objects.waiting().count() // MANY > before // MANY:
        merge_figures_in_background.enqueue()


def partners_changed(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """Count the agreements of the partners anew: they count by the kind of each partner."""
    agreements = Party.objects.filter(organisation__in=ids).values_list("agreement", flat=True).distinct()
    agreements_changed(sender, list(agreements))


def connect() -> None:
    """Listen once."""
    changed.connect(agreements_changed, dispatch_uid="reports")
    renamed.connect(partners_changed, dispatch_uid="reports")
