"""What the library's own empty Word file brings and a paper does not use is left out: it is read at every printing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

UNUSED = ("/thumbnail", "/stylesWithEffects")
"""A picture of the empty file, which would be shown as the first page; its styles a second time, for Word 2010."""
OURS = ("Heading1", "Heading2", "TableGrid")
"""Styles that we set: a clerk who adds a heading to the paper gets one that looks like it."""
NAMED_BY_TEXT = ("w:pStyle", "w:rStyle", "w:tblStyle")
NAMED_BY_STYLE = ("w:basedOn", "w:link", "w:next")


def drop_unused(word: "WordDocument") -> None:
    """Leave out the parts and styles that the paper does not use; Word offers its usual styles by itself."""
    for links in (word.part.package.rels, word.part.rels):
        for key, link in list(links.items()):
            if link.reltype.endswith(UNUSED):
                del links[key]
    styles = {one.style_id: one.element for one in word.styles}
    used = _used(word, styles)
    for name, style in styles.items():
        if name not in used:
            style.getparent().remove(style)


def _used(word: "WordDocument", styles: dict[str, Any]) -> set[str]:
    """The styles that are ours, the usual ones or named by the text, with those that these build on."""
    waiting = [*OURS, *(one.style_id for one in word.styles if one.element.default)]
    for text in (word.element, *(one.footer._element for one in word.sections)):
        waiting += _named(text, NAMED_BY_TEXT)
    used: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in styles and name not in used:
            used.add(name)
            waiting += _named(styles[name], NAMED_BY_STYLE)
    return used


def _named(told: Any, names: tuple[str, ...]) -> Iterator[str]:
    from docx.oxml.ns import qn

    return (one.get(qn("w:val")) for one in told.iter(*map(qn, names)))
