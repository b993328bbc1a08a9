"""Slides as a PowerPoint file: titles in their placeholders, real bullets, drawings told in words, no empty places."""

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from renkei.documents.publications.content import (
    Block,
    Bullet,
    Bullets,
    Chart,
    Flow,
    Numbers,
    Paragraph,
    Picture,
    Publication,
    Table,
)
from renkei.documents.publications.facts import told_aloud
from renkei.documents.publications.paging import LINES, USUAL, Slide, height_of, slides_of
from renkei.documents.publications.pictures import png_of
from renkei.documents.publications.slide_look import (
    BODY_HIGH,
    BODY_WIDE,
    DEEP,
    INK,
    KEPT_LAYOUTS,
    LEFT,
    LINE,
    PALE,
    TOP,
    filled,
    new_presentation,
    place,
    qn,
)
from renkei.documents.word.letters import printable
from renkei.rules.japanese_calendar import japanese_date

INCHES_A_LINE = BODY_HIGH / (LINES + 1.2)
TABLE_SIZE = 14
HANGING = 0.36


def publication_slides(publication: Publication) -> bytes:
    """The .pptx of a publication: a cover, and each part on as many slides as it needs."""
    made = new_presentation(publication.title, publication.town, publication.day)
    cover = made.slides.add_slide(made.slide_layouts.get_by_name(KEPT_LAYOUTS[0]))
    title, subtitle = cover.placeholders
    write(title.text_frame, [publication.title])
    day = f"{publication.town}　{japanese_date(publication.day)}現在"
    write(subtitle.text_frame, [*([publication.subtitle] if publication.subtitle else []), day])
    for number, one in enumerate(slides_of(publication), start=2):
        _slide(made, one, number)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def _slide(made: Any, told: Slide, number: int) -> None:
    slide = made.slides.add_slide(made.slide_layouts.get_by_name(KEPT_LAYOUTS[1]))
    title, body = slide.placeholders
    write(title.text_frame, [told.title])
    if len(told.title) > 34:
        for paragraph in title.text_frame.paragraphs:
            paragraph.runs[0].font.size = _points(24)
    top, is_free = TOP, True
    for group in _grouped(told.blocks):
        high = height_of(group, told.size) * INCHES_A_LINE * told.size / USUAL
        if isinstance(group[0], Paragraph | Bullets):
            shape = body if is_free else slide.shapes.add_textbox(0, 0, 0, 0)
            if is_free:
                slide.shapes._spTree.append(shape._element)  # read aloud where it stands
            is_free = False
            place(shape, LEFT, top, BODY_WIDE, max(high, 0.5))
            _text(shape.text_frame, group, told.size)
        else:
            DRAWN[type(group[0])](slide, group[0], top, high)
        top += high + 0.1
    if is_free:
        body._element.getparent().remove(body._element)
    _number(slide, number)


