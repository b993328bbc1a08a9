"""Days in an old .xls sheet that show only their month: a short reader of the formats in the BIFF records."""

import struct
from collections.abc import Iterator
from pathlib import Path

from renkei.ledger.compound_files import SIGN, BrokenContainer, Container
from renkei.ledger.file_kinds import BROKEN, LOCKED, NotALedger
from renkei.ledger.xlsx_parts import shown_precision

FORMAT, XF, BOUND_SHEET, BOF, EOF = 0x041E, 0x00E0, 0x0085, 0x0809, 0x000A
NUMBER, RK, MULTIPLE_RK, FORMULA = 0x0203, 0x027E, 0x00BD, 0x0006
FILE_PASS, LABEL, SHARED_LABEL, RICH_LABEL = 0x002F, 0x0204, 0x00FD, 0x00D6
FILLED = {NUMBER, RK, MULTIPLE_RK, FORMULA, LABEL, SHARED_LABEL, RICH_LABEL}
MOST_PLACES = 4_000_000
TOO_FAR = (
    "表から遠く離れた所に文字のある表です。台帳の表だけを新しいシートに写して保存し、もう一度選んでください。"
)
_BUILT_IN_MONTHS = {17: "month", 34: "month", 52: "month", 55: "month"}


def months_of_xls(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """For each sheet, the cells with a date format that shows no day; empty if the file is built in another way."""
    try:
        return _months(_workbook_stream(path.read_bytes()))
    except (BrokenContainer, struct.error, IndexError):
        return {}


def check_xls(path: Path) -> None:
    """Refuse what is locked, broken, or would spread over more places than memory holds."""
    try:
        stream = _workbook_stream(path.read_bytes())
    except BrokenContainer as error:
        raise NotALedger(BROKEN) from error
    rows = columns = 0
    for _start, kind, body in _records(stream):
        if kind == FILE_PASS:
            raise NotALedger(LOCKED)
        if kind == BOF:
            rows = columns = 0
        elif kind in FILLED and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if rows * columns > MOST_PLACES:
                raise NotALedger(TOO_FAR)


def _workbook_stream(content: bytes) -> bytes:
    """The stream Workbook; a bare BIFF file is its own stream."""
    return Container(content).stream("Workbook", "Book") if content.startswith(SIGN) else content


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
