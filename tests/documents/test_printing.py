"""The PDF of what we write in Word: the same paper, tagged, every letter printed or named."""

import io
import zipfile
from dataclasses import replace

import docx
import pypdfium2
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from renkei.documents.paper import PaperRefused
from renkei.documents.printing import agreement_pdf, word_pdf
from renkei.documents.word.blocks import blocks_of
from renkei.documents.word.looks import Looks
from renkei.documents.word.writing import agreement_word
from tests.documents.texts import HOSTILE, a_full_text, a_long_text


def pages_of(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as opened:
        return [page.get_textpage().get_text_range() for page in opened]


def folded(text: str) -> str:
    return "".join(text.split())


def saved(document) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def test_the_pdf_says_what_the_word_file_says():
    made = agreement_pdf(a_full_text(), town="見本市", day="令和６年６月１日", digests=["0123abcd"])
    told = folded("".join(pages_of(made.content)))
    for words in (
        "第２条甲及び乙は",
        "ア緊急輸送",
        "令和６年６月１日",
        "学長髙橋﨑子印",
        "𠮷野",
        "飲料水（500ml）",
        "0123abcd",
    ):
        assert words in told
    assert made.missing == ()


def test_it_is_archivable_and_has_headings_for_those_who_listen():
    content = agreement_pdf(a_full_text(), town="見本市").content
    for mark in (b"<pdfaid:part>2<", b"<pdfuaid:part>1<", b"/H1", b"/H2", b"/Table", b"/TH"):
        assert mark in content or mark in unpacked(content), mark


def unpacked(content: bytes) -> bytes:
    """What the streams of a PDF say."""
    import re
    import zlib

    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            found.append(stream)
    return b"\n".join(found)


def test_many_articles_and_a_long_table_go_over_pages_with_their_numbers():
    pages = pages_of(agreement_pdf(a_long_text(), town="見本市").content)
    assert len(pages) > 3
    assert all(f"{place} / {len(pages)}" in page for place, page in enumerate(pages, start=1))
    assert [page.count("品目") for page in pages if "物資" in page] == [1, 1], "the head is repeated"
    signed = next(page for page in pages if "代表取締役" in page)
    assert "見本市長" in signed, "all sign on one page"


@pytest.mark.parametrize("letters", HOSTILE, ids=ascii)
def test_every_letter_is_printed_or_named(letters):
    text = replace(a_full_text(1), title="題" + letters, preamble=letters)
    made = agreement_pdf(text, town="見本市")
    assert made.content.startswith(b"%PDF")
    told = "".join(pages_of(made.content))
    assert all(f"U+{ord(letter):04X}" in told for letter in made.missing)


def test_a_word_file_with_its_own_looks_is_printed_as_it_looks():
    document = docx.Document()
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    document.add_heading("通知書", level=1)
    right = document.add_paragraph("令和６年６月１日")
    right.alignment = 2
    strong = document.add_paragraph().add_run("大切なこと")
    strong.bold, strong.font.size = True, Pt(14)
    table = document.add_table(rows=2, cols=3, style="Table Grid")
    table.cell(0, 0).merge(table.cell(0, 1)).text = "二つの列"
    table.cell(0, 2).merge(table.cell(1, 2)).text = "二つの行"
    document.add_paragraph("次の頁へ").add_run().add_break(docx.enum.text.WD_BREAK.PAGE)
    document.add_paragraph("次の頁")
    content = saved(document)
    blocks = [one for one in blocks_of(content)["blocks"] if one["kind"] == "table" or one["runs"]]
    assert [one.get("level") for one in blocks[:3]] == [1, 0, 0]
    assert blocks[1]["align"] == "right"
    assert (blocks[2]["runs"][0]["bold"], blocks[2]["runs"][0]["size"]) == (True, 14)
    assert blocks[3]["lines"]
    assert [[(cell["span"], cell["height"]) for cell in row] for row in blocks[3]["rows"]] == [
        [(2, 1), (1, 2)],
        [(1, 1), (1, 1)],
    ]
    pages = pages_of(word_pdf(content, title="通知書", town="見本市").content)
    assert ["次の頁" in folded(page) for page in pages] == [True, True]
    assert "二つの行" in folded(pages[0])


def test_head_and_foot_stand_on_each_page_and_where_there_is_none_nothing_is_printed():
    document = docx.Document()
    assert blocks_of(saved(document))["head"] == blocks_of(saved(document))["foot"] == []
    document.sections[0].header.paragraphs[0].text = "案の上"
    document.sections[0].footer.paragraphs[0].text = "案の下"
    document.add_paragraph("一頁").add_run().add_break(docx.enum.text.WD_BREAK.PAGE)
    document.add_paragraph("二頁")
    pages = pages_of(word_pdf(saved(document), title="案", town="見本市").content)
    assert [("案の上" in page, "案の下" in page) for page in pages] == [(True, True)] * 2


def test_what_cannot_be_printed_is_refused_and_not_left_out():
    numbered = docx.Document()
    numbered.add_paragraph("一つ目", style="List Number")
    drawn = docx.Document()
    drawn.add_paragraph().add_run()._r.append(OxmlElement("w:drawing"))
    for document in (numbered, drawn):
        with pytest.raises(PaperRefused, match="Wordのファイルを受け取り"):
            word_pdf(saved(document), title="題", town="見本市")
    for content in (
        b"PK no archive",
        altered(agreement_word(a_full_text(), town="見本市"), "</w:body>", "</w>"),
    ):
        with pytest.raises(PaperRefused, match="PDFにできない"):
            word_pdf(content, title="題", town="見本市")


def altered(content: bytes, old: str, new: str) -> bytes:
    """A Word file in which other letters stand for these, wherever they are found."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as former, zipfile.ZipFile(written, "w") as archive:
        parts = {name: former.read(name).decode() for name in former.namelist()}
        assert any(old in part for part in parts.values())
        for name, part in parts.items():
            archive.writestr(name, part.replace(old, new))
    return written.getvalue()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<w:outlineLvl w:val="1"/>', '<w:outlineLvl w:val="deep"/>'),
        ("w:tblGrid>", "w:tblOther>"),
        ('w:w="11906"', 'w:w="wide"'),
    ],
    ids=["level", "grid", "paper"],
)
def test_a_file_as_no_program_writes_it_is_refused_with_a_sentence(old, new):
    content = altered(agreement_word(a_full_text(), town="見本市"), old, new)
    with pytest.raises(PaperRefused, match="PDFにできない"):
        word_pdf(content, title="協定書", town="見本市")


def test_styles_of_tables_that_are_based_on_each_other_come_to_an_end():
    one, other = (
        f'<w:style w:styleId="{name}" w:type="table"><w:basedOn w:val="{base}"/></w:style>'
        for name, base in (("A", "B"), ("B", "A"))
    )
    styles = parse_xml(f"<w:styles {nsdecls('w')}>{one}{other}</w:styles>")
    properties = parse_xml(f'<w:tblPr {nsdecls("w")}><w:tblStyle w:val="A"/></w:tblPr>')
    assert Looks(styles).of_table(properties) is False
