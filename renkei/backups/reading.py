"""Proving a backup: its seal, every member against the manifest, and whether this version can take it."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext as _

from renkei.backups.refusals import BackupRefused
from renkei.backups.sealing import PIECE, seal_holds
from renkei.backups.versions import FORMAT, program, unknown
from renkei.backups.writing import MANIFEST, Manifest

BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, OSError,
)  # fmt: skip
LARGEST_MANIFEST = 256 * 1024**2
LARGE = 64 * 1024**2
MOST_TIMES_LARGER = 200
"""Our rows shrink to a tenth, files not at all; what grows so much more was made to fill a disk."""


def manifest_of(archive: zipfile.ZipFile) -> Manifest:
    """What the backup says of itself."""
    if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise ValueError(MANIFEST)
    told: Manifest = json.loads(archive.read(MANIFEST))
    return told


def faults(file: IO[bytes]) -> Iterator[str]:
    """A sentence for each part of the backup that is not as it was written; none if it is whole."""
    whole = seal_holds(file)
    if not whole:
        yield _("控えのファイルが、作られたときから変わっています。ほかの控えを使ってください。")
    try:
        with zipfile.ZipFile(file) as archive:
            yield from _faults_of_members(archive, manifest_of(archive))
    except BROKEN as error:
        yield _("控えの目録が読めません(%(error)s)。") % {"error": error}


def _faults_of_members(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[str]:
    described: list[dict[str, Any]] = [*manifest["tables"].values(), *manifest["files"].values()]
    for part in described:
        try:
            is_same = _fits(archive, part) and _digest(archive, part["member"]) == part["sha256"]
        except BROKEN:
            is_same = False
        if not is_same:
            yield _("%(member)s: 作られたときから変わっています。") % {"member": part.get("member", "?")}
    extra = set(archive.namelist()) - {part["member"] for part in described} - {MANIFEST}
    yield from (_("%(member)s: 目録にない物が入っています。") % {"member": name} for name in sorted(extra))


def _fits(archive: zipfile.ZipFile, part: dict[str, Any]) -> bool:
    """Whether the member has the size it is said to have, and does not grow beyond all measure when it is read."""
    member = archive.getinfo(part["member"])
    grows = member.file_size > max(LARGE, member.compress_size * MOST_TIMES_LARGER)
    return not grows and part.get("size", member.file_size) == member.file_size


def _digest(archive: zipfile.ZipFile, member: str) -> str:
    summed = hashlib.sha256()
    with archive.open(member) as part:
        while piece := part.read(PIECE):
            summed.update(piece)
    return summed.hexdigest()


def refuse_unfitting(manifest: Manifest) -> None:
    """Refuse a backup of a newer version, or of one that this version knows nothing of."""
    steps = {(app, name) for app, name in manifest["migrations"]}
    newer = unknown(steps)
    if manifest["format"] > FORMAT or newer:
        raise BackupRefused(
            _(
                "この控えは新しい版(%(theirs)s)で作られました。いまの版(%(ours)s)では戻せません。"
                "Renkeiを新しくしてから、もう一度戻してください。"
            )
            % {"theirs": manifest["program"], "ours": program()}
        )
    if ("audit", "0001_initial") not in steps:
        raise BackupRefused(
            _("Renkeiのどの版の控えか分かりません。./run manage backup で取った控えを指定してください。")
        )
