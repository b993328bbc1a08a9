"""`./run` says what it can do, and refuses the rest in a sentence."""

import os
import subprocess

import pytest

from tests.house.sources import ROOT


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["./run", *arguments],
        cwd=ROOT,
        env={**os.environ, "LANG": "ja_JP.UTF-8", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("asked", [["help"], ["--help"], []], ids=["help", "--help", "nothing"])
def test_help_lists_every_command(asked):
    told = run(*asked)
    assert told.returncode == 0
    for command in ("serve", "test", "check", "docs", "manage", "bench", "help"):
        assert f"./run {command}" in told.stdout


def test_an_unknown_command_is_refused_with_the_list():
    told = run("dance")
    assert told.returncode == 2
    assert "「dance」という命令はありません" in told.stderr
    assert "./run serve" in told.stderr


def test_an_english_machine_is_answered_in_english():
    assert "There is no command" in run("dance", LC_ALL="en_US.UTF-8").stderr


def test_an_unknown_measurement_is_refused():
    told = run("bench", "nothing_of_the_kind")
    assert told.returncode == 2
    assert "./run bench で一覧" in told.stderr


@pytest.mark.parametrize("arguments", [["--port", "x"], ["--port", "70000"], ["--dance"]], ids=" ".join)
def test_serve_refuses_what_it_cannot_read(arguments):
    told = run("serve", *arguments)
    assert told.returncode == 2
    assert "./run serve --port 8001" in told.stderr


@pytest.mark.parametrize("file", ["run", ".ci/run"])
def test_the_scripts_are_plain_sh(file):
    assert (ROOT / file).read_text().startswith("#!/bin/sh\n")
    assert subprocess.run(["sh", "-n", ROOT / file], check=False).returncode == 0


def test_a_command_finds_its_tables_in_a_fresh_copy(tmp_path):
    told = run("manage", "audit_verify", RENKEI_VAR=str(tmp_path), DATABASE_URL="")
    assert told.returncode == 0
    assert "0件の記録を調べました" in told.stdout
