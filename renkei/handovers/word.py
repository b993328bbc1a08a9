"""The handover as a Word file (引継書): A4, headings, tables whose header rows repeat, page numbers."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from renkei.handovers.holding import HeldAgreement, HeldProcedure, Holding
from renkei.rules.japanese_calendar import both_calendars, short_japanese_date

FILE_NAME = "引継書 {handover}.docx"
TEXT_FONT, HEADING_FONT = "游明朝", "游ゴシック"
STATES = {"in_force": "有効", "ended": "終了", "not_yet": "開始前", "unknown": "不明"}


def word_file(holding: Holding, day: date) -> bytes:
    """Everything that is handed over, as it stands on the day."""
    handover = holding.handover
    rows = holding.rows(holding.agreements.with_everything())
    paper = _paper()
    paper.add_heading(_("引継書"), level=0)
    _facts(paper, holding, len(rows), day)
    if handover.message:
        paper.add_heading(_("全体のメモ"), level=1)
        _text(paper, handover.message)
    paper.add_heading(_("協定の一覧(%(count)s件)") % {"count": len(rows)}, level=1)
    _table(
        paper, (_("協定名・相手方"), _("状態"), _("次の期限")), (Mm(105), Mm(18), Mm(47)), map(_line, rows)
    )
    _deadlines(paper, holding)
    _procedures(paper, holding)
    _agreements(paper, rows)
    _changes(paper, holding)
    return _bytes(paper)


def _facts(paper: Any, holding: Holding, count: int, day: date) -> None:
    handover = holding.handover
    facts = [
        (_("渡す側"), handover.gives),
        (_("受け取る側"), handover.receives),
        (_("引き継ぐ日"), both_calendars(handover.on)),
        (_("担当課"), "、".join(map(str, holding.divisions))),
        (_("協定"), _("%(count)s件") % {"count": count}),
        (_("まだ判断していない期限"), _("%(count)s件") % {"count": len(holding.undecided)}),
        (_("作成日"), both_calendars(day)),
    ]
    table = paper.add_table(rows=0, cols=2, style="Table Grid")
    for name, text in facts:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, text
    _widths(table, (Mm(45), Mm(125)))


def _line(row: HeldAgreement) -> tuple[str, str, str]:
    due = row.next_due
    partners = "、".join(row.partners)
    deadline = f"{short_japanese_date(due.on)} {due.kind.label}" if due else "—"
    return f"{row.agreement.title}\n{partners}", STATES[row.state], deadline


def _deadlines(paper: Any, holding: Holding) -> None:
    paper.add_heading(_("これから1年の期限(%(count)s件)") % {"count": len(holding.deadlines)}, level=1)
    if not holding.deadlines:
        paper.add_paragraph(_("1年のうちに来る期限はありません。"))
        return
    lines = (
        (
            f"{one.on:%Y/%m/%d}\n{short_japanese_date(one.on)}",
            "\n".join(
                [one.agreement.title, *(["、".join(partners)] if partners else []), str(one.kind.label)]
            ),
            f"{one.decided.get_decision_display()}。{one.sentence}" if one.decided else one.sentence,
        )
        for one, partners in holding.deadlines_with_partners
    )
    _table(paper, (_("日"), _("協定"), _("誰も何もしないと")), (Mm(25), Mm(65), Mm(80)), lines)


def _procedures(paper: Any, holding: Holding) -> None:
    paper.add_heading(_("進んでいる締結手続(%(count)s件)") % {"count": len(holding.procedures)}, level=1)
    if not holding.procedures:
        paper.add_paragraph(_("進んでいる締結手続はありません。"))
        return
    lines = (
        (
            f"{one.procedure.title}\n{one.procedure.partner_name} {one.procedure.receipt}",
            str(one.procedure.get_stage_display()),
            _next_in(one),
        )
        for one in holding.procedures
    )
    _table(paper, (_("件名・相手方"), _("段階"), _("次にすること")), (Mm(75), Mm(25), Mm(70)), lines)


def _next_in(held: HeldProcedure) -> str:
    if held.next is None:
        return "—"
    return f"{short_japanese_date(held.next.by)} {held.next.what}" if held.next.by else held.next.what


def _agreements(paper: Any, rows: Sequence[HeldAgreement]) -> None:
    told = [row for row in rows if row.note or row.agreement.notes or row.contacts]
    paper.add_heading(_("協定ごとのメモと連絡先(%(count)s件)") % {"count": len(told)}, level=1)
    if not told:
        paper.add_paragraph(_("メモと連絡先の記録はありません。"))
    for row in told:
        paper.add_heading(row.agreement.title, level=2)
        for name, text in (
            (_("後任へ"), row.note),
            (_("庁内メモ"), row.agreement.notes),
            (_("相手方"), "\n".join(row.contacts)),
        ):
            if text:
                _text(paper, text, lead=name)


def _changes(paper: Any, holding: Holding) -> None:
    paper.add_heading(_("最近の変更(%(count)s件)") % {"count": len(holding.changes)}, level=1)
    if not holding.changes:
        paper.add_paragraph(_("この90日の変更の記録はありません。"))
        return
    lines = ((f"{one.at:%Y/%m/%d}", one.sentence) for one in holding.changes)
    _table(paper, (_("日"), _("できごと")), (Mm(25), Mm(145)), lines)


def _paper() -> Any:
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        _named_font(paper.styles[name], TEXT_FONT if name == "Normal" else HEADING_FONT)
        paper.styles[name].font.color.rgb = RGBColor(0, 0, 0)
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "ja-JP")
    paper.styles["Normal"].font.size = Pt(10)
    paper.styles["Normal"].paragraph_format.line_spacing = 1.1
    paper.styles["Title"].font.size = Pt(20)
    paper.styles["Heading 1"].font.size = Pt(13)
    paper.styles["Heading 2"].font.size = Pt(10.5)
    paper.core_properties.author, paper.core_properties.language = "Renkei", "ja-JP"
    _page_number(section.footer.paragraphs[0])
    return paper


def _named_font(style: Any, name: str) -> None:
    """Named for Japanese and Western letters alike; a theme's font would win over it."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), name)


def _page_number(paragraph: Any) -> None:
    """1 / 3, as fields that Word fills in."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for place, field in enumerate(("PAGE", "NUMPAGES")):
        if place:
            paragraph.add_run(" / ")
        for kind, text in (("begin", ""), ("", field), ("end", "")):
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = text
            paragraph.add_run()._r.append(element)


def _table(paper: Any, head: Sequence[str], widths: Sequence[Any], lines: Iterable[Sequence[str]]) -> None:
    """A table whose first row is repeated on every page, and whose rows are not torn apart."""
    table = paper.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, head, strict=True):
        cell.text = name
        cell.paragraphs[0].runs[0].bold = True
    _row_property(table.rows[0], "w:tblHeader")
    for line in lines:
        row = table.add_row()
        _row_property(row, "w:cantSplit")
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = printable(text)
    _widths(table, widths)
    paper.add_paragraph()


def _row_property(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _widths(table: Any, widths: Sequence[Any]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _text(paper: Any, text: str, *, lead: str = "") -> None:
    paragraph = paper.add_paragraph()
    if lead:
        paragraph.add_run(f"{lead}: ").bold = True
    paragraph.add_run(printable(text))


def printable(text: str) -> str:
    """Without the control characters that a Word file cannot hold."""
    return "".join(letter for letter in text if letter in "\n\t" or ord(letter) >= 32)


def _bytes(paper: Any) -> bytes:
    kept = BytesIO()
    paper.save(kept)
    return kept.getvalue()
