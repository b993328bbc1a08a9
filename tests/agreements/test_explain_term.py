"""The command that explains a clause: its two forms, its refusals, and that it needs no database."""

import io
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

CLAUSE = (
    "この協定の有効期間は、締結の日から令和7年3月31日までとする。ただし、期間満了の1か月前までに、"
    "甲又は乙から申出がないときは、更に1年間更新するものとし、以後も同様とする。"
)
NAMES = [
    "readable",
    "first_day",
    "last_day",
    "other_reading",
    "renewal",
    "notice_deadline",
    "next_terms",
    "explanation",
]


def explained(*arguments):
    out = StringIO()
    call_command("explain_term", *arguments, stdout=out)
    return out.getvalue()


def test_json_has_exactly_the_agreed_names():
    read = json.loads(explained("--signed", "2024-06-01", "--json", CLAUSE))
    assert list(read) == NAMES
    assert read["next_terms"][0] == ["2025-04-01", "2026-03-31"] and len(read["next_terms"]) == 5
    assert read["renewal"] == {"kind": "automatic", "months": 12}
    assert read["other_reading"] is None


@pytest.mark.parametrize("signed", ["2024-06-01", "令和6年6月1日", "R6.6.1", "２０２４／６／１", "20240601"])
def test_the_day_of_signing_is_taken_in_every_spelling(signed):
    assert json.loads(explained("--signed", signed, "--json", CLAUSE))["first_day"] == "2024-06-01"


def test_without_json_a_person_can_read_it():
    said = explained("--signed", "2024-06-01", CLAUSE)
    assert "令和7年(2025年)3月31日(月)" in said
    assert "自動更新" in said and "導き方" in said


def test_both_readings_are_shown_to_a_person():
    said = explained("--signed", "2020-04-01", "有効期間は、締結の日から1年間とする。")
    assert "令和3年(2021年)4月1日(木)" in said and "令和3年(2021年)3月31日(水)" in said


def test_an_unreadable_clause_is_said_to_be_so():
    said = explained("--signed", "2024-06-01", "有効期間は、別に定める。")
    assert said.startswith("読めません") and "別に定める" in said
    read = json.loads(explained("--json", "有効期間は、別に定める。"))
    assert read["readable"] is False and read["renewal"] is None and read["next_terms"] == []


def test_a_clause_may_come_from_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(CLAUSE))
    assert json.loads(explained("--json", "-"))["last_day"] == "2025-03-31"


@pytest.mark.parametrize("option", ["--signed", "--effective"])
@pytest.mark.parametrize("wrong", ["きのう", "2024-02-30", "令和0年1月1日", ""])
def test_a_day_that_cannot_be_read_is_refused_with_a_sentence(option, wrong):
    with pytest.raises(CommandError, match=f"{option} の日が読めません。"):
        explained(option, wrong, CLAUSE)


def test_a_month_of_signing_stays_a_month():
    read = json.loads(explained("--signed", "2016年9月", "--json", "有効期間は、締結の日から1年間とする。"))
    assert read["readable"] and read["first_day"] is None and "平成28年9月" in read["explanation"]
