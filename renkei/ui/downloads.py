"""Headers of what leaves by download, and the answer that hands out a kept document."""

import base64
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.http import content_disposition_header

from renkei.rules.text_tables import csv_lines, workbook

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "png": "image/png",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Kept(Protocol):
    """A document as far as handing it out needs it."""

    name: str
    media_type: str
    digest: str
    content: FieldFile


def headers_of(kind: str, day: date, subject: str = "agreements") -> dict[str, str]:
    """The headers of a list's download, named after the day it was asked for."""
    disposition = content_disposition_header(True, f"{subject}-{day.isoformat()}.{kind}")
    return {"Content-Type": CONTENT_TYPES[kind], "Content-Disposition": disposition or "attachment"}


def table_answer(
    rows: Iterable[Sequence[str]],
    kind: str,
    day: date,
    *,
    subject: str,
    name: str | Promise,
    widths: Sequence[int] = (),
) -> HttpResponseBase:
    """Rows of texts as a file of the kind, named after the day; `name` is on the sheet. 404 for another kind."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    headers = headers_of(kind, day, subject)
    if kind == "csv":
        return StreamingHttpResponse(csv_lines(rows), headers=headers)
    # A file's answer guesses its type from a name unless it is told apart from the other headers.
    content_type = headers.pop("Content-Type")
    return FileResponse(workbook(rows, str(name), widths), headers=headers, content_type=content_type)


def made_answer(content: bytes, name: str) -> HttpResponse:
    """A file that was made just now, to be kept under its name; its kind is told by the name's end."""
    answer = HttpResponse(content, content_type=CONTENT_TYPES[name.rpartition(".")[2]])
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def thumbnail_answer(digest: str, thumbnail: FieldFile) -> FileResponse:
    """The small picture of a document's first page; 404 where none was drawn. It never changes."""
    if not thumbnail:
        raise Http404
    try:
        file = thumbnail.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(file, content_type="image/png")
    answer.headers["ETag"] = f'"{digest}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def document_answer(document: Kept) -> FileResponse:
    """The bytes as received, never shown inside the page, with their digest; 404 where the file is gone."""
    try:
        file = document.content.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(file, as_attachment=True, filename=document.name, content_type=document.media_type)
    digest = base64.b64encode(bytes.fromhex(document.digest)).decode()
    answer.headers["Repr-Digest"] = f"sha-256=:{digest}:"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
