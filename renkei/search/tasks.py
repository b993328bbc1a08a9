"""Work that goes on while nobody waits for it."""

from django_tasks import task

from renkei.search.merging import merge


@task()
def merge_in_background() -> None:
    """Bring everything that waits into the bitmaps."""
    while merge():
        pass
