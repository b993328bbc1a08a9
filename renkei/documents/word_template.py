"""A Word file in which fields stand: read once for a process, then filled as often as there are papers to make."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jinja2
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree  # type: ignore[import-untyped]
from markupsafe import Markup, escape

from renkei.documents.template_refusals import (
    BROKEN,
    ELSEWHERE,
    GROWN,
    LARGEST,
    NOT_WORD,
    TOO_LARGE,
    WIDE_BRACES,
    TemplateRefused,
)
from renkei.documents.template_words import words_of

PARTS = re.compile(r"word/(document|header|footer|footnotes|endnotes)\d*\.xml")
LARGEST_PART = 4 * 1024 * 1024
LARGEST_WHOLE = 32 * 1024 * 1024
KEPT_IN_MEMORY = 32
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH = re.compile(r"<w:p([ >])")
ALWAYS_1980 = (1980, 1, 1, 0, 0, 0)
# XML 1.0 has no place for these letters, and a file that holds one cannot be opened.
NO_LETTERS = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")
SURROGATES = re.compile(r"[\ud800-\udfff]")
LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
TAB = Markup('</w:t><w:tab/><w:t xml:space="preserve">')


@dataclass(frozen=True)
class WordTemplate:
    """A Word file that was read: the fields it asks for, its parts ready to be filled, and all the rest as it was."""

    fields: tuple[str, ...]
    parts: Mapping[str, jinja2.Template]
    rest: bytes

    def filled(self, fields: Mapping[str, Any]) -> bytes:
        """The file with its fields filled; whatever a value says is text."""
        made = io.BytesIO(self.rest)
        made.seek(0, io.SEEK_END)
        with zipfile.ZipFile(made, "a") as archive:
            for name, part in self.parts.items():
                archive.writestr(_entry(name), _checked(_rendered(part, fields)))
        return made.getvalue()


@lru_cache(maxsize=KEPT_IN_MEMORY)
def template_of(content: bytes) -> WordTemplate:
    """Read a Word template; a file that is none is refused with a sentence."""
    if len(content) > LARGEST:
        raise TemplateRefused(TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, NotImplementedError, RuntimeError):
        raise TemplateRefused(NOT_WORD) from None


def _read(archive: zipfile.ZipFile) -> WordTemplate:
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > LARGEST_WHOLE:
        raise TemplateRefused(TOO_LARGE)
    archive.getinfo("word/document.xml")
    environment = _environment()
    fields: list[str] = []
    parts: dict[str, jinja2.Template] = {}
    rest = io.BytesIO()
    with zipfile.ZipFile(rest, "w") as kept:
        for entry in entries:
            if PARTS.fullmatch(entry.filename):
                source = _source(archive.read(entry))
                fields += words_of(environment, PARAGRAPH.sub(r"\n<w:p\1", source))
                parts[entry.filename] = environment.from_string(source)
            else:
                kept.writestr(_entry(entry.filename), archive.read(entry))
    return WordTemplate(tuple(dict.fromkeys(fields)), parts, rest.getvalue())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, ALWAYS_1980)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=jinja2.StrictUndefined, finalize=_as_text
    )
    environment.globals.clear()
    return environment


def _as_text(value: object) -> Markup:
    """A value as letters of a run: nothing in it is markup, its lines and tabs are Word's."""
    plain = LINE_ENDS.sub("\n", SURROGATES.sub("\ufffd", str(value)))
    text = escape(NO_LETTERS.sub("", plain))
    return Markup(text.replace("\n", BREAK).replace("\t", TAB))  # noqa: S704 - escaped just before


def _source(content: bytes) -> str:
    """A part's text with its fields made whole, where Word had split them into runs."""
    if len(content) > LARGEST_PART:
        raise TemplateRefused(TOO_LARGE)
    root = _parsed(content)
    letters = "".join(root.itertext(f"{WORD}t"))
    if wide := re.search("[｛{]｛.{0,20}|｛[{｛%％].{0,20}", letters):
        raise TemplateRefused(WIDE_BRACES, wide[0])
    whole: str = DocxTemplate(io.BytesIO()).patch_xml(etree.tostring(root, encoding="unicode"))
    _refuse_elsewhere(whole)
    return whole


def _refuse_elsewhere(source: str) -> None:
    """Fields are filled as letters of a run: one in an attribute, or outside of letters, would break the file."""
    try:
        root = _parsed(source.encode())
    except etree.XMLSyntaxError:
        raise TemplateRefused(BROKEN, _first_tag(source)) from None
    for element in root.iter(etree.Element):
        letters = element.text or "" if element.tag != f"{WORD}t" else ""
        if place := next((text for text in [letters, element.tail or ""] if "{{" in text), None):
            raise TemplateRefused(ELSEWHERE, _first_tag(place))
        if place := next((text for text in element.attrib.values() if "{{" in text or "{%" in text), None):
            raise TemplateRefused(ELSEWHERE, _first_tag(place))


def _first_tag(source: str) -> str:
    found = re.search(r"\{[{%][^}<]{0,50}\}{0,2}", source)
    return found[0] if found else source.strip()[:50]


def _parsed(content: bytes) -> etree._Element:
    """XML that names nothing outside itself."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise TemplateRefused(NOT_WORD)
    return root


def _rendered(part: jinja2.Template, fields: Mapping[str, Any]) -> str:
    """A part with its fields filled, as long as it does not grow beyond what a file may hold."""
    pieces, size = [], 0
    for piece in part.generate(fields):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST_WHOLE:
            raise TemplateRefused(GROWN)
    return "".join(pieces)


def _checked(part: str) -> bytes:
    """A filled part, if it is still whole: a `for` or `if` may begin and end in places that do not fit."""
    told = part.encode()
    try:
        _parsed(told)
    except etree.XMLSyntaxError:
        raise TemplateRefused(BROKEN, _first_tag(part) or "{% %}") from None
    return told
