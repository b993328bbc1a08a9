"""From the lines of a file to an agreement's text: every way of writing articles, and no letter lost."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renkei.documents.contents import AgreementText, Article, AttachedTable, SigningParty
from renkei.documents.recognising import ReadLine, Recognised, recognised
from renkei.documents.recognising_word import read_lines
from renkei.documents.word.reader.text import word_text
from renkei.documents.word.writing import agreement_word
from renkei.rules.partial_days import PartialDay
from tests.documents.word_files import end, gone, ins, p, r, word

PREAMBLE = "青葉市（以下「甲」という。）と株式会社みどり（以下「乙」という。）は、次のとおり協定を締結する。"
CLOSING = "この協定の締結を証するため、本書２通を作成し、甲乙記名押印の上、各自その１通を保有する。"
SIGNED = ["令和６年４月１日", "甲　青葉県青葉市本町１番１号", "青葉市", "青葉市長　山田　太郎　印",
          "乙　株式会社みどり", "代表取締役　鈴木　花子　㊞"]  # fmt: skip


def read(*lines: str) -> Recognised:
    return recognised([ReadLine(line) for line in lines])


def whole(*articles: str) -> Recognised:
    return read("青葉市と株式会社みどりとの協定書", PREAMBLE, *articles, CLOSING, *SIGNED)


WAYS = {
    "heading before": ("（目的）", "第１条　甲は協力する。", "（期間）", "第２条　一年とする。"),
    "half width": ("(目的)", "第1条 甲は協力する。", "(期間)", "第 2 条 一年とする。"),
    "kanji": ("（目的）", "第一条　甲は協力する。", "（期間）", "第二条　一年とする。"),
    "corner brackets": ("【目的】", "第１条　甲は協力する。", "【期間】", "第２条　一年とする。"),
    "behind the number": ("第１条（目的）　甲は協力する。", "第２条　（期間）", "一年とする。"),
    "under the number": ("第１条", "（目的）", "甲は協力する。", "第２条", "（期間）", "一年とする。"),
    "on the line of the number": ("第１条　目的", "甲は協力する。", "第２条　期間", "一年とする。"),
    "on the same line before it": ("（目的）第１条　甲は協力する。", "（期間）第２条　一年とする。"),
    "without the word": ("第１　目的", "甲は協力する。", "第２　期間", "一年とする。"),
    "only numbers": ("１．目的", "甲は協力する。", "２．期間", "一年とする。"),
    "number and blank": ("１　目的", "　甲は協力する。", "２　期間", "　一年とする。"),
    "nothing between": ("（目的）", "第１条甲は協力する。", "（期間）", "第２条一年とする。"),
    "tabs": ("（目的）", "\t第１条\t甲は協力する。", "\t（期間）", "第２条\t一年とする。"),
}


@pytest.mark.parametrize("way", WAYS)
def test_articles_are_known_in_every_way_of_writing_them(way):
    found = whole(*WAYS[way]).text
    assert [(one.key, one.heading, one.text) for one in found.articles] == [
        ("a1", "目的", "甲は協力する。"),
        ("a2", "期間", "一年とする。"),
    ]
    assert (found.preamble, found.closing) == (PREAMBLE, CLOSING)


def test_title_preamble_parties_and_day_are_read_with_their_places():
    found = read(
        "",
        "災害時における",
        "物資の供給に関する協定書",
        "（案）",
        "",
        PREAMBLE,
        "第１条　協力する。",
        "",
        CLOSING,
        *SIGNED,
    )
    assert found.text.title == "災害時における物資の供給に関する協定書（案）"
    assert found.text.parties == (
        SigningParty("甲", "青葉市", "青葉市長　山田　太郎", True, "青葉県青葉市本町１番１号"),
        SigningParty("乙", "株式会社みどり", "代表取締役　鈴木　花子"),
    )
    assert found.signed == PartialDay(2024, 4, 1)
    assert found.places == {":title": 1, ":preamble": 5, "a1": 6, ":closing": 8, ":signed": 9, ":parties": 10}
    assert [found.clause_of[place] for place in (0, 3, 4, 7, 9, 14)] == [
        ":title", ":title", ":title", "a1", ":signed", ":parties",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("令和　　年　　月　　日", None),
        ("令和６年　　月　　日", PartialDay(2024)),
        ("令和６年４月　　日", PartialDay(2024, 4)),
        ("平成三十年四月二十五日", PartialDay(2018, 4, 25)),
        ("締結日：２０２４年４月１日", PartialDay(2024, 4, 1)),
        ("令和元年○月○日", PartialDay(2019)),
    ],
)
def test_the_day_of_signing_is_read_as_far_as_it_is_filled_in(line, day):
    found = read("協定書", PREAMBLE, "第１条　協力する。", CLOSING, line, "甲　青葉市", "青葉市長")
    assert (found.signed, found.clause_of[4]) == (day, ":signed")


def test_mentions_of_articles_items_chapters_and_quoted_articles_begin_no_article():
    found = whole(
        "第１章　総則", "（目的）", "第１条　次に掲げる。", "（１）防災", "ア　備え", "２　前項の", "第１条の規定による。", "第１条及び第２条",
        "第２章　変更", "（変更）", "第２条　原協定第３条を次のように改める。", "「（期間）", "第３条　五年とする。」", "第２条の２　加えた条。",
        "（その他）",
    ).text  # fmt: skip
    assert found.preamble == f"{PREAMBLE}\n第１章　総則"
    assert [(one.heading, one.text) for one in found.articles] == [
        (
            "目的",
            "次に掲げる。\n（１）防災\nア　備え\n２　前項の\n第１条の規定による。\n第１条及び第２条\n第２章　変更",
        ),
        ("変更", "原協定第３条を次のように改める。\n「（期間）\n第３条　五年とする。」"),
        ("", "加えた条。\n（その他）"),
    ]


def test_automatic_numbers_count_like_typed_ones():
    lines = [ReadLine("協定書"), ReadLine(PREAMBLE), ReadLine("（目的）"), ReadLine("協力する。", "第１条"), ReadLine("防災", "(1)"),
             ReadLine("互いに知らせる。", "２"), ReadLine(CLOSING)]  # fmt: skip
    assert recognised(lines).text.articles == (
        Article("a1", "目的", "協力する。\n(1)防災\n２　互いに知らせる。"),
    )


@pytest.mark.parametrize(
    ("preamble", "lines", "parties"),
    [
        ("信州大学（以下「大学」という。）と上田市（以下「市」という。）は、",
         ["大学　信州大学", "学長　佐藤 一", "市　上田市", "上田市長　山田"],
         [("大学", "信州大学", "学長　佐藤 一", ""), ("市", "上田市", "上田市長　山田", "")]),
        ("芝山郵便局（以下「甲」という。）及び芝山町（以下「乙」という。）は、",
         ["甲\t千葉県芝山町小池１番地", "\t芝山郵便局長　鈴木\t印", "乙\t芝山町", "\t芝山町長　山田\t印"],
         [("甲", "芝山郵便局", "芝山郵便局長　鈴木", "千葉県芝山町小池１番地"), ("乙", "芝山町", "芝山町長　山田", "")]),
        ("災害に備え、青葉市（以下、「甲」という。）、若葉町（以下、「乙」という。）及び株式会社みどり（以下「丙」という。）は、",
         ["（甲）住所　青葉市本町1-1", "名称　青葉市", "代表者　青葉市長　山田", "（乙）　若葉町", "若葉町長　川田", "丙　株式会社みどり", "関東支店", "支店長　鈴木"],
         [("甲", "青葉市", "青葉市長　山田", "青葉市本町1-1"), ("乙", "若葉町", "若葉町長　川田", ""),
          ("丙", "株式会社みどり　関東支店", "支店長　鈴木", "")]),
        ("青葉市と株式会社みどりは、", ["青葉市本町１番地", "青葉市長　山田", "東京都港区芝２番地", "みどりビル３階", "株式会社みどり", "社長　鈴木"],
         [("", "青葉市長　山田", "", "青葉市本町１番地"), ("", "株式会社みどり", "社長　鈴木", "東京都港区芝２番地　みどりビル３階")]),
        ("青葉市（以下「甲」という。）と緑会（以下「乙」という。）は、",
         ["甲　青葉市\t乙　緑会", "青葉市長　山田\t会長　鈴木", "立会人　若葉県知事　川田"],
         [("甲", "青葉市", "青葉市長　山田", ""), ("乙", "緑会", "会長　鈴木", ""), ("立会人", "若葉県知事　川田", "", "")]),
        ("青葉市（以下「甲」という。）と緑会（以下「乙」という。）は、", [], [("甲", "青葉市", "", ""), ("乙", "緑会", "", "")]),
    ],
    ids=["names", "a table", "labels and three", "without letters", "side by side", "none sign"],
)  # fmt: skip
def test_parties_are_read_however_they_are_named_and_sign(preamble, lines, parties):
    found = read("協定書", preamble, "第１条　協力する。", CLOSING, "令和６年４月１日", *lines).text
    assert [(one.letter, one.name, one.signatory, one.address) for one in found.parties] == parties


def test_the_town_is_known_by_its_name_where_several_towns_sign():
    lines = ["協定書", "第１条　応援する。", "甲　若葉町", "乙　青葉市"]
    assert [
        one.is_town for one in recognised([ReadLine(one) for one in lines], town="青葉市").text.parties
    ] == [False, True]
    assert [one.is_town for one in read(*lines).text.parties] == [True, False]


def test_of_a_text_that_was_sent_closing_words_and_names_are_known_again():
    parties = (SigningParty("甲", "青葉市", "", True, "青葉市本町"), SigningParty("乙", "みどり"))
    sent = AgreementText("宣言", "前文", (Article("x", "", "協力する。"),), "以上のとおり合意した。", parties)
    lines = [line for _place, line in read_lines(word_text(agreement_word(sent, town="青葉市")))]
    assert without_keys(recognised(lines, sent=sent).text) == without_keys(sent)
    assert recognised(lines).text.closing == ""


def test_what_stands_behind_the_signatures_becomes_tables_and_supplementary_articles():
    lines = (
        "別表第１（第２条関係）",
        "品目\t数量",
        "水\t",
        "\t",
        "附　則",
        "締結の日から施行する。",
        "別記様式",
        "青葉市長　あて",
        "第１条　様式の文",
    )
    found = read("協定書", PREAMBLE, "第１条　別表のとおりとする。", CLOSING, *SIGNED, *lines)
    assert found.text.tables == (
        AttachedTable("t1", "別表第１（第２条関係）", (("品目", "数量"), ("水", ""), ("", ""))),
        AttachedTable("t2", "別記様式", (("青葉市長　あて",), ("第１条　様式の文",))),
    )
    assert found.text.articles[1:] == (Article("a2", "附則", "締結の日から施行する。"),)
    assert [found.clause_of[place] for place in (10, 11, 14, 18)] == ["t1", "t1", "a2", "t2"]


def test_lines_that_only_a_page_broke_are_joined_and_page_numbers_belong_to_no_clause():
    width = 30
    sentence = "第１条　甲は乙に対し、災害が発生したときは、物資の供給を求めることができる。ただし、乙が応じられないときは、この限りでない。"
    broken = [sentence[at : at + width] for at in range(0, len(sentence), width)]
    lines = [
        ("協定書", 1),
        *((one, 1) for one in broken),
        ("- 1 -", 1),
        ("（費用）", 2),
        ("第２条　費用は甲が負担する。", 2),
        ("2", 2),
    ]
    found = recognised([ReadLine(text, page=page) for text, page in lines])
    assert [(one.heading, one.text) for one in found.text.articles] == [
        ("", sentence.removeprefix("第１条　")),
        ("費用", "費用は甲が負担する。"),
    ]
    assert [place for place, key in found.clause_of.items() if key == ":page"] == [
        len(broken) + 1,
        len(lines) - 1,
    ]


PAGE = """災害時における物資供給に関する協定書
若葉県(以下「甲」という。 )と NPO 法人みどり(以下「乙」という。 ) は、災害時における物資の供給に関し、次のと
おり協定を締結する。
(趣旨)
第1条 この協定は、地震、風水害その他の災害が発生し、又は発生するおそれがある場合
(以下「災害時」という。 )において、甲が乙と協力して物資を供給することを定める。
ただし、乙が応じられないときは、この限りでない。
2 供給する物資は、次のとおりとする。
(1)飲料水
(2)前号のほか、乙が調達できるものであって、甲が災害対策のために必要と認め、要請を
行うもの
この協定の締結を証するため、本書2通を作成し、甲乙記名押印の上、各自その1通を
保有する。
平成20年 5月 1日
若葉県若葉市山王四丁目1番1号
甲 若葉県
若葉県知 事 山田 太郎
緑県緑市清水4501番地1
乙 NPO 法人みどり
理 事 長 川田 三郎"""


def test_the_text_layer_of_an_old_pdf_is_read_line_by_line():
    found = recognised([ReadLine(line, page=1) for line in PAGE.splitlines()])
    assert found.text.preamble.endswith("次のとおり協定を締結する。")
    assert found.text.articles[0].text.splitlines() == [
        "この協定は、地震、風水害その他の災害が発生し、又は発生するおそれがある場合(以下「災害時」という。 )において、甲が乙と協力して物資を供給することを定める。"
        "ただし、乙が応じられないときは、この限りでない。",
        "2 供給する物資は、次のとおりとする。",
        "(1)飲料水",
        "(2)前号のほか、乙が調達できるものであって、甲が災害対策のために必要と認め、要請を行うもの",
    ]
    assert found.text.closing.endswith("各自その1通を保有する。")
    assert [(one.address, one.name, one.signatory) for one in found.text.parties] == [
        ("若葉県若葉市山王四丁目1番1号", "若葉県", "若葉県知 事 山田 太郎"),
        ("緑県緑市清水4501番地1", "NPO 法人みどり", "理 事 長 川田 三郎"),
    ]
    assert found.signed == PartialDay(2008, 5, 1)


def test_tracked_changes_give_the_former_and_the_new_text():
    body = (
        p(r("協定書"))
        + p(r("（目的）"))
        + p(r("第１条　協力") + gone(r("する", "delText")) + ins(r("に努める")) + r("。"), end("ins"))
    )
    body += (
        p(ins(r("２　互いに知らせる。")))
        + p(gone(r("第２条　旧", "delText")), end("del"))
        + p(r("第２条　新。"))
    )
    told = word_text(word(body))
    new, former = (
        recognised([line for _place, line in read_lines(told, former=one)]).text for one in (False, True)
    )
    assert [one.text for one in new.articles] == ["協力に努める。\n２　互いに知らせる。", "新。"]
    assert [one.text for one in former.articles] == ["協力する。", "旧", "新。"]


WORDS = st.text("甲乙丙協力災害防止物資供給のをは、", min_size=1, max_size=12).filter(
    lambda text: text[0] not in "、のをは甲乙丙"
)
SENTENCES = st.builds("甲及び乙は、{}とする。".format, WORDS)
MORE_LINES = st.one_of(
    st.builds("（{}）{}".format, st.integers(1, 9), WORDS), st.builds("２　{}".format, SENTENCES)
)
ARTICLES = st.builds(
    lambda heading, first, more: Article("", heading, "\n".join([first, *more])),
    st.one_of(st.just(""), WORDS.filter(lambda text: len(text) > 1)), SENTENCES, st.lists(MORE_LINES, max_size=3),
)  # fmt: skip
CELLS = st.lists(st.tuples(WORDS, st.just(""), WORDS), min_size=1, max_size=3)
TEXTS = st.builds(
    lambda articles, signs, cells: AgreementText(
        "青葉市と株式会社みどりとの協定書", PREAMBLE, tuple(articles), CLOSING,
        (SigningParty("甲", "青葉市", "青葉市長　山田" if signs else "", True, "青葉県青葉市本町１番１号" if signs else ""),
         SigningParty("乙", "株式会社みどり", "代表取締役　鈴木")),
        tuple(AttachedTable("", f"別表第{place}", tuple(rows)) for place, rows in enumerate(cells, start=1)),
    ),
    st.lists(ARTICLES, min_size=1, max_size=12), st.booleans(), st.lists(CELLS, max_size=2),
)  # fmt: skip


def without_keys(text: AgreementText) -> AgreementText:
    articles = tuple(replace(one, key="") for one in text.articles)
    return replace(text, articles=articles, tables=tuple(replace(one, key="") for one in text.tables))


@settings(max_examples=40)
@given(TEXTS)
def test_a_text_that_was_written_as_word_is_read_back_to_the_letter(text):
    told = word_text(agreement_word(text, town="青葉市"))
    found = recognised([line for _place, line in read_lines(told)])
    assert without_keys(found.text) == text


LINES = st.lists(
    st.one_of(
        st.sampled_from([
            "第１条　うえ", "第2条（かき）　くけ", "第三条", "（さし）", "【すせ】", "１　そた", "１．ちつ", "第１　てと", "第１章　なに", "（１）ぬね",
            "ア　のは", "附　則", "附則　ひふ", "別表第１（へ）", "別記様式", "甲　ほま", "乙", "（丙）み\tむ", "立会人　め", "令和６年４月１日",
            "令和　　年　　月　　日", "この協定の締結を証するため、も", "やゆ協定書", "よら（以下「甲」という。）と、り", "るれ\tろ\t", "\t\t", "", "　わ　",
            "をん市長　がぎ　印", "ぐげ１番地", "「ござ", "じず」", "- 3 -", "ぜぞ。だぢ",
        ]),
        st.text("あいう甲第条１（）「」\t　。", max_size=8),
    ),
    max_size=25,
)  # fmt: skip
DROPPED = re.compile(r"[\s第条の0-9０-９一二三四五六七八九十百〇（）()【】．.、:：印㊞-]")


@given(LINES, st.booleans())
def test_no_letter_of_any_line_is_lost(lines, is_paged):
    found = recognised([ReadLine(line, page=1 if is_paged else None) for line in lines])
    text, said = found.text, Counter()
    written = {":title": text.title, ":preamble": text.preamble, ":closing": text.closing}
    written[":parties"] = "".join(one.letter + one.address + one.name + one.signatory for one in text.parties)
    written |= {one.key: one.heading + one.text for one in text.articles}
    written |= {one.key: one.title + "".join(map("".join, one.rows)) for one in text.tables}
    assert sorted(found.clause_of) == list(range(len(lines)))
    for place, key in found.clause_of.items():
        if key == ":signed":
            assert re.match(r"令和.*年.*月.*日$", lines[place]) or not lines[place].strip()
        elif key == ":page":
            assert re.match(r"[-\s　1１3]+$", lines[place])
        else:
            said.update((key, letter) for letter in DROPPED.sub("", lines[place]))
    assert not said - Counter((key, letter) for key, words in written.items() for letter in words)
