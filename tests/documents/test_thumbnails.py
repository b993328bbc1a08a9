"""The small picture of a first page: drawn apart from the server, and never at the price of anything else."""

import io
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from PIL import Image

from renkei.agreements.services import attach
from renkei.documents.models import Document
from renkei.documents.services import DocumentRefused, keep
from renkei.documents.thumbnails import draw, drawn_apart
from tests.documents.test_keeping import office
from tests.factories import a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db


def picture(kind="PNG", size=(1200, 600), colour="red"):
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, kind)
    return written.getvalue()


def pdf_of(size=(595, 842), pages=1):
    written = io.BytesIO()
    paper = [Image.new("RGB", size, "blue") for _ in range(pages)]
    paper[0].save(written, "PDF", save_all=True, append_images=paper[1:])
    return written.getvalue()


def word_with_preview(preview):
    written = io.BytesIO(office("word/document.xml"))
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr("docProps/thumbnail.jpeg", preview)
    return written.getvalue()


def kept(content, name="a.pdf"):
    return keep(content, name=name, municipality=a_municipality())


@pytest.mark.parametrize(
    ("content", "size"),
    [
        pytest.param(pdf_of(), (319, 452), id="PDF"),
        pytest.param(picture(), (320, 160), id="PNG"),
        pytest.param(picture("JPEG", (600, 1200)), (226, 452), id="JPEG"),
        pytest.param(word_with_preview(picture("JPEG", (320, 452))), (320, 452), id="Word"),
    ],
)
def test_the_first_page_is_drawn_small(content, size):
    document = kept(content)
    assert draw(document)
    document.refresh_from_db()
    with document.thumbnail.open("rb") as drawn, Image.open(drawn) as seen:
        assert seen.format == "PNG"
        assert abs(seen.width - size[0]) <= 1 and abs(seen.height - size[1]) <= 1


def test_a_word_file_without_a_preview_has_none():
    assert not draw(kept(office("word/document.xml"), "a.docx"))
    assert not Document.objects.get().thumbnail


def huge_png():
    """A picture of 15,000 by 15,000 that is a few bytes long: only its head is true."""
    small = bytearray(picture(size=(1, 1)))
    small[16:24] = (15_000).to_bytes(4, "big") * 2
    return bytes(small)


HOSTILE = {
    "a picture larger than any paper": huge_png(),
    "a cut picture": picture()[:200],
    "a cut PDF": pdf_of()[:300],
    "a PDF of nothing": b"%PDF-1.7\n%%EOF\n",
    "a PDF that refers to itself": b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n",
    "a preview that is no picture": word_with_preview(b"<svg onload='alert(1)'/>"),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_cannot_be_drawn_is_kept_without_a_picture(content):
    document = kept(content)
    assert not draw(document)
    assert not Document.objects.get().thumbnail


def test_memory_asked_for_by_a_file_ends_only_the_drawing(tmp_path):
    bomb = tmp_path / "bomb"
    bomb.write_bytes(picture(size=(7000, 7000)))
    assert drawn_apart(bomb, "image/png") is not None
    assert drawn_apart(Path("/dev/zero"), "image/png") is None


def test_drawing_is_asked_for_when_a_document_is_kept():
    document = kept(pdf_of())
    asked = [result.args_kwargs["args"] for result in DBTaskResult.objects.all()]
    assert [document.pk] in asked


def test_the_page_shows_the_picture_and_gives_it_to_staff_of_the_town_only(client):
    agreement = an_agreement()
    document = attach(agreement, pdf_of(), name="協定書.pdf", actor=None).document
    address = reverse("desk:document_thumbnail", args=[agreement.public_id, document.public_id])
    client.force_login(a_user())
    assert client.get(address).status_code == 404
    draw(document)
    page = client.get(reverse("desk:agreement", args=[agreement.public_id])).content.decode()
    answer = client.get(address)
    assert address in page
    assert b"".join(answer).startswith(b"\x89PNG")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    client.force_login(a_user(municipality=a_municipality("011002"), sign_in_name="stranger"))
    assert client.get(address).status_code == 404


def test_a_file_with_macros_is_refused_with_what_to_do():
    written = io.BytesIO(office("word/document.xml"))
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\x00")
    with pytest.raises(DocumentRefused, match="マクロのない形式"):
        kept(written.getvalue(), "a.docm")
