"""Files that are no Word file, broken, or made to harm: refused with a sentence, and only the child is at risk."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renkei.documents.word import opening
from renkei.documents.word.opening import WordRefused, open_word
from renkei.documents.word.reader import package
from renkei.documents.word.reader.text import word_text
from tests.documents.word_files import (
    MAIN,
    OFFICE,
    STRICT_MAIN,
    STRICT_OFFICE,
    archive,
    p,
    r,
    relations,
    word,
    word_parts,
)

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
BODY = p(r("第１条　甲は協力する。"))


def with_part(name: str, content: str | bytes) -> bytes:
    return archive({**word_parts(BODY), name: content})


def with_main(content: str | bytes) -> bytes:
    return with_part("word/document.xml", content)


def document(inner: str, head: str = "") -> str:
    return f'{head}<w:document xmlns:w="{MAIN}" xmlns:r="{OFFICE}"><w:body>{inner}</w:body></w:document>'


def locked() -> bytes:
    content = bytearray(word(BODY))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


ENTITIES = '<!DOCTYPE x [<!ENTITY a "はは"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
REFUSED = {
    "empty": (b"", "中身のない"),
    "old": (OLD + "WordDocument".encode("utf-16-le"), "古い形式のWord文書(.doc)"),
    "encrypted": (OLD + "EncryptedPackage".encode("utf-16-le"), "暗号化"),
    "pdf": (b"%PDF-1.7", "PDFです"),
    "rtf": (rb"{\rtf1 abc}", "リッチテキスト"),
    "html": (b"\r\n<html>", "HTML"),
    "text": ("協定書".encode(), "Wordの文書ではありません"),
    "odt": (archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), ".odt"),
    "xlsx": (archive({"xl/workbook.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "Excelのブック"),
    "any archive": (archive({"a.txt": "a"}), "Wordの文書ではありません"),
    "cut off": (word(BODY)[:-40], "壊れている"),
    "broken XML": (with_main("<w:document"), "壊れている"),
    "no body": (with_main(f'<w:document xmlns:w="{MAIN}"/>'), "壊れている"),
    "main part missing": (archive({k: v for k, v in word_parts(BODY).items() if "document.xml" not in k}), "壊れている"),
    "broken styles": (word(BODY, styles="<w:styles>"), "壊れている"),
    "entities": (with_main(document(p(r("あ")).replace("あ", "&b;"), ENTITIES)), "DTD"),
    "outside entity": (with_main(document(p(r("あ")).replace("あ", "&a;"), OUTSIDE)), "DTD"),
    "entities in UTF-16": (with_main(document(BODY, ENTITIES).encode("utf-16")), "DTD"),
    "too deep": (with_main(document("<w:sdt><w:sdtContent>" * 100 + "</w:sdtContent></w:sdt>" * 100)), "入れ子"),
    "many parts": (archive({**word_parts(BODY), **{f"x/{n}": "" for n in range(package.MOST_PARTS)}}), "大きすぎる"),
    "swells": (with_part("word/media/a.png", bytes(package.RATIO_COUNTS_FROM + 1)), "大きすぎる"),
    "locked": (locked(), "パスワード"),
    "another document inside": (with_main(document(BODY + '<w:altChunk r:id="r1"/>')), "差し込んだ部分"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_what_to_do(name):
    content, words = REFUSED[name]
    with pytest.raises(WordRefused) as refusal:
        word_text(content)
    assert words in str(refusal.value)
    assert str(refusal.value).endswith("ください。")


def test_a_part_that_swells_beyond_what_it_declares_is_refused():
    content = bytearray(with_main(document(p(r("あ" * 100_000)))))
    for place in (content.find(b"word/document.xml", at) for at in (0, len(content) - 600)):
        head = place - 30 if content[place - 30 : place - 26] == b"PK\x03\x04" else place - 46
        at = head + (22 if content[head + 2 : head + 4] == b"\x03\x04" else 24)
        content[at : at + 4] = (200).to_bytes(4, "little")
    with pytest.raises(WordRefused, match="壊れている"):
        word_text(bytes(content))


def test_a_file_of_the_strict_standard_reads_like_any_other():
    inner = document(BODY).replace(MAIN, STRICT_MAIN).replace(OFFICE, STRICT_OFFICE)
    start = relations(("m", "officeDocument", "word/document.xml")).replace(OFFICE, STRICT_OFFICE)
    told = word_text(archive({**word_parts(BODY), "word/document.xml": inner, "_rels/.rels": start}))
    assert [one.text for one in told.blocks] == ["第１条　甲は協力する。"]


def test_macros_and_an_outside_template_are_not_followed_and_told():
    settings_part = f'<w:settings xmlns:w="{MAIN}"/>'
    outside = relations(("t", "attachedTemplate", "http://192.0.2.1/a.dotm"), mode=' TargetMode="External"')
    parts = word_parts(BODY, {"settings": settings_part.replace(f' xmlns:w="{MAIN}"/>', "></w:settings>")})
    told = word_text(archive({**parts, "word/_rels/settings.xml.rels": outside, "word/vbaProject.bin": b"x"}))
    assert [one.text for one in told.blocks] == ["第１条　甲は協力する。"]
    assert [("マクロ" in one, "ひな形" in one) for one in told.told] == [(True, False), (False, True)]


def test_the_process_apart_refuses_in_words_and_what_is_too_large_is_not_even_parsed(monkeypatch):
    with pytest.raises(WordRefused, match="入れ子が深すぎる"):
        open_word(REFUSED["too deep"][0])
    monkeypatch.setattr(package, "MOST_TAGS", 10)
    with pytest.raises(WordRefused, match="大きすぎる"):
        word_text(word(BODY * 5))
    monkeypatch.setattr(opening, "LARGEST", 100)
    with pytest.raises(WordRefused, match="50MB"):
        open_word(word(BODY))


def test_a_process_that_was_ended_before_it_could_answer_is_a_refusal_too(monkeypatch):
    monkeypatch.setattr(opening, "BOUNDS", replace(opening.BOUNDS, patience=0))
    with pytest.raises(WordRefused, match="時間がかかりすぎる"):
        open_word(word(BODY))


def is_read_or_refused(content: bytes) -> bool:
    """Every other error, or a refusal that does not say what to do, is a fault of ours."""
    try:
        return word_text(content).properties is not None
    except WordRefused as refusal:
        return str(refusal).endswith("ください。")


@settings(max_examples=60)
@given(st.data())
def test_whatever_happens_to_a_file_on_its_way_it_is_read_or_refused(data):
    content = bytearray(
        word(BODY, comments="<w:comments></w:comments>", numbering="<w:numbering></w:numbering>")
    )
    for _change in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    assert is_read_or_refused(bytes(content))


@settings(max_examples=60)
@given(st.data())
def test_xml_that_follows_no_rule_is_read_or_refused(data):
    names = st.sampled_from(
        [
            "p",
            "r",
            "t",
            "ins",
            "del",
            "tbl",
            "tr",
            "tc",
            "sdt",
            "pPr",
            "rPr",
            "numPr",
            "ilvl",
            "fldChar",
            "sym",
            "ruby",
        ]
    )
    inner = st.recursive(
        st.text("あ1", max_size=2),
        lambda one: st.builds(
            lambda name, value, inside: (
                f'<w:{name} w:val="{value}" w:id="{value}">{"".join(inside)}</w:{name}>'
            ),
            names,
            st.sampled_from(["", "-1", "x", "999999999999", "²"]),
            st.lists(one, max_size=3),
        ),
        max_leaves=20,
    )
    assert is_read_or_refused(with_main(document(data.draw(inner))))
