"""Differences of two texts: nothing is lost, whole words change, clauses move, another number is no change."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renkei.rules.redline import (
    Clause,
    Mark,
    applied,
    differences,
    new_text,
    old_text,
    runs,
    undone,
)

pytestmark = pytest.mark.once

LETTERS = st.text(alphabet="甲乙協定する市会社3か月前、。\nカABあ", max_size=60)
CLAUSES = st.lists(
    st.builds(Clause, key=st.sampled_from(["a", "b", "c", "d", ""]), heading=LETTERS, text=LETTERS),
    max_size=6,
)


def shown(old: str, new: str) -> str:
    signs = {Mark.SAME: "{}", Mark.REMOVED: "[-{}]", Mark.INSERTED: "[+{}]"}
    return "".join(signs[run.mark].format(run.text) for run in runs(old, new))


@given(LETTERS, LETTERS)
def test_the_runs_of_any_two_texts_give_both_back(old, new):
    told = runs(old, new)
    assert (old_text(told), new_text(told)) == (old, new)
    assert all(run.text for run in told)
    assert all(one.mark != other.mark for one, other in pairwise(told))


@settings(max_examples=80)
@given(CLAUSES, CLAUSES)
def test_the_differences_of_any_two_agreements_give_both_back(old, new):
    told = differences(old, new)
    assert undone(told) == tuple(old)
    assert applied(told) == tuple(new)


@settings(max_examples=40)
@given(CLAUSES)
def test_nothing_differs_from_itself(clauses):
    each_once = [Clause(f"k{place}", one.heading, one.text) for place, one in enumerate(clauses)]
    assert all(one.is_same for one in differences(each_once, each_once))


@pytest.mark.parametrize(
    "old, new, told",
    [
        (
            "事項\n（４）食育\n（５）災害対策",
            "事項\n（４）食育\n（５）減塩\n（５）災害対策",
            "事項\n（４）食育\n[+（５）減塩\n]（５）災害対策",
        ),
        ("（１）防災\n（１）福祉", "（１）福祉", "[-（１）防災\n]（１）福祉"),
        ("満了の3か月前までに", "満了の1か月前までに", "満了の[-3][+1]か月前までに"),
        ("甲及び乙は、協力する。", "甲、乙及び丙は、協力する。", "甲[+、乙]及び[-乙][+丙]は、協力する。"),
        ("費用は甲が負担する。", "費用は、各自が負担する。", "費用は[-甲][+、各自]が負担する。"),
        ("健康の増進", "健康の維持・増進", "健康の[+維持・]増進"),
        ("観光の振興", "スポーツの推進", "[-観光の振興][+スポーツの推進]"),
        ("", "新しい", "[+新しい]"),
        ("同じ", "同じ", "同じ"),
    ],
)
def test_a_reader_sees_what_changed_and_no_confetti(old, new, told):
    assert shown(old, new) == told


def agreement(*names: str) -> list[Clause]:
    return [Clause(name, name, f"{name}について、甲及び乙は誠実に行うものとする。") for name in names]


def test_an_article_put_between_changes_nothing_but_itself():
    told = differences(
        agreement("目的", "費用", "期間", "協議"), agreement("目的", "費用", "公表", "期間", "協議")
    )
    assert [one.new_key for one in told if not one.is_same] == ["公表"]
    assert next(one for one in told if one.new_key == "公表").is_inserted


def test_a_moved_article_is_one_that_moved_not_one_that_went_and_one_that_came():
    told = differences(agreement("目的", "費用", "期間", "協議"), agreement("目的", "期間", "協議", "費用"))
    assert [(one.new_key, one.is_moved, one.is_reworded) for one in told if not one.is_same] == [
        ("費用", True, False)
    ]


def test_a_removed_article_is_shown_where_it_stood():
    told = differences(agreement("目的", "費用", "期間"), agreement("目的", "期間"))
    assert [one.is_removed for one in told] == [False, True, False]


def test_an_article_under_another_key_is_known_by_its_words():
    old = [Clause("x", "費用の負担", "この協定に要する費用は、甲及び乙がそれぞれ負担する。")]
    new = [
        Clause("y", "秘密", "甲及び乙は、知り得た秘密を漏らしてはならない。"),
        Clause("z", "費用", "この協定に要する費用は、甲及び乙が各自負担する。"),
    ]
    told = differences(old, new)
    assert [(one.old_key, one.new_key) for one in told] == [("", "y"), ("x", "z")]
    assert told[1].is_reworded


@pytest.mark.parametrize("piece", ["あ", "あ1", "甲乙、", "\n"], ids=["one", "two", "three", "lines"])
def test_texts_made_of_one_piece_again_and_again_take_no_long_time(piece):
    old, new = piece * 4_000, piece * 3_000 + "終わり" + piece * 900
    told = runs(old, new)
    assert (old_text(told), new_text(told)) == (old, new)
