"""An empty installation beside the one that the test works in, and a town with a document."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from renkei.agreements.services import attach
from tests.factories import a_user, an_agreement


class Elsewhere:
    """Another database and another place for files; inside `used()` the program works there."""

    def __init__(self, settings, database: str, files: str) -> None:
        self.settings, self.database, self.files = settings, database, files

    @contextmanager
    def used(self) -> Iterator[None]:
        here, files = connection.settings_dict["NAME"], self.settings.MEDIA_ROOT
        connection.close()
        connection.settings_dict["NAME"], self.settings.MEDIA_ROOT = self.database, self.files
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"], self.settings.MEDIA_ROOT = here, files


def a_copy_on_postgresql(name: str) -> None:
    """The tables as the migrations left them, under another name."""
    here = connection.settings_dict["NAME"]
    connection.close()
    with as_owner() as owner:
        owner.execute(f"DROP DATABASE IF EXISTS {name}")
        owner.execute(f"CREATE DATABASE {name} TEMPLATE {here}")


def as_owner() -> psycopg.Connection:
    named = connection.get_connection_params()
    asked = {part: named[part] for part in ("user", "host", "port")}
    return psycopg.connect(**asked, dbname="postgres", autocommit=True)


@pytest.fixture
def elsewhere(transactional_db, settings, tmp_path) -> Iterator[Elsewhere]:
    """An empty installation of the same version."""
    files = str(tmp_path / "files elsewhere")
    if connection.vendor == "postgresql":
        beside = f"{connection.settings_dict['NAME']}_beside"  # each worker has its own
        a_copy_on_postgresql(beside)
        yield Elsewhere(settings, beside, files)
        with as_owner() as owner:
            owner.execute(f"DROP DATABASE {beside} WITH (FORCE)")
        return
    database = str(tmp_path / "elsewhere.sqlite3")
    connection.ensure_connection()
    copied = sqlite3.connect(database)
    connection.connection.backup(copied)
    copied.close()
    yield Elsewhere(settings, database, files)


@pytest.fixture
def town(elsewhere):
    """A town with a person, agreements of many kinds of days, and a document."""
    a_user()
    agreement = an_agreement(
        starts="2024-04-01", ends="2025-03-31", published=True, purpose="𠮷野家と\n「改行」も"
    )
    an_agreement(title="年だけ分かる協定", signed="2019")
    attach(agreement, b"%PDF-1.7 " + bytes(range(256)) * 40, name="協定書.pdf", actor=None)
    return agreement.municipality
