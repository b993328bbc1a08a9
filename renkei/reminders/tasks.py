"""Work that goes on while nobody waits for it."""

from django.utils import timezone
from django_tasks import task

from renkei.reminders.services.refresh import AT_ONCE, cancel_those_of_the_gone, refresh_of


@task()
def refresh_in_background(ids: list[int]) -> None:
    """Bring the deadlines of changed agreements up to date."""
    for place in range(0, len(ids), AT_ONCE):
        refresh_of(ids[place : place + AT_ONCE], timezone.localdate(), timezone.now())
    cancel_those_of_the_gone(timezone.localdate(), timezone.now())
