"""What python-calamine does not tell of a workbook: formats that show only month or year, hidden rows, bombs."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from renkei.ledger.file_kinds import LOCKED, NotALedger

LARGEST_UNPACKED = 300 * 1024 * 1024
HIGHEST_RATIO = 200
MOST_PARTS = 5_000
MOST_ROWS = 200_000
MOST_COLUMNS = 500
CHUNK = 4 * 1024 * 1024
OVERLAP = 2048

TOO_MANY_ROWS = "20万行を超えています。年度や部署で分けて、別々に取り込んでください。"
TOO_MANY_COLUMNS = "500列を超えています。台帳の表だけを新しいシートに写して保存し、もう一度選んでください。"
TOO_LARGE = "広げると大きすぎるファイルです(300MBまで)。台帳の表だけを新しいブックに写して保存し、もう一度選んでください。"
HAS_DOCTYPE = (
    "外部を参照する仕掛け(DTD)の入ったファイルなので、読みません。Excelで開き、保存し直してください。"
)

_TAG = rb"<(?:\w+:)?"
"""Some writers give every tag a prefix."""


def _tags(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(pattern.replace(b"<", _TAG))


_FAR_COLUMN = _tags(rb'<c\b[^>]*?\br="(?:[A-Z]{3}|[T-Z][A-Z]|S[G-Z])[0-9]+"[^>/]*>\s*<(?:v|is|f)\b')
_FAR_PLACE = re.compile(rb'"(?:[A-Z]{3}|[T-Z][A-Z]|S[G-Z])[0-9]+"')
"""Quick to look for; only where it is found, the slower _FAR_COLUMN is asked whether the place holds anything."""
_FAR_ROW = _tags(rb'<row\b[^>]*?\br="([0-9]{6,8})"[^>/]*>')
_CONTENT = _tags(rb"<(?:v|is|f)\b")
_HIDDEN_ROW = _tags(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="([0-9]+)"')
_HIDDEN_COLUMN = _tags(rb'<col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\bmin="([0-9]+)"')
_FORMULA = _tags(rb"<f\b")
_UNCACHED = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:</(?:\w+:)?c>|<(?:\w+:)?v\s*/>|<(?:\w+:)?v></)"
)
_ERROR = re.compile(rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"')
_FORMAT = _tags(rb'<numFmt\b(?=[^>]*\bnumFmtId="([0-9]+)")(?=[^>]*\bformatCode="([^"]*)")')
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = _tags(rb'<xf\b[^>]*?\bnumFmtId="([0-9]+)"')
_RELATION = _tags(rb'<Relationship\b(?=[^>]*\bId="([^"]+)")(?=[^>]*\bTarget="([^"]+)")')
_SHEET = _tags(rb'<sheet\b(?=[^>]*\b\w+:id="([^"]+)")')
_BUILT_IN_MONTHS = {17, 34, 52, 55}


@dataclass
class SheetParts:
    """What the raw sheet says beside its values; rows and columns from 0."""

    months: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    has_hidden_columns: bool = False
    has_formulas: bool = False
    uncached: set[str] = field(default_factory=set)
    """Places of formulas without a stored result, as A1."""
    errors: set[str] = field(default_factory=set)
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)


def shown_precision(code: str) -> str | None:
    """month or year if a date format shows no day (or no month); None for anything else."""
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", code.split(";", maxsplit=1)[0]).lower()
    if not re.search(r"[yeg]", bare) or "general" in bare or re.search(r"[dhs0#?]", bare):
        return None
    return "month" if "m" in bare else "year"


def check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse what would swell beyond bounds when unpacked, by what the archive itself declares."""
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED:
        raise NotALedger(TOO_LARGE)
    if unpacked > 20 * 1024 * 1024 and unpacked / packed > HIGHEST_RATIO:
        raise NotALedger(TOO_LARGE)
    if any(part.flag_bits & 1 for part in parts):
        raise NotALedger(LOCKED)
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels", ".bin")):
            _read_through(archive, part)


def _read_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """A part that unpacks to more than it declares breaks here, not in the reader that trusts it."""
    with archive.open(part) as file:
        head = file.read(16384).replace(b"\x00", b"")
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise NotALedger(HAS_DOCTYPE)
        while file.read(CHUNK):
            pass


