"""Attached documents: kept as received, handed out as files, never of another agreement."""

import base64
import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from renkei.agreements.models import Attachment
from renkei.agreements.services import attach
from tests.factories import a_municipality, an_agreement

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n% a test\n"


def send(client, agreement, content=PDF, name="協定書.pdf", **fields):
    file = SimpleUploadedFile(name, content, content_type="text/html")
    return client.post(
        f"/desk/agreements/{agreement.public_id}/attach/", {"file": file, **fields}, follow=True
    )


def test_a_document_is_kept_as_it_was_received(clerk):
    agreement = an_agreement()
    assert "文書を添付しました" in send(clerk, agreement, label="写し").content.decode()
    kept = Attachment.objects.get()
    assert not kept.is_published
    answer = clerk.get(f"/desk/agreements/{agreement.public_id}/documents/{kept.document.public_id}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    digest = base64.b64encode(hashlib.sha256(PDF).digest()).decode()
    assert answer["Repr-Digest"] == f"sha-256=:{digest}:"


@pytest.mark.parametrize(
    "content", [b"<script>alert(1)</script>", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b""]
)
def test_what_is_no_document_is_refused_and_what_was_typed_stays(clerk, content):
    answer = send(clerk, an_agreement(), content=content, label="覚えておいて")
    assert answer.status_code == 422
    assert "覚えておいて" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_document_of_another_agreement_is_not_there(clerk):
    one, other = an_agreement(title="一"), an_agreement(title="二")
    document = attach(other, PDF, name="a.pdf", actor=None).document
    assert clerk.get(f"/desk/agreements/{one.public_id}/documents/{document.public_id}/").status_code == 404


def test_a_document_of_another_town_is_not_there(clerk):
    mine, theirs = an_agreement(), an_agreement(municipality=a_municipality("011002"))
    document = attach(theirs, PDF, name="a.pdf", actor=None).document
    for agreement in (mine, theirs):
        address = f"/desk/agreements/{agreement.public_id}/documents/{document.public_id}/"
        assert clerk.get(address).status_code == 404


@pytest.mark.parametrize(
    "is_published, agreement_is, status", [(True, True, 200), (False, True, 404), (True, False, 404)]
)
def test_the_public_sees_published_documents_of_published_agreements(
    client, is_published, agreement_is, status
):
    agreement = an_agreement(published=agreement_is)
    document = attach(agreement, PDF, name="a.pdf", actor=None, is_published=is_published).document
    answer = client.get(f"/agreements/{agreement.public_id}/documents/{document.public_id}/")
    b"".join(answer)
    assert answer.status_code == status


def test_the_public_sees_no_document_through_another_agreement(client):
    one, other = an_agreement(published=True), an_agreement(published=True)
    document = attach(other, PDF, name="a.pdf", actor=None, is_published=True).document
    assert client.get(f"/agreements/{one.public_id}/documents/{document.public_id}/").status_code == 404


def test_a_file_that_is_gone_is_not_there(clerk):
    agreement = an_agreement()
    document = attach(agreement, PDF, name="a.pdf", actor=None).document
    document.content.storage.delete(document.content.name)
    assert (
        clerk.get(f"/desk/agreements/{agreement.public_id}/documents/{document.public_id}/").status_code
        == 404
    )
