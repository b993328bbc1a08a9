"""Every kept file is proved by its digest; what is missing, altered or nobody's is named."""

import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from renkei.agreements.models import SeriesPapers
from renkei.agreements.services import create_series
from renkei.documents.services import keep
from renkei.documents.verification import faults
from tests.documents.test_keeping import PDF
from tests.factories import a_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def kept(name):
    return keep(PDF + name.encode(), name=name, municipality=a_municipality())


def test_files_as_they_were_kept_have_no_fault():
    kept("a.pdf"), kept("b.pdf")
    told = io.StringIO()
    call_command("documents_verify", stdout=told)
    assert "文書2件を調べました" in told.getvalue()


def test_an_altered_byte_is_named():
    document = kept("a.pdf")
    with Path(document.content.path).open("r+b") as file:
        file.seek(4)
        file.write(b"X")
    (fault,) = faults()
    assert document.public_id in fault and "中身が保存したときと違います" in fault


def test_a_missing_file_is_named():
    document = kept("a.pdf")
    default_storage.delete(document.content.name)
    (fault,) = faults()
    assert document.public_id in fault and "ありません" in fault


def test_a_file_of_no_document_is_named():
    kept("a.pdf")
    default_storage.save("documents/2026/orphan", ContentFile(b"x"))
    (fault,) = faults()
    assert fault.startswith("documents/2026/orphan")


def test_the_command_ends_with_an_error_where_something_is_wrong():
    default_storage.delete(kept("a.pdf").content.name)
    with pytest.raises(CommandError, match="1件に問題"):
        call_command("documents_verify", stdout=io.StringIO())


def test_papers_of_a_series_are_somebodys_and_others_beside_them_nobodys():
    series = create_series(a_municipality(), name="見守り", facts={}, actor=None)
    for name in ("papers/2026/known", "papers/2026/nobodys"):
        default_storage.save(name, ContentFile(b"PK"))
    own = {"archive": "papers/2026/known", "asked_at": timezone.now()}
    SeriesPapers.objects.create(municipality=series.municipality, series=series, **own)
    (fault,) = faults()
    assert fault.startswith("papers/2026/nobodys: ")
