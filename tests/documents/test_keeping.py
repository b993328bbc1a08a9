"""Files are kept as received; what they are is judged by their content."""

import hashlib
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from renkei.documents import services, uploads
from renkei.documents.content import media_type
from renkei.documents.models import Document
from renkei.documents.services import DocumentRefused, keep
from renkei.documents.uploads import can_be_kept
from tests.factories import a_municipality

PDF = b"%PDF-1.7\n%%EOF\n"


def office(part, *, filling=b"<x/>"):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, filling)
    return kept.getvalue()


@pytest.mark.parametrize(
    "content, kind",
    [
        pytest.param(PDF, "application/pdf", id="PDF"),
        pytest.param(b"\x89PNG\r\n\x1a\n...", "image/png", id="PNG"),
        pytest.param(b"\xff\xd8\xff\xe0...", "image/jpeg", id="JPEG"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage", id="old-Office"),
        pytest.param(office("word/document.xml"), "wordprocessingml", id="Word"),
        pytest.param(office("xl/workbook.xml"), "spreadsheetml", id="Excel"),
        pytest.param(office("ppt/presentation.xml"), "presentationml", id="PowerPoint"),
    ],
)
def test_files_are_known_by_their_content(content, kind):
    assert kind in media_type(content)


REFUSED = {
    "HTML": b"<!DOCTYPE html><script>alert(1)</script>",
    "HTML before a PDF": b"<html>%PDF-1.7",
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "program": b"MZ\x90\x00\x03",
    "program of Linux": b"\x7fELF\x02\x01",
    "script": b"#!/bin/sh\nrm -rf /\n",
    "plain zip": office("a.txt"),
    "broken zip": b"PK\x03\x04" + b"\x00" * 40,
    "empty": b"",
    "text": "協定書".encode(),
}


@pytest.mark.django_db
@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED.keys())
def test_anything_else_is_refused_with_a_sentence_whatever_its_name(content):
    with pytest.raises(DocumentRefused, match="どれでもないファイルです"):
        keep(content, name="協定書.pdf", municipality=a_municipality())
    assert Document.objects.count() == 0


@pytest.mark.django_db
def test_the_bytes_are_kept_as_received_with_their_digest():
    document = keep(PDF, name="協定書.pdf", municipality=a_municipality())
    with Document.objects.get().content.open("rb") as kept:
        assert kept.read() == PDF
    assert (document.size, document.digest) == (len(PDF), hashlib.sha256(PDF).hexdigest())


@pytest.mark.django_db
def test_the_place_of_a_file_tells_nothing_of_its_name():
    document = keep(PDF, name="../../etc/passwd", municipality=a_municipality())
    assert document.name == "passwd"
    assert "passwd" not in document.content.name and ".." not in document.content.name


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name, kept",
    [
        ("C:\\協定\\協定書.pdf", "協定書.pdf"),
        ("協定\x00\u202e書.pdf", "協定書.pdf"),
        ("/", "file"),
        ("長" * 300 + ".pdf", "長" * 196 + ".pdf"),
    ],
)
def test_names_are_kept_without_folders_and_invisible_letters(name, kept):
    assert keep(PDF, name=name, municipality=a_municipality()).name == kept


@pytest.mark.django_db
def test_a_file_above_the_limit_is_refused_with_the_limit(monkeypatch):
    monkeypatch.setattr(services, "LARGEST", 2 * 1024**2)
    with pytest.raises(DocumentRefused, match="2 MBまで"):
        keep(PDF + b" " * 2 * 1024**2, name="大.pdf", municipality=a_municipality())


def test_a_zip_bomb_is_never_unpacked(monkeypatch):
    bomb = office("word/document.xml", filling=b"0" * 100 * 1024**2)
    assert len(bomb) < 200 * 1024

    def unpacked(*_arguments, **_options):
        raise AssertionError("a part was opened")

    monkeypatch.setattr(zipfile.ZipFile, "open", unpacked)
    assert "wordprocessingml" in media_type(bomb)


def test_a_form_tells_at_the_field_what_cannot_be_kept_and_reads_nothing_that_is_too_large(monkeypatch):
    with pytest.raises(ValidationError, match="どれでもないファイル"):
        can_be_kept(SimpleUploadedFile("a.txt", b"text"))
    good = SimpleUploadedFile("a.pdf", PDF)
    can_be_kept(good)
    assert good.read() == PDF, "whoever keeps it reads it from its beginning"
    monkeypatch.setattr(uploads, "LARGEST", 3)
    with pytest.raises(ValidationError, match="50MBを超える"):
        can_be_kept(SimpleUploadedFile("b.pdf", PDF))