def _grouped(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Neighbouring paragraphs and lists stand in one frame, everything else alone."""
    group: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph | Bullets):
            group.append(block)
            continue
        if group:
            yield group
        group = []
        yield [block]
    if group:
        yield group


def write(frame: Any, lines: Sequence[str]) -> None:
    """Plain lines into a frame, a paragraph each, in Japanese."""
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        letters(paragraph, line)


def letters(paragraph: Any, text: str, *, size: int = 0, bold: bool = False, colour: str = "") -> None:
    """A run of letters, told as Japanese so that it is read aloud and broken as such."""
    for number, line in enumerate(printable(text).split("\n")):
        if number:
            paragraph.add_line_break()
        run = paragraph.add_run()
        run.text = line
        told = run._r.get_or_add_rPr()
        told.set("lang", "ja-JP")
        told.set("altLang", "en-US")
        if size:
            run.font.size = _points(size)
        if bold:
            run.font.bold = True
        if colour:
            told.insert(0, filled(colour))


def colour(name: str) -> Any:
    """A colour as PowerPoint shapes take it."""
    from pptx.dml.color import RGBColor

    colours: Any = RGBColor
    return colours.from_string(name)


def _points(size: int) -> Any:
    from pptx.util import Pt

    return Pt(size)


def _text(frame: Any, blocks: Sequence[Block], size: int) -> None:
    frame.word_wrap = True
    first = True
    for block in blocks:
        items: Sequence[Bullet | Paragraph] = ()
        if isinstance(block, Bullets):
            items = block.items
        elif isinstance(block, Paragraph):
            items = (block,)
        for one in items:
            paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
            first = False
            paragraph.space_after = _points(6)
            if isinstance(one, Paragraph):
                _paragraph(paragraph, one, size)
            else:
                _bullet(paragraph, one, size)


def _paragraph(paragraph: Any, told: Paragraph, size: int) -> None:
    """The usual text; what is to be kept in mind stands out, a remark steps back."""
    is_lead = told.style in ("lead", "heading")
    if is_lead:
        paragraph.space_before = _points(size // 2)
    small = max(size - 6, 14) if told.style == "note" else size
    letters(paragraph, told.text, size=small, bold=is_lead, colour=DEEP if is_lead else "")


def _bullet(paragraph: Any, bullet: Bullet, size: int) -> None:
    """A real bullet where the mark is one letter; (1) is typed, since no program shows two letters as a bullet."""
    from lxml import etree  # type: ignore[import-untyped]
    from pptx.util import Inches

    level, mark = min(bullet.level, 1), bullet.mark
    is_typed = len(mark) > 1
    hanging = (HANGING + (0.14 if is_typed else 0)) * size / USUAL
    told = paragraph._p.get_or_add_pPr()
    left = hanging + level * 0.45
    told.set("marL", str(Inches(left)))
    told.set("indent", str(-Inches(hanging) if mark else 0))
    if level:
        told.set("lvl", str(level))
    if mark and not is_typed:
        etree.SubElement(told, qn("a:buFont")).set("typeface", "+mj-ea")
        etree.SubElement(told, qn("a:buChar")).set("char", printable(mark))
    elif is_typed:
        stops = etree.SubElement(told, qn("a:tabLst"))
        stop = etree.SubElement(stops, qn("a:tab"))
        stop.set("pos", str(Inches(left)))
        stop.set("algn", "l")
    words = f"{mark}\t{bullet.text}" if is_typed else bullet.text
    letters(paragraph, words, size=size - 2 * level, bold=is_typed and not level)


def _table(slide: Any, table: Table, top: float, high: float) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Inches

    rows = (table.heads, *table.rows)
    frame = slide.shapes.add_table(
        len(rows),
        len(table.heads),
        Inches(LEFT),
        Inches(top),
        Inches(BODY_WIDE),
        Inches(min(high, 0.3 * len(rows))),
    )
    frame.name = "表"
    shares = table.widths or tuple(1.0 for _head in table.heads)
    for column, share in zip(frame.table.columns, shares, strict=False):
        column.width = Inches(BODY_WIDE * share / sum(shares))
    for at, row in enumerate(rows):
        for place_in_row, text in enumerate(row):
            cell = frame.table.cell(at, place_in_row)
            cell.margin_top = cell.margin_bottom = Inches(0.04)
            paragraph = cell.text_frame.paragraphs[0]
            letters(paragraph, text, size=TABLE_SIZE, bold=not at, colour="FFFFFF" if not at else INK)
            if place_in_row in table.numeric:
                paragraph.alignment = PP_ALIGN.RIGHT
            cell.fill.solid()
            cell.fill.fore_color.rgb = colour(DEEP if not at else ("FFFFFF" if at % 2 else PALE))


def _numbers(slide: Any, numbers: Numbers, top: float, high: float) -> None:
    wide = BODY_WIDE / max(len(numbers.pairs), 1)
    for at, (name, value) in enumerate(numbers.pairs):
        box = _box(slide, LEFT + at * wide + 0.05, top, wide - 0.1, high - 0.15)
        letters(box.text_frame.paragraphs[0], value, size=32, bold=True, colour=DEEP)
        letters(box.text_frame.add_paragraph(), name, size=16, colour=INK)
        _centred(box)


def _flow(slide: Any, flow: Flow, top: float, high: float) -> None:
    """Boxes from left to right with arrows between them; of each step the first words are the larger."""
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Inches

    gap = 0.42
    wide = (BODY_WIDE - gap * (len(flow.steps) - 1)) / max(len(flow.steps), 1)
    for at, step in enumerate(flow.steps):
        left = LEFT + at * (wide + gap)
        box = _box(slide, left, top + 0.3, wide, high - 0.6)
        head, _blank, more = step.replace("\n", "　", 1).partition("　")
        letters(box.text_frame.paragraphs[0], head, size=18, bold=True, colour=DEEP)
        if more:
            letters(box.text_frame.add_paragraph(), more, size=16, colour=INK)
        _centred(box)
        if at + 1 < len(flow.steps):
            arrow = slide.shapes.add_shape(
                MSO_SHAPE.RIGHT_ARROW,
                Inches(left + wide + 0.06),
                Inches(top + high / 2 - 0.18),
                Inches(gap - 0.12),
                Inches(0.36),
            )
            arrow.name = "矢印"
            _coloured(arrow, DEEP, DEEP)


def _box(slide: Any, left: float, top: float, wide: float, high: float) -> Any:
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Inches

    box = slide.shapes.add_shape(
        MSO_SHAPE.ROUNDED_RECTANGLE, *(Inches(one) for one in (left, top, wide, high))
    )
    box.adjustments[0] = 0.06
    _coloured(box, PALE, LINE)
    box.text_frame.word_wrap = True
    return box


def _coloured(shape: Any, inside: str, line: str) -> None:

    shape.fill.solid()
    shape.fill.fore_color.rgb = colour(inside)
    shape.line.color.rgb = colour(line)
    shape.shadow.inherit = False


def _centred(box: Any) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

    box.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    for paragraph in box.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.CENTER
        paragraph.space_after = _points(4)


def _chart(slide: Any, chart: Chart, top: float, high: float) -> None:
    _drawn(slide, png_of(chart.svg, width=720), chart.caption, top, high, alt=told_aloud(chart))


def _picture(slide: Any, picture: Picture, top: float, high: float) -> None:
    _drawn(slide, picture.content, picture.description, top, high)


def _drawn(slide: Any, content: bytes, words: str, top: float, high: float, *, alt: str = "") -> None:
    """A picture as large as its place allows, with what it shows below and for those who hear the slide."""
    from pptx.util import Inches

    shape = slide.shapes.add_picture(io.BytesIO(content), 0, 0)
    room = high - 0.5
    scale = min(Inches(BODY_WIDE) / shape.width, Inches(room) / shape.height)
    shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
    shape.left, shape.top = int(Inches(LEFT) + (Inches(BODY_WIDE) - shape.width) / 2), Inches(top)
    shape._element.nvPicPr.cNvPr.set("descr", alt or printable(words))
    caption = slide.shapes.add_textbox(*(Inches(one) for one in (LEFT, top + room, BODY_WIDE, 0.45)))
    caption.text_frame.word_wrap = True
    letters(caption.text_frame.paragraphs[0], words, size=14, colour=INK)
    _centred(caption)


def _number(slide: Any, number: int) -> None:
    """The slide's number, counted anew when slides are moved."""
    from lxml import etree
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Inches

    box = slide.shapes.add_textbox(*(Inches(one) for one in (LEFT + BODY_WIDE - 1.2, 6.95, 1.2, 0.4)))
    box.name = "スライド番号"
    paragraph = box.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    field = etree.SubElement(paragraph._p, qn("a:fld"))
    field.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
    field.set("type", "slidenum")
    told = etree.SubElement(field, qn("a:rPr"))
    told.set("lang", "ja-JP")
    told.set("sz", "1200")
    etree.SubElement(field, qn("a:t")).text = str(number)


DRAWN: dict[type, Callable[[Any, Any, float, float], None]] = {
    Table: _table,
    Numbers: _numbers,
    Flow: _flow,
    Chart: _chart,
    Picture: _picture,
}
