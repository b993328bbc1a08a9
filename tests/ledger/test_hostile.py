"""A hostile file ends in a sentence that says what to do; it takes the machine nothing."""

import json
import os
import resource
import subprocess
import sys
import zlib

import pytest

from renkei.ledger import reading_child
from renkei.ledger.sheets import LARGEST, ROOT, LedgerRefused, read_sheets
from tests.ledger.dressed_files import Grid, ods, text, xls, xlsx
from tests.ledger.workbook_bytes import (
    a_ledger,
    a_locked_old_workbook,
    a_workbook,
    an_archive,
    exchanged,
    renamed_stream,
    with_lying_sizes,
)

pytestmark = pytest.mark.once

SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def refusal(content: bytes, name: str = "ledger.xlsx") -> str:
    with pytest.raises(LedgerRefused) as refused:
        read_sheets(content, name)
    return str(refused.value)


def with_doctype(said: bytes):
    """A part whose XML declaration is followed by a DOCTYPE."""
    return lambda part: part.replace(b"?>", b"?>" + said, 1)


def last_cell(place: bytes) -> dict[str, object]:
    """A sheet with one more cell, far away."""
    row = place.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    cell = b'<row r="' + row + b'"><c r="' + place + b'"><v>1</v></c></row></sheetData>'
    return {SHEET: lambda part: part.replace(b"</sheetData>", cell)}


def with_sheet(change) -> bytes:
    """The smallest ledger with its sheet changed."""
    return exchanged(a_ledger(), {SHEET: change})


def an_ods_with(old: bytes, new: bytes, part: str = "content.xml") -> bytes:
    """An OpenDocument sheet in which some bytes of a part are others."""
    return exchanged(ods([Grid("a", [["b"]])]), {part: lambda content: content.replace(old, new, 1)})


def a_zip_in_a_zip() -> bytes:
    deep = an_archive({"a": b"0" * 10_000_000})
    return an_archive({"inner.zip": an_archive({"deep.zip": deep})})


def in_utf_16(_part: bytes) -> bytes:
    return ("<?xml version='1.0'?>" + DOCTYPE.decode()).encode("utf-16")


