"""Start-up checks: the database must keep what it has acknowledged."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

FULL = 2


@register(Tags.database)
def database_keeps_what_it_acknowledged(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Refuse SQLite below synchronous=FULL and PostgreSQL with fsync off: both lose acknowledged commits."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        statement = "PRAGMA synchronous" if connection.vendor == "sqlite" else "SHOW fsync"
        with connection.cursor() as cursor:
            cursor.execute(statement)
            value = cursor.fetchone()[0]
        if (connection.vendor == "sqlite" and int(value) < FULL) or value == "off":
            found.append(
                Error(
                    f"{statement} answers {value}: a power loss would lose commits that were acknowledged.",
                    hint="SQLite: PRAGMA synchronous=FULL. PostgreSQL: fsync = on.",
                    id="renkei.E001",
                )
            )
    return found
