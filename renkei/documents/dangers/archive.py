"""The directory of a zip archive, checked before anything of it is unpacked."""

import io
import struct
import zipfile
from collections.abc import Sequence

from renkei.documents.dangers.told import Danger, Dangerous

MOST_PARTS = 5_000
LARGEST_UNPACKED = 500 * 1024 * 1024
HIGHEST_RATIO = 200
SMALL = 20 * 1024 * 1024
"""A part below this size may be packed as tightly as it likes."""
ENTRY = b"PK\x01\x02"
LOCAL = struct.Struct("<4s5H3I2H")
LOCAL_MARK = b"PK\x03\x04"
ENCRYPTED, SIZES_FOLLOW, UTF_8 = 0x01, 0x08, 0x800
ZIP64 = 0xFFFFFFFF
KNOWN_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def has_too_many_parts(content: bytes) -> bool:
    """Whether the archive's directory is longer than any Office program writes; told without reading it."""
    return content.count(ENTRY) > MOST_PARTS


def check_directory(content: bytes) -> None:
    """Refuse an archive that would swell, that lies, or whose names lead out of it."""
    if has_too_many_parts(content):
        raise Dangerous(Danger.TOO_MANY_PARTS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts, end = archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise Dangerous(Danger.BROKEN) from error
    _check_names(parts)
    _check_sizes(parts)
    _check_places(content, parts, end)


def _check_names(parts: Sequence[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for part in parts:
        name = part.orig_filename.replace("\\", "/")
        if name.startswith("/") or ":" in name or "\x00" in name or ".." in name.split("/"):
            raise Dangerous(Danger.ODD_NAME, name)
        if name.lower() in seen:
            raise Dangerous(Danger.ODD_NAME, name)
        seen.add(name.lower())


def _check_sizes(parts: Sequence[zipfile.ZipInfo]) -> None:
    for part in parts:
        if part.flag_bits & ENCRYPTED:
            raise Dangerous(Danger.LOCKED)
        if part.compress_type not in KNOWN_PACKINGS:
            raise Dangerous(Danger.BROKEN, part.filename)
        if part.file_size > SMALL and part.file_size > HIGHEST_RATIO * part.compress_size:
            raise Dangerous(Danger.TOO_LARGE)
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Dangerous(Danger.TOO_LARGE)


def _check_places(content: bytes, parts: Sequence[zipfile.ZipInfo], end: int) -> None:
    """No two parts may share bytes, and each must be at its place what the directory says."""
    free_from = 0
    for part in sorted(parts, key=lambda one: one.header_offset):
        if part.header_offset < free_from:
            raise Dangerous(Danger.LYING, part.filename)
        free_from = _end_of(content, part)
    if free_from > end:
        raise Dangerous(Danger.LYING)


def _end_of(content: bytes, part: zipfile.ZipInfo) -> int:
    start = part.header_offset
    if start < 0 or start + LOCAL.size > len(content):
        raise Dangerous(Danger.LYING, part.filename)
    mark, _needs, flags, _packing, _time, _day, _crc, packed, unpacked, name_length, more = LOCAL.unpack_from(
        content, start
    )
    name_at = start + LOCAL.size
    name = content[name_at : name_at + name_length].decode("utf-8" if flags & UTF_8 else "cp437", "replace")
    sizes = ((packed, part.compress_size), (unpacked, part.file_size))
    differs = not flags & SIZES_FOLLOW and any(here not in (there, ZIP64) for here, there in sizes)
    if mark != LOCAL_MARK or name != part.orig_filename or differs:
        raise Dangerous(Danger.LYING, part.filename)
    end: int = name_at + name_length + more + part.compress_size
    return end
