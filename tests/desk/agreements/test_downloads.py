"""Downloads of what is listed: for spreadsheets, for machines, for nobody else."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from renkei.agreements.facts import RenewalFacts
from renkei.agreements.vocabulary import RenewalKind
from renkei.search.exports import FORMULA, INTERNAL_COLUMNS, PUBLIC_COLUMNS, neutral
from tests.factories import a_division, an_agreement

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


def test_the_workbook_has_text_cells_only(clerk):
    an_agreement(title="=1+1の協定")
    sheet = openpyxl.load_workbook(io.BytesIO(body(clerk.get("/desk/agreements.xlsx")))).active
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]] == [*PUBLIC_COLUMNS, *INTERNAL_COLUMNS]
    assert rows[1][0].value == "012041"
    assert rows[1][3].value == "=1+1の協定"
    assert {cell.data_type for row in rows for cell in row if cell.value is not None} == {"s"}


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
    monkeypatch.setattr("renkei.search.exports.CHUNK", 3)
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
