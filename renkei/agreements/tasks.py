"""Work on the register that goes on while the person looks at something else."""

from django.utils import timezone
from django_tasks import task

from renkei.agreements.models import SeriesPapers
from renkei.agreements.series_fields import Order
from renkei.agreements.services.series_papers import make_next, put_together

PARTNERS_AT_ONCE = 5
"""So many, and the worker looks whether something else waits: a few seconds."""


@task()
def make_series_papers(papers_id: int) -> None:
    """Make the papers of a few partners; after the last all are put together."""
    papers = SeriesPapers.objects.select_related("series__division", "municipality", "template")
    found = papers.filter(pk=papers_id, ended_at=None).first()
    if found is None:
        return
    # The next step stands in the queue before this one begins: what a killed worker leaves, the next one finds.
    make_series_papers.enqueue(papers_id)
    order = Order(found)
    for _turn in range(PARTNERS_AT_ONCE):
        if not make_next(order, at=timezone.now()):
            put_together(found, at=timezone.now())
            return
