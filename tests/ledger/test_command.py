"""`import_ledger` at the prompt: brings a file in, tells what became of it, refuses with a sentence."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from renkei.agreements.models import Agreement
from renkei.ledger.models import Batch
from tests.factories import a_municipality

pytestmark = pytest.mark.django_db

LEDGER = "協定名,相手方,締結日\n物資の供給に関する協定,株式会社見本,H17.8.31\n相手方のない協定,,\n"


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "台帳.csv"
    path.write_text(LEDGER, encoding="cp932")
    return path


def imported(*arguments: object) -> str:
    """What the command says."""
    said = io.StringIO()
    call_command(
        "import_ledger", *map(str, arguments), municipality="012041", stdout=said, stderr=io.StringIO()
    )
    return said.getvalue()


def test_the_command_brings_a_file_in_and_says_what_waits(ledger):
    a_municipality()
    said = imported(ledger)
    assert "協定1件" in said
    assert "3行: 相手方が書かれていません" in said
    assert Agreement.objects.get().title == "物資の供給に関する協定"


def test_a_dry_run_stores_nothing(ledger):
    a_municipality()
    assert "何も保存していません" in imported(ledger, "--dry-run")
    assert not Batch.objects.exists()
    assert not Agreement.objects.exists()


def test_the_report_is_json(ledger, tmp_path):
    a_municipality()
    imported(ledger, "--report", tmp_path / "report.json")
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (told["rows"], told["agreements"], told["waiting"], told["headings"]) == (3, 1, 1, 1)
    assert told["items"][1]["signed_on"] == "2005-08-31"


def test_a_town_without_its_leading_zero_is_found(ledger):
    a_municipality()
    call_command(
        "import_ledger", str(ledger), municipality="12041", stdout=io.StringIO(), stderr=io.StringIO()
    )
    assert Agreement.objects.get().municipality.code == "012041"


@pytest.mark.parametrize("town", ["999999", "旭川"])
def test_an_unknown_town_is_refused_with_a_sentence(ledger, town):
    with pytest.raises(CommandError, match="団体コード"):
        call_command("import_ledger", str(ledger), municipality=town)


def test_a_file_that_is_not_there_is_refused_with_a_sentence(tmp_path):
    a_municipality()
    with pytest.raises(CommandError, match="開けません"):
        imported(tmp_path / "ない.csv")


def test_a_report_that_cannot_be_written_stops_the_import_before_it_begins(ledger, tmp_path):
    a_municipality()
    with pytest.raises(CommandError, match="何も取り込んでいません"):
        imported(ledger, "--report", tmp_path / "nowhere" / "report.json")
    assert not Batch.objects.exists()


def test_a_file_without_agreements_is_told_what_to_check(tmp_path):
    a_municipality()
    path = tmp_path / "見出しだけ.csv"
    path.write_text("協定名,相手方,締結日\n", encoding="utf-8")
    assert "協定として読めた行がありません" in imported(path, "--dry-run")
