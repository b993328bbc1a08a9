"""States of the database that take long to make: made once, kept as a file, and put back where they are wanted again.

SQLite only, whose database is one file; on PostgreSQL they are made anew.
"""

import fcntl
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from renkei.search import blocks, index

PATIENCE = 60
"""Seconds after which somebody who still writes is an error."""


class Kept:
    """The whole database as it was when this was made."""

    def __init__(self, place: Path | str = ":memory:") -> None:
        self.rows = sqlite3.connect(place, check_same_thread=False)

    def keep(self) -> "Kept":
        """Keep what the database holds now."""
        connection.ensure_connection()
        connection.connection.backup(self.rows)
        return self

    def put_back(self) -> None:
        """Whatever was written since is gone, in the database and in what the program remembers of it."""
        connection.ensure_connection()
        self.rows.backup(connection.connection, progress=_not_for_ever(), sleep=0.05)
        index._latest.clear()
        blocks._latest.clear()


def _not_for_ever() -> Callable[[int, int, int], None]:
    """The copying waits for whoever still writes, and would wait for ever."""
    tries = iter(range(int(PATIENCE / 0.05)))

    def tell(status: int, remaining: int, total: int) -> None:
        if status != sqlite3.SQLITE_DONE and next(tries, None) is None:
            raise TimeoutError("Somebody still writes into the database of the tests.")

    return tell


def made_once(folder: Path, make: Callable[[], Any]) -> Any:
    """What `make` makes and answers, as plain values; one worker makes it, the others get its rows and files."""
    if connection.vendor != "sqlite":
        return make()
    folder.mkdir(exist_ok=True)
    told, rows, files = folder / "told.json", folder / "rows.sqlite3", folder / "files"
    with _locked(folder / "lock"):
        if not told.exists():
            answer = make()
            Kept(rows).keep().rows.close()
            shutil.copytree(settings.MEDIA_ROOT, files)
            told.write_text(json.dumps(answer))
            return answer
    kept = Kept(rows)
    kept.put_back()
    kept.rows.close()
    shutil.copytree(files, settings.MEDIA_ROOT, dirs_exist_ok=True)
    return json.loads(told.read_text())


@contextmanager
def _locked(place: Path) -> Iterator[None]:
    with place.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def folder_of_all_workers(of_this_worker: Path) -> Path:
    """A folder that the workers of one run share."""
    return of_this_worker.parent if "PYTEST_XDIST_WORKER" in os.environ else of_this_worker
