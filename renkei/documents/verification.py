"""Proving the files: each document's bytes again, and what lies in the store without a row that names it."""

import hashlib
from collections.abc import Iterator

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db.models import FileField
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from renkei.documents.models import Document

FOLDERS = ("documents", "papers")
PIECE = 1024 * 1024


def faults() -> Iterator[str]:
    """A sentence for each file that is missing, altered or belongs to no document; none if all is well."""
    for document in Document.objects.order_by("pk").iterator(chunk_size=500):
        yield from _faults_of(document)
    known = set(_named_files())
    for name in (name for folder in FOLDERS for name in _files_below(default_storage, folder)):
        if name not in known:
            yield _(
                "%(name)s: どの文書のものでもないファイルです。中身を確かめ、要らなければ消してください。"
            ) % {"name": name}


def _named_files() -> Iterator[str]:
    """The files that a row of any table names: papers that are made are no documents."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                yield from model._base_manager.values_list(field.attname, flat=True).iterator()


def _faults_of(document: Document) -> Iterator[str]:
    named = {"id": document.public_id, "document": document.name, "name": document.content.name}
    try:
        digest = digest_of(document.content)
    except FileNotFoundError:
        yield (
            _("%(id)s「%(document)s」: ファイル%(name)sがありません。バックアップから戻してください。")
            % named
        )
        return
    if digest != document.digest:
        yield (
            _(
                "%(id)s「%(document)s」: ファイル%(name)sの中身が保存したときと違います。バックアップから戻してください。"
            )
            % named
        )


def digest_of(content: FieldFile) -> str:
    """SHA-256 of a kept file, read piece by piece."""
    found = hashlib.sha256()
    with content.open("rb") as kept:
        while piece := kept.read(PIECE):
            found.update(piece)
    return found.hexdigest()


def _files_below(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}/{name}"
    for name in sorted(folders):
        yield from _files_below(storage, f"{folder}/{name}")
