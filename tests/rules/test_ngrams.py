"""Folding, grams, queries and highlighting of the search."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renkei.rules.ngrams import (
    LONGEST_QUERY,
    MOST_WORDS,
    QueryRefused,
    _folded,
    folded_text,
    grams,
    highlight_spans,
    matches,
    parse_query,
)

LETTERS = '防災水ガｶﾞかがﾞﾟ゛\u3099㈱(株)株式会社髙高𠮷吉ＡａBé \u3000\n\t-－ー〜～"「」『』“”0１㌔\u200d\ufe00\U000e0100\0\ud800。、'
texts = st.text(alphabet=LETTERS, max_size=20) | st.text(max_size=20)


@pytest.mark.parametrize(
    "written, folded",
    [
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("カ\u3099イト\u3099", "ガイド"),
        ("ＡＢＣ１２", "abc12"),
        ("㈱見本", "株式会社見本"),
        ("(株) 見本", "株式会社見本"),
        ("髙﨑", "高崎"),
        ("葛\U000e0100飾", "葛飾"),
        ("𠮷田", "吉田"),
        ("レジ袋 削減", "レジ袋削減"),
        ("open  data", "open data"),
        ("ドローン", "ドローン"),
        ("ド\u200dロ\u00adーン", "ドローン"),
        ("3\u301c5", "3ー5"),
        ("a\0b", "ab"),
        ("a\ud800b", "ab"),
    ],
)
def test_a_text_is_folded(written, folded):
    assert folded_text(written) == folded


@given(texts)
def test_the_fast_folding_is_the_one_that_knows_the_places(text):
    assert folded_text(text) == "".join(letter for letter, _place in _folded(text))


@given(texts)
def test_a_folded_text_holds_nothing_that_a_database_refuses_and_no_line_break(text):
    folded = folded_text(text)
    folded.encode()
    assert not any(letter in "\0\n\r\x85\u2028" for letter in folded)


@given(texts, st.data())
def test_a_text_has_the_grams_of_each_of_its_parts(text, draw):
    folded = folded_text(text)
    start = draw.draw(st.integers(0, len(folded)))
    part = folded[start : draw.draw(st.integers(start, len(folded)))]
    assert grams(part) <= grams(folded)
    assert all(gram in folded for gram in grams(folded))


@pytest.mark.parametrize(
    "text, words, phrases, without",
    [
        ("防災　水", ("防災", "水"), (), ()),
        ("防災 防災", ("防災",), (), ()),
        ('"災害 時" 水', ("水",), ("災害時",), ()),
        ("「open data」", (), ("open data",), ()),
        ("防災 -訓練", ("防災",), (), ("訓練",)),
        ("防災 －「訓練 協定」", ("防災",), (), ("訓練協定",)),
        ("防災 - 訓練", ("防災", "ー", "訓練"), (), ()),
        ('"閉じない', ("閉じない",), (), ()),
        ("\0 \u200d", (), (), ()),
        ("", (), (), ()),
    ],
)
def test_a_query_is_read(text, words, phrases, without):
    query = parse_query(text)
    assert (query.words, query.phrases, query.without) == (words, phrases, without)


@pytest.mark.parametrize("text", ["あ" * (LONGEST_QUERY + 1), " ".join("あいうえおかきくけこさ")])
def test_a_query_that_is_too_long_is_refused_with_the_limit(text):
    with pytest.raises(QueryRefused, match=rf"{LONGEST_QUERY}|{MOST_WORDS}"):
        parse_query(text)


@given(st.text(alphabet=LETTERS, max_size=LONGEST_QUERY))
def test_any_query_is_read_or_refused(text):
    try:
        query = parse_query(text)
    except QueryRefused:
        return
    assert all(query.wanted + query.without)


@pytest.mark.parametrize(
    "original, query, marked",
    [
        ("災害時における物資", "災害", ["災害"]),
        ("防災ガイド", "ｶﾞｲﾄﾞ", ["ガイド"]),
        ("ｶﾞｲﾄﾞ", "ガイ", ["ｶﾞｲ"]),
        ("見本㈱と協定", "株式会社", ["㈱"]),
        ("見本㈱と協定", "会社と", ["㈱と"]),
        ("災害 時 の 水", "災害時", ["災害 時"]),
        ("水、水、水", "水", ["水", "水", "水"]),
        ("aaa", "aa", ["aaa"]),
        ("防災と水", "水 防災", ["防災", "水"]),
        ("葛\U000e0100飾区", "葛飾", ["葛\U000e0100飾"]),
        ("防災訓練", "防災 -訓練", ["防災"]),
        ("協定", "水", []),
    ],
)
def test_hits_are_marked_in_the_text_as_written(original, query, marked):
    spans = highlight_spans(original, parse_query(query))
    assert [original[start:end] for start, end in spans] == marked


@given(texts, texts)
def test_what_matches_is_marked_and_what_is_marked_matches(original, asked):
    try:
        query = parse_query(asked)
    except QueryRefused:
        return
    spans = highlight_spans(original, query)
    found = [word for word in query.wanted if word in folded_text(original)]
    assert bool(spans) is bool(found)
    assert all(0 <= start < end <= len(original) for start, end in spans)
    assert all(end < later for (_start, end), (later, _end) in itertools.pairwise(spans))


@given(texts, texts)
def test_a_text_is_found_by_what_it_says_however_composed(text, asked):
    query = parse_query(asked[:LONGEST_QUERY]) if len(asked.split()) <= MOST_WORDS else parse_query("")
    assert matches(folded_text(text), query) == matches(
        folded_text(unicodedata.normalize("NFC", text)), query
    )