OLD_XML = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
OTHER_THINGS = {
    "a PDF": (lambda: b"%PDF-1.7\n...", "PDF"),
    "an image": (lambda: b"\x89PNG\r\n\x1a\n\x00\x00", "画像"),
    "a packed file": (lambda: b"\x1f\x8b\x08\x00" + zlib.compress(b"x" * 100), "圧縮"),
    "a program": (lambda: b"MZ\x90\x00\x03\x00\x00\x00", "実行ファイル"),
    "a page": (lambda: b"<html><body><table></table></body></html>", "HTML"),
    "a page saved by Excel": (lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "MHTML"),
    "an old XML sheet": (lambda: OLD_XML, "XML"),
    "a Word document": (lambda: an_archive({"word/document.xml": b"<w/>"}), "Word"),
    "an old Word document": (lambda: renamed_stream("WordDocument"), "Word"),
    "slides": (lambda: an_archive({"ppt/presentation.xml": b"<p/>"}), "PowerPoint"),
    "a Numbers document": (lambda: an_archive({"Index/Document.iwa": b"x"}), "Numbers"),
    "a ZIP": (lambda: an_archive({"ledger.csv": b"a,b"}), "ZIP"),
    "a ZIP in a ZIP": (a_zip_in_a_zip, "ZIP"),
    "a locked workbook": (lambda: renamed_stream("EncryptedPackage"), "パスワード"),
    "a locked old workbook": (a_locked_old_workbook, "パスワード"),
    "a locked OpenDocument": (
        lambda: an_ods_with(b"</", b"<encryption-data/></", "META-INF/manifest.xml"),
        "パスワード",
    ),
    "binary as text": (lambda: bytes(range(256)) * 40, "文字の入った表ではありません"),
    "only NUL": (lambda: b"\x00" * 5000, "ありません"),
    "more than 50 MB": (lambda: b"," * (LARGEST + 1), "50MB"),
    "half a million columns": (lambda: b"," * 500_000 + b"x", "500列"),
    "two million columns": (lambda: b"x," * 2_000_000, "500列"),
    "a line of forty megabytes": (lambda: b"x" * 40_000_000, "32,767"),
    "a cell of a megabyte": (lambda: b"a,b\n" + b"x" * 1_000_000, "32,767"),
    "a column far away": (lambda: exchanged(a_ledger(), last_cell(b"XFD1")), "500列"),
    "a row far away": (lambda: exchanged(a_ledger(), last_cell(b"A1048576")), "20万行"),
    "the last corner": (lambda: exchanged(a_ledger(), last_cell(b"XFD1048576")), "500列"),
    "a bomb of one to a thousand": (
        lambda: with_sheet(lambda part: part.replace(b"</sheetData>", b" " * 64_000_000 + b"</sheetData>")),
        "大きすぎる",
    ),
    "many laughs in the sheet": (lambda: with_sheet(with_doctype(DOCTYPE)), "DTD"),
    "many laughs in the words": (lambda: exchanged(a_ledger(), {STRINGS: with_doctype(DOCTYPE)}), "DTD"),
    "many laughs in UTF-16": (lambda: with_sheet(in_utf_16), "DTD"),
    "a file from outside": (lambda: exchanged(a_ledger(), {BOOK: with_doctype(OUTSIDE)}), "DTD"),
    "a file from outside in OpenDocument": (lambda: an_ods_with(b"?>", b"?>" + OUTSIDE), "DTD"),
    "rows repeated a million times": (
        lambda: an_ods_with(b"<table:table-row>", b'<table:table-row table:number-rows-repeated="1048576">'),
        "20万行",
    ),
    "columns repeated": (
        lambda: an_ods_with(
            b"<table:table-cell ", b'<table:table-cell table:number-columns-repeated="16384" '
        ),
        "500列",
    ),
    "a hundred and one sheets": (lambda: xlsx([Grid(f"シート{n}", [["a"]]) for n in range(101)]), "100枚"),
}


@pytest.mark.parametrize("thing", OTHER_THINGS)
def test_what_is_no_ledger_is_named_and_what_to_do_is_said(thing):
    make, word = OTHER_THINGS[thing]
    sentence = refusal(make())
    assert word in sentence
    assert sentence.endswith("ください。") or "読みません。Excelで開き" in sentence


@pytest.mark.parametrize("make", [xlsx, xls, ods])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_cut_off_is_said_to_be_broken(make, share):
    content = make([Grid("一覧", [["協定名", "相手方"], *[[f"協定{n}", f"相手{n}"] for n in range(50)]])])
    assert refusal(content[: int(len(content) * share)]).endswith("ください。")


@pytest.mark.parametrize("part", [SHEET, STRINGS])
def test_an_archive_that_lies_about_its_size_is_said_to_be_broken(part):
    big = exchanged(a_ledger(), {part: lambda old: old + b"<!--" + b" " * 30_000_000 + b"-->"})
    assert "ください。" in refusal(with_lying_sizes(big, 20_000))


def test_links_to_other_books_and_formulas_that_call_outside_are_left_alone():
    content = a_workbook(
        lambda _book, sheet: sheet.write_formula(0, 0, "='[http://elsewhere.example/a.xlsx]s'!A1", value="値")
    )
    assert read_sheets(content, "a.xlsx").sheets[0].rows == [["値"]]


@pytest.mark.parametrize(
    "rows",
    [[",".join("x" * 20)] * 30_001, ["x"] * 120_001, ["x" * 32_000] * 313],
    ids=["many cells", "many short rows", "many letters"],
)
def test_a_file_that_would_keep_the_program_busy_is_too_large(rows):
    assert "大きすぎます" in refusal("\n".join(rows).encode(), "a.csv")


def test_a_file_of_twenty_thousand_rows_and_twenty_columns_is_not_too_large():
    assert len(read_sheets((",".join("x" * 20) + "\n").encode() * 20_000, "a.csv").sheets[0].rows) == 20_000


