"""A PDF: programs and files inside it, told in its own words, in packed objects, and as PDFium understands it."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from renkei.documents.dangers.told import Danger, Dangerous

MOST_PAGES = 5_000
LARGEST_UNPACKED = 300 * 1024 * 1024
WORDS = {
    b"/JavaScript": Danger.SCRIPT,
    b"/Launch": Danger.LAUNCH,
    b"/EmbeddedFile": Danger.ENCLOSED,
    b"/RichMedia": Danger.MEDIA,
    b"/XFA": Danger.XFA,
}
WORD = re.compile(rb"(" + b"|".join(WORDS) + rb")(?![A-Za-z0-9#])")
ESCAPED_NAME = re.compile(rb"/[A-Za-z]{0,16}#[0-9A-Fa-f]{2}[A-Za-z0-9#]{0,48}")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
PACKED_OBJECTS = re.compile(rb"/ObjStm\b[^\x00]{0,2000}?stream\r?\n", re.DOTALL)
OVERLAP = 64
PASSWORD_ERROR = 4


def has_objects(content: bytes) -> bool:
    """Whether there is anything at all in the PDF that could be read or run."""
    return b"obj" in content


def check_pdf(path: Path) -> None:
    """Refuse a PDF that runs programs, encloses files, or that nobody could open."""
    content = path.read_bytes()
    look_for_words(content)
    for name in ESCAPED_NAME.findall(content):
        look_for_words(ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), name))
    for piece in _unpacked_objects(content):
        look_for_words(piece)
    del content
    _check_as_understood(path)


def look_for_words(content: bytes) -> None:
    """Refuse bytes in which a dangerous name stands."""
    if found := WORD.search(content):
        raise Dangerous(WORDS[found[1]])


def _unpacked_objects(content: bytes) -> Iterator[bytes]:
    """The streams in which objects are packed, a piece at a time."""
    total = 0
    for found in PACKED_OBJECTS.finditer(content):
        unpacking, packed, kept = zlib.decompressobj(), memoryview(content)[found.end() :], b""
        try:
            piece = unpacking.decompress(packed[: 50 * 1024 * 1024], 1024 * 1024)
            while piece:
                total += len(piece)
                if total > LARGEST_UNPACKED:
                    raise Dangerous(Danger.UNCHECKED)
                yield kept + piece
                kept = piece[-OVERLAP:]
                piece = unpacking.decompress(unpacking.unconsumed_tail, 1024 * 1024)
        except zlib.error:
            continue


class Sink:
    """A file that keeps nothing: what PDFium writes is looked through and dropped."""

    def __init__(self) -> None:
        self.kept = b""

    def write(self, piece: Any) -> int:
        """Look through a piece and the end of the one before."""
        found = self.kept + bytes(piece)
        look_for_words(found)
        self.kept = found[-OVERLAP:]
        return len(piece)


def _check_as_understood(path: Path) -> None:
    """PDFium writes every object out plain, unlocked and by its true name; what it cannot open, it would not run."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == PASSWORD_ERROR:
            raise Dangerous(Danger.LOCKED) from error
        return
    if len(document) > MOST_PAGES:
        raise Dangerous(Danger.MANY_PAGES, str(len(document)))
    _look_through(document)


def _look_through(document: Any) -> None:
    import pypdfium2.raw as raw

    sink = Sink()
    document.save(sink, flags=raw.FPDF_REMOVE_SECURITY)
