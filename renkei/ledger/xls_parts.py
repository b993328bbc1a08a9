"""Days in an old .xls sheet that show only their month: a short reader of the formats in the BIFF records."""

import struct
from collections.abc import Iterator
from pathlib import Path

from renkei.ledger.file_kinds import OLE
from renkei.ledger.xlsx_parts import shown_precision

FORMAT, XF, BOUND_SHEET, BOF, EOF = 0x041E, 0x00E0, 0x0085, 0x0809, 0x000A
NUMBER, RK, MULTIPLE_RK, FORMULA = 0x0203, 0x027E, 0x00BD, 0x0006
_BUILT_IN_MONTHS = {17: "month", 34: "month", 52: "month", 55: "month"}
FREE, END = 0xFFFFFFFF, 0xFFFFFFFE


def months_of_xls(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """For each sheet, the cells with a date format that shows no day; empty if the file is built in another way."""
    try:
        return _months(_workbook_stream(path.read_bytes()))
    except (struct.error, IndexError, ValueError, KeyError):
        return {}


def _workbook_stream(content: bytes) -> bytes:
    """The stream Workbook of the compound file (MS-CFB); a bare BIFF file is its own stream."""
    if not content.startswith(OLE):
        return content
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    sectors = [content[start : start + size] for start in range(max(512, size), len(content), size)]
    table: list[int] = []
    for sector in _table_sectors(content, sectors, size):
        table += struct.unpack(f"<{size // 4}I", sectors[sector])
    directory = _chain(sectors, table, struct.unpack_from("<I", content, 48)[0])
    for place in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, place + 64)[0]
        name = directory[place : place + max(0, length - 2)].decode("utf-16-le", "replace")
        start, bytes_used = struct.unpack_from("<II", directory, place + 116)
        if name in ("Workbook", "Book") and bytes_used >= 4096:
            return _chain(sectors, table, start)[:bytes_used]
    raise KeyError("Workbook")


def _table_sectors(content: bytes, sectors: list[bytes], size: int) -> list[int]:
    places = list(struct.unpack_from("<109I", content, 76))
    following, count = struct.unpack_from("<II", content, 68)
    for _round in range(min(count, 1000)):
        if following >= len(sectors):
            break
        *more, following = struct.unpack(f"<{size // 4}I", sectors[following])
        places += more
    return [place for place in places if place < len(sectors)]


def _chain(sectors: list[bytes], table: list[int], start: int) -> bytes:
    pieces, seen = [], set()
    while start < len(sectors) and start not in seen:
        seen.add(start)
        pieces.append(sectors[start])
        start = table[start]
    return b"".join(pieces)


def _records(stream: bytes, start: int = 0) -> Iterator[tuple[int, int, bytes]]:
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        yield start, kind, stream[start + 4 : start + 4 + length]
        start += 4 + length


def _text(body: bytes, wide_length: bool) -> str:
    if wide_length:
        count, flags, text = struct.unpack_from("<H", body)[0], body[2], body[3:]
    else:
        count, flags, text = body[0], body[1], body[2:]
    return text[: count * 2].decode("utf-16-le", "replace") if flags & 1 else text[:count].decode("latin-1")


def _months(stream: bytes) -> dict[str, dict[tuple[int, int], str]]:
    shown: dict[int, str] = dict(_BUILT_IN_MONTHS)
    styles: list[int] = []
    sheets: list[tuple[str, int]] = []
    for _start, kind, body in _records(stream):
        if kind == FORMAT:
            number, code = struct.unpack_from("<H", body)[0], _text(body[2:], True)
            shown.pop(number, None)
            if precision := shown_precision(code):
                shown[number] = precision
        elif kind == XF:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == BOUND_SHEET:
            sheets.append((_text(body[6:], False), struct.unpack_from("<I", body)[0]))
        elif kind == EOF:
            break
    marked = {place: shown[number] for place, number in enumerate(styles) if number in shown}
    return {name: _cells(stream, start, marked) for name, start in sheets} if marked else {}


def _cells(stream: bytes, start: int, marked: dict[int, str]) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    depth = 0
    for _start, kind, body in _records(stream, start):
        depth += (kind == BOF) - (kind == EOF)
        if kind == EOF and depth <= 0:
            break
        if kind in (NUMBER, RK, FORMULA):
            row, column, style = struct.unpack_from("<HHH", body)
            if style in marked:
                found[row, column] = marked[style]
        elif kind == MULTIPLE_RK:
            row, first = struct.unpack_from("<HH", body)
            for offset in range((len(body) - 6) // 6):
                style = struct.unpack_from("<H", body, 4 + 6 * offset)[0]
                if style in marked:
                    found[row, first + offset] = marked[style]
    return found
