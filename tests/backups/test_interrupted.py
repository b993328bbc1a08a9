"""A backup that does not come to its end leaves nothing; and one goes from PostgreSQL to SQLite."""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from renkei.agreements.services import attach
from renkei.backups.writing import back_up
from tests.backups.test_backup import NOON
from tests.factories import an_agreement

LARGE = b"%PDF-1.7" + bytes(24 * 1024 * 1024)
A_MEGABYTE = 1024 * 1024


def address() -> str:
    """The database of this test, for a program of its own."""
    described = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{described['NAME']}"
    return f"postgres://{described['USER']}@{described['HOST']}:{described['PORT']}/{described['NAME']}"


def started(*arguments: str, var: Path, database: str, **options) -> subprocess.Popen:
    """`./run manage …` in a process of its own, with the files of this test."""
    environment = {**os.environ, "DATABASE_URL": database, "RENKEI_VAR": str(var), "PYTHONUTF8": "1"}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.Popen(
        command, env=environment, cwd=settings.BASE, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        **options,
    )  # fmt: skip


@pytest.fixture
def large(town, tmp_path):
    """A town with documents of some size, whose files a program of its own finds too."""
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "files").symlink_to(settings.MEDIA_ROOT)
    for number in range(4):
        attach(an_agreement(title=f"見本協定{number}"), LARGE, name="a.pdf", actor=None)
    return tmp_path / "var"


@pytest.mark.once
def test_a_backup_killed_half_way_leaves_no_file_of_its_name(large, tmp_path):
    path = tmp_path / "控え.zip"
    partial = path.with_name("控え.zip.partial")
    child = started("backup", str(path), var=large, database=address())
    while child.poll() is None and not (partial.exists() and partial.stat().st_size > A_MEGABYTE):
        time.sleep(0.002)
    assert child.poll() is None, child.communicate()
    child.kill()
    child.communicate()
    assert not path.exists()
    back_up(path, at=NOON)
    assert path.stat().st_size > 4 * len(LARGE) and not partial.exists()


@pytest.mark.once
def test_a_full_disk_is_a_sentence_and_leaves_nothing(large, tmp_path):
    def no_more_than_a_megabyte() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (A_MEGABYTE, A_MEGABYTE))

    path = tmp_path / "控え.zip"
    child = started("backup", str(path), var=large, database=address(), preexec_fn=no_more_than_a_megabyte)
    _told, wrong = child.communicate()
    assert child.returncode == 1 and "控えは取れていません" in wrong and "Traceback" not in wrong
    assert list(tmp_path.glob("控え.zip*")) == []


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="from PostgreSQL to SQLite")
def test_a_backup_of_postgresql_is_restored_into_sqlite(town, tmp_path):
    back_up(tmp_path / "a.zip", at=NOON)
    var = tmp_path / "sqlite"
    var.mkdir()
    child = started("restore", str(tmp_path / "a.zip"), var=var, database=f"sqlite:///{var}/renkei.sqlite3")
    told, wrong = child.communicate()
    assert (child.returncode, wrong) == (0, "")
    assert "読み直して同じであることを確かめました" in told and "記録されたときのままです" in told
