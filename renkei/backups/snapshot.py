"""One moment of the whole database, held still for reading while people go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction


@contextmanager
def a_snapshot() -> Iterator[None]:
    """Inside, this thread reads one moment only, over a connection of its own.

    SQLite in WAL mode and PostgreSQL from REPEATABLE READ on give a reader the moment of its first look, and
    keep no writer waiting.
    """
    usual = connections[DEFAULT_DB_ALIAS]
    still = usual.copy(DEFAULT_DB_ALIAS)
    if still.vendor == "sqlite":
        still.settings_dict["OPTIONS"]["transaction_mode"] = "DEFERRED"
    connections[DEFAULT_DB_ALIAS] = still
    try:
        with transaction.atomic():
            with still.cursor() as cursor:
                if still.vendor == "postgresql":
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                    cursor.execute("SET LOCAL statement_timeout = 0")
                    cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
                cursor.execute("SELECT count(*) FROM django_migrations")
            yield
    finally:
        still.close()
        connections[DEFAULT_DB_ALIAS] = usual
