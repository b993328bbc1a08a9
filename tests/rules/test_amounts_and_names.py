"""Amounts as clerks write them, and what in a text may tell who somebody is."""

from decimal import Decimal

import pytest

from renkei.rules.personal_data import personal_data_in
from renkei.rules.written_amounts import UnreadableAmount, amount, grouped


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1200", "1200"),
        ("１，２００", "1200"),
        ("1,200人", "1200"),
        ("約 1,200 人", "1200"),
        ("延べ35人", "35"),
        ("1.5時間", "1.5"),
        ("3万5千円", "35000"),
        ("150千円", "150000"),
        ("8億400万円", "804000000"),
        ("¥5,000", "5000"),
        ("1、200", "1200"),
        ("０", "0"),
    ],
)
def test_an_amount_is_read_as_it_is_written(text, said):
    assert amount(text) == Decimal(said)


@pytest.mark.parametrize(
    "text", ["", "たくさん", "3回、120人", "10~20人", "-5", "1,20", "1.2.3", "99999999999999"]
)
def test_what_is_no_single_amount_is_refused(text):
    with pytest.raises(UnreadableAmount, match=r"読めません|大きすぎます"):
        amount(text)


def test_numbers_are_shown_with_commas_and_without_needless_zeros():
    assert [grouped(Decimal(one)) for one in ("1200.00", "1.50", "0", "100")] == ["1,200", "1.5", "0", "100"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("山田太郎さんが講師を務め、120人が受講した。", ["山田太郎さん"]),
        ("連絡先は0166-00-0000、ｔaro@example.jp です。", ["taro@example.jp", "0166-00-0000"]),
        ("携帯090１2345678へ", ["09012345678"]),
        ("6条通9丁目46番地で開いた。", ["9丁目46番地"]),
        ("利用者の皆さん、お子さん、お客様に配った。", []),
        ("令和5年7月1日から3回、5,000円。", []),
    ],
)
def test_names_and_numbers_of_persons_are_remarked(text, found):
    assert personal_data_in(text) == found
