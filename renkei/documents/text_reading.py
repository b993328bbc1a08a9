"""The text of a kept document, taken out page by page beside the work of people; for searching and for quoting."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from shutil import copyfileobj
from types import ModuleType
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from renkei.documents import ocr, ocr_child, text_child
from renkei.documents.bounded import ask
from renkei.documents.changes import text_read
from renkei.documents.models import Document, PageText, TextReading
from renkei.documents.text_child import KEPT_LETTERS
from renkei.documents.vocabulary import ReadingState
from renkei.documents.word.opening import WordRefused, open_word
from renkei.documents.word.told import WordParagraph, WordTable
from renkei.rules.written_numbers import printed_before

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SCANNABLE = ("application/pdf", "image/png", "image/jpeg")
TOO_HEAVY = "読み取るのに時間かメモリーがかかりすぎる文書なので、本文を読み取れません。分けるか、小さくして添付してください。"
CUT_SHORT = "読み取りの途中で終わりました。{page}ページ目までの本文があります。"
GONE = "保存したファイルが見つからないので、本文を読み取れません。管理者に知らせてください。"


@dataclass(frozen=True)
class FileText:
    """What was read of a file: how that ended, how many pages it has, a sentence about it, and texts by page."""

    state: ReadingState
    pages: int = 0
    told: str = ""
    texts: dict[int, str] = field(default_factory=dict)
    by_ocr: bool = False


def unread() -> QuerySet[Document]:
    """The documents that were never read, and scans where there is an engine now."""
    scans = Q(text_reading__state=ReadingState.NO_TEXT, media_type__in=SCANNABLE)
    return Document.objects.filter(Q(text_reading=None) | (scans if ocr.engine() else Q(pk=None)))


def read(document: Document, *, with_engine: bool = True) -> TextReading:
    """Take the text out and keep it in place of what was read before; tells those who hold the document.

    Without an engine a scan stays a scan: an engine needs minutes, in which nobody should wait for a page.
    """
    found = text_of(document, with_engine=with_engine)
    with transaction.atomic():
        reading, _is_new = TextReading.objects.update_or_create(
            document=document,
            defaults={
                "state": found.state,
                "pages": found.pages,
                "told": found.told[:400],
                "by_ocr": found.by_ocr,
            },
        )
        PageText.objects.filter(document=document).delete()
        PageText.objects.bulk_create(
            PageText(document=document, page=page, text=text) for page, text in found.texts.items()
        )
        text_read.send(sender=Document, ids=[document.pk])
    return reading


def text_of(document: Document, *, with_engine: bool = True) -> FileText:
    """The document's text by page; a file that is gone or refused is told, never an error."""
    if document.media_type == WORD:
        return _of_word(document)
    with tempfile.NamedTemporaryFile(suffix=".document") as copy:
        try:
            with document.content.open("rb") as kept:
                copyfileobj(kept, copy)
        except FileNotFoundError:
            return FileText(ReadingState.REFUSED, told=GONE)
        copy.flush()
        found = _told_by(text_child, copy.name, document.media_type)
        is_scan = found.state == ReadingState.NO_TEXT and document.media_type in SCANNABLE
        if with_engine and is_scan and ocr.engine():
            return _recognised(found, copy.name, document.media_type)
    return found


def _of_word(document: Document) -> FileText:
    try:
        with document.content.open("rb") as kept:
            said = open_word(kept.read())
    except FileNotFoundError:
        return FileText(ReadingState.REFUSED, told=GONE)
    except WordRefused as refusal:
        return FileText(ReadingState.REFUSED, told=str(refusal))
    text = "\n".join(filter(None, map(_line, said.blocks)))[:KEPT_LETTERS].strip()
    state = ReadingState.READ if text else ReadingState.NO_TEXT
    return FileText(state, 1, " ".join(said.told), {1: text} if text else {})


def _line(block: WordParagraph | WordTable) -> str:
    """A paragraph with its number, or a table with a line for each row."""
    if isinstance(block, WordTable):
        return "\n".join("\t".join(row) for row in block.rows)
    return printed_before(block.number) + block.text


def _recognised(scan: FileText, path: str, media_type: str) -> FileText:
    """The scan as the engine reads it; as it was where the engine finds nothing."""
    found = _told_by(ocr_child, path, media_type, ocr.engine())
    if found.state != ReadingState.READ:
        return scan
    return FileText(found.state, found.pages, found.told, found.texts, by_ocr=True)


def _told_by(child: ModuleType, *arguments: str) -> FileText:
    """What a process of its own tells of the file; where it was ended, what it told until then."""
    answer = ask(child.__name__, *arguments, bounds=child.BOUNDS)
    return _read(list(_lines(answer.content)))


def _lines(answer: bytes) -> Iterator[dict[str, Any]]:
    """The lines that were written whole."""
    for line in answer.splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            return


def _read(lines: list[dict[str, Any]]) -> FileText:
    texts = {line["page"]: line["text"] for line in lines if "page" in line}
    last = lines[-1] if lines else {}
    if "pages" in last:
        state = ReadingState.READ if texts else ReadingState.NO_TEXT
        return FileText(state, last["pages"], last["told"], texts)
    if texts:
        return FileText(ReadingState.READ, max(texts), CUT_SHORT.format(page=max(texts)), texts)
    return FileText(ReadingState.REFUSED, told=last.get("refused", TOO_HEAVY))
