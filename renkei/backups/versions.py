"""Which databases and backups this version of the program can take: its own and known older ones, never newer ones."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

FORMAT = 1
"""The format of backups that this version writes; it reads this one and all before it."""
Step = tuple[str, str]


@cache
def program() -> str:
    """The version of this program."""
    with (settings.BASE / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


@cache
def known_steps() -> frozenset[Step]:
    """The migrations of this version, also those that a later one replaced."""
    loader = MigrationLoader(None)
    return frozenset(loader.disk_migrations)


def steps_of(alias: str = DEFAULT_DB_ALIAS) -> set[Step]:
    """The migrations that the database has been through."""
    return set(MigrationRecorder(connections[alias]).applied_migrations())


def unknown(steps: Iterable[Step]) -> list[str]:
    """Those of the steps of our own rooms and of installed packages that this version does not know."""
    apps = {app for app, _name in known_steps()}
    return sorted(f"{app}.{name}" for app, name in set(steps) - known_steps() if app in apps)


@register(Tags.database)
def database_is_not_of_a_newer_version(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Refuse a database that a newer version has changed: this one would misread it."""
    return [
        Error(
            f"The database was changed by a newer version of Renkei ({', '.join(newer[:3])}); this is {program()}.",
            hint="Start the newer version again, or restore a backup of this version into an empty database.",
            id="renkei.E003",
        )
        for alias in databases or []
        if (newer := unknown(steps_of(alias)))
    ]
