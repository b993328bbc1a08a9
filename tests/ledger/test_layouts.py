"""How tables lie on a sheet: titles above, headers over two rows, sections, merged cells, notes at the end."""

import datetime

from renkei.ledger.reading import ledger_of
from renkei.ledger.sheets import Book, Sheet
from tests.ledger.tables import agreements, day, names, outcomes, read

HEADER = ["№", "協定名", "相手方", "締結日"]
ONE = ["1", "物資の供給に関する協定", "株式会社見本", "H17.8.31"]
TWO = ["2", "避難所の利用に関する協定", "見本市", "H20.4.1"]


def test_rows_above_the_header_are_headings_and_notes():
    ledger = read(["見本市 協定一覧"], ["(令和3年8月現在)"], [], HEADER, ONE)
    assert outcomes(ledger) == ["heading", "note", "blank", "heading", "agreement"]
    assert ledger.snapshot_day == datetime.date(2021, 8, 31)


def test_a_header_over_two_rows_is_one_header():
    upper, lower = ["№", "協定", "", "締結日", ""], ["", "名称", "相手方", "初度", "最新"]
    ledger = read(upper, lower, ["1", "物資の供給に関する協定", "株式会社見本", "H17.8.31", "R1.5.1"])
    assert outcomes(ledger) == ["heading", "heading", "agreement"]
    assert [column["header"] for column in ledger.columns][3:] == ["締結日 初度", "締結日 最新"]
    assert day(agreements(ledger)[0]) == "2005-08-31"


def test_the_header_again_in_the_middle_is_a_heading():
    assert outcomes(read(HEADER, ONE, HEADER, TWO)) == ["heading", "agreement", "heading", "agreement"]


def test_a_second_table_with_another_header_has_columns_of_its_own():
    ledger = read(HEADER, ONE, [], ["相手方", "協定名", "担当課"], ["見本大学", "包括連携協定", "企画課"])
    assert [names(item) for item in agreements(ledger)] == [["株式会社見本"], ["見本大学"]]


def test_a_section_row_gives_the_field_of_the_rows_under_it():
    ledger = read(HEADER, ["(1)自治体間の相互応援"], ONE, ["【見守り】"], TWO)
    assert outcomes(ledger) == ["heading", "heading", "agreement", "heading", "agreement"]
    assert [item.facts["slugs"] for item in agreements(ledger)] == [
        ["disaster.support"],
        ["older_people.watch_over"],
    ]


def test_a_section_row_above_the_first_header_gives_the_field_too():
    first, second = ["（１）公害防止に関する協定"], ["（２）高齢者の見守り"]
    ledger = read(first, HEADER, ONE, second, HEADER, TWO)
    assert outcomes(ledger) == ["heading", "heading", "agreement"] * 2
    assert [item.facts["slugs"] for item in agreements(ledger)] == [
        ["environment.pollution"],
        ["older_people.watch_over"],
    ]


def test_a_section_row_above_another_header_belongs_to_the_table_under_it():
    ledger = read(
        HEADER,
        ONE,
        ["(2)高齢者の見守り"],
        ["相手方", "協定名", "担当課"],
        ["見本大学", "包括連携協定", "企画課"],
    )
    assert agreements(ledger)[1].facts["slugs"] == ["older_people.watch_over"]


def test_what_names_the_whole_list_is_no_section():
    assert (
        "older_people.watch_over" not in agreements(read(["■見守り協定一覧"], HEADER, ONE))[0].facts["slugs"]
    )


def test_a_section_that_ends_like_a_title_is_a_section_where_it_stands_among_numbers():
    ledger = read(HEADER, ["1.自治体間相互応援協定"], ONE, TWO)
    assert outcomes(ledger) == ["heading", "heading", "agreement", "agreement"]


def test_a_blank_category_goes_on_from_above():
    header = ["区分", "協定名", "相手方"]
    rows = [["環境", "甲協定", "見本市"], ["", "乙協定", "見本町"], ["", "丙協定", "見本村"]]
    found = [item.facts["slugs"] for item in agreements(read(header, *rows))]
    assert found == [["environment.pollution"]] * 3 or found == [["environment"]] * 3


def test_ditto_marks_say_what_stands_above():
    ledger = read(HEADER, ONE, ["2", "〃", "見本市", "同上"])
    assert agreements(ledger)[1].title == ONE[1]
    assert day(agreements(ledger)[1]) == "2005-08-31"


def test_a_blank_day_is_unknown_and_never_the_day_above():
    assert day(agreements(read(HEADER, ONE, ["2", "別の協定", "見本市", ""]))[1]) is None


def test_a_merged_title_belongs_to_each_of_its_rows():
    rows = [ONE, ["2", "", "見本市", "H20.4.1"], ["3", "", "見本町", "H21.4.1"]]
    ledger = read(HEADER, *rows, merged=(((1, 1), (3, 1)),))
    assert [(item.title, names(item)) for item in agreements(ledger)][1:] == [
        (ONE[1], ["見本市"]),
        (ONE[1], ["見本町"]),
    ]


