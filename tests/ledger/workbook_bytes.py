"""Workbooks made by hand: parts of an archive exchanged, streams of an old file renamed, sizes that lie."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import xlsxwriter
import xlwt

Part = Callable[[bytes], bytes]


def a_workbook(write: Callable[[Any, Any], object], *, name: str = "一覧") -> bytes:
    """An .xlsx whose one sheet `write(book, sheet)` fills."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        write(book, book.add_worksheet(name))
    return kept.getvalue()


def a_ledger() -> bytes:
    """The smallest ledger as .xlsx."""
    return a_workbook(lambda _book, sheet: sheet.write_row(0, 0, ["協定名", "相手方"]))


def exchanged(content: bytes, parts: Mapping[str, Part], *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The archive with some parts changed or, where there was none, added."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w", packed) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, _same)(old.read(name)))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name](b""))
    return kept.getvalue()


def _same(part: bytes) -> bytes:
    return part


def an_archive(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP of the parts."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


def with_lying_sizes(content: bytes, size: int) -> bytes:
    """The archive, each part declared to unpack to no more than a size."""
    changed = bytearray(content)
    for sign, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = changed.find(sign)
        while start >= 0:
            if struct.unpack_from("<I", changed, start + offset)[0] > size:
                struct.pack_into("<I", changed, start + offset, size)
            start = changed.find(sign, start + 4)
    return bytes(changed)


def an_old_workbook() -> bytes:
    """The smallest ledger as .xls."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("一覧")
    for column, word in enumerate(("協定名", "相手方")):
        sheet.write(0, column, word)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def renamed_stream(name: str) -> bytes:
    """An old compound file whose stream has another name: what Excel's passwords and Word's documents look like."""
    old = "Workbook".encode("utf-16-le")
    content = bytearray(an_old_workbook())
    place = content.find(old)
    written = name.encode("utf-16-le")
    content[place : place + len(written)] = written
    struct.pack_into("<H", content, place + 64, len(written) + 2)
    return bytes(content)


def a_locked_old_workbook() -> bytes:
    """An .xls with the record FILEPASS after its first one, as a password leaves it."""
    content = bytearray(an_old_workbook())
    start = content.find(b"\x09\x08\x10\x00")
    after = start + 4 + 16
    record = struct.pack("<HH", 0x002F, 6) + b"\x01\x00\x11\x22\x33\x44"
    content[after : after + len(record)] = record
    return bytes(content)
