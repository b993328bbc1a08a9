"""Documents are kept on disk or on an S3 server, by a setting, and come back byte for byte.

Run once: where files lie has nothing to do with where rows are.
"""

import hashlib

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from django.urls import reverse

from renkei.agreements.services import attach
from renkei.documents.models import Document
from renkei.documents.services import keep
from renkei.settings import file_storage
from tests.documents.object_storage import served, storage_at
from tests.documents.test_keeping import PDF
from tests.factories import a_municipality, a_user, an_agreement

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory):
    with served(tmp_path_factory.mktemp("s3")) as address:
        yield address


@pytest.fixture(params=["disk", "s3"])
def kept_at(request, settings, monkeypatch):
    """Each test runs once with files on this machine and once with files on the server."""
    if request.param == "s3":
        place = storage_at(request.getfixturevalue("endpoint"), monkeypatch=monkeypatch)
        settings.STORAGES = {**settings.STORAGES, "default": place}
    return request.param


def test_the_bytes_come_back_as_received(kept_at):
    document = keep(PDF, name="協定書.pdf", municipality=a_municipality())
    with Document.objects.get().content.open("rb") as kept:
        assert kept.read() == PDF
    assert document.content.storage.size(document.content.name) == len(PDF)


def test_two_files_of_the_same_name_are_two(kept_at):
    town = a_municipality()
    first, second = (
        keep(PDF, name="a.pdf", municipality=town),
        keep(PDF + b"2", name="a.pdf", municipality=town),
    )
    assert first.content.name != second.content.name
    with first.content.open("rb") as kept:
        assert kept.read() == PDF


def test_the_desk_hands_out_the_bytes_with_their_digest(kept_at, client):
    agreement = an_agreement()
    document = attach(agreement, PDF, name="協定書.pdf", actor=None).document
    client.force_login(a_user())
    answer = client.get(reverse("desk:document", args=[agreement.public_id, document.public_id]))
    assert b"".join(answer) == PDF
    assert hashlib.sha256(PDF).hexdigest() == document.digest
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_file_that_is_gone_is_answered_as_not_found(kept_at, client):
    agreement = an_agreement()
    document = attach(agreement, PDF, name="協定書.pdf", actor=None).document
    document.content.storage.delete(document.content.name)
    client.force_login(a_user())
    address = reverse("desk:document", args=[agreement.public_id, document.public_id])
    assert client.get(address).status_code == 404


def test_a_wrong_secret_keeps_no_row_without_its_file(endpoint, monkeypatch, settings):
    place = storage_at(endpoint, secret="another", monkeypatch=monkeypatch)
    with override_settings(STORAGES={**settings.STORAGES, "default": place}):
        with pytest.raises(Exception, match=r"403|SignatureDoesNotMatch|Forbidden"):
            keep(PDF, name="a.pdf", municipality=a_municipality())
    assert Document.objects.count() == 0


@pytest.mark.parametrize("address", ["bucket", "http://example.jp/bucket", "s3://"])
def test_an_address_that_names_no_bucket_is_refused_with_an_example(address):
    with pytest.raises(ImproperlyConfigured, match="s3://bucket"):
        file_storage(address)
