"""Whatever stands in a sheet, every row in is a row out, once, and every waiting row says why."""

from hypothesis import given
from hypothesis import strategies as st

from renkei.ledger.items import Item
from renkei.ledger.reading import ledger_of, report
from renkei.ledger.sheets import Book, Sheet

WORDS = (
    "協定名 相手方 締結日 区分 № 担当課 備考 甲 乙 年 月 日 株式会社見本 見本市 見本市長 見本大学・見本銀行 物資の供給に関する協定 災害時における "
    "H17.8.31 平成20年4月 2016-09 12 ○ - 〃 同上 ※注 合計3件 【物資】 (1)自治体 令和3年8月1日現在 1年(自動更新) 防災課 ・見本店 ?見本 "
    "見本市と見本町との協定 覚書(見本協会) 問い合わせ先 "
).split(" ")
CELLS = st.one_of(st.sampled_from(WORDS), st.just(""), st.text(max_size=8))
ROWS = st.lists(st.lists(CELLS, max_size=6), min_size=1, max_size=14)
RANGES = st.lists(
    st.tuples(
        st.tuples(st.integers(0, 8), st.integers(0, 3)), st.tuples(st.integers(0, 12), st.integers(0, 6))
    ),
    max_size=3,
)


def rows_of(items: list[Item]) -> list[int]:
    return sorted(row for item in items for row in item.rows)


@given(ROWS, RANGES)
def test_every_row_in_is_a_row_out(rows, merged):
    ledger = ledger_of(Book([Sheet("", rows, merged)], []))
    assert rows_of(ledger.items) == list(range(1, len(rows) + 1))
    assert report(ledger)["rows"] == len(rows)


@given(ROWS)
def test_an_agreement_has_title_and_partner_and_a_waiting_row_says_what_it_lacks(rows):
    for item in ledger_of(Book([Sheet("", rows)], [])).items:
        if item.outcome == "agreement":
            assert item.title
            assert all(partner["name"] for partner in item.partners)
            assert item.partners
        assert bool(item.reason) == (item.outcome == "waiting")


@given(ROWS)
def test_no_filled_cell_is_lost(rows):
    told = [cell for item in ledger_of(Book([Sheet("", rows)], [])).items for cell in item.cells]
    written = [cell for row in rows for cell in row if cell.strip()]
    assert sorted(cell for cell in told if cell.strip()) == sorted(written)


@given(
    ROWS,
    st.dictionaries(st.integers(0, 8).map(str), st.sampled_from(["title", "partners", "signed", "ignored"])),
)
def test_any_mapping_by_hand_can_be_read(rows, mapping):
    ledger = ledger_of(Book([Sheet("", rows)], []), mapping=mapping)
    assert rows_of(ledger.items) == list(range(1, len(rows) + 1))
