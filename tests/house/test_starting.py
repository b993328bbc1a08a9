"""Starting loads what every page needs; what a few of them use is loaded by the first who uses it.

Every program of an installation pays for each import at each start, in seconds and in memory.
"""

import importlib.util
import os
import subprocess
import sys

import pytest

from tests.house.sources import ROOT

SELDOM = {
    "typst": "papers are made when somebody asks for one",
    "docx": "so are Word files",
    "xlsxwriter": "and workbooks",
    "icalendar": "calendars are asked for by other programs, a few times a day",
    "python_calamine": "workbooks are read in a program of their own",
    "pypdfium2": "and so are PDFs drawn",
    "PIL": "and pictures made smaller",
    "qrcode": "the code for an authenticator app is shown once to each person",
    "fido2": "passkeys are asked for at signing in",
    "cryptography": "secrets of authenticator apps are opened at signing in",
    "jwt": "few towns have a provider that speaks OpenID Connect",
    "onelogin": "fewer still one that speaks SAML",
    "xmlsec": "which alone needs signatures of XML",
    "pyhanko": "signatures are examined in a program of their own, and few towns seal their papers",
    "lxml": "Word files and SAML need it",
    "docxtpl": "papers are filled when somebody asks for one",
    "jinja2": "and so are the words of their templates read",
    "storages": "most keep their files on a disk",
    "boto3": "most keep their files on a disk",
    "renkei.rules.clause_words": "its many patterns are compiled when a clause is first read",
}
PROGRAM = """
import sys
import renkei.wsgi
from django.core.management import call_command
call_command("check", stdout=sys.stderr)
print(*sorted(sys.modules))
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> set[str]:
    """What a fresh program has loaded before the first request: the application, and with the checks every address."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={**inherited, "RENKEI_VAR": str(tmp_path_factory.mktemp("var"))},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(told.stdout.split())


@pytest.mark.parametrize("name", SELDOM)
def test_what_few_pages_use_is_not_loaded_at_the_start(name, loaded):
    assert importlib.util.find_spec(name), "There is no such package: the line can go."
    assert name not in loaded, f"Import it inside the function that uses it: {SELDOM[name]}."


def test_every_page_is_loaded_at_the_start(loaded):
    assert {"renkei.desk.urls", "renkei.counter.urls", "renkei.portal.urls"} <= loaded
