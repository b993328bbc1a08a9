"""Imports go down only: import-linter's contracts of pyproject.toml, and one that knows Django's own rooms."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import PACKAGE, ROOT, modules, shown, tree

LINTER = Path(sys.executable).with_name("lint-imports")
KNOW_NO_HTTP = (
    "municipalities", "accounts", "audit", "partners", "documents", "agreements", "procedures", "initiatives",
    "disasters", "challenges", "search", "reports", "ledger", "reminders", "demo",
)  # fmt: skip
HTTP = (
    "django.http",
    "django.shortcuts",
    "django.views",
    "django.urls",
    "django.forms",
    "django.contrib.messages",
)


def contracts_kept(folder: Path) -> tuple[bool, str]:
    done = subprocess.run(
        [LINTER, "--no-logo", "--no-cache"], cwd=folder, env={"PYTHONPATH": str(folder), "PATH": ""},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return done.returncode == 0, done.stdout + done.stderr


def web_imports(module: ast.Module) -> Iterator[str]:
    """The parts of Django that know a browser, as far as a module imports them."""
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        yield from (name for name in names if name.startswith(HTTP))


@pytest.fixture
def a_copy_of_the_house(tmp_path):
    shutil.copytree(
        PACKAGE, tmp_path / "renkei", ignore=shutil.ignore_patterns("static", "templates", "__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_kept():
    kept, told = contracts_kept(ROOT)
    assert kept, told


@pytest.mark.parametrize(
    "module, line",
    [
        ("attic/__init__.py", ""),
        ("agreements/planted.py", "import renkei.search.models"),
        ("search/planted.py", "import renkei.ledger.models"),
        ("ui/planted.py", "import renkei.agreements.models"),
        ("portal/planted.py", "import renkei.agreements.services"),
        ("rules/planted.py", "import django.utils.timezone"),
    ],
    ids=[
        "a package on no floor",
        "upwards",
        "sideways",
        "the look",
        "a public service",
        "a rule with Django",
    ],
)
def test_a_planted_import_breaks_a_contract(a_copy_of_the_house, module, line):
    planted = a_copy_of_the_house / "renkei" / module
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(line)
    kept, told = contracts_kept(a_copy_of_the_house)
    assert not kept
    assert "BROKEN" in told or "attic" in told


def test_records_know_no_browser():
    found = {
        shown(path): names
        for path in modules(*(f"renkei/{name}" for name in KNOW_NO_HTTP))
        if (names := list(web_imports(tree(path))))
    }
    assert found == {}


def test_a_planted_request_is_found():
    assert list(web_imports(ast.parse("from django.http import HttpRequest"))) != []
