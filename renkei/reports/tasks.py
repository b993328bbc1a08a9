"""Work that goes on while nobody waits for it."""

from django_tasks import task

from renkei.reports.services import merge


@task()
def merge_figures_in_background() -> None:
    """Bring everything that waits into the sums of all towns."""
    while merge():
        pass
