"""Work that goes on while nobody waits for it."""

from django_tasks import task

from renkei.documents.models import Document
from renkei.documents.signatures.reports import examine
from renkei.documents.text_reading import read, unread
from renkei.documents.thumbnails import draw


@task()
def draw_thumbnail(document: int) -> None:
    """Draw a document's first page; one that is gone meanwhile needs none."""
    kept = Document.objects.filter(pk=document).first()
    if kept:
        draw(kept)


@task()
def read_text(document: int) -> None:
    """Take a document's text out; one that is gone meanwhile, or was read at once, needs it no more."""
    kept = unread().filter(pk=document).first()
    if kept:
        read(kept)


@task()
def check_signatures(document: int) -> None:
    """Examine a document's electronic signatures; one that is gone meanwhile needs it no more."""
    kept = Document.objects.filter(pk=document).first()
    if kept:
        examine(kept)
