"""What the columns of a table mean, by their names and by what stands in them."""

import pytest

from tests.ledger.tables import agreements, day, meanings, names, outcomes, read

ROW = ["災害時における物資の供給に関する協定", "株式会社見本", "H17.8.31"]


@pytest.mark.parametrize(
    "header",
    [
        ["協定名", "相手方", "締結日"],
        ["協定の名称", "協定締結先", "締結年月日"],
        ["協 定 名 称", "締 結 先", "協 定 日"],
        ["件名", "協力団体名", "締結年月"],
        ["協定等の名称", "協定の相手方", "協定締結年月日"],
        ["協定書名", "締結事業者", "年月日"],
        ["名称", "締結相手", "締結"],
        ["協定・覚書名", "相手団体(五十音順)", "締結日(和暦)"],
    ],
    ids=lambda header: header[0],
)
def test_a_column_is_known_by_the_words_that_towns_use(header):
    assert meanings(read(header, ROW)) == ["title", "partners", "signed"]


def test_without_a_header_the_cells_tell():
    ledger = read(ROW, ["避難所の利用に関する協定", "北峰市", "平成20年4月1日"])
    assert meanings(ledger) == ["title", "partners", "signed"]
    assert [day(item) for item in agreements(ledger)] == ["2005-08-31", "2008-04-01"]


def test_kind_holds_the_titles_where_there_is_no_other_column_for_them():
    ledger = read(["種別", "協定先", "締結日"], ROW)
    assert meanings(ledger)[0] == "title"


def test_kind_is_a_category_where_the_titles_have_a_column():
    ledger = read(["種別", "協定名", "協定先"], ["医療", "救護に関する協定", "見本医師会"])
    assert meanings(ledger)[0] == "category"
    assert agreements(ledger)[0].facts["slugs"] == ["disaster.support"]


def test_every_column_says_how_sure_it_is_and_why():
    ledger = read(["協定名", "相手方", "締結日", "なぞの欄"], [*ROW, "あ"])
    assert [column["sureness"] > 80 for column in ledger.columns] == [True, True, True, False]
    assert all(column["reason"].endswith("。") for column in ledger.columns)
    assert ledger.columns[0]["samples"] == [ROW[0]]


def test_what_no_column_of_the_register_holds_stays_beside_the_record():
    item = agreements(read(["協定名", "相手方", "締結日", "なぞの欄"], [*ROW, "あ"]))[0]
    assert "なぞの欄: あ" in item.facts["remarks"]


def test_a_persons_mapping_goes_before_names_and_contents():
    ledger = read(["協定名", "相手方", "締結日"], ROW, mapping={"1": "ignored"})
    assert meanings(ledger) == ["title", "ignored", "signed"]
    assert outcomes(ledger) == ["heading", "waiting"]


def test_two_tables_of_one_header_have_one_shape_and_others_another():
    one = read(["協定名", "相手方", "締結日"], ROW)
    same = read(["一覧"], [], ["協定名", "相手方", "締 結 日"], ["別の協定", "見本市", ""])
    other = read(["協定名", "相手方", "協定日"], ROW)
    assert one.shape == same.shape != other.shape


def test_a_contact_is_kept_for_staff_and_is_no_note():
    header = ["協定名", "相手方", "担当窓口(電話番号)"]
    item = agreements(read(header, [ROW[0], "見本市", "総務課 000-000-0000"]))[0]
    assert item.facts["notes"] == ""
    assert "担当窓口(電話番号): 総務課 000-000-0000" in item.facts["remarks"]


def test_marks_in_columns_of_functions_give_the_field():
    header = ["協定名", "相手方", "職員派遣", "物資供給", "その他"]
    item = agreements(read(header, ["相互応援協定", "見本市", "○", "", "炊き出し"]))[0]
    assert item.facts["slugs"] == ["disaster.support"]
    assert "台帳の区分: 職員派遣" in item.facts["remarks"]
    assert "その他: 炊き出し" in item.facts["remarks"]


def test_two_columns_of_parties_are_first_and_second_party():
    header = ["協定名", "甲", "乙"]
    item = agreements(read(header, ["応急対策に関する協定", "見本市長 見本 太郎", "見本建設業協会"]))[0]
    assert [(party["name"], party["letter"]) for party in item.partners] == [
        ("見本市", "甲"),
        ("見本建設業協会", "乙"),
    ]


def test_partners_may_stand_in_several_columns():
    header = ["協定名", "相手方1", "相手方2", "相手方3"]
    item = agreements(read(header, ["連携に関する協定", "見本大学", "", "見本銀行"]))[0]
    assert names(item) == ["見本大学", "見本銀行"]


def test_the_first_signing_counts_and_the_latest_is_told():
    header = ["協定名", "相手方", "初度締結日", "最新締結日"]
    item = agreements(read(header, ["相互応援協定", "見本市", "H8.6.22", "H16.11.13"]))[0]
    assert day(item) == "1996-06-22"
    assert "最新締結日: H16.11.13" in item.facts["remarks"]


def test_department_and_division_are_read_together():
    header = ["部名", "課名", "協定名", "相手方"]
    ledger = read(header, ["総務部", "防災課", "甲協定", "見本市"], ["", "企画課", "乙協定", "見本町"])
    assert [item.facts["division"] for item in agreements(ledger)] == ["総務部 防災課", "総務部 企画課"]
