"""What a Word file says: every letter that a person can read, with its tracked changes, numbers and comments."""

import io
from itertools import pairwise

import docx
from hypothesis import given
from hypothesis import strategies as st

from renkei.documents.word.opening import open_word
from renkei.documents.word.reader.number_words import number_words
from renkei.documents.word.reader.text import word_text
from renkei.documents.word.told import Piece, WordParagraph, WordTable, WordText
from renkei.rules.redline import Mark
from tests.documents.word_files import end, gone, ins, p, r, word

ON_BOTH, PUT_IN, TAKEN_OUT, UNDONE = (), ("ins",), ("del",), ("ins", "del")
FATES = st.sampled_from([ON_BOTH, ON_BOTH, PUT_IN, TAKEN_OUT, UNDONE])
PARAGRAPHS = st.lists(
    st.tuples(st.lists(st.tuples(st.text("甲乙 a<&", max_size=3), FATES), max_size=4), FATES), max_size=7
)


def told_run(text: str, fate: tuple[str, ...]) -> str:
    inner = r(text, "delText" if "del" in fate else "t")
    for tag in reversed(fate):
        inner = ins(inner, tag=tag)
    return inner


def side_of(model: list, hidden: str) -> str:
    """The letters of one side, with a line break for each end of a paragraph that is on it."""
    written = ""
    for runs, fate in model:
        letters = "".join(text for text, own in runs if hidden not in own)
        written += letters + ("" if hidden in fate else "\n")
    return written


def lines(told: WordText, side: str) -> str:
    other = Mark.REMOVED if side == "text" else Mark.INSERTED
    return "".join(getattr(one, side) + "\n" for one in told.blocks if one.mark != other)


@given(PARAGRAPHS)
def test_no_tracked_change_is_ever_lost_and_each_side_reads_as_its_own_text(model):
    model.append(([("終", ON_BOTH)], ON_BOTH))
    body = "".join(p("".join(told_run(*run) for run in runs), end(*fate)) for runs, fate in model)
    told = word_text(word(body))
    assert lines(told, "text") == side_of(model, "del")
    assert lines(told, "former") == side_of(model, "ins")
    for one in told.blocks:
        assert all(piece.author == "鈴木" for piece in one.pieces if piece.mark != Mark.SAME)
        assert all(a != b for a, b in pairwise(one.pieces))
        assert one.mark == Mark.SAME or all(piece.mark == one.mark for piece in one.pieces)


def test_a_paragraph_typed_behind_another_is_one_of_its_own_and_a_split_one_stays_whole():
    body = (
        p(r("甲は"), end("ins"))
        + p(ins(r("新しい")))
        + p(r("前"), end("ins"))
        + p(r("後"))
        + p(r("公表"), end("del"))
    )
    told = word_text(word(body + p(r("第８条")) + p(gone(r("旧", "delText")), end("del")) + p(r("結び"))))
    texts = [(one.text, one.former, one.mark) for one in told.blocks]
    assert texts == [
        ("甲は", "甲は", Mark.SAME),
        ("新しい", "", Mark.INSERTED),
        ("前\n後", "前後", Mark.SAME),
        ("公表第８条", "公表\n第８条", Mark.SAME),
        ("", "旧", Mark.REMOVED),
        ("結び", "結び", Mark.SAME),
    ]


def test_everything_that_a_person_reads_in_a_paragraph_comes_out():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>'
        + r("見えない")
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("第３条") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )  # fmt: skip
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{r('あおば')}</w:rt><w:rubyBase>{r('青葉')}</w:rubyBase></w:ruby></w:r>"
    inner = (
        f'<w:hyperlink r:id="x">{r("リンク")}</w:hyperlink><w:sdt><w:sdtPr/><w:sdtContent>{r("欄")}</w:sdtContent></w:sdt>'
        f"<w:smartTag>{r('札')}</w:smartTag><w:fldSimple w:instr='DATE'>{r('日')}</w:fldSimple>{field}{ruby}"
        '<w:r><w:tab/><w:t> 前後 </w:t><w:br/><w:noBreakHyphen/><w:softHyphen/><w:br w:type="page"/>'
        '<w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'
        f"<w:ins w:author='a'><w:hyperlink>{r('中')}</w:hyperlink></w:ins><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
        f"<mc:AlternateContent><mc:Choice>{r('新')}</mc:Choice><mc:Fallback>{r('旧')}</mc:Fallback></mc:AlternateContent>"
    )
    (only,) = word_text(word(p(inner))).blocks
    assert only.text == "リンク欄札日第３条青葉\t前後\n-□中x新"