def test_parties_that_run_down_are_one_agreement():
    ledger = read(HEADER, ONE, ["", "", "見本市", ""], ["", "", "見本町", ""], TWO)
    first = agreements(ledger)[0]
    assert first.rows == (2, 3, 4)
    assert names(first) == ["株式会社見本", "見本市", "見本町"]


def test_a_title_broken_over_rows_is_one_title():
    header = ["協定名", "締結日", "締結先"]
    rows = [
        ["災害時における", "", "見本市"],
        ["市長会構成市相互の", "H25.4.8", "見本町"],
        ["応援に関する覚書", "", "見本村"],
        ["", "", "見本県"],
        ["避難所の利用に関する協定", "H26.4.1", "見本大学"],
    ]
    first = agreements(read(header, *rows))[0]
    assert first.title == "災害時における市長会構成市相互の応援に関する覚書"
    assert (first.rows, len(first.partners), day(first)) == ((2, 3, 4, 5), 4, "2013-04-08")


def test_a_signing_of_further_members_is_an_agreement_of_the_same_title():
    ledger = read(HEADER, ONE, ["", "", "有限会社見本", "H17.9.22"])
    assert [(item.title, day(item)) for item in agreements(ledger)] == [
        (ONE[1], "2005-08-31"),
        (ONE[1], "2005-09-22"),
    ]


def test_totals_footnotes_and_whom_to_ask_are_notes():
    tail = [["合計", "", "2件", ""], [], ["※ 締結日は当初の日です。"], ["問い合わせ先 総務課"]]
    assert outcomes(read(HEADER, ONE, TWO, *tail))[3:] == ["note", "blank", "note", "note"]


def test_members_set_in_under_their_groups_are_read_and_the_groups_are_headings():
    rows = [["○コンビニ事業者(2社)", ""], ["", "?甲マート"], ["", "?乙マート"], ["合計2社", ""]]
    ledger = read(["協定を締結する事業者", ""], *rows)
    assert outcomes(ledger) == ["heading", "heading", "waiting", "waiting", "note"]
    assert names(ledger.items[2]) == ["甲マート"]


def test_an_explanation_on_a_sheet_of_its_own_is_notes():
    told = Sheet("説明", [["この台帳について"], ["年に一度、各課に確かめています。"]])
    table = Sheet("防災", [HEADER, ONE])
    ledger = ledger_of(Book([told, table], []))
    assert outcomes(ledger) == ["note", "note", "heading", "agreement"]


def test_a_sheet_for_each_field_gives_the_field():
    sheets = [Sheet("1.見守り", [HEADER, ONE]), Sheet("2.レジ袋", [HEADER, TWO])]
    found = [item.facts["slugs"] for item in agreements(ledger_of(Book(sheets, [])))]
    assert found == [["older_people.watch_over"], ["environment.bags"]]


def test_every_row_in_is_a_row_out():
    ledger = read(["題"], [], HEADER, ["(1)区分"], ONE, ["", "", "見本市", ""], [], ["※注"], HEADER, TWO)
    rows = sorted(row for item in ledger.items for row in item.rows)
    assert rows == list(range(1, 11))


def test_year_month_and_day_in_three_columns_are_one_day():
    header = ["協定名", "相手方", "年", "月", "日"]
    ledger = read(header, ["物資の供給に関する協定", "見本市", "平成17", "8", "31"])
    assert day(agreements(ledger)[0]) == "2005-08-31"


def test_a_day_behind_the_title_is_the_signing_day_where_no_column_tells_it():
    item = agreements(read(["協定名(締結日)", "相手方"], ["放送に関する協定(平成21年3月)", "見本放送"]))[0]
    assert (item.title, day(item)) == ("放送に関する協定", "2009-03")


def test_a_marked_row_right_above_the_header_is_the_section_of_its_table():
    ledger = read(["見本市の協定"], ["【見守り】"], HEADER, ONE)
    assert agreements(ledger)[0].facts["slugs"] == ["older_people.watch_over"]


def test_a_section_right_under_the_header_is_no_second_header():
    assert outcomes(read(HEADER[1:], ["1.物資", "", ""], ONE[1:])) == ["heading", "heading", "agreement"]


def test_a_contact_begins_the_block_of_an_agreement_above_its_title():
    header = ["協定名", "締結日", "締結先", "窓口(電話)"]
    rows = [
        ["ヘリコプター応援協定", "H8.6.25", "見本県", "消防署 0000-00-0000"],
        ["", "", "見本市", "防災課 0000-00-0000"],
        ["災害時における", "", "見本町", ""],
        ["応援に関する覚書", "H25.4.8", "見本村", ""],
    ]
    assert [item.rows for item in agreements(read(header, *rows))] == [(2,), (3, 4, 5)]
