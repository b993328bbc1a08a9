"""Restoring: only into an empty installation, only what is proved whole, and proved equal afterwards."""

import hashlib
import zipfile
from collections.abc import Callable
from typing import IO, Any

from django.apps import apps as live_apps
from django.apps.registry import Apps
from django.core.exceptions import FieldDoesNotExist, SuspiciousOperation
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from renkei.audit import triggers
from renkei.audit.kept import KeptHead
from renkei.audit.verification import faults as faults_of_log
from renkei.backups import rows
from renkei.backups.key import take_over
from renkei.backups.reading import BROKEN, manifest_of, refuse_unfitting
from renkei.backups.reading import faults as faults_of_backup
from renkei.backups.refusals import BackupRefused
from renkei.backups.sealing import PIECE
from renkei.backups.versions import steps_of
from renkei.backups.writing import Manifest

SIGNS_OF_USE = ("accounts_user", "audit_entry", "agreements_agreement", "documents_document")
Told = Callable[[str], object]
MISLED = (*BROKEN, ArithmeticError, DatabaseError, FieldDoesNotExist, SuspiciousOperation)
"""What comes of a manifest that was made to mislead: its names lead nowhere, its rows are no rows."""


def restore(file: IO[bytes], told: Told) -> Manifest:
    """Bring back the backup's database and files; tells each step, and refuses before it touches anything."""
    refuse_used()
    for fault in faults_of_backup(file):
        raise BackupRefused(fault)
    told(_("控えは作られたときのままです。"))
    with zipfile.ZipFile(file) as archive:
        manifest = manifest_of(archive)
        count = _brought_back(archive, manifest)
    told(_("%(count)s行を%(tables)s個の表に戻し、読み直して同じであることを確かめました。") % count)
    _prove_files(manifest)
    told(
        _("ファイル%(count)s個を戻し、読み直して同じであることを確かめました。")
        % {"count": len(manifest["files"])}
    )
    call_command("migrate", verbosity=0, interactive=False)
    _prove_log(manifest)
    told(_("できごとの記録は、控えの末尾まで、記録されたときのままです。"))
    take_over(manifest, told)
    return manifest


def _brought_back(archive: zipfile.ZipFile, manifest: Manifest) -> dict[str, int]:
    """Files, then rows; where anything is not as the manifest says, all of it is taken away again."""
    written: list[tuple[Any, str]] = []
    try:
        refuse_unfitting(manifest)
        apps = _at_the_version_of(manifest)
        _files(archive, manifest, written)
        return _tables(archive, manifest, apps)
    except BaseException as error:
        for storage, name in written:
            storage.delete(name)
        if isinstance(error, MISLED) and not isinstance(error, OSError):
            raise BackupRefused(
                _("控えの中身が目録と合いません(%(error)s)。何も戻していません。ほかの控えを使ってください。")
                % {"error": f"{type(error).__name__}: {error}"[:200]}
            ) from error
        raise


def refuse_used() -> None:
    """Refuse an installation in which somebody already works."""
    there = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in SIGNS_OF_USE:
            if table not in there:
                continue
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
            if cursor.fetchone():
                raise BackupRefused(
                    _(
                        "このデータベースには、すでに記録があります。控えは空の環境にだけ戻せます。"
                        "RENKEI_VARかDATABASE_URLで空の場所を指定して、もう一度実行してください。"
                    )
                )


def _at_the_version_of(manifest: Manifest) -> Apps:
    """The tables as the version that made the backup had them, empty; and the models of that version."""
    steps = {(app, name) for app, name in manifest["migrations"]}
    if steps == steps_of():
        return live_apps
    _drop_everything()
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    wanted = [node for node in steps if node in graph.nodes]
    ends = [node for node in wanted if not any(child.key in steps for child in graph.node_map[node].children)]
    state = executor.migrate(ends)
    return state.apps


def _drop_everything() -> None:
    triggers.remove(connection)
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cascade = " CASCADE" if connection.vendor == "postgresql" else ""
        for table in connection.introspection.table_names():
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)}{cascade}")


@transaction.atomic
def _tables(archive: zipfile.ZipFile, manifest: Manifest, apps: Apps) -> dict[str, int]:
    """Write every row, and read them all again before anything is certain."""
    found = rows.tables(apps)
    _empty(found)
    described = manifest["tables"]
    for model in found:
        if table := described.get(model._meta.label):
            with archive.open(table["member"]) as lines:
                rows.insert(model, lines, table["columns"])
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), found):
            cursor.execute(statement)
    total = sum(_prove_table(model, described.get(model._meta.label)) for model in found)
    return {"count": total, "tables": len(found)}


def _empty(found: list[type[models.Model]]) -> None:
    """Take away what the migrations put into an empty installation: the backup brings its own."""
    with connection.cursor() as cursor:
        for model in reversed(found):
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608


def _prove_table(model: type[models.Model], described: dict[str, Any] | None) -> int:
    count, digest = rows.digest(model, described["columns"] if described else ())
    wanted = (described["rows"], described["sha256"]) if described else (0, hashlib.sha256().hexdigest())
    if (count, digest) != wanted:
        raise BackupRefused(
            _("%(table)sの表が控えと同じになりません(%(count)s行)。何も戻していません。")
            % {"table": model._meta.label, "count": count}
        )
    return count


def _files(archive: zipfile.ZipFile, manifest: Manifest, written: list[tuple[Any, str]]) -> None:
    """Write every file under its name, before the rows that name them; one that is there already must be the same."""
    for name, described in manifest["files"].items():
        storage = _storage_of(described["field"])
        if storage.exists(name):
            if _digest(storage, name) != described["sha256"]:
                raise BackupRefused(
                    _("%(name)sという別のファイルがすでにあります。ファイルを置く場所を空にしてください。")
                    % {"name": name}
                )
            continue
        with archive.open(described["member"]) as content:
            written.append((storage, storage.save(name, File(content, name))))
        if written[-1][1] != name:
            raise ValueError(name)


def _storage_of(field: str) -> Any:
    """Where files of the field, as "documents.Document.content", are kept here."""
    label, _dot, name = field.rpartition(".")
    try:
        found: Any = live_apps.get_model(label)._meta.get_field(name)
        return found.storage
    except LookupError:
        return default_storage


def _digest(storage: Any, name: str) -> str:
    summed = hashlib.sha256()
    with storage.open(name, "rb") as file:
        for piece in file.chunks(PIECE):
            summed.update(piece)
    return summed.hexdigest()


def _prove_files(manifest: Manifest) -> None:
    for name, described in manifest["files"].items():
        if _digest(_storage_of(described["field"]), name) != described["sha256"]:
            raise BackupRefused(
                _("%(name)sが控えと同じになりません。置き場所を確かめてください。") % {"name": name}
            )


def _prove_log(manifest: Manifest) -> None:
    heads = [KeptHead(str(code), int(number), str(digest)) for code, number, digest in manifest["heads"]]
    for fault in faults_of_log(heads):
        raise BackupRefused(fault)
