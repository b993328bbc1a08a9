"""What was found of a document's signatures, kept beside it and made anew when the trusted roots change."""

import tempfile
from pathlib import Path
from shutil import copyfileobj

from django.utils.translation import gettext as _

from renkei.documents.models import Document, SignatureReport
from renkei.documents.signatures.reading import Found, may_be_signed, signatures_in

PDF = "application/pdf"
PIECE = 1024 * 1024


def examine(document: Document) -> SignatureReport:
    """Examine the document's signatures now, and keep what was found in place of what was kept before."""
    try:
        found = _found(document)
    except FileNotFoundError:
        found = Found(
            told=_(
                "保存したファイルが見つからないので、電子署名を確かめられません。管理者に知らせてください。"
            )
        )
    report, _is_new = SignatureReport.objects.update_or_create(
        document=document,
        defaults={"signatures": [one.as_told() for one in found.signatures], "told": found.told},
    )
    return report


def _found(document: Document) -> Found:
    if document.media_type != PDF or not has_mark(document):
        return Found()
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        with document.content.open("rb") as kept:
            copyfileobj(kept, copy)
        copy.flush()
        return signatures_in(Path(copy.name))


def has_mark(document: Document) -> bool:
    """Whether the kept bytes can hold a signature."""
    before = b""
    with document.content.open("rb") as kept:
        while piece := kept.read(PIECE):
            if may_be_signed(before + piece):
                return True
            before = piece[-16:]
    return False


def report_of(document: Document) -> SignatureReport | None:
    """What is kept of the document's signatures; one that nobody looked at yet is examined. None for no PDF."""
    if document.media_type != PDF:
        return None
    return SignatureReport.objects.filter(document=document).first() or examine(document)
