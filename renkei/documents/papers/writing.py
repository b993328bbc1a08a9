"""A paper of ours as a Word file that a clerk can change: A4, 明朝, styles, page numbers, fields in it."""

import io
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from renkei.documents.papers.blocks import (
    Block,
    Facts,
    Heading,
    Line,
    Listed,
    Noted,
    Only,
    PaperText,
    Ruled,
)
from renkei.documents.papers.unused import drop_unused
from renkei.documents.vocabulary import PaperKind

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table
    from docx.text.paragraph import Paragraph

FONT = "ＭＳ 明朝"
GOTHIC = "ＭＳ ゴシック"
SIZE = 11
LABEL_MM = 42
FACT_MM = 42
WIDTH_MM = 160
SINCE = datetime(2024, 4, 1)  # noqa: DTZ001 - a fixed day: the same paper is the same file


def written(paper: PaperText) -> bytes:
    """The Word file, with its fields as a template has them."""
    from docx import Document

    word = Document()
    _set_up(word, paper)
    for block in paper.blocks:
        _write(word, block)
    _number_pages(word)
    drop_unused(word)
    made = io.BytesIO()
    word.save(made)
    return made.getvalue()


def _set_up(word: "WordDocument", paper: PaperText) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = word.sections[0]
    long, short = Mm(297), Mm(210)
    section.page_width, section.page_height = (long, short) if paper.landscape else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Mm(25 if not paper.landscape else 20)
    section.top_margin = section.bottom_margin = Mm(20)
    _style(word, "Normal", FONT, SIZE)
    _speak_japanese(word)
    _style(word, "Heading 1", FONT, 14)
    _style(word, "Heading 2", GOTHIC, SIZE)
    word.styles["Table Grid"].paragraph_format.space_after = 0
    told = word.core_properties
    told.title, told.author, told.comments = str(PaperKind(paper.kind).label), "", ""
    told.language, told.created, told.modified = "ja-JP", SINCE, SINCE


def _style(word: "WordDocument", name: str, font: str, size: int) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style: Any = word.styles[name]
    style.font.name, style.font.size, style.font.bold = font, Pt(size), False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for which in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{which}"), font)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(0), Pt(0), Pt(18)
    if name == "Heading 1":
        layout.alignment, layout.line_spacing = WD_ALIGN_PARAGRAPH.CENTER, 1.2
        layout.space_before, layout.space_after = Pt(18), Pt(18)
    elif name == "Heading 2":
        layout.space_before, layout.space_after = Pt(14), Pt(4)


def _speak_japanese(word: "WordDocument") -> None:
    """Say of the letters that they are Japanese: Chinese ones of the same number look otherwise."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element: Any = word.styles.element
    for found in list(element.iter(qn("w:lang"))):
        found.getparent().remove(found)
    language = OxmlElement("w:lang")
    for name in ("val", "eastAsia"):
        language.set(qn(f"w:{name}"), "ja-JP")
    element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr")).append(language)


def _write(word: "WordDocument", block: Block) -> None:
    writers: dict[type, Callable[..., None]] = {
        Line: _line,
        Heading: _heading,
        Noted: _noted,
        Facts: _facts,
        Listed: _listed,
        Ruled: _ruled,
        Only: _only,
    }
    writers[type(block)](word, block)


def _line(word: "WordDocument", block: Line) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    aligned: dict[str, Any] = {
        "left": None,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
        "centre": WD_ALIGN_PARAGRAPH.CENTER,
    }
    paragraph = word.add_paragraph(block.text)
    paragraph.alignment = aligned[block.align]
    if block.indented:
        paragraph.paragraph_format.first_line_indent = Pt(SIZE)
    if block.space_before:
        paragraph.paragraph_format.space_before = Pt(18)
    if block.text == "記":
        paragraph.paragraph_format.space_after = Pt(12)


def _heading(word: "WordDocument", block: Heading) -> None:
    word.add_heading(block.text, level=block.level)


def _noted(word: "WordDocument", block: Noted) -> None:
    from docx.shared import Pt

    table = _table(word, [FACT_MM, WIDTH_MM - FACT_MM], style="Normal Table")
    for label, text in block.rows:
        _row(table, [label, text])
        for cell in table.rows[-1].cells:
            cell.paragraphs[0].paragraph_format.space_after = Pt(4)
    _after(word)


def _facts(word: "WordDocument", block: Facts) -> None:
    table = _table(word, [LABEL_MM, WIDTH_MM - LABEL_MM])
    for label, text in block.rows:
        _row(table, [label, text])
    _shade(cell for row in table.rows for cell in row.cells[:1])
    _after(word)


def _listed(word: "WordDocument", block: Listed) -> None:
    table = _table(word, [width for _head, _cell, width in block.columns])
    _row(table, [head for head, _cell, _width in block.columns])
    _head(table)
    _row(table, [f"{{%tr for 行 in {block.name} %}}", *[""] * (len(block.columns) - 1)])
    _row(table, [f"{{{{ 行.{cell} }}}}" for _head, cell, _width in block.columns])
    _row(table, ["{%tr endfor %}", *[""] * (len(block.columns) - 1)])
    _after(word)


def _ruled(word: "WordDocument", block: Ruled) -> None:
    table = _table(word, [width for _head, width in block.heads])
    _row(table, [head for head, _width in block.heads])
    _head(table)
    for _number in range(block.rows):
        _row(table, [""] * len(block.heads))
        for cell in table.rows[-1].cells:
            cell.add_paragraph()  # a second line: room for a pen
    _after(word)


def _only(word: "WordDocument", block: Only) -> None:
    word.add_paragraph(f"{{%p if {'not ' if block.empty else ''}{block.name} %}}")
    for one in block.blocks:
        _write(word, one)
    word.add_paragraph("{%p endif %}")


def _table(word: "WordDocument", widths: list[int], style: str = "Table Grid") -> "Table":
    from docx.shared import Mm

    table: Table = word.add_table(rows=0, cols=len(widths), style=style)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _row(table: "Table", texts: list[str]) -> None:
    from docx.oxml import OxmlElement

    row: Any = table.add_row()  # type: ignore[no-untyped-call]
    for cell, text, column in zip(row.cells, texts, table.columns, strict=True):
        cell.text, cell.width = text, column.width
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _head(table: "Table") -> None:
    """The first row is said to be the head: it stands again on each page, and is read out as one."""
    from docx.oxml import OxmlElement

    row: Any = table.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _shade(row.cells)


def _shade(cells: Iterable[Any]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for cell in cells:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", "EFEFEF")):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _after(word: "WordDocument") -> None:
    from docx.shared import Pt

    word.add_paragraph().paragraph_format.line_spacing = Pt(8)


def _number_pages(word: "WordDocument") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(paragraph, "PAGE")
    paragraph.add_run(" / ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: "Paragraph", name: str) -> None:
    """A number that Word counts itself."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for step in ("begin", "name", "separate", "1", "end"):
        run: Any = paragraph.add_run("1" if step == "1" else "")
        if step == "name":
            told = OxmlElement("w:instrText")
            told.text = name
            run._r.append(told)
        elif step != "1":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), step)
            run._r.append(mark)
