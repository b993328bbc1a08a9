"""A small picture of a document's first page: drawn once, beside the work of people, from bytes that never change."""

import tempfile
from pathlib import Path
from shutil import copyfileobj

from django.core.files.base import ContentFile

from renkei.documents.bounded import ask
from renkei.documents.drawing_child import BOUNDS
from renkei.documents.models import Document

PNG = b"\x89PNG\r\n\x1a\n"


def draw(document: Document) -> bool:
    """Draw and keep the picture; False where the file holds nothing that can be drawn within bounds."""
    with tempfile.NamedTemporaryFile(suffix=".document") as copy:
        with document.content.open("rb") as kept:
            copyfileobj(kept, copy)
        copy.flush()
        picture = drawn_apart(Path(copy.name), document.media_type)
    if picture is None:
        return False
    name = document.content.storage.save(f"thumbnails/{document.digest}.png", ContentFile(picture))
    Document.objects.filter(pk=document.pk).update(thumbnail=name)
    return True


def drawn_apart(path: Path, media_type: str) -> bytes | None:
    """The picture drawn by a process of its own; None where that process refuses, fails or is ended."""
    answer = ask("renkei.documents.drawing_child", str(path), media_type, bounds=BOUNDS)
    return answer.content if answer.is_whole and answer.content.startswith(PNG) else None
