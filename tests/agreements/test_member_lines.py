"""A list of partners is read as people write it: pasted or from a sheet, with headings or without."""

import pytest

from renkei.agreements.member_lines import MemberFacts, members_of_rows, members_of_text, text_of

NUMBER = "5000012010008"


@pytest.mark.parametrize(
    "line, read",
    [
        ("見本薬局", MemberFacts(1, "見本薬局")),
        ("見本薬局\tR6.6.1", MemberFacts(1, "見本薬局", "R6.6.1")),
        (f"見本薬局\t{NUMBER}\tR6.6.1", MemberFacts(1, "見本薬局", "R6.6.1", NUMBER)),
        (
            "見本薬局\t令和6年6月1日\t本町店\t店長",
            MemberFacts(1, "見本薬局", "令和6年6月1日", "", "本町店", "店長"),
        ),
        (f"見本薬局\t\t{NUMBER}\t\t店長", MemberFacts(1, "見本薬局", "", NUMBER, "", "店長")),
        ("見本薬局\t45444", MemberFacts(1, "見本薬局", "45444")),
        ("見本薬局\t令和6年13月1日", MemberFacts(1, "見本薬局", "令和6年13月1日")),
        ("見本薬局\t1.45E+12", MemberFacts(1, "見本薬局", "", "1.45E+12")),
        ("  見本薬局  ", MemberFacts(1, "見本薬局")),
        ("相手方支援ネット", MemberFacts(1, "相手方支援ネット")),
    ],
)
def test_a_line(line, read):
    assert members_of_text(line) == [read]


def test_headings_say_which_column_is_which_and_others_are_left_alone():
    rows = [
        ["No", "代表者", "店舗名称", "住所", "締結年月日", "法人番号"],
        ["1", "店長 見本太郎", "見本薬局", "本町1", "2024-06-01", NUMBER],
        ["", "", "", "", "", ""],
        ["2", "", "見本書店", "本町2", "", ""],
    ]
    assert members_of_rows(rows) == [
        MemberFacts(2, "見本薬局", "2024-06-01", NUMBER, "", "店長 見本太郎"),
        MemberFacts(4, "見本書店"),
    ]


def test_a_lone_heading_is_no_partner():
    assert members_of_text("名称\n見本薬局") == [MemberFacts(2, "見本薬局")]
    assert members_of_text("相手方の名称\n見本薬局") == [MemberFacts(2, "見本薬局")]


def test_a_list_written_back_is_read_the_same():
    read = members_of_rows(
        [["見本薬局", "R6.6.1", "", "本町 店", ""], ["見本書店", "", NUMBER, "", "店長"], ["店"]]
    )
    again = members_of_text(text_of(read))
    assert [one.cells for one in again] == [one.cells for one in read]


def test_an_empty_list_has_nobody():
    assert members_of_text(" \n\t\n") == []
