"""Fields are filled with text, and nothing else can stand in a template."""

import io

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from renkei.documents.filling import UnknownFields, fields_in, fields_in_word, fill, fill_word
from renkei.documents.template_refusals import LARGEST, TemplateRefused
from renkei.documents.word_template import template_of


def a_template(*paragraphs: str, rows: tuple[str, ...] = ()) -> bytes:
    """A Word file of these paragraphs, and a table of one column with these rows."""
    word = Document()
    for text in paragraphs:
        word.add_paragraph(text)
    if rows:
        table = word.add_table(len(rows), 1)
        for row, text in zip(table.rows, rows, strict=True):
            row.cells[0].text = text
    return saved(word)


def saved(word) -> bytes:
    kept = io.BytesIO()
    word.save(kept)
    return kept.getvalue()


def lines(content: bytes) -> list[str]:
    return [one.text for one in Document(io.BytesIO(content)).paragraphs]


def test_a_clause_is_filled_once_and_a_value_is_never_looked_at_for_fields():
    clause = "{{ 甲 }}と{{乙}}は、{{　甲　}}が定める。"
    assert fields_in(clause) == ["甲", "乙"]
    assert fill(clause, {"甲": "見本市", "乙": "{{ 甲 }}"}) == "見本市と{{ 甲 }}は、見本市が定める。"


def test_an_unknown_field_is_named_with_the_known_ones():
    for filled in (
        lambda: fill("{{ 名称 }}", {"件名": ""}),
        lambda: fill_word(a_template("{{ 名称 }}"), {"件名": ""}),
    ):
        with pytest.raises(UnknownFields, match=r"名称。使えるのは 件名 です"):
            filled()


def test_a_field_that_word_split_into_runs_is_filled_in_body_table_and_footer():
    word = Document()
    paragraph = word.add_paragraph("宛先 {")
    paragraph.add_run("{ 相手").bold = True
    paragraph.add_run("方の名称 }")
    paragraph.add_run("}　様")
    word.add_table(1, 1).rows[0].cells[0].text = "{{　件名　}}"
    word.sections[0].footer.paragraphs[0].text = "{{ 件名 }}"
    template = saved(word)
    assert fields_in_word(template) == ["相手方の名称", "件名"]
    made = Document(io.BytesIO(fill_word(template, {"相手方の名称": "見本商店", "件名": "見守り"})))
    assert made.paragraphs[0].text == "宛先 見本商店　様"
    assert [made.tables[0].cell(0, 0).text, made.sections[0].footer.paragraphs[0].text] == ["見守り"] * 2


def test_rows_repeat_for_a_list_and_parts_without_anything_to_say_are_left_out():
    template = a_template(
        "{%p if 備考 %}", "備考: {{ 備考 }}", "{%p endif %}", "以上",
        rows=("{%tr for 行 in 取組 %}", "{{ 行.名前 }}", "{%tr endfor %}"),
    )  # fmt: skip
    assert fields_in_word(template) == ["備考", "取組", "取組.名前"]
    made = fill_word(template, {"備考": "", "取組": [{"名前": "講座"}, {"名前": "訓練"}]})
    assert lines(made) == ["以上"]
    assert [row.cells[0].text for row in Document(io.BytesIO(made)).tables[0].rows] == ["講座", "訓練"]
    assert lines(fill_word(template, {"備考": "至急", "取組": []})) == ["備考: 至急", "以上"]
    with pytest.raises(UnknownFields, match=r"取組\.名前"):
        fill_word(template, {"備考": "", "取組": [{"題": "講座"}]})


