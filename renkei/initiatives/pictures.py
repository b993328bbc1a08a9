"""Pictures of results and stories for everyone: drawn anew, without place, day or camera."""

import tempfile
from collections import OrderedDict
from shutil import copyfileobj
from threading import Lock

from renkei.documents.bounded import ask
from renkei.documents.models import Document
from renkei.documents.picture_child import BOUNDS

KINDS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}
MOST_KEPT = 32 * 1024 * 1024
"""Bytes of pictures that were drawn last, in this process alone."""
DRAWN: "OrderedDict[str, bytes]" = OrderedDict()
ONE_AT_A_TIME = Lock()


def public_picture(document: Document) -> bytes:
    """The picture as JPEG or PNG, at most 1600 pixels wide and high; b"" where it cannot be drawn.

    Bytes never change under their digest, so what was drawn last is kept for a while.
    """
    with ONE_AT_A_TIME:
        if document.digest in DRAWN:
            DRAWN.move_to_end(document.digest)
            return DRAWN[document.digest]
    drawn = _drawn(document)
    with ONE_AT_A_TIME:
        DRAWN[document.digest] = drawn
        while sum(map(len, DRAWN.values())) > MOST_KEPT:
            DRAWN.popitem(last=False)
    return drawn


def kind_of_picture(content: bytes) -> str:
    """image/png or image/jpeg; "" for anything else."""
    return next((kind for begin, kind in KINDS.items() if content.startswith(begin)), "")


def _drawn(document: Document) -> bytes:
    if not document.media_type.startswith("image/"):
        return b""
    with tempfile.NamedTemporaryFile(suffix=".document") as copy:
        with document.content.open("rb") as received:
            copyfileobj(received, copy)
        copy.flush()
        answer = ask("renkei.documents.picture_child", copy.name, bounds=BOUNDS)
    return answer.content if answer.is_whole and kind_of_picture(answer.content) else b""
