"""Names of files that every machine takes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renkei.rules.file_names import LONGEST, apart, file_name


@pytest.mark.parametrize(
    "words, named",
    [
        ("001 株式会社〇〇 協定書", "001 株式会社〇〇 協定書.docx"),
        ('A/B\\C:D*E?F"G<H>I|J', "A／B＼C：D＊E？F”G＜H＞I｜J.docx"),
        ("見本商店...", "見本商店.docx"),
        ("  前後の空き　", "前後の空き　.docx"),
        ("CON", "_CON.docx"),
        ("nul.txt", "_nul.txt.docx"),
        ("COM1 見本", "COM1 見本.docx"),
        ("改\n行\tと\u202e制御", "改 行 と 制御.docx"),
        ("か\u3099す会社", "がす会社.docx"),
        ("...", "_.docx"),
    ],
)
def test_a_name_says_what_it_can(words, named):
    assert file_name(words, ".docx") == named


@given(st.lists(st.text(max_size=200), max_size=6))
def test_whatever_partners_are_called_windows_keeps_each_apart(words):
    names = apart(file_name(one, ".pdf") for one in words)
    assert len({name.lower() for name in names}) == len(words)
    for name in names:
        assert len(name) <= LONGEST and name.endswith(".pdf")
        assert not re.search(r'[\\/:*?"<>|\x00-\x1f]', name)
        assert not name.removesuffix(".pdf").endswith((".", " "))


def test_the_same_name_twice_is_numbered_and_case_does_not_tell_them_apart():
    long = "あ" * 200
    assert apart(["a.pdf", "A.pdf", "a.pdf"]) == ["a.pdf", "A(2).pdf", "a(3).pdf"]
    two = apart([file_name(long, ".pdf")] * 2)
    assert two[1].endswith("(2).pdf") and len(two[1]) == LONGEST
