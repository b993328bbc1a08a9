"""Making a backup: every table and every file of one moment, in one archive that is proved by its own digests."""

import fcntl
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.db import connection, models
from django.utils.translation import gettext as _

from renkei.audit.models import Head
from renkei.backups.key import told_key
from renkei.backups.refusals import BackupRefused
from renkei.backups.rows import chunks, columns, tables
from renkei.backups.sealing import LENGTH, PIECE, SEAL, Sealed, encrypted
from renkei.backups.snapshot import a_snapshot
from renkei.backups.versions import FORMAT, program, steps_of

MANIFEST = "manifest.json"
Manifest = dict[str, Any]


def back_up(path: Path, *, at: datetime, recipient: str = "", passphrase: str = "") -> Manifest:
    """Write the backup; the file has its name only when it is whole and on the disk."""
    if not steps_of():
        raise BackupRefused(
            _("このデータベースには、まだ何もありません。RENKEI_VARかDATABASE_URLの指定を確かめてください。")
        )
    with _under_another_name(path) as file, encrypted(file, recipient, passphrase) as out:
        sealed = Sealed(out)
        told = told_key(is_encrypted=bool(recipient or passphrase))
        manifest = _archive(sealed, at, told)
        sealed.finish()
    return manifest


@contextmanager
def _under_another_name(path: Path) -> Iterator[IO[bytes]]:
    """A file beside the wanted one, renamed at the end; nothing is left where that end is not reached."""
    partial = path.with_name(f"{path.name}.partial")
    try:
        with partial.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.truncate(0)
            yield file
            file.flush()
            os.fsync(file.fileno())
            partial.rename(path)
    except BlockingIOError as error:
        raise BackupRefused(
            _("%(file)s への控えを、ほかの人がいま取っています。終わるのを待つか、別の名前にしてください。")
            % {"file": path.name}
        ) from error
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise BackupRefused(
            _(
                "%(file)s に書けません(%(error)s)。控えは取れていません。空きのある、書き込める場所を指定してください。"
            )
            % {"file": path, "error": error.strerror or error}
        ) from error
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    _remember_the_name(path.parent)


def _remember_the_name(folder: Path) -> None:
    """A power loss after this takes the renaming back no more."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _archive(sealed: Sealed, at: datetime, told: dict[str, str]) -> Manifest:
    with a_snapshot(), zipfile.ZipFile(sealed, "w") as archive:  # type: ignore[call-overload]
        archive.comment = SEAL + b"0" * LENGTH
        manifest: Manifest = {
            "format": FORMAT,
            "program": program(),
            "made_at": at.isoformat(),
            "database": connection.vendor,
            "migrations": sorted(steps_of()),
            "heads": _heads(),
            **told,
            "tables": {},
            "files": {},
            "missing": [],
        }
        for model in tables(apps):
            manifest["tables"][model._meta.label] = _table(archive, model)
        _files(archive, manifest)
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        archive.writestr(zipfile.ZipInfo(MANIFEST, at.timetuple()[:6]), text)
    return manifest


def _heads() -> list[list[object]]:
    heads = Head.objects.order_by("municipality__code")
    return [list(head) for head in heads.values_list("municipality__code", "number", "digest")]


def _table(archive: zipfile.ZipFile, model: type[models.Model]) -> Manifest:
    """Write one table as lines and say what was written."""
    member = zipfile.ZipInfo(f"tables/{model._meta.label}.jsonl")
    member.compress_type, member._compresslevel = zipfile.ZIP_DEFLATED, 1  # type: ignore[attr-defined]
    count, summed = 0, hashlib.sha256()
    with archive.open(member, "w", force_zip64=True) as out:
        for number, piece in chunks(model):
            out.write(piece)
            summed.update(piece)
            count += number
    names = [str(column.column) for column in columns(model)]
    return {"member": member.filename, "rows": count, "sha256": summed.hexdigest(), "columns": names}


def _files(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Copy every file that a row names, from wherever its storage keeps it; one that is gone is named."""
    for model in tables(apps):
        for field in columns(model):
            if isinstance(field, models.FileField):
                names = model._base_manager.order_by("pk").values_list(field.attname, flat=True)
                for name in names.iterator():
                    if name and name not in manifest["files"]:
                        _file(archive, field, str(name), manifest)


def _file(archive: zipfile.ZipFile, field: Any, name: str, manifest: Manifest) -> None:
    try:
        source = field.storage.open(name, "rb")
    except FileNotFoundError:
        manifest["missing"].append(name)
        return
    size, summed = 0, hashlib.sha256()
    member = zipfile.ZipInfo(f"files/{name}")
    with source, archive.open(member, "w", force_zip64=True) as out:
        for piece in source.chunks(PIECE):
            out.write(piece)
            summed.update(piece)
            size += len(piece)
    manifest["files"][name] = {
        "member": member.filename, "size": size, "sha256": summed.hexdigest(), "field": str(field),
    }  # fmt: skip
