"""The text of a foreign file, page by page; called only inside the process that is bounded for it (text_child)."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import join, normpath
from typing import Any

PDF = "application/pdf"
OLD_OFFICE = "application/x-ole-storage"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
LARGEST_PART = 20 * 1024 * 1024
MOST_ROWS = 20_000

SPACED_NUMBER = re.compile(r"(?<=[ぁ-んァ-ヶー一-龥、。（(「]) ([0-9]{1,4}) (?=[ぁ-んァ-ヶー一-龥])")
"""令和 3 年: Word and LibreOffice leave a gap around numbers in a Japanese line, which a PDF tells as blanks."""

LOCKED = "パスワードで守られたファイルなので、本文を読み取れません。パスワードを外して保存し直したものを添付してください。"
BROKEN = "こわれているか、開けない作りのファイルなので、本文を読み取れません。元の文書から作り直して添付してください。"
OLD = "古い形式のOffice文書(.doc・.ppt)の本文は読み取れません。新しい形式(.docx・.pptx)で保存し直して添付してください。"
TOO_LARGE = "広げると大きすぎるファイルなので、本文を読み取れません。画像を除いて保存し直してください。"


class Unreadable(ValueError):
    """The text cannot be taken out; str() says why and what to do."""


@dataclass(frozen=True)
class Pages:
    """How many pages there are, and their texts in order, each read when it is asked for."""

    count: int
    texts: Iterator[str]


def pages_of(path: Path, media_type: str) -> Pages:
    """The pages of a PDF, the sheets of a workbook, or the slides of a presentation; raises Unreadable."""
    if media_type == PDF:
        return _of_pdf(path)
    if media_type == SLIDES:
        return _of_slides(path)
    if media_type in (WORKBOOK, OLD_OFFICE):
        return _of_workbook(path, media_type)
    return Pages(1, iter([""]))


def _of_pdf(path: Path) -> Pages:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(LOCKED if "assword" in str(error) else BROKEN) from error
    return Pages(len(document), (_text_of_page(document, place) for place in range(len(document))))


def _text_of_page(document: "object", place: int) -> str:
    """The text in the order in which the file has it; a page that cannot be opened has none."""
    import pypdfium2

    assert isinstance(document, pypdfium2.PdfDocument)
    try:
        page = document[place]
    except pypdfium2.PdfiumError:
        return ""
    try:
        # U+FFFE is how the library tells of a word that was parted at the end of a line.
        text = str(page.get_textpage().get_text_range()).replace("\ufffe\r\n", "").replace("\ufffe", "")
        return SPACED_NUMBER.sub(r"\1", text)
    finally:
        page.close()


def _of_workbook(path: Path, media_type: str) -> Pages:
    import python_calamine

    try:
        book = python_calamine.load_workbook(str(path))
    except python_calamine.PasswordError as error:
        raise Unreadable(LOCKED) from error
    except (python_calamine.CalamineError, OSError) as error:
        raise Unreadable(OLD if media_type == OLD_OFFICE else BROKEN) from error
    return Pages(len(book.sheet_names), (_text_of_sheet(book, name) for name in book.sheet_names))


def _text_of_sheet(book: "object", name: str) -> str:
    """The sheet's name and its rows, cells parted by tabs."""
    import python_calamine

    assert isinstance(book, python_calamine.CalamineWorkbook)
    try:
        rows = book.get_sheet_by_name(name).to_python(nrows=MOST_ROWS)
    except (python_calamine.CalamineError, OSError):
        return name
    lines = ("\t".join(filter(None, map(_cell, row))) for row in rows)
    return "\n".join([name, *filter(None, lines)])


def _cell(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _of_slides(path: Path) -> Pages:
    try:
        names = _slides_in_order(path)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise error if isinstance(error, Unreadable) else Unreadable(BROKEN) from error
    return Pages(len(names), (_text_of_slide(path, name) for name in names))


def _slides_in_order(path: Path) -> list[str]:
    """The slides as the presentation shows them, which is not the order of their names."""
    with zipfile.ZipFile(path) as archive:
        there = set(archive.namelist())
        targets = {
            one.get("Id", ""): normpath(join("ppt", one.get("Target", "")).replace("ppt//ppt", "ppt"))
            for one in _elements(archive, "ppt/_rels/presentation.xml.rels", "Relationship")
        }
        shown = _elements(archive, "ppt/presentation.xml", "sldId")
        ids = [value for one in shown for name, value in one.items() if name.endswith("}id")]
    return [targets[one] for one in ids if targets.get(one) in there]


def _text_of_slide(path: Path, name: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            paragraphs = _elements(archive, name, "p")
            runs = ("".join(one.text or "" for one in p.iter("{*}t")) for p in paragraphs)
            return "\n".join(filter(None, runs))
    except (zipfile.BadZipFile, KeyError, ValueError):
        return ""


def _elements(archive: zipfile.ZipFile, name: str, tag: str) -> list[Any]:
    """The elements of a part; nothing outside the file is fetched, no entity is expanded."""
    from lxml import etree  # type: ignore[import-untyped]

    if archive.getinfo(name).file_size > LARGEST_PART:
        raise Unreadable(TOO_LARGE)
    with archive.open(name) as part:
        content = part.read(LARGEST_PART + 1)
    plain = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return list(etree.fromstring(content, plain).iter(f"{{*}}{tag}"))
    except etree.XMLSyntaxError as error:
        raise Unreadable(BROKEN) from error