def test_nul_in_a_text_is_dropped_and_the_rest_read():
    content = (
        "協定名,相手方\n" + "水の協\x00定,見本飲料株式会社\n" + "塩の協定,見本製塩株式会社\n" * 20
    ).encode()
    assert read_sheets(content, "a.csv").sheets[0].rows[1] == ["水の協定", "見本飲料株式会社"]


def test_a_name_with_nul_slashes_or_endless_length_changes_nothing():
    for name in ("\x00.csv", "../../etc/passwd", "あ" * 5000 + ".csv", "", "-c", "\ud800.csv"):
        assert read_sheets(b"a,b\n1,2\n", name).sheets[0].rows == [["a", "b"], ["1", "2"]]


def test_the_reader_is_bound_before_it_opens_anything():
    limits = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)
    program = (
        "import resource; from renkei.ledger import reading_child as child;"
        "opened = []; child.kind_of = lambda path: opened.extend("
        f"resource.getrlimit(one) for one in {limits}) or 'text';"
        "child.sheets = lambda path, kind: iter(()); child.main(); print(opened)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, "path", "name"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    bound = (reading_child.MEMORY, reading_child.SECONDS, reading_child.LARGEST_ANSWER, 0)
    assert (
        [hard for _soft, hard in eval(said.stdout.splitlines()[-1])]
        == [  # noqa: S307 – numbers that we printed
            bound[0],
            bound[1] + 1,
            *bound[2:],
        ]
    )


def test_a_reader_that_dies_leaves_a_sentence(monkeypatch):
    monkeypatch.setattr("renkei.ledger.sheets.sys.executable", "/bin/false")
    assert "開けないファイルです" in refusal(b"a,b\n")


def test_a_reader_without_end_is_ended(monkeypatch, tmp_path):
    endless = tmp_path / "endless"
    endless.write_text("#!/bin/sh\nexec sleep 60\n")
    endless.chmod(0o700)
    monkeypatch.setattr("renkei.ledger.sheets.sys.executable", str(endless))
    monkeypatch.setattr("renkei.ledger.sheets.SECONDS", 0.2)
    assert "時間がかかりすぎる" in refusal(b"a,b\n")


def test_three_hundred_broken_files_end_by_themselves_within_their_bounds(tmp_path):
    rows: list[list[object]] = [
        ["協定名", "相手方", "締結日"],
        *[[f"協定{n}", f"相手{n}", "H28.9.20"] for n in range(30)],
    ]
    grid = Grid("一覧", rows, [(1, 0, 3, 0)])  # type: ignore[arg-type]
    for name, content in {
        "a.xlsx": xlsx([grid]),
        "a.xls": xls([grid]),
        "a.ods": ods([grid]),
        "a.csv": text(grid, encoding="cp932"),
    }.items():
        (tmp_path / name).write_bytes(content)
    loose = exchanged(xlsx([grid]), {}, packed=0)
    (tmp_path / "loose.xlsx").write_bytes(loose)
    count = int(os.environ.get("RENKEI_MUTANTS", "300"))
    command = [
        sys.executable,
        "-m",
        "tests.ledger.mutants",
        str(count),
        *map(str, sorted(tmp_path.iterdir())),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == count
    assert [one for one in told if one["signal"] in (9, 24)] == [], "ended by its limit of processor time"
    assert [one for one in told if one["megabytes"] > 300] == []
    assert all(one["sentence"].endswith("。") for one in told if one["said"] == "refused")
    assert {one["said"] for one in told if one["name"] == "a.csv"} <= {"whole", "refused"}
    assert sum(one["said"] == "whole" for one in told) > count // 10


def test_a_cell_far_away_in_an_old_workbook_does_not_cost_the_memory_between():
    grid = Grid("一覧", [["協定名"], *[[] for _row in range(60_000)], [*[""] * 200, "遠い"]])
    assert "遠く離れた所" in refusal(xls([grid]), "a.xls")