def has_macros(archive: zipfile.ZipFile) -> bool:
    """True if the workbook carries macros; they are never run."""
    return any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        part = archive.getinfo(name)
    except KeyError:
        return b""
    if part.file_size > 64 * 1024 * 1024:
        raise NotALedger(TOO_LARGE)
    return archive.read(part)


def month_styles(archive: zipfile.ZipFile) -> dict[bytes, str]:
    """Cell styles (by their number) whose date format shows no day."""
    styles = _read(archive, "xl/styles.xml")
    shown = dict.fromkeys(_BUILT_IN_MONTHS, "month")
    for number, code in _FORMAT.findall(styles):
        text = code.decode("utf-8", "replace").replace("&quot;", '"').replace("&amp;", "&")
        shown.pop(int(number), None)
        if precision := shown_precision(text):
            shown[int(number)] = precision
    cells = _STYLES.search(styles)
    numbers = [int(number) for number in _STYLE.findall(cells.group())] if cells else []
    return {str(style).encode(): shown[number] for style, number in enumerate(numbers) if number in shown}


def sheet_paths(archive: zipfile.ZipFile) -> list[str]:
    """Paths of the sheets inside the archive, in the order of the workbook."""
    relations = dict(_RELATION.findall(_read(archive, "xl/_rels/workbook.xml.rels")))
    paths = []
    for relation in _SHEET.findall(_read(archive, "xl/workbook.xml")):
        target = relations.get(relation, b"").decode("utf-8", "replace")
        paths.append(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
    return paths


def parts_of_sheet(archive: zipfile.ZipFile, path: str, styles: dict[bytes, str]) -> SheetParts:
    """Scan one sheet in pieces: nothing is built, so size costs time but no memory."""
    found = SheetParts()
    marked = _marked_cells(styles)
    try:
        part = archive.getinfo(path)
    except KeyError:
        return found
    for chunk in _chunks(archive, part):
        if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
            raise NotALedger(HAS_DOCTYPE)
        _refuse_far(chunk)
        _note_hidden(found, chunk)
        _note_formulas(found, chunk)
        if marked:
            for letters, row, style in marked.findall(chunk):
                found.months[int(row) - 1, column_number(letters)] = styles[style]
    found.hidden_rows = sorted(set(found.hidden_rows))
    return found


def _note_hidden(found: SheetParts, chunk: bytes) -> None:
    if b"hidden=" in chunk:
        found.hidden_rows += [int(row) - 1 for row in _HIDDEN_ROW.findall(chunk)]
        found.has_hidden_columns = found.has_hidden_columns or bool(_HIDDEN_COLUMN.search(chunk))


def _note_formulas(found: SheetParts, chunk: bytes) -> None:
    if (b"<f" in chunk or b":f" in chunk) and _FORMULA.search(chunk):
        found.has_formulas = True
        found.uncached |= {place.decode() for place in _UNCACHED.findall(chunk)}
    if b't="e"' in chunk:
        found.errors |= {place.decode() for place in _ERROR.findall(chunk)}


def _marked_cells(styles: dict[bytes, str]) -> re.Pattern[bytes] | None:
    if not styles:
        return None
    numbers = b"|".join(sorted(styles, key=len, reverse=True)[:2000])
    return _tags(rb'<c\b(?=[^>]*\br="([A-Z]{1,3})([0-9]{1,7})")(?=[^>]*\bs="(' + numbers + rb')")')


def _refuse_far(chunk: bytes) -> None:
    if _FAR_PLACE.search(chunk) and _FAR_COLUMN.search(chunk):
        raise NotALedger(TOO_MANY_COLUMNS)
    for row in _FAR_ROW.finditer(chunk):
        end = chunk.find(b"row>", row.end())
        if int(row.group(1)) > MOST_ROWS and _CONTENT.search(
            chunk, row.end(), end if end > 0 else len(chunk)
        ):
            raise NotALedger(TOO_MANY_ROWS)


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Pieces that overlap, so that no tag is cut in two."""
    kept, total = b"", 0
    with archive.open(part) as file:
        while piece := file.read(CHUNK):
            total += len(piece)
            if total > LARGEST_UNPACKED:
                raise NotALedger(TOO_LARGE)
            yield kept + piece
            kept = piece[-OVERLAP:]


def column_number(letters: bytes) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
