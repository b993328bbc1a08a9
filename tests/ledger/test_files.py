"""Every kind of file that an office keeps its ledger in comes out as the same rows of text."""

import datetime
import re
from pathlib import Path

import pytest

from renkei.ledger.sheets import Book, LedgerRefused, read_sheets
from tests.ledger.dressed_files import DayCell, Grid, ods, text, xls, xlsx
from tests.ledger.workbook_bytes import a_ledger, a_workbook, exchanged

pytestmark = pytest.mark.once

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [
    ["協定名", "相手方", "締結日"],
    ["災害時の水の供給に関する協定", "見本飲料株式会社", "平成28年9月20日"],
    ["見守り協定", "見本新聞店", ""],
]
GRID = Grid("一覧", [list(row) for row in ROWS])
TRIMMED = [[*ROWS[0]], [*ROWS[1]], ROWS[2][:2]]


def rows_of(content: bytes, name: str = "ledger.csv") -> list[list[str]]:
    return read_sheets(content, name).sheets[0].rows


def said_about(book: Book) -> str:
    return " ".join([*book.remarks, *(remark for sheet in book.sheets for remark in sheet.remarks)])


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "cp932",
        "euc-jp",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "iso2022_jp",
        "shift_jis_2004",
    ],
)
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_text_table_is_read_in_its_own_encoding(encoding, separator):
    assert rows_of(text(GRID, encoding=encoding, separator=separator)) == TRIMMED


@pytest.mark.parametrize("make", [xlsx, xls, ods])
def test_a_workbook_is_read_by_its_content(make):
    assert rows_of(make([GRID]), f"ledger.{make.__name__}") == TRIMMED


def test_a_short_text_in_shift_jis_is_not_taken_for_another_language():
    assert rows_of("協定,相手\n防災,㈱水\n".encode("cp932")) == [["協定", "相手"], ["防災", "㈱水"]]


def test_line_breaks_in_quoted_cells_and_every_kind_of_line_end_are_kept():
    assert rows_of('協定名,相手方\r\n"水の\r\n供給",甲社\r\n'.encode()) == [
        ["協定名", "相手方"],
        ["水の\r\n供給", "甲社"],
    ]
    assert rows_of("協定名,相手方\r水,甲社\r".encode()) == [["協定名", "相手方"], ["水", "甲社"]]


def test_a_quotation_mark_that_is_never_closed_swallows_nothing():
    lines = ["協定名,相手方", '"水の供給,甲社', *[f"協定{number},相手{number}" for number in range(3000)]]
    assert len(rows_of("\n".join(lines).encode())) == 3002


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc-jp"])
def test_a_broken_letter_costs_that_letter_only_and_is_told(encoding):
    content = "協定名,相手方\n水の供給に関する協定,見本飲料株式会社\n".encode(encoding)
    book = read_sheets(
        content.replace("見本".encode(encoding), b"\xff\xff\xff\xff", 1) + "終り,末社\n".encode(encoding),
        "a.csv",
    )
    assert book.sheets[0].rows[0] == ["協定名", "相手方"]
    assert book.sheets[0].rows[2] == ["終り", "末社"]
    assert "読めない文字や外字が" in said_about(book)


def test_a_text_cut_in_the_middle_of_a_letter_is_read_up_to_there():
    assert rows_of("協定名,相手方\n水の協定,甲社".encode()[:-1])[1] == ["水の協定", "甲"]


DAY = datetime.date(2016, 9, 20)
FORMATS = [
    ("yyyy/m/d", "2016-09-20"),
    ("[$-411]ge.m.d;@", "2016-09-20"),
    ('[$-411]ggge"年"m"月"d"日";@', "2016-09-20"),
    ('yyyy"年"m"月"', "2016-09"),
    ('[$-411]ggge"年"m"月"', "2016-09"),
    ("yyyy/mm", "2016-09"),
    ('[$-411]ggge"年"', "2016"),
    ("yyyy", "2016"),
    (57, "2016-09-20"),
    (55, "2016-09"),
    (17, "2016-09"),
]  # fmt: skip


@pytest.mark.parametrize(("shown", "read"), FORMATS, ids=[str(shown) for shown, _read in FORMATS])
def test_a_true_date_is_as_exact_as_its_format_shows_it(shown, read):
    content = a_workbook(
        lambda book, sheet: sheet.write_datetime(0, 0, DAY, book.add_format({"num_format": shown}))
    )
    assert rows_of(content, "a.xlsx") == [[read]]


@pytest.mark.parametrize("make", [xls, ods])
def test_a_month_in_the_other_workbooks_stays_a_month(make):
    made = make([Grid("一覧", [[DayCell(DAY), DayCell(DAY, shows_day=False)]])])
    assert rows_of(made, "a") == [["2016-09-20", "2016-09"]]


def test_numbers_are_written_as_they_are_meant():
    content = a_workbook(lambda _book, sheet: sheet.write_row(0, 0, [1, 1234567890123, 0.5, True, "012041"]))
    assert rows_of(content, "a.xlsx") == [["1", "1234567890123", "0.5", "TRUE", "012041"]]


