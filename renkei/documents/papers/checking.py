"""What a template that was brought says, opened by a process of its own: its fields, and those that it lacks."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop

from renkei.documents.papers.kinds import FIELDS
from renkei.documents.template_refusals import TemplateRefused
from renkei.documents.vocabulary import PaperKind

SECONDS = 30
ROOT = Path(__file__).resolve().parent.parent.parent.parent
UNREADABLE = gettext_noop(
    "開けないか、開くのに時間がかかりすぎるWord文書です。標準のひな形をダウンロードし、それを直したものを選んでください。"
)


@dataclass(frozen=True)
class Checked:
    """The fields of a template: those that are filled, those that nobody fills, and needed ones that it lacks."""

    known: tuple[str, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]


def checked(content: bytes, kind: PaperKind) -> Checked:
    """What the template asks for; a file that cannot be one is refused with a sentence."""
    return compared(_told_apart(content, kind)["fields"], kind)


def compared(names: Iterable[str], kind: PaperKind) -> Checked:
    """The names that a template has, beside those that its paper knows and needs."""
    names = list(names)
    known = {name for field in FIELDS[kind] for name in field.names}
    return Checked(
        known=tuple(name for name in names if name in known),
        unknown=tuple(name for name in names if name not in known),
        missing=tuple(one.name for one in FIELDS[kind] if one.is_needed and one.name not in names),
    )


def _told_apart(content: bytes, kind: PaperKind) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile(suffix=".docx") as copy:
        copy.write(content)
        copy.flush()
        command = [sys.executable, "-m", "renkei.documents.papers.checking_child", copy.name, kind.value]
        try:
            told = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
        except subprocess.TimeoutExpired:
            raise TemplateRefused(UNREADABLE) from None
    if told.returncode:
        raise TemplateRefused(UNREADABLE)
    answer: dict[str, Any] = json.loads(told.stdout)
    if "refused" in answer:
        raise TemplateRefused(*answer["refused"])
    return answer
