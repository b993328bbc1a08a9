"""Keeping files."""

import hashlib
import unicodedata
from functools import partial
from threading import Lock

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from renkei.documents.content import media_type
from renkei.documents.hostile import DocumentRefused, refuse_hostile
from renkei.documents.models import Document, TextReading
from renkei.documents.signatures.reading import may_be_signed
from renkei.documents.tasks import check_signatures, draw_thumbnail, read_text
from renkei.documents.vocabulary import ReadingState
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id

__all__ = ["LARGEST", "DocumentRefused", "forget", "keep", "look_at"]

LARGEST = 50 * 1024 * 1024
LONGEST_TOLD = 400
REMEMBERED = 100
ONE_AT_A_TIME = Lock()
HARMLESS: dict[str, str] = {}
"""The kinds of the files looked at last, by digest: a few letters for each, in this process alone."""


def keep(content: bytes, *, name: str, municipality: Municipality, unread_because: str = "") -> Document:
    """Keep the bytes as received with their SHA-256; the file is written before its row.

    With a reason (`unread_because`) its text is never taken out: a second copy of people's numbers helps nobody.
    """
    kind, digest = look_at(content)
    document = Document(
        municipality=municipality,
        name=_printable(name),
        media_type=kind,
        size=len(content),
        digest=digest,
    )
    document.content.save(new_public_id(), ContentFile(content), save=False)
    document.save(force_insert=True)
    draw_thumbnail.enqueue(document.pk)
    if unread_because:
        TextReading.objects.create(
            document=document, state=ReadingState.REFUSED, told=unread_because[:LONGEST_TOLD]
        )
    else:
        read_text.enqueue(document.pk)
    if kind == "application/pdf" and may_be_signed(content):
        check_signatures.enqueue(document.pk)
    return document


def look_at(content: bytes) -> tuple[str, str]:
    """The kind and the SHA-256 of bytes that can be kept; others are refused with a sentence.

    A form looks before a service begins its transaction, so that no lock waits for the process that looks: what was
    found harmless just now is not looked at again.
    """
    digest = hashlib.sha256(content).hexdigest()
    if kind := HARMLESS.get(digest):
        return kind, digest
    if len(content) > LARGEST:
        raise DocumentRefused(
            _("ファイルが大きすぎます。%(limit)s MBまで保存できます。分けるか、小さくしてください。")
            % {"limit": LARGEST // 1024**2}
        )
    kind = media_type(content)
    if kind is None:
        raise DocumentRefused(
            _(
                "PDF・Word・Excel・PowerPoint・画像(PNG・JPEG)のどれでもないファイルです。どれかに変えてください。"
            )
        )
    refuse_hostile(content, kind)
    _remember(digest, kind)
    return kind, digest


def _remember(digest: str, kind: str) -> None:
    with ONE_AT_A_TIME:
        HARMLESS[digest] = kind
        if len(HARMLESS) > REMEMBERED:
            del HARMLESS[next(iter(HARMLESS))]


def _printable(name: str) -> str:
    """The name without folders and invisible characters, at most 200 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")[-200:] or "file"


def forget(document: Document) -> None:
    """Erase a document that nothing else holds; its bytes go once that is committed."""
    files = [file for file in (document.content, document.thumbnail) if file]
    document.delete()
    for file in files:
        transaction.on_commit(partial(file.storage.delete, str(file.name)), robust=True)
