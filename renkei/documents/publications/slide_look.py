"""How our slides look: the master, made in code, so that nothing stands in the file that we did not put there."""

import re
from datetime import UTC, date, datetime, time
from typing import Any

from renkei.documents.word.letters import printable

FONT = "BIZ UDPゴシック"
WIDE, HIGH = 13.333, 7.5
LEFT, TOP, BODY_WIDE, BODY_HIGH = 0.6, 1.5, 12.13, 5.2
INK, DEEP, PALE, LINE = "1A1A1A", "17324D", "E8EEF4", "7A8B9C"
FONTS = re.compile(r'(<a:(?:major|minor)Font><a:latin typeface=")[^"]*("/><a:ea typeface=")[^"]*(")')
JAPANESE = re.compile(r'(<a:font script="Jpan" typeface=")[^"]*(")')
KEPT_LAYOUTS = ("Title Slide", "Title and Content")


def new_presentation(title: str, town: str, day: date) -> Any:
    """An empty presentation of 16:9 with our master and two layouts; its properties name the town and nobody else."""
    from pptx import Presentation
    from pptx.util import Inches

    made = Presentation()
    made.slide_width, made.slide_height = Inches(WIDE), Inches(HIGH)
    _forget(made)
    _fonts(made)
    for layout in list(made.slide_layouts):
        if layout.name not in KEPT_LAYOUTS:
            made.slide_layouts.remove(layout)
    _master(made.slide_master)
    _cover(made.slide_layouts.get_by_name(KEPT_LAYOUTS[0]))
    _usual(made.slide_layouts.get_by_name(KEPT_LAYOUTS[1]))
    moment = datetime.combine(day, time(), UTC)
    told = made.core_properties
    told.title, told.author, told.last_modified_by = printable(title), printable(town), printable(town)
    told.language, told.created, told.modified, told.revision = "ja-JP", moment, moment, 1
    told.keywords = told.comments = told.subject = ""
    return made


def _forget(made: Any) -> None:
    """Take out the small picture and the printer that the empty file brings."""
    for part in (made.part, made.part.package):
        rels = part.rels if part is made.part else part._rels
        for key, rel in list(rels.items()):
            if rel.reltype.endswith(("/thumbnail", "/printerSettings")):
                rels.pop(key)


def _fonts(made: Any) -> None:
    from pptx.opc.constants import RELATIONSHIP_TYPE

    theme = made.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = FONTS.sub(rf"\g<1>{FONT}\g<2>{FONT}\g<3>", theme.blob.decode())
    theme._blob = JAPANESE.sub(rf"\g<1>{FONT}\g<2>", text).encode()


def _master(master: Any) -> None:
    for one in list(master.placeholders):
        if one.placeholder_format.type in _small_ones():
            one._element.getparent().remove(one._element)
    title, body = master.placeholders
    styles = master._element.find(qn("p:txStyles"))
    place(title, LEFT, 0.45, BODY_WIDE, 0.85)
    place(body, LEFT, TOP, BODY_WIDE, BODY_HIGH)
    _level(styles.find(qn("p:titleStyle")), size=28, colour=DEEP, bold=True)
    _level(styles.find(qn("p:bodyStyle")), size=20, colour=INK, bold=False)
    title.text_frame._txBody.bodyPr.set("anchor", "b")


def _small_ones() -> tuple[Any, ...]:
    from pptx.enum.shapes import PP_PLACEHOLDER

    return PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER


def _level(style: Any, *, size: int, colour: str, bold: bool) -> None:
    """What the first level of a style says, and no bullet: each paragraph names its own mark."""
    from lxml import etree  # type: ignore[import-untyped]

    for level in style:
        letters = level.find(qn("a:defRPr"))
        if letters is None:
            continue
        letters.set("sz", str(size * 100))
        letters.set("b", "1" if bold else "0")
        level.set("algn", "l")
        level.set("marL", "0")
        level.set("indent", "0")
        for one in list(level):
            if one.tag in (qn("a:buChar"), qn("a:buFont"), qn("a:buNone")):
                level.remove(one)
        none = etree.SubElement(level, qn("a:buNone"))
        letters.addprevious(none)
        for one in list(letters):
            if one.tag == qn("a:solidFill"):
                letters.remove(one)
        letters.insert(0, filled(colour))


def filled(colour: str) -> Any:
    """A fill of one colour, as letters and shapes take it."""
    from lxml import etree

    fill = etree.Element(qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr")).set("val", colour)
    return fill


def qn(name: str) -> str:
    """A name with its namespace written out."""
    from pptx.oxml.ns import qn as written_out

    return str(written_out(name))


def place(shape: Any, left: float, top: float, wide: float, high: float) -> None:
    """Where a shape stands, in inches."""
    from pptx.util import Inches

    shape.left, shape.top, shape.width, shape.height = (Inches(one) for one in (left, top, wide, high))


def _only_titles(layout: Any) -> list[Any]:
    """The placeholders of a layout that are not small print, which is taken out."""
    for one in list(layout.placeholders):
        if one.placeholder_format.type in _small_ones():
            one._element.getparent().remove(one._element)
    return list(layout.placeholders)


def _cover(layout: Any) -> None:
    title, subtitle = _only_titles(layout)
    for one in (title, subtitle):
        own = one._element.txBody.find(qn("a:lstStyle"))
        for level in list(own):
            own.remove(level)
        one.text_frame._txBody.bodyPr.set("anchor", "b" if one is title else "t")
    place(title, LEFT, 2.1, BODY_WIDE, 1.8)
    place(subtitle, LEFT, 4.3, BODY_WIDE, 1.2)
    _rule(layout, 4.05, 0.05)


def _usual(layout: Any) -> None:
    title, body = _only_titles(layout)
    place(title, LEFT, 0.45, BODY_WIDE, 0.85)
    place(body, LEFT, TOP, BODY_WIDE, BODY_HIGH)
    _rule(layout, 1.33, 0.03)


def _rule(layout: Any, top: float, high: float) -> None:
    """A line below the title, of the layout and so of no slide's text."""
    from lxml import etree
    from pptx.util import Inches

    shape = (
        f'<p:sp xmlns:p="{NAMESPACE_P}" xmlns:a="{NAMESPACE_A}"><p:nvSpPr><p:cNvPr id="90" name="rule"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{Inches(LEFT)}" y="{Inches(top)}"/>'
        f'<a:ext cx="{Inches(BODY_WIDE)}" cy="{Inches(high)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{DEEP}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )
    layout.shapes._spTree.append(etree.fromstring(shape))


NAMESPACE_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
NAMESPACE_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
