"""Telephone numbers as people type them."""

import pytest

from renkei.rules.telephone import UnreadableTelephone, telephone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0166-26-1111", "0166-26-1111"),
        ("０１６６ー２６−１１１１", "0166-26-1111"),
        ("(0166) 26 1111", "0166-26-1111"),
        ("0166(26)1111", "0166-26-1111"),
        ("0166261111", "0166261111"),
        ("090‐0000‐0000", "090-0000-0000"),
        ("0166-26-1111 内線 123", "0166-26-1111 内線123"),
        ("０１６６－２６－１１１１（内線１２３）", "0166-26-1111 内線123"),
        ("+81 166 26 1111 ext. 5", "+81-166-26-1111 内線5"),
    ],
)
def test_is_kept_in_one_way(typed, kept):
    assert telephone(typed) == kept
    assert telephone(kept) == kept


@pytest.mark.parametrize(
    "typed", ["", "内線12", "26-1111", "0166-26-1111-2222-3333", "後で知らせます", "0166-26-111a"]
)
def test_what_is_none_is_answered_with_an_example(typed):
    with pytest.raises(UnreadableTelephone, match="例: 0166"):
        telephone(typed)
