"""Work that goes on while nobody waits for it."""

from django_tasks import task

from renkei.documents.models import Document
from renkei.documents.thumbnails import draw


@task()
def draw_thumbnail(document: int) -> None:
    """Draw a document's first page; one that is gone meanwhile needs none."""
    kept = Document.objects.filter(pk=document).first()
    if kept:
        draw(kept)
