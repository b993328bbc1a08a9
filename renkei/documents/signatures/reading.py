"""The electronic signatures of a PDF, examined by a process of its own."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from renkei.documents.bounded import ask
from renkei.documents.signatures.child import BOUNDS
from renkei.documents.signatures.told import Signature

MARK = b"/ByteRange"
"""Stands bare in every signed PDF: it says which bytes are signed, so it can be neither packed nor locked."""


@dataclass(frozen=True)
class Found:
    """The signatures in the order of their making, and a sentence where they could not be examined."""

    signatures: Sequence[Signature] = ()
    told: str = ""


def may_be_signed(content: bytes) -> bool:
    """Whether the bytes of a PDF can hold a signature; cheap enough for every file."""
    return MARK in content


def signatures_in(path: Path) -> Found:
    """Examine the file against the roots in RENKEI_TRUST; nothing is fetched from anywhere."""
    answer = ask("renkei.documents.signatures.child", str(path), *_roots(), bounds=BOUNDS)
    found = json.loads(answer.content) if answer.is_whole else None
    if not found or not found["is_readable"]:
        return Found(told=_("電子署名を確かめられないPDFです。PDFの閲覧ソフトの署名の欄で確かめてください。"))
    return Found([Signature.read(one) for one in found["signatures"]])


def _roots() -> list[str]:
    return [str(settings.TRUST)] if settings.TRUST else []
