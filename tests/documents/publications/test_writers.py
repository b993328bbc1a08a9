"""One content, four files: nothing is lost, nothing runs over, pictures are told in words, titles are titles."""

import io
import re
import zipfile
from datetime import date

import pytest

from renkei.documents.page_texts import PDF, pages_of
from renkei.documents.publications.content import (
    Bullet,
    Bullets,
    Chart,
    Flow,
    Numbers,
    Paragraph,
    Part,
    Picture,
    Publication,
    Table,
)
from renkei.documents.publications.paging import LINES, USUAL, height_of, slides_of
from renkei.documents.publications.pdf import publication_pdf
from renkei.documents.publications.pictures import png_of
from renkei.documents.publications.slides import publication_slides
from renkei.documents.publications.slides_pdf import slides_pdf
from renkei.documents.publications.word import publication_word
from renkei.rules.kanji_radicals import without_radicals
from tests.demo.made_slides import plain, words_of_pptx

HOSTILE = "<b>&amp; \x00\x1b\ud800 #let x = [*_$ {{ 名 }} </w:t> 終わり"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect width="200" height="100" fill="#cde"/></svg>'
ROWS = tuple(
    (f"協定{number}", "長い相手方の名前" * (number % 5), f"{number * 1234:,}") for number in range(60)
)
TABLE = Table(("協定", "相手方", "金額"), ROWS, (3, 5, 2), (2,), "協定の一覧")


@pytest.fixture(scope="module")
def publication() -> Publication:
    """All kinds of blocks, more than fits on a page, hostile letters, a sentence longer than a slide."""
    bullets = Bullets(
        tuple(
            Bullet(
                f"箇条{number}{'長い文です。' * (number % 7)}",
                number % 2,
                "(1)■●"[number % 3 :][:3] if not number % 2 else "■",
            )
            for number in range(40)
        )
    )
    parts = (
        Part(f"危ない{HOSTILE}", (Paragraph(HOSTILE), Paragraph("要点", "lead"), Paragraph("注", "note"))),
        Part("箇条", (bullets,)),
        Part("表", (Paragraph("表の前。"), TABLE)),
        Part(
            "数",
            (
                Numbers((("有効な協定", "329件"), *((f"数{one}", f"{one}00件") for one in range(5)))),
                Flow(("提案　受ける", *(f"協議{one}" for one in range(10)), "締結")),
            ),
        ),
        Part(
            "長い欄", (Table(("項目", "内容"), (("初め", "とても長い欄が続いて" * 150), ("終わり", "済み"))),)
        ),
        Part("長い文", (Paragraph("とても長い一文が続いて" * 90 + "。"),)),
        Part("図", (Chart(SVG, "分野別の数の図", Table(("分野", "数"), (("防災", "140"),))),)),
        Part("写真", (Picture(png_of(SVG), "image/png", "講座の写真"), Paragraph("小見出し", "heading"))),
    )
    return Publication("見本の報告書", "副題", "見本市", date(2024, 6, 1), parts)


def texts(publication: Publication) -> list[str]:
    """What must stand in every file, without what no file can hold."""
    told = [publication.title, *(part.heading for part in publication.parts)]
    for part in publication.parts:
        for block in part.blocks:
            if isinstance(block, Paragraph) and len(block.text) < 200:
                told.append(block.text)
            elif isinstance(block, Bullets):
                told += [one.text for one in block.items]
            elif isinstance(block, Table):
                told += [block.caption, *(cell for row in block.rows for cell in row if len(cell) < 200)]
            elif isinstance(block, Numbers):
                told += [words for pair in block.pairs for words in pair]
            elif isinstance(block, Flow):
                told += [words for step in block.steps for words in step.split("　")]
    return [plain(re.sub("[\x00\x1b]", "", one).replace("\ud800", "〓")) for one in told]


def pdf_text(content: bytes, tmp_path) -> str:
    made = tmp_path / "made.pdf"
    made.write_bytes(content)
    found = "\n".join(pages_of(made, PDF).texts)
    return plain(without_radicals(found))


