"""What the register does once a day: papers of a series are deleted after a month, and half-made ones finished."""

from datetime import date
from typing import Any

from renkei.agreements.models import SeriesPapers
from renkei.agreements.services.series_papers import forget_old_papers
from renkei.agreements.tasks import make_series_papers
from renkei.municipalities.models import Municipality


def forget_papers(sender: object, *, municipality: Municipality, day: date, **_given: Any) -> None:
    """Delete the files of old orders; asked again for the day it finds none."""
    forget_old_papers(municipality, day=day)


def go_on_with_papers(sender: object, *, municipality: Municipality, day: date, **_given: Any) -> None:
    """Ask again for orders that stand still, as when the program ended before their work was in the queue."""
    standing = SeriesPapers.objects.of(municipality).filter(ended_at=None, asked_at__date__lt=day)
    for pk in standing.values_list("pk", flat=True):
        make_series_papers.enqueue(pk)