@pytest.mark.parametrize(
    "value, seen",
    [
        pytest.param("<w:p>&amp;</w:t>", "<w:p>&amp;</w:t>", id="markup"),
        pytest.param("{{ 件名 }}{% if x %}", "{{ 件名 }}{% if x %}", id="a field"),
        pytest.param("=1+1", "=1+1", id="a formula"),
        pytest.param("一\r\n二\n三\u2028四\x0b五", "一\n二\n三\n四\n五", id="line ends"),
        pytest.param("左\t右", "左\t右", id="a tab"),
        pytest.param("鈴\x00の\x07音\x1b\ufffe", "鈴の音", id="control letters"),
        pytest.param("半\ud800分", "半\ufffd分", id="half a letter"),
        pytest.param("𠮷野家 葛󠄀城", "𠮷野家 葛󠄀城", id="letters beyond the first plane"),
    ],
)
def test_whatever_a_value_says_is_text(value, seen):
    assert lines(fill_word(a_template("{{ 値 }}"), {"値": value})) == [seen]


TEMPLATE = a_template("前{{ 値 }}後")


@given(st.text(alphabet=st.characters(), max_size=40))
@settings(max_examples=30, deadline=None)
def test_no_value_breaks_a_file(value):
    template = TEMPLATE
    (line,) = lines(fill_word(template, {"値": value}))
    assert line.startswith("前") and line.endswith("後")


@pytest.mark.parametrize(
    "written",
    [
        "{{ 件名|upper }}", "{{ 件名.upper() }}", "{{ 件名() }}", "{{ ''.__class__ }}", "{{ 1 + 1 }}", "{{ 件名 ~ 件名 }}",
        "{{ 一覧[0] }}", "{{ 件名 if 件名 else 一覧 }}", "{% set 甲 = 1 %}", "{% include 'x' %}", "{% extends 'x' %}",
        "{% macro 甲() %}{% endmacro %}", "{% import 'x' as y %}", "{% filter upper %}x{% endfilter %}",
        "{% for 行 in range(9) %}x{% endfor %}", "{% for 行 in 一覧 if 件名 %}x{% endfor %}",
        "{% for 行 in 一覧 recursive %}x{% endfor %}", "{% for 甲, 乙 in 一覧 %}x{% endfor %}",
        "{% if 件名 == 'x' %}x{% endif %}", "{% with %}x{% endwith %}", "{% call 件名() %}{% endcall %}",
    ],
)  # fmt: skip
def test_only_fields_rows_and_parts_can_stand_in_a_template(written):
    with pytest.raises(TemplateRefused, match="使えない書き方") as refusal:
        fields_in_word(a_template("見出し", written))
    assert written[:4] in str(refusal.value)
    assert "見出し" not in str(refusal.value)


@pytest.mark.parametrize(
    "written, why",
    [
        pytest.param("{{ 件名", "閉じていない", id="left open"),
        pytest.param("{% if 件名 %}x", "閉じていない", id="an if without its end"),
        pytest.param("{{ 件名 < 乙 }}", "閉じていない", id="a comparison"),
        pytest.param("｛｛ 件名 ｝｝", "全角", id="wide braces"),
        pytest.param("{{r 件名 }}", "差し込めない場所", id="a run of its own"),
        pytest.param("{% for 行 in 一覧 %}{{ 行 }}{% endfor %}", "一つずつ", id="a whole row"),
        pytest.param(
            "{% for 行 in 一覧 %}{% for 列 in 一覧 %}x{% endfor %}{% endfor %}", "もう一つの一覧", id="a list in a list"
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(written, why):
    with pytest.raises(TemplateRefused, match=why):
        fields_in_word(a_template(written))


def test_what_is_no_small_word_file_is_refused():
    for content, why in ((b"PK\x03\x04broken", "Word文書"), (b"x" * (LARGEST + 1), "大きすぎ")):
        with pytest.raises(TemplateRefused, match=why):
            template_of(content)


def test_a_list_without_end_makes_no_file_without_end():
    template = a_template(rows=("{%tr for 行 in 一覧 %}", "長" * 20_000, "{%tr endfor %}"))
    assert len(fill_word(template, {"一覧": [{}] * 3})) < LARGEST
    with pytest.raises(TemplateRefused, match="大きくなりすぎ"):
        fill_word(template, {"一覧": [{}] * 3000})


def test_the_same_facts_make_the_same_file():
    template = a_template("{{ 件名 }}")
    assert fill_word(template, {"件名": "見守り"}) == fill_word(template, {"件名": "見守り"})