def word_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        xml = packed.read("word/document.xml").decode()
    from html import unescape

    return plain(unescape(re.sub(r"<[^>]+>", "", xml.replace("<w:tab/>", " "))))


def test_word_and_slides_hold_every_text_and_no_letter_that_breaks_them(publication):
    for told in (
        word_text(publication_word(publication)),
        plain("".join(words_of_pptx(publication_slides(publication)))),
    ):
        assert [one for one in texts(publication) if one and one not in told] == []
        assert plain("とても長い一文が続いて" * 90) in re.sub(
            r"長い文\(\d/\d\)\d*|\d+長い文\(\d/\d\)", "", told
        )
        assert told.count("とても長い欄が続いて") > 140


def test_both_pdfs_hold_every_short_text(publication, tmp_path):
    for made in (publication_pdf(publication), slides_pdf(publication)):
        told = pdf_text(made.content, tmp_path)
        short = [one for one in texts(publication) if len(one) < 9]
        assert [one for one in short if one not in told] == []
        assert b"/StructTreeRoot" in made.content
        assert "分野別の数の図" in told


def test_no_slide_of_the_pdf_runs_over_to_a_further_page(publication, tmp_path):
    made = tmp_path / "slides.pdf"
    made.write_bytes(slides_pdf(publication).content)
    assert pages_of(made, PDF).count == len(slides_of(publication)) + 1


def test_slides_have_titles_no_empty_places_pictures_in_words_and_nobodys_name(publication):
    from pptx import Presentation

    made = Presentation(io.BytesIO(publication_slides(publication)))
    for slide in made.slides:
        assert slide.shapes.title.text
        assert all(one.text_frame.text.strip() for one in slide.placeholders)
        for shape in slide.shapes:
            assert shape.left + shape.width <= made.slide_width
            assert shape.top + shape.height <= made.slide_height
            if hasattr(shape, "image"):
                told = shape._element.nvPicPr.cNvPr.get("descr")
                assert told in ("分野別の数の図。防災 140", "講座の写真")
    assert {layout.name for layout in made.slide_layouts} == {"Title Slide", "Title and Content"}
    assert (made.core_properties.author, made.core_properties.last_modified_by) == ("見本市", "見本市")


def test_what_stands_on_a_slide_has_room_on_it_and_long_parts_are_numbered(publication):
    slides = slides_of(publication)
    for slide in slides:
        assert height_of(slide.blocks, slide.size) <= LINES * USUAL / slide.size
        assert not isinstance(slide.blocks[-1], Paragraph) or slide.blocks[-1].text != TABLE.caption
    listed = [slide.title for slide in slides if slide.title.startswith("表(")]
    assert listed == [f"表({place}/{len(listed)})" for place in range(1, len(listed) + 1)]
    rows = [
        row
        for slide in slides
        for block in slide.blocks
        if isinstance(block, Table) and block.heads == TABLE.heads
        for row in block.rows
    ]
    assert rows == [*ROWS]


def test_the_book_has_contents_with_links_and_its_pictures_are_told_in_words(publication):
    content = publication_word(publication)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        document = packed.read("word/document.xml").decode()
        running = packed.read("word/header1.xml").decode() + packed.read("word/footer1.xml").decode()
        assert [name for name in packed.namelist() if name.startswith("word/media/")] == [
            "word/media/picture1.png",
            "word/media/picture2.png",
        ]
    assert document.count("<w:hyperlink") == document.count("<w:bookmarkStart") == len(publication.parts)
    assert 'descr="講座の写真"' in document
    assert ("見本の報告書" in running, "見本市　令和6年6月1日 現在" in running) == (True, True)
    assert document.count('w:val="CoverTitle"') == 1
    assert document.count("<w:tblHeader/>") == 5
    assert "</w:tbl><w:tbl>" not in document
    assert publication_word(publication) == content


def test_a_paper_without_a_title_is_refused():
    with pytest.raises(ValueError, match="title"):
        Publication(" ", "", "見本市", date(2024, 6, 1), ())
