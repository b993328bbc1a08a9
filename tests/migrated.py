"""A database with all migrations in it: made once, copied for each worker, since migrating takes half a minute.

On SQLite it is a file that is kept until a migration changes; on PostgreSQL a template for the time of one run.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connection

from machine.postgres import roomy_folder

HOUSE = Path(__file__).parent.parent
KEPT = HOUSE / ".tools"
TEMPLATE = "renkei_migrated"
READ_BY_MIGRATIONS = (
    "renkei/*/migrations/*.py",
    "renkei/municipalities/*.csv",
    "renkei/audit/triggers.py",
    "renkei/agreements/vocabulary.py",
    "requirements/app.txt",
)


def make_ready() -> None:
    """The file or the template, so that nobody has to wait for it."""
    _file() if connection.vendor == "sqlite" else _template()


def place_a_migrated_database() -> None:
    """What the worker's database is made from; it then needs no migration."""
    test = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        shutil.copy(_file(), str(test["NAME"]))
    else:
        test["TEMPLATE"] = _template()
    test["MIGRATE"] = False


def an_installation(place: Path) -> Path:
    """A place as `serve` and `manage` leave it after their first step: the tables are there, and nothing else."""
    shutil.copy(_file(), place / "renkei.sqlite3")
    return place


def forget_the_template() -> None:
    """A server that is not ours keeps nothing of the tests."""
    if connection.vendor == "postgresql":
        with _server() as server:
            server.execute(f'DROP DATABASE IF EXISTS "{TEMPLATE}"')


def _file() -> Path:
    KEPT.mkdir(exist_ok=True)
    made = KEPT / f"migrated-{_digest()}.sqlite3"
    with _locked("file"), tempfile.TemporaryDirectory(dir=roomy_folder()) as folder:
        if not made.exists():
            for old in KEPT.glob("migrated-*.sqlite3"):
                old.unlink()
            _migrate(RENKEI_VAR=folder)
            with_journal = Path(folder) / "renkei.sqlite3"
            _without_journal(with_journal)
            shutil.move(with_journal, made)
    return made


def _without_journal(place: Path) -> None:
    """One file, that nothing has to be read beside."""
    opened = sqlite3.connect(place)
    opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.close()


def _digest() -> str:
    """Changes with everything that a migration reads."""
    digest = hashlib.sha256()
    for pattern in READ_BY_MIGRATIONS:
        for path in sorted(HOUSE.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _template() -> str:
    named = settings.DATABASES["default"]
    with _locked(f"{named['HOST']}-{named['PORT']}".replace("/", "-")), _server() as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone():
            server.execute(f'CREATE DATABASE "{TEMPLATE}"')
            address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{TEMPLATE}")
            try:
                _migrate(DATABASE_URL=address.geturl())
            except subprocess.CalledProcessError:
                server.execute(f'DROP DATABASE "{TEMPLATE}"')
                raise
    return TEMPLATE


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    named = settings.DATABASES["default"]
    told = {"host": named["HOST"], "port": named["PORT"] or None, "user": named["USER"]}
    with psycopg.connect(
        **told, password=named["PASSWORD"] or None, dbname="postgres", autocommit=True
    ) as server:
        yield server


def _migrate(**environment: str) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, str(HOUSE / "manage.py"), "migrate", "--verbosity", "0"]
    subprocess.run(command, env={**kept, **environment}, cwd=HOUSE, check=True)


@contextmanager
def _locked(what: str) -> Iterator[None]:
    KEPT.mkdir(exist_ok=True)
    with (KEPT / f"migrated-{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