def test_a_bullet_of_a_picture_font_is_the_letter_that_looks_like_it():
    numbering = (
        '<w:numbering><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
        '<w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    (only,) = word_text(word(p(r("物資の供給"), listed), numbering=numbering)).blocks
    assert (only.number, only.text) == ("・", "物資の供給")


def test_what_was_moved_is_taken_out_there_and_put_in_here_and_a_new_look_is_no_change():
    look = '<w:r><w:rPr><w:b/><w:rPrChange w:id="9" w:author="a"><w:rPr/></w:rPrChange></w:rPr><w:t>太く</w:t></w:r>'
    body = (
        p(ins(r("第５条"), tag="moveFrom"), end("moveFrom"))
        + p(look)
        + p(ins(r("第５条"), tag="moveTo"), end("moveTo"))
    )
    told = word_text(word(body + p("")))
    assert [(one.text, one.former, one.mark) for one in told.blocks[:3]] == [
        ("", "第５条", Mark.REMOVED),
        ("太く", "太く", Mark.SAME),
        ("第５条", "", Mark.INSERTED),
    ]
    assert told.blocks[1].pieces == (Piece("太く"),)


def test_tables_are_read_with_their_wide_cells_inner_tables_and_tracked_rows():
    def row(*cells: str, properties: str = "") -> str:
        return f"<w:tr>{properties}{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    inner = f"<w:tbl>{row(p(r('い')), p(r('ろ')))}</w:tbl>{p('')}"
    table = (
        row(f'<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p(r("広い"))}', p(r("一") + gone(r("二", "delText"))))
        + row(p(r("あ")) + p(r("い")), inner, p(""))
        + row(p(gone(r("旧", "delText"))), properties='<w:trPr><w:del w:id="1" w:author="a"/></w:trPr>')
        + row(p(ins(r("新"))), properties='<w:trPr><w:ins w:id="1" w:author="a"/></w:trPr>')
    )
    (told, _last) = word_text(word(f"<w:tbl>{table}</w:tbl>{p('')}")).blocks
    assert told == WordTable((("広い", "", "一"), ("あ\nい", "い\tろ", ""), ("新",)))


NUMBERING = """<w:numbering>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimalFullWidth"/><w:lvlText w:val="第%1条"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="2"/><w:numFmt w:val="decimalFullWidth"/><w:lvlText w:val="%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="aiueoFullWidth"/><w:lvlText w:val="%4"/></w:lvl>
<w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%5"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/>
<w:lvlOverride w:ilvl="2"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""
STYLES = """<w:styles>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Article"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Article"/></w:style>
</w:styles>"""


def numbered(level: int, number: int = 1, more: str = "") -> str:
    inner = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(r("文") if "del" not in more else gone(r("文", "delText")), inner + more)


def numbers(body: str) -> list[str]:
    return [one.number for one in word_text(word(body, numbering=NUMBERING, styles=STYLES)).blocks]


def test_automatic_numbers_are_counted_as_word_counts_them():
    styled, off = (
        p(r("文"), '<w:pStyle w:val="Child"/>'),
        p(r("文"), '<w:numPr><w:numId w:val="0"/></w:numPr>'),
    )
    body = styled + numbered(2) + numbered(2) + numbered(3) + numbered(1) + p(r("文")) + styled + off
    assert numbers(body) == ["第１条", "(1)", "(2)", "ア", "２", "", "第２条", ""]
    assert numbers(numbered(0) + numbered(2) + numbered(2, 2) + numbered(2) + numbered(4)) == [
        "第１条", "(1)", "(5)", "(6)", "1.1",
    ]  # fmt: skip


def test_a_removed_article_keeps_its_former_number_and_those_behind_it_move_up():
    body = (
        numbered(0)
        + numbered(0, more=end("del"))
        + numbered(0)
        + numbered(0, more=end("ins"))
        + p(ins(r("新")))
    )
    assert numbers(body) == ["第１条", "第２条", "第２条", "第３条", ""]


def test_numbers_are_written_in_the_ways_of_this_country():
    kinds = (
        "decimalFullWidth",
        "japaneseCounting",
        "japaneseLegal",
        "aiueo",
        "irohaFullWidth",
        "decimalEnclosedCircle",
    )
    assert [number_words(12, kind) for kind in kinds] == ["１２", "十二", "壱拾弐", "ｼ", "ヲ", "⑫"]
    others = (
        "upperRoman",
        "lowerLetter",
        "decimalEnclosedParen",
        "decimalZero",
        "ideographDigital",
        "somethingElse",
    )
    assert [number_words(4, kind) for kind in others] == ["IV", "d", "⑷", "04", "四", "4"]
    assert [number_words(number, "japaneseCounting") for number in (10, 110, 20_003)] == [
        "十",
        "百十",
        "二万三",
    ]


def comment(number: int, paragraph_id: str, text: str, author: str = "鈴木") -> str:
    return (
        f'<w:comment w:id="{number}" w:author="{author}" w:date="2024-06-01T09:00:00Z">'
        f'<w:p w14:paraId="{paragraph_id}">{r(text)}</w:p></w:comment>'
    )


def about(number: int, inner: str) -> str:
    start, stop = (f'<w:commentRange{edge} w:id="{number}"/>' for edge in ("Start", "End"))
    return f'{start}{inner}{stop}<w:r><w:commentReference w:id="{number}"/></w:r>'


def test_comments_come_with_author_words_and_what_they_answer():
    extended = '<w15:commentsEx><w15:commentEx w15:paraId="0B" w15:paraIdParent="0A"/></w15:commentsEx>'
    comments = (
        f"<w:comments>{comment(3, '0A', '長すぎます')}{comment(7, '0B', 'では三年で', '青葉市')}</w:comments>"
    )
    body = p(r("期間は") + about(3, about(7, r("五年") + gone(r("間", "delText")))) + r("とする。")) + p(
        r("結び")
    )
    told = word_text(word(body, comments=comments, commentsExtended=extended))
    assert [(one.author, one.text, one.quoted, one.answers) for one in told.remarks] == [
        ("鈴木", "長すぎます", "五年", None),
        ("青葉市", "では三年で", "五年", 0),
    ]
    assert [one.remarks for one in told.blocks] == [(0, 1), ()]


def test_an_answer_on_the_very_same_words_is_one_also_where_the_file_does_not_say_so():
    comments = "".join(
        comment(number, str(number), text) for number, text in enumerate(("なぜ", "こうだから", "ここは"))
    )
    body = p(about(0, about(1, r("五年"))) + about(2, r("とする")))
    told = word_text(word(body, comments=f"<w:comments>{comments}</w:comments>"))
    assert [(one.text, one.answers) for one in told.remarks] == [
        ("なぜ", None),
        ("こうだから", 0),
        ("ここは", None),
    ]


def test_a_comment_in_a_table_is_kept_with_the_table():
    table = (
        f"<w:tbl><w:tr><w:tc>{p(r('品目'))}</w:tc><w:tc>{p(about(0, r('百本')))}</w:tc></w:tr></w:tbl>{p('')}"
    )
    told = word_text(word(table, comments=f"<w:comments>{comment(0, '1', '足りるか')}</w:comments>"))
    assert (told.blocks[0], told.remarks[0].quoted) == (WordTable((("品目", "百本"),), (0,)), "百本")
    assert WordText.read(told.as_told()) == told


def test_a_comment_over_two_paragraphs_and_one_without_words_or_date_are_read():
    start, stop = '<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/>'
    place = '<w:r><w:commentReference w:id="1"/></w:r>'
    comments = comment(0, "1", "広い") + comment(1, "2", "ここ").replace("2024-06-01", "0000-00-00")
    body = start + p(r("あ")) + p(r("い") + stop + r("う") + place)
    told = word_text(word(body, comments=f"<w:comments>{comments}</w:comments>"))
    assert [(one.quoted, one.at) for one in told.remarks] == [("あ\nい", "2024-06-01T09:00:00Z"), ("", "")]
    assert [one.remarks for one in told.blocks] == [(0,), (1,)]


def test_what_is_not_read_is_told():
    box = f"<w:drawing><w:txbxContent>{p(r('枠の中'))}</w:txbxContent></w:drawing>"
    body = p(f"<w:r>{box}<w:drawing/><w:object/></w:r><w:r><w:footnoteReference w:id='2'/></w:r>")
    body += p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隠し</w:t></w:r>" + told_run("消", UNDONE))
    notes = f'<w:footnotes><w:footnote w:id="2">{p(r("注の文"))}</w:footnote></w:footnotes>'
    margin = '<w:sectPr><w:headerReference r:id="r1"/></w:sectPr>'
    told = word_text(word(body + margin, footnotes=notes, header=f"<w:hdr>{p(r('案 第３稿'))}</w:hdr>"))
    for words in (
        "枠の中",
        "画像が1個",
        "埋め込まれた別のファイルが1個",
        "注の文",
        "隠し文字が1か所",
        "入れてから消された",
        "第３稿",
    ):
        assert any(words in sentence for sentence in told.told), words
    assert [one.text for one in told.blocks] == ["", "隠し"]


def test_a_file_of_a_library_comes_through_the_process_apart_with_comment_table_and_properties():
    document = docx.Document()
    run = document.add_paragraph("第１条　甲は、").add_run("協力する。")
    document.add_comment(run, "なぜ", author="鈴木")
    document.add_table(1, 2).cell(0, 1).text = "品目"
    written = io.BytesIO()
    document.save(written)
    told = open_word(written.getvalue())
    assert told.blocks == (
        WordParagraph((Piece("第１条　甲は、協力する。"),), remarks=(0,)),
        WordTable((("", "品目"),)),
    )
    assert (told.remarks[0].quoted, told.remarks[0].text) == ("協力する。", "なぜ")
