"""`./run bench backup`: a backup with its check, against copying the database file (SQLite) or COPY of its tables."""

import os
import shutil
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench import _peers
from bench._databases import arguments, on_each_database, prepare

AGREEMENTS = 20_000


def main() -> int:
    options = arguments("backup", (__doc__ or "").split("\n")[0])
    options.set_defaults(size=AGREEMENTS)
    asked = options.parse_args()
    if not asked.inside:
        return on_each_database("bench.backup", asked)
    prepare(asked.size)
    measure(asked.inside, asked.size, asked.folder)
    return 0


def copied(folder: Path) -> None:
    """What a copy without any proof costs: the file, or every table as COPY gives it."""
    from django.apps import apps
    from django.db import connection

    from renkei.backups.rows import tables

    if connection.vendor == "sqlite":
        shutil.copyfile(connection.settings_dict["NAME"], folder / "copied")
        with (folder / "copied").open("rb") as file:
            os.fsync(file.fileno())
        return
    with connection.cursor() as cursor, (folder / "copied").open("wb") as file:
        for model in tables(apps):
            with cursor.copy(f'COPY "{model._meta.db_table}" TO STDOUT') as copy:
                for piece in copy:
                    file.write(piece)
        os.fsync(file.fileno())


def checked(path: Path) -> None:
    from renkei.backups.reading import faults

    with path.open("rb") as file:
        assert list(faults(file)) == []


def measure(database: str, size: int, folder: Path) -> None:
    from renkei.backups.writing import back_up

    path = folder / "backup.zip"
    floor = _peers.fastest(partial(copied, folder), 3)
    own = _peers.fastest(lambda: back_up(path, at=datetime.now(UTC)), 2)
    check = _peers.fastest(partial(checked, path), 2)
    manifest = back_up(path, at=datetime.now(UTC))
    rows = sum(table["rows"] for table in manifest["tables"].values())
    print(
        f"backup, {size:,} agreements ({rows:,} rows), {database}: {own:.2f} s, {own / floor:.1f} times a copy without "
        f"proof ({floor:.2f} s); {own / rows * 1e6:.1f} µs a row; checked in {check:.2f} s; "
        f"{path.stat().st_size / 1024**2:.1f} MB of {(folder / 'copied').stat().st_size / 1024**2:.1f} MB"
    )


if __name__ == "__main__":
    sys.exit(main())
