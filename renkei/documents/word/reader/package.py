"""A Word file as an archive of parts: what is out of bounds is refused, the rest is parsed without trusting it."""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from renkei.documents.word.reader.kinds import BROKEN, WordRefused, other_kind, told_of_archive

MOST_PARTS = 3_000
LARGEST_UNPACKED = 300 * 1024 * 1024
LARGEST_PART = 48 * 1024 * 1024
LARGEST_PARSED = 96 * 1024 * 1024
HIGHEST_RATIO = 150
RATIO_COUNTS_FROM = 8 * 1024 * 1024
DEEPEST = 120
MOST_TAGS = 3_000_000
"""A thousand pages have fewer; what has more takes longer to open than anybody waits."""

TOO_LARGE = (
    "広げると大きすぎるファイルです。大きな画像や使わない部分を除いた新しい文書に本文を写して、"
    "保存し直してください。"
)
LOCKED = "パスワードで保護されたファイルです。Wordで開き、保護を外して保存し直してください。"
HAS_DOCTYPE = (
    "外部を参照する仕掛け(DTD)の入ったファイルなので、読みません。Wordで開き、名前を付けて"
    "保存し直してください。"
)
TOO_DEEP = "入れ子が深すぎるファイルなので、読みません。新しい文書に本文だけを写して、保存し直してください。"

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1],
    "http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1],
}
_STRICT_HOST = "http://purl.oclc.org/ooxml/"

Element = Any
"""An element of lxml, which has no types of its own."""


@dataclass(frozen=True)
class Relation:
    """That a part points to another: what for (the last word of the type), and where to."""

    kind: str
    target: str
    is_outside: bool


class Package:
    """A Word file's parts; raises WordRefused, with a sentence, for what is no Word file or out of bounds."""

    def __init__(self, content: bytes) -> None:
        other = other_kind(content)
        if other:
            raise WordRefused(other)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
            raise WordRefused(BROKEN) from error
        self._parsed = 0
        self._refuse_beyond_bounds()
        self.main = self._main()

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self._archive.namelist())

    def _refuse_beyond_bounds(self) -> None:
        """By what the archive declares of itself; a part that swells beyond that breaks when it is read."""
        parts = self._archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        packed = sum(part.compress_size for part in parts) or 1
        if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED:
            raise WordRefused(TOO_LARGE)
        if unpacked > RATIO_COUNTS_FROM and unpacked / packed > HIGHEST_RATIO:
            raise WordRefused(TOO_LARGE)
        if any(part.flag_bits & 1 for part in parts):
            raise WordRefused(LOCKED)

    def _main(self) -> str:
        starts = [one.target for one in self.relations("").values() if one.kind == "officeDocument"]
        name = starts[0] if starts else ""
        if name not in self.names or not self._is_word(name):
            raise WordRefused(told_of_archive(self.names, self._mimetype()))
        return name

    def _is_word(self, name: str) -> bool:
        root = self.parsed(name)
        return root is not None and root.tag == f"{W}document"

    def _mimetype(self) -> str:
        return self._read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in self.names else ""

    def relations(self, of: str) -> Mapping[str, Relation]:
        """Where a part (the whole file: an empty name) points to, by the relation's id."""
        folder, name = posixpath.split(of)
        root = self.parsed(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {} if root is None else dict(_relations(root, folder))

    def pointed_to(self, kind: str) -> Element | None:
        """The part that the main part points to for this purpose, parsed; None without one."""
        name = self.target(kind)
        return self.parsed(name) if name else None

    def target(self, kind: str) -> str:
        """The name of the part that the main part points to for this purpose; empty without one."""
        found = (one.target for one in self.relations(self.main).values() if one.kind == kind)
        return next((name for name in found if name in self.names), "")

    def parsed(self, name: str) -> Element | None:
        """A part as a tree without entities, names of the strict standard turned into the usual; None without it."""
        if name not in self.names:
            return None
        content = self._read(name)
        if b"<!DOCTYPE" in content.replace(b"\x00", b""):
            raise WordRefused(HAS_DOCTYPE)
        if content.count(b"<") > MOST_TAGS:
            raise WordRefused(TOO_LARGE)
        try:
            root = etree.fromstring(content, _parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise WordRefused(TOO_DEEP if "depth" in str(error).lower() else BROKEN) from error
        if root.getroottree().docinfo.doctype:
            raise WordRefused(HAS_DOCTYPE)
        _refuse_depth(root)
        return _usual(root)

    def _read(self, name: str) -> bytes:
        part = self._archive.getinfo(name)
        self._parsed += part.file_size
        if part.file_size > LARGEST_PART or self._parsed > LARGEST_PARSED:
            raise WordRefused(TOO_LARGE)
        try:
            return self._archive.read(part)
        except MemoryError:
            raise
        except Exception as error:  # every way of packing has errors of its own
            raise WordRefused(BROKEN) from error


def _parser() -> Any:
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _relations(root: Element, folder: str) -> Iterator[tuple[str, Relation]]:
    for one in root:
        target, is_outside = one.get("Target", ""), one.get("TargetMode") == "External"
        if not is_outside:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield one.get("Id", ""), Relation(one.get("Type", "").rpartition("/")[2], target, is_outside)


def _refuse_depth(root: Element) -> None:
    depth = 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise WordRefused(TOO_DEEP)


def _usual(root: Element) -> Element:
    if not any((space or "").startswith(_STRICT_HOST) for space in root.nsmap.values()):
        return root
    for element in root.iter(etree.Element):
        element.tag = _usual_name(element.tag)
        for name, value in list(element.attrib.items()):
            if _usual_name(name) != name:
                del element.attrib[name]
                element.set(_usual_name(name), value)
    return root


def _usual_name(name: str) -> str:
    if not name.startswith("{"):
        return name
    space, _brace, local = name[1:].partition("}")
    return f"{{{_STRICT.get(space, space)}}}{local}"
