"""Work that goes on while the person looks at something else."""

from contextlib import suppress

from django.utils import timezone
from django_tasks import task

from renkei.accounts.models import User
from renkei.ledger import services
from renkei.ledger.models import Batch, BatchState


@task()
def commit_in_background(batch_id: int, user_id: int, publishes: bool) -> None:
    """Commit a large batch, telling its progress; a batch that another run has finished is left alone."""
    batch = Batch.objects.get(pk=batch_id)
    if batch.state != BatchState.COMMITTING:
        return

    def told(done: int, total: int) -> None:
        Batch.objects.filter(pk=batch_id).update(done=done, moved_at=timezone.now())

    with suppress(services.CommitRefused):  # stopped, or another run was first: the page tells how it ended
        services.commit(batch, actor=User.objects.get(pk=user_id), publishes=publishes, told=told)