def test_a_formula_gives_its_stored_result_and_says_so():
    content = a_workbook(lambda _book, sheet: sheet.write_formula(0, 0, '="水の"&"協定"', value="水の協定"))
    book = read_sheets(content, "a.xlsx")
    assert book.sheets[0].rows == [["水の協定"]]
    assert "保存されている計算結果" in said_about(book)


def test_a_formula_without_result_is_blank_and_named_with_its_place():
    content = a_workbook(lambda _book, sheet: sheet.write_formula(1, 2, "=A9", value="9"))
    book = read_sheets(exchanged(content, {SHEET: lambda part: part.replace(b"<v>9</v>", b"")}), "a.xlsx")
    assert book.sheets[0].rows == []
    assert "C2" in said_about(book)


def test_a_cell_in_error_is_blank_and_named_with_its_place():
    book = read_sheets(
        a_workbook(lambda _book, sheet: sheet.write_formula(3, 1, "=NA()", value="#N/A")), "a.xlsx"
    )
    assert "計算がエラー" in said_about(book)
    assert "B4" in said_about(book)


def test_hidden_rows_columns_and_sheets_are_read_and_told():
    def write(book, sheet):
        sheet.write_column(0, 0, ["協定名", "水の協定", "塩の協定"])
        sheet.write(0, 1, "相手方")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})
        other = book.add_worksheet("古い協定")
        other.write(0, 0, "協定名")
        other.hide()

    book = read_sheets(a_workbook(write), "a.xlsx")
    assert book.sheets[0].rows[2] == ["塩の協定"]
    assert book.sheets[0].hidden_rows == [2]
    assert [sheet.name for sheet in book.sheets] == ["一覧", "古い協定"]
    for sentence in ("隠れている行が1行", "隠れている列", "表示されていないシート"):
        assert sentence in said_about(book)


@pytest.mark.parametrize("make", [xlsx, xls, ods])
def test_merged_cells_are_told_as_ranges(make):
    grid = Grid("一覧", [["物資", "水の協定"], ["", "塩の協定"], ["", "米の協定"]], [(0, 0, 2, 0)])
    assert read_sheets(make([grid]), "a").sheets[0].merged == [((0, 0), (2, 0))]


def test_a_macro_workbook_is_read_and_its_macro_named():
    content = exchanged(a_ledger(), {"xl/vbaProject.bin": lambda _part: b"\x00macro"})
    assert "マクロは実行せず" in said_about(read_sheets(content, "a.xlsm"))


def test_a_workbook_in_the_strict_form_is_read():
    def strict(part: bytes) -> bytes:
        for old, new in (
            (
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
            (
                b"http://schemas.openxmlformats.org/officeDocument/2006/",
                b"http://purl.oclc.org/ooxml/officeDocument/",
            ),
        ):
            part = part.replace(old, new)
        return part

    names = (SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml")
    assert rows_of(exchanged(a_ledger(), dict.fromkeys(names, strict)), "a.xlsx") == [["協定名", "相手方"]]


def test_a_workbook_whose_tags_carry_a_prefix_keeps_its_months():
    def prefixed(part: bytes) -> bytes:
        tagged = re.sub(rb"<(/?)([A-Za-z])", rb"<\1x:\2", part)
        return tagged.replace(
            b'xmlns="http://schemas.openxmlformats.org/spreadsheetml',
            b'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml',
        )

    content = a_workbook(
        lambda book, sheet: sheet.write_datetime(0, 0, DAY, book.add_format({"num_format": "yyyy/mm"}))
    )
    names = (SHEET, "xl/workbook.xml", "xl/styles.xml")
    assert rows_of(exchanged(content, dict.fromkeys(names, prefixed)), "a.xlsx") == [["2016-09"]]


@pytest.mark.parametrize(
    ("name", "kind"), [("a.csv", "Excelブック"), ("a.xls", "Excelブック"), ("a.docx", "Excelブック")]
)
def test_a_wrong_extension_is_told_and_the_content_believed(name, kind):
    book = read_sheets(a_ledger(), name)
    assert book.sheets[0].rows == [["協定名", "相手方"]]
    assert kind in said_about(book)


def test_rows_that_are_only_declared_do_not_count():
    far = b'<row r="1048576" spans="1:2" ht="30" customHeight="1"></row></sheetData>'
    content = exchanged(a_ledger(), {SHEET: lambda part: part.replace(b"</sheetData>", far)})
    assert rows_of(content, "a.xlsx") == [["協定名", "相手方"]]


@pytest.mark.parametrize("name", ["libreoffice.xlsx", "libreoffice.xls", "libreoffice.ods"])
def test_what_libreoffice_writes_is_read(name):
    book = read_sheets((Path(__file__).parent / "files" / name).read_bytes(), name)
    rows = book.sheets[0].rows
    assert rows[0][:3] == ["区分", "協定名", "締結日"]
    assert [row[2] for row in rows[1:3]] == ["2016-09-20", "2016-09"]
    assert book.sheets[0].merged == [((1, 0), (2, 0))]


def test_nothing_at_all_is_a_sentence():
    with pytest.raises(LedgerRefused, match="中身のないファイル"):
        read_sheets(b"", "a.csv")
