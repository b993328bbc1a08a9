"""Downloads of what is listed: for spreadsheets, for machines, for nobody else."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from renkei.agreements.facts import RenewalFacts
from renkei.agreements.vocabulary import RenewalKind
from renkei.ledger.reading import read_ledger
from renkei.rules.written_cells import FORMULA, neutral
from renkei.search.columns import INTERNAL_COLUMNS, PUBLIC_COLUMNS
from tests.factories import a_division, a_municipality, an_agreement

pytestmark = pytest.mark.django_db


def body(answer) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def table(client, query="", door="/desk") -> list[dict[str, str]]:
    text = body(client.get(f"{door}/agreements.csv{query}")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_begins_with_a_mark_and_ends_its_lines_as_excel_wants(clerk):
    an_agreement()
    content = body(clerk.get("/desk/agreements.csv"))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert content.count(b"\r\n") == 2


@pytest.mark.parametrize(
    "kind, content_type",
    [
        ("csv", "text/csv; charset=utf-8"),
        ("json", "application/json; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_each_download_says_what_it_is(clerk, kind, content_type):
    an_agreement()
    answer = clerk.get(f"/desk/agreements.{kind}", {"on": "2024-06-01"})
    assert answer["Content-Type"] == content_type
    assert answer["Content-Disposition"] == f'attachment; filename="agreements-2024-06-01.{kind}"'
    answer.close()


def test_csv_holds_what_is_listed_in_its_order(clerk):
    an_agreement(title="一の協定", signed="2001-04-01")
    an_agreement(title="二の協定", signed="2002-04-01")
    an_agreement(title="三の水", signed="2003-04-01")
    assert [row["協定名"] for row in table(clerk, "?q=協定")] == ["二の協定", "一の協定"]


def test_codes_days_and_names_stay_what_they_are(clerk):
    an_agreement(
        partners=("株式会社見本", "見本大学"), signed="2016-09", division=a_division(department="総務部")
    )
    row = table(clerk, "?on=2024-06-01")[0]
    assert row["団体コード"] == "012041"
    assert (row["締結日"], row["締結日(和暦)"]) == ("2016-09", "平成28年9月")
    assert row["相手方"] == "株式会社見本 | 見本大学"
    assert (row["担当部"], row["担当課"]) == ("総務部", "防災課")
    assert (row["状態"], row["状態の基準日"]) == ("有効", "2024-06-01")
    assert row["アドレス"].startswith("http")


@pytest.mark.parametrize("beginning", FORMULA)
def test_no_cell_is_a_live_formula(clerk, beginning):
    an_agreement(title=f"{beginning}SUM(1)の協定")
    assert table(clerk)[0]["協定名"] == f"'{beginning}SUM(1)の協定"


@given(st.text())
def test_neutral_cells_lose_nothing(cell):
    kept = neutral(cell)
    assert not kept.startswith(FORMULA)
    assert kept in (cell, f"'{cell}")


def sheet_of(client, query=""):
    return openpyxl.load_workbook(io.BytesIO(body(client.get(f"/desk/agreements.xlsx{query}")))).active


def test_the_workbook_holds_texts_and_days_and_no_formula(clerk):
    an_agreement(title="=1+1の協定", signed="2016-09-20")
    rows = list(sheet_of(clerk, "?on=2024-06-01").iter_rows())
    assert [cell.value for cell in rows[0]] == [*PUBLIC_COLUMNS, *INTERNAL_COLUMNS]
    told = dict(zip((cell.value for cell in rows[0]), rows[1], strict=True))
    assert told["団体コード"].value == "012041"
    assert told["協定名"].value == "=1+1の協定"
    assert told["締結日"].value.date() == date(2016, 9, 20)
    assert told["締結日(和暦)"].value == "平成28年9月20日"
    days = {head for head, cell in told.items() if cell.data_type == "d"}
    assert days == {"締結日", "始期", "状態の基準日"}
    assert {cell.data_type for head, cell in told.items() if head not in days and cell.value is not None} == {
        "s"
    }


@pytest.mark.parametrize("signed", ["2016-09", "2016", "1899-12-31", "1873-01-01"])
def test_a_day_that_a_sheet_cannot_hold_stays_text(clerk, signed):
    an_agreement(signed=signed)
    cells = next(sheet_of(clerk).iter_rows(min_row=2))
    assert cells[PUBLIC_COLUMNS.index("締結日")].value == signed


def test_the_workbook_is_set_up_for_reading_and_for_paper(clerk):
    an_agreement()
    sheet = sheet_of(clerk)
    assert sheet.freeze_panes == "E2"
    assert sheet.auto_filter.ref.startswith("A1:") and sheet.auto_filter.ref.endswith("2")
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$1"


def test_only_the_selected_agreements_are_written(clerk):
    wanted = [an_agreement(title=f"選んだ協定{number}") for number in range(2)]
    an_agreement(title="ほかの協定")
    query = "&".join(f"id={one.public_id}" for one in wanted)
    assert {row["協定名"] for row in table(clerk, f"?{query}")} == {"選んだ協定0", "選んだ協定1"}


def test_many_can_be_selected_by_a_form(clerk):
    made = [an_agreement(title=f"協定{number}") for number in range(5)]
    answer = clerk.post("/desk/agreements.csv", {"id": [one.public_id for one in made[:4]]})
    assert body(answer).count(b"\r\n") == 5


def test_a_selected_agreement_of_another_town_is_not_written(clerk):
    theirs = an_agreement(municipality=a_municipality("011002"))
    assert table(clerk, f"?id={theirs.public_id}") == []


def test_a_list_on_paper_has_every_agreement_its_day_and_its_pages(clerk, tmp_path):
    for number in range(60):
        an_agreement(title=f"第{number}の協定", partners=("株式会社髙﨑𠮷",))
    paper = tmp_path / "list.pdf"
    paper.write_bytes(clerk.get("/desk/agreements.pdf?on=2024-06-01").content)
    with pypdfium2.PdfDocument(paper) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
        pages = [re.sub(r"\s", "", text) for text in pages]
    assert len(pages) > 1
    assert all(f"第{number}の協定" in "".join(pages) for number in range(60))
    for number, text in enumerate(pages, start=1):
        assert "協定名" in text and "令和6年" in text and f"{number}/{len(pages)}" in text
    assert "髙﨑𠮷" in pages[0]


def test_a_letter_that_cannot_be_printed_is_named(clerk, tmp_path):
    an_agreement(title="絵文字😀の協定")
    paper = tmp_path / "list.pdf"
    paper.write_bytes(clerk.get("/desk/agreements.pdf").content)
    with pypdfium2.PdfDocument(paper) as document:
        text = document[0].get_textpage().get_text_range()
    assert "絵文字〓の協定" in text
    assert "U+1F600" in text


def test_more_than_anybody_prints_is_refused_with_what_to_do(clerk, monkeypatch):
    monkeypatch.setattr("renkei.search.paper_list.MOST", 1)
    an_agreement(), an_agreement()
    answer = clerk.get("/desk/agreements.pdf")
    assert answer.status_code == 422
    assert "条件で絞るか" in answer.content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_written_is_read_again_as_the_same_register(clerk, kind):
    before = [
        an_agreement(
            title="=物資の供給に関する協定", partners=("株式会社見本", "見本大学"), signed="2016-09-20"
        ),
        an_agreement(title="+避難所の利用に関する協定", partners=("@見本協会",), signed="2015-04"),
        an_agreement(title="－相互応援に関する協定", partners=("見本町",), signed="1999-10-01"),
    ]
    content = body(clerk.get(f"/desk/agreements.{kind}"))
    read = [item for item in read_ledger(content, f"台帳.{kind}").items if item.outcome == "agreement"]
    told = {
        (item.title, item.signed.iso, tuple(partner["name"] for partner in item.partners)) for item in read
    }
    assert told == {(one.title, one.signed_as, tuple(str(party) for party in one.partners)) for one in before}


def test_json_has_a_stable_shape(clerk):
    agreement = an_agreement(title="形の協定", items=("一つ目",), fields=("health",), main_field="health")
    told = json.loads(body(clerk.get("/desk/agreements.json?on=2024-06-01")))
    assert told["on"] == "2024-06-01"
    assert told["total"] == 1
    assert told["licence"] == "CC BY 4.0"
    assert told["agreements"][0]["id"] == agreement.public_id
    assert told["agreements"][0]["url"].endswith(f"/desk/agreements/{agreement.public_id}/")
    assert told["agreements"][0]["fields"] == [{"slug": "health", "main": True}]
    assert told["agreements"][0]["signed_on"] == "2024-04-01"


def test_json_of_nothing_is_json(clerk):
    assert json.loads(body(clerk.get("/desk/agreements.json")))["agreements"] == []


def test_many_are_written_in_chunks_without_loss(clerk, monkeypatch):
    monkeypatch.setattr("renkei.search.listing.CHUNK", 3)
    for number in range(10):
        an_agreement(title=f"協定{number}")
    assert len(table(clerk)) == 10


@pytest.mark.parametrize("query", ["?on=きのう", f"?q={'水' * 101}"], ids=["day", "words"])
@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_a_question_that_cannot_be_read_is_refused(clerk, kind, query):
    assert clerk.get(f"/desk/agreements.{kind}{query}").status_code == 422


def test_an_unknown_kind_is_not_there(clerk):
    assert clerk.get("/desk/agreements.exe").status_code == 404


def test_the_public_file_has_no_column_for_staff(client):
    an_agreement(published=True, notes="庁内だけ", remarks=("台帳の欄",))
    row = table(client, door="")[0]
    assert set(row) == set(PUBLIC_COLUMNS)
    assert "庁内だけ" not in "".join(row.values())


def test_the_public_has_no_workbook(client):
    assert client.get("/agreements.xlsx").status_code == 404


def keys_of(told: object) -> set[str]:
    """All keys of a JSON value, however deep."""
    if isinstance(told, dict):
        return set(told) | {key for value in told.values() for key in keys_of(value)}
    return {key for value in told for key in keys_of(value)} if isinstance(told, list) else set()


def test_every_column_and_key_is_documented(clerk):
    an_agreement(
        fields=("health",), division=a_division(), starts="2024-04-01", renewal=RenewalFacts(RenewalKind.NONE)
    )
    page = (Path(settings.BASE) / "docs" / "reference" / "downloads.md").read_text()
    told = json.loads(body(clerk.get("/desk/agreements.json")))
    assert [
        name for name in (*PUBLIC_COLUMNS, *INTERNAL_COLUMNS) if name.removesuffix("(和暦)") not in page
    ] == []
    assert [key for key in keys_of(told) if f"`{key}`" not in page] == []
