"""Where the title comes from when no column holds it, and when a row waits instead."""

import pytest

from tests.ledger.tables import agreements, names, outcomes, read

FIRMS = [["株式会社甲"], ["株式会社乙"]]


def test_the_description_stands_for_the_title_where_there_is_none():
    item = agreements(read(["協定団体", "主な協定内容"], ["株式会社見本", "応急物資の供給"]))[0]
    assert item.title == "応急物資の供給"
    assert "協定名の列がないため、「主な協定内容」の欄を協定名としました。" in item.facts["remarks"]


def test_the_category_stands_for_the_title_where_nothing_nearer_is_told():
    item = agreements(read(["区分", "締結先"], ["帰宅困難者への支援", "株式会社見本"]))[0]
    assert item.title == "帰宅困難者への支援"


def test_a_kind_of_partner_is_no_title():
    assert outcomes(read(["区分", "締結先"], ["民間企業", "株式会社見本"], ["大学", "見本大学"]))[1:] == [
        "waiting",
        "waiting",
    ]


def test_a_title_row_that_names_the_agreement_gives_it_to_all():
    ledger = read(["高齢者の見守りに関する協定 締結事業者一覧"], ["事業者名"], *FIRMS)
    assert [item.title for item in agreements(ledger)] == ["高齢者の見守りに関する協定"] * 2


@pytest.mark.parametrize("above", ["災害時応援協定締結先一覧", "見本市の協定一覧", "協力事業者名簿"])
def test_a_title_row_that_names_only_a_kind_gives_no_title(above):
    ledger = read([above], ["事業者名"], *FIRMS)
    assert outcomes(ledger)[2:] == ["waiting", "waiting"]
    assert all("協定名" in item.reason for item in ledger.items[2:])


def test_a_contents_list_takes_the_partner_from_the_title_where_it_is_certain():
    ledger = read(
        ["番号", "協定名", "頁"],
        ["1", "見本市と株式会社見本との物資の供給に関する協定", "3"],
        ["2", "消防相互応援協定", "5"],
    )
    assert outcomes(ledger) == ["heading", "agreement", "waiting"]
    assert names(ledger.items[1]) == ["見本市", "株式会社見本"]
    assert "相手方は協定名から読みました。" in ledger.items[1].facts["remarks"]


@pytest.mark.parametrize(
    ("header", "row", "says"),
    [
        (["区分", "構成自治体"], ["広域連合", "見本県、見本市"], "当事者"),
        (["協定参加自治体(1協定・19当事者)"], ["見本市"], "当事者"),
        (["物資名", "提供先自治体", "数量"], ["間仕切り", "見本町", "800"], "実績"),
    ],
)
def test_what_is_no_list_of_agreements_waits_and_says_what_it_is(header, row, says):
    ledger = read(header, row)
    assert outcomes(ledger)[-1] == "waiting"
    assert says in ledger.items[-1].reason


def test_a_row_with_a_number_of_its_own_and_no_title_waits():
    ledger = read(
        ["№", "協定名", "相手方"], ["1", "甲に関する協定", "見本市"], ["2", "乙に関する協定", "見本町"],
        ["3", "丙に関する協定", "見本村"], ["4", "", "見本区"],
    )  # fmt: skip
    assert outcomes(ledger)[-1] == "waiting"


def test_numbers_bullets_and_dots_are_no_part_of_a_title():
    ledger = read(["協定名", "相手方"], ["(3) 見守りに関する協定……", "見本市"])
    assert agreements(ledger)[0].title == "見守りに関する協定"


@pytest.mark.parametrize(
    "title", ["友好都市提携に関する協定", "姉妹都市の交流に関する協定書", "都市間交流協定"]
)
def test_friendship_between_towns_is_international_and_no_matter_of_the_town_itself(title):
    item = agreements(read(["協定名", "相手方"], [title, "見本市"]))[0]
    assert item.facts["slugs"] == ["international"]
