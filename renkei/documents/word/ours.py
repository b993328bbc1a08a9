"""Opens a Word file of ours for printing: only the parts that are printed, and no other is unpacked or parsed."""

import posixpath
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree  # type: ignore[import-untyped]

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ID = f"{{{OFFICE}}}id"
SPACES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
PARSER = etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True)


@dataclass(frozen=True)
class OurWord:
    """What of a Word file is printed, as trees; without a head or foot of its own there is nothing of it."""

    body: Any
    section: Any
    styles: Any
    head: Any
    foot: Any

    @property
    def printed(self) -> list[Any]:
        """What has letters: the body, and head and foot where there are any."""
        return [self.body, *(one for one in (self.head, self.foot) if len(one))]


@cache
def qn(name: str) -> str:
    """A name of WordprocessingML as lxml writes it: `w:p` with its namespace."""
    space, _colon, local = name.partition(":")
    return f"{{{SPACES[space]}}}{local}"


def open_ours(content: bytes) -> OurWord:
    """The printed parts of the file; raises ValueError or KeyError for what is none."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _opened(archive)
    except (BadZipFile, etree.XMLSyntaxError) as error:
        raise ValueError(str(error)) from error


def _opened(archive: ZipFile) -> OurWord:
    main = dict(_links(archive, "").values())["officeDocument"]
    links = _links(archive, main)
    body = _parsed(archive, main).find(qn("w:body"))
    section = next(body.iter(qn("w:sectPr")), None)
    if section is None:
        raise ValueError("the file has no section")
    parts = {
        one.tag: _parsed(archive, links[one.get(ID)][1])
        for one in section
        if one.tag in (qn("w:headerReference"), qn("w:footerReference")) and _is_default(one)
    }
    styles = _parsed(archive, dict(links.values())["styles"])
    head, foot = (parts.get(qn(f"w:{name}Reference"), ()) for name in ("header", "footer"))
    return OurWord(body, section, styles, head, foot)


def _is_default(reference: Any) -> bool:
    return bool(reference.get(qn("w:type"), "default") == "default")


def _links(archive: ZipFile, of: str) -> dict[str, tuple[str, str]]:
    """What for and where to a part (the whole file: an empty name) points, by the link's id."""
    folder, name = posixpath.split(of)
    links = _parsed(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        one.get("Id"): (
            one.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/"),
        )
        for one in links
    }


def _parsed(archive: ZipFile, name: str) -> Any:
    return etree.fromstring(archive.read(name), PARSER)
