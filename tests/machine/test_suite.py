"""How the two runs of the suite become one ending, and how a catalogue becomes a file that Django reads."""

import gettext
import os

import pytest

from machine.catalogues import compile_catalogues, stale
from machine.suite import CLOSING, Run, workers, worst

PASSED = Run("SQLite", 0, "== 5 passed in 1.00s ==")
PASSED_TOO = Run("PostgreSQL", 0, "== 4 passed in 1.00s ==")
FAILED = Run("SQLite", 1, "== 1 failed, 4 passed in 1.00s ==")
FAILED_TOO = Run("PostgreSQL", 1, "== 2 failed, 3 passed in 1.00s ==")
NOTHING = Run("PostgreSQL", 5, "== no tests ran in 0.10s ==")


@pytest.mark.parametrize(
    "runs, ending",
    [
        ([PASSED, PASSED_TOO], PASSED_TOO),
        ([FAILED, PASSED_TOO], FAILED),
        ([PASSED, FAILED_TOO], FAILED_TOO),
        ([PASSED, NOTHING], PASSED),
        ([NOTHING], NOTHING),
    ],
    ids=["both", "the first failed", "the second failed", "one had nothing to run", "nothing ran"],
)
def test_the_worse_run_tells_how_it_ended(runs, ending):
    assert worst(runs) == ending


@pytest.mark.parametrize(
    "line",
    [
        "======= 817 passed in 62.11s (0:01:02) =======",
        "= 2 failed, 29 passed, 1 skipped in 2.41s =",
        "==== no tests ran in 0.03s ====",
    ],
)
def test_a_closing_line_is_known(line):
    assert CLOSING.fullmatch(line)


@pytest.mark.parametrize("line", ["=== FAILURES ===", "=== short test summary info ===", "817 passed"])
def test_another_line_is_not(line):
    assert not CLOSING.fullmatch(line)


def test_the_person_may_choose_the_workers():
    assert workers(["-n", "0"]) == ()
    assert workers(["tests/rules"])[0] == "-n"


@pytest.fixture
def a_catalogue(tmp_path):
    po = tmp_path / "renkei/desk/locale/en/LC_MESSAGES/django.po"
    po.parent.mkdir(parents=True)
    po.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "協定"\nmsgstr "Agreement"\n'
    )
    return po


def test_a_catalogue_is_compiled_once(tmp_path, a_catalogue):
    assert compile_catalogues(tmp_path) == 1
    assert compile_catalogues(tmp_path) == 0
    with a_catalogue.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("協定") == "Agreement"


def test_a_catalogue_that_changed_is_compiled_again(tmp_path, a_catalogue):
    compile_catalogues(tmp_path)
    later = a_catalogue.stat().st_mtime + 10
    os.utime(a_catalogue, (later, later))
    assert stale(tmp_path) == [a_catalogue]
