"""What a template that was brought says, opened by a process of its own: its fields, and those that it lacks."""

import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop

from renkei.documents.bounded import ask
from renkei.documents.filling import fields_in_word, fill_word
from renkei.documents.papers.checking_child import BOUNDS
from renkei.documents.papers.fields import sample_of, with_blanks
from renkei.documents.papers.kinds import FIELDS
from renkei.documents.template_refusals import TemplateRefused
from renkei.documents.vocabulary import PaperKind

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
        told = ask("renkei.documents.papers.checking_child", copy.name, kind.value, bounds=BOUNDS)
    if not told.is_whole:
        raise TemplateRefused(UNREADABLE)
    answer: dict[str, Any] = json.loads(told.content)
    if "refused" in answer:
        raise TemplateRefused(*answer["refused"])
    return answer


def told_of(content: bytes, kind: str) -> dict[str, Any]:
    """What a template says; asked only in the process that is bounded for it.

    One whose fields are all known is filled twice, with examples and with nothing, so that both are known to be whole.
    """
    paper = PaperKind(kind)
    try:
        names = fields_in_word(content)
        if not compared(names, paper).unknown:
            for fields in (sample_of(FIELDS[paper]), {}):
                fill_word(content, with_blanks(FIELDS[paper], fields))
        return {"fields": names}
    except TemplateRefused as refusal:
        return {"refused": [refusal.sentence, refusal.place]}
