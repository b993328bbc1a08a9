"""The parts of an Office file: programs, commands, references to elsewhere, files inside the file, broken XML."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

from renkei.documents.dangers.archive import LOCAL_MARK, check_directory
from renkei.documents.dangers.parts import CONTENT_TYPES, FoundInPart, read_xml
from renkei.documents.dangers.told import Danger, Dangerous

PIECE = 256 * 1024
LARGEST_EMBEDDED = 50 * 1024 * 1024
LARGEST_VML = 20 * 1024 * 1024
MAIN_TYPES = {
    "word/document.xml": "wordprocessingml.",
    "xl/workbook.xml": "spreadsheetml.",
    "ppt/presentation.xml": "presentationml.",
}
MACRO_TYPES = ("vbaproject", "vbadata", "macroenabled", "macrosheet", "activex")
MACRO_NAMES = re.compile(r"vbaproject|(^|/)(activex|macrosheets)/", re.IGNORECASE)
OBJECT_TYPES = ("oleobject", "vnd.ms-package")
MACRO_RELATIONS = {
    "vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet", "control", "activexcontrolbinary",
}  # fmt: skip
OBJECT_RELATIONS = {"oleobject", "package", "afchunk", "subdocument", "frame"}
LOCAL_TARGET = re.compile(r"(file:///+)?[a-z]:|(file:///)?(?![/\\])[^:]*$", re.IGNORECASE)
"""A path on the writer's own disk or beside the file: nothing can be fetched from it."""


def check_office(content: bytes, *, is_inner: bool = False) -> None:
    """Refuse an Office file that could act, fetch, or hide another file."""
    check_directory(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive, is_inner=is_inner)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise Dangerous(Danger.LYING) from error


def _check_parts(archive: zipfile.ZipFile, *, is_inner: bool) -> None:
    found = FoundInPart()
    types = _types_of(archive, found)
    charts: set[str] = set()
    for part in archive.infolist():
        if part.filename.lower().endswith(".rels"):
            charts |= _check_relations(part.filename, read_xml(archive, part, FoundInPart()))
    for part in archive.infolist():
        name = part.filename
        kind = types.type_of(name)
        _check_kind(name, kind)
        if name.lower() in charts and not is_inner:
            _check_inner(archive, part)
        elif "/embeddings/" in name.lower() and not part.is_dir():
            raise Dangerous(Danger.EMBEDDED, name)
        elif name.lower().endswith(".vml"):
            _check_vml(archive, part)
        elif name.lower().endswith((".xml", ".rels")) or kind.endswith("+xml"):
            _check_found(name, read_xml(archive, part, FoundInPart()))
        else:
            _read_through(archive, part)


def _types_of(archive: zipfile.ZipFile, found: FoundInPart) -> FoundInPart:
    """What the file says that its parts are."""
    named = [part for part in archive.infolist() if part.filename.lower() == CONTENT_TYPES]
    return read_xml(archive, named[0], found) if named else found


def _check_kind(name: str, kind: str) -> None:
    if MACRO_NAMES.search(name) or any(one in kind for one in MACRO_TYPES):
        raise Dangerous(Danger.MACROS, name)
    if any(one in kind for one in OBJECT_TYPES):
        raise Dangerous(Danger.EMBEDDED, name)
    wanted = MAIN_TYPES.get(name.lower())
    if wanted and kind and kind not in ("application/xml", "text/xml") and wanted not in kind:
        raise Dangerous(Danger.WRONG_TYPE, name)


def _check_relations(name: str, found: FoundInPart) -> set[str]:
    """Refuse what leads elsewhere; the workbooks that the file's own charts hold."""
    charts = set()
    for kind, target, is_external in found.relations:
        if kind in MACRO_RELATIONS:
            raise Dangerous(Danger.MACROS, target)
        if is_external and kind != "hyperlink" and (kind in OBJECT_RELATIONS or _is_remote(target)):
            raise Dangerous(Danger.REMOTE, target)
        if not is_external and kind in OBJECT_RELATIONS:
            if kind != "package" or "/charts/" not in name.lower():
                raise Dangerous(Danger.EMBEDDED, target)
            charts.add(_resolved(name, target))
    return charts


def _is_remote(target: str) -> bool:
    return not LOCAL_TARGET.match(unquote(target).strip())


def _resolved(name: str, target: str) -> str:
    """The part that a relation of another part leads to."""
    folder = posixpath.dirname(posixpath.dirname(name))
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").lower()


def _check_found(name: str, found: FoundInPart) -> None:
    fields = found.field_text()
    if found.has_command or re.search(r"(?<![A-Z])DDE(AUTO)?(?![A-Z])", fields, re.IGNORECASE):
        raise Dangerous(Danger.COMMAND_FIELD, name)
    if found.has_program:
        raise Dangerous(Danger.MACROS, name)
    remote = re.search(r'INCLUDE(?:TEXT|PICTURE)\s+"?([^"\s]+)', fields, re.IGNORECASE)
    if remote and _is_remote(remote[1].replace("\\\\", "\\")):
        raise Dangerous(Danger.REMOTE, remote[1])


def _check_inner(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """A chart's workbook is held to the same rules, and holds no further one."""
    if part.file_size > LARGEST_EMBEDDED:
        raise Dangerous(Danger.TOO_LARGE)
    inner = archive.read(part)
    if not inner.startswith(LOCAL_MARK):
        raise Dangerous(Danger.EMBEDDED, part.filename)
    check_office(inner, is_inner=True)


def _check_vml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Old drawings are no well-formed XML in many a good file; entities they may not declare either."""
    if part.file_size > LARGEST_VML:
        raise Dangerous(Danger.TOO_LARGE)
    content = archive.read(part).replace(b"\x00", b"").upper()
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Dangerous(Danger.ENTITIES, part.filename)


def _read_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack to nowhere: a part that is larger or other than it says breaks here."""
    total = 0
    for piece in pieces(archive, part):
        if not total and piece.startswith(LOCAL_MARK):
            raise Dangerous(Danger.NESTED, part.filename)
        total += len(piece)
    if total != part.file_size:
        raise Dangerous(Danger.LYING, part.filename)


def pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked part, a piece at a time."""
    with archive.open(part) as file:
        while piece := file.read(PIECE):
            yield piece
