"""An agreement as a Word file: laid out as a town signs it, and nothing in it that nobody wrote."""

import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from renkei.documents.contents import AgreementText, Article, AttachedTable, SigningParty
from renkei.documents.word.letters import printable
from renkei.documents.word.writing import agreement_word
from tests.documents.texts import HOSTILE, a_full_text, a_long_text

PRINTED = [
    ("協定題名", "災害時における物資の供給に関する協定書"),
    ("前文", "見本市（以下「甲」という。）ほか三者は、次のとおり協定を締結する。"),
    ("条見出し", "（目的）"),
    ("条文", "第１条　この協定は、災害時の物資の供給について定める。"),
    ("条見出し", "（連携事項）"),
    ("条文", "第２条　甲及び乙は、次の事項について協力する。"),
    ("号", "（１）物資の供給"),
    ("号", "（２）次の輸送"),
    ("号の細目", "ア　緊急輸送"),
    ("条文", "２　品目は、別表第１のとおりとする。"),
    ("見出しのない条文", "第３条　見出しのない条もある。"),
    ("条見出し", "（協議）"),
    ("条文", "第４条　この協定に定めのない事項は、協議して定める。"),
    ("結び", "この協定の成立を証するため、本書４通を作成し、各自１通を保有する。"),
    ("締結日", "令和　　年　　月　　日"),
    ("署名", "甲　見本市七条通１番地"),
    ("署名の続き", "見本市"),
    ("署名の続き", "見本市長　見本　一郎\t印"),
    ("署名", "乙　見本市駅前２番３号"),
    ("署名の続き", "見本製薬株式会社"),
    ("署名の続き", "代表取締役　見本　花子\t印"),
    ("別表題名", "別表第１（第２条関係）"),
    ("別表の後", ""),
]


def opened(text: AgreementText, **facts) -> docx.document.Document:
    return docx.Document(io.BytesIO(agreement_word(text, town="見本市", **facts)))


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_the_text_is_laid_out_in_named_styles_and_its_numbers_are_letters():
    document = opened(a_full_text(2))
    assert [(one.style.name, one.text) for one in document.paragraphs] == PRINTED
    styles = {one.style.name: one.style for one in document.paragraphs}
    indents = {name: (styles[name].paragraph_format.left_indent.pt, styles[name].paragraph_format.first_line_indent.pt)
               for name in ("条文", "号", "号の細目", "署名")}  # fmt: skip
    assert indents == {"条文": (11, -11), "号": (22, -11), "号の細目": (33, -11), "署名": (187, -22)}
    assert styles["条見出し"].paragraph_format.keep_with_next
    body = document.element.body
    assert not list(body.iter(qn("w:numPr"))), "numbers come back the same from any program"
    defaults = document.styles.element.find(qn("w:docDefaults"))
    rules = ("w:kinsoku", "w:overflowPunct", "w:autoSpaceDE")
    assert [next(defaults.iter(qn(rule))).get(qn("w:val")) for rule in rules] == ["1", "1", "0"]
    fonts = next(defaults.iter(qn("w:rFonts")))
    assert fonts.get(qn("w:eastAsia")) == "ＭＳ 明朝"
    assert next(defaults.iter(qn("w:lang"))).get(qn("w:eastAsia")) == "ja-JP"


def test_the_paper_is_a4_with_the_page_and_the_number_of_pages_at_its_foot():
    section = opened(a_full_text()).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    fields = [one.text.strip() for one in section.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_all_parties_sign_on_one_page_each_with_a_place_for_the_seal():
    blocks = [one for one in opened(a_full_text()).paragraphs if one.style.name.startswith("署名")]
    assert [one.text[0] for one in blocks if one.style.name == "署名"] == list("甲乙丙丁")
    assert sum(one.text.endswith("\t印") for one in blocks) == 4
    assert all(one.paragraph_format.keep_with_next for one in blocks[:-1])
    assert not blocks[-1].paragraph_format.keep_with_next
    electronic = replace(a_full_text(2), closing="電子署名を行い、電磁的記録を各自保有する。")
    assert not [one for one in opened(electronic).paragraphs if "印" in one.text]
    signed = opened(a_full_text(2), day="令和６年６月１日").paragraphs
    assert [one.text for one in signed if one.style.name == "締結日"] == ["令和６年６月１日"]


def test_an_attached_table_stands_on_its_own_page_and_repeats_its_head():
    document = opened(a_long_text())
    title = next(one for one in document.paragraphs if one.style.name == "別表題名")
    assert title.style.paragraph_format.page_break_before
    (table,) = document.tables
    assert len(table.rows) == 61
    assert [one.tag for one in table.rows[0]._tr.trPr] == [qn("w:cantSplit"), qn("w:tblHeader")]
    assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    widths = [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid]
    assert sum(widths) == 9070
    ragged = replace(a_full_text(), tables=(AttachedTable("r", "別表", (("a",), ("b", "c"), ())),))
    assert [[cell.text for cell in row.cells] for row in opened(ragged).tables[0].rows] == [
        ["a", ""],
        ["b", "c"],
        ["", ""],
    ]


def test_the_file_says_what_it_is_and_nothing_about_the_machine_that_made_it():
    text = a_full_text()
    content = agreement_word(text, town="見本市", properties={"RenkeiVersion": "v1", "RenkeiDigest": "a<b"})
    assert content == agreement_word(
        text, town="見本市", properties={"RenkeiVersion": "v1", "RenkeiDigest": "a<b"}
    )
    told = docx.Document(io.BytesIO(content)).core_properties
    assert (told.title, told.author, told.last_modified_by, told.language) == (
        text.title,
        "見本市",
        "見本市",
        "ja-JP",
    )
    assert (told.comments, told.created, told.modified) == ("", None, None)
    custom = part(content, "docProps/custom.xml")
    assert re.findall(r'name="(\w+)"><vt:lpwstr>(.*?)<', custom) == [
        ("RenkeiVersion", "v1"),
        ("RenkeiDigest", "a&lt;b"),
    ]


@pytest.mark.parametrize("letters", HOSTILE, ids=ascii)
def test_no_letters_break_the_file_and_none_but_the_shapeless_are_lost(letters):
    line = letters.replace("\t", "")
    text = AgreementText(
        line,
        line,
        (Article("k", line, line),),
        line,
        (SigningParty("甲", line, line),),
        (AttachedTable("t", line, ((line,),)),),
    )
    document = opened(text, properties={"RenkeiVersion": line})
    shown = re.sub(r"\s", "", "".join(one.text for one in document.paragraphs))
    wanted = re.sub(r"\s", "", printable(line))
    assert shown.count(wanted) >= 6
    assert re.sub(r"\s", "", document.tables[0].cell(0, 0).text) == wanted
    assert re.sub(r"\s", "", document.core_properties.title) == wanted


def test_control_characters_are_left_out_and_half_a_letter_is_shown():
    assert printable("a\0b\x1bc\r\nd\te\ud842f\uffff") == "abc\nd\te〓f〓"
