"""A commit that is killed half-way leaves nothing half done, and can be started again."""

import datetime
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from renkei.agreements.models import Agreement
from renkei.audit.models import Entry
from renkei.ledger import services
from renkei.ledger.models import Batch, BatchState
from renkei.municipalities.models import Division
from renkei.partners.models import Organisation
from tests.factories import a_municipality

ROOT = Path(__file__).resolve().parents[2]
ROWS = 1200
KILLED_AT_THE_NTH_WRITE = """
import os, signal, sys
import django
django.setup()
from django.db import connection
from renkei.ledger import services
from renkei.ledger.models import Batch

left = int(sys.argv[2])

def killing(execute, sql, params, many, context):
    global left
    answer = execute(sql, params, many, context)
    if sql.startswith(("INSERT", "UPDATE")):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    return answer

with connection.execute_wrapper(killing):
    services.commit(Batch.objects.get(pk=sys.argv[1]), actor=None)
"""


def same_database() -> str:
    """The address of the database that this test uses."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def commit_in_a_process_that_dies(batch: Batch, *, at_write: int) -> int:
    """Commit in a program of its own, which is killed after so many writes; how it ended."""
    environment = {
        **os.environ,
        "DATABASE_URL": same_database(),
        "DJANGO_SETTINGS_MODULE": "renkei.settings",
        "RENKEI_VAR": str(settings.MEDIA_ROOT),
    }
    command = [sys.executable, "-c", KILLED_AT_THE_NTH_WRITE, str(batch.pk), str(at_write)]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def everything() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Agreement, Organisation, Division, Entry))


@pytest.mark.django_db(transaction=True)
def test_a_commit_killed_anywhere_leaves_nothing_and_starts_again():
    lines = "".join(f"協定その{n}に関する協定,株式会社見本{n},H17.8.31,第{n % 9}課\n" for n in range(ROWS))
    batch = services.bring(
        f"協定名,相手方,締結日,担当課\n{lines}".encode(),
        file_name="台帳.csv",
        municipality=a_municipality(),
        listed_on=datetime.date(2026, 4, 1),
        actor=None,
    )
    connection.close()
    before = everything()
    for at_write in (1, 6, 12, 17):
        assert commit_in_a_process_that_dies(batch, at_write=at_write) == -signal.SIGKILL
        assert everything() == before
        assert Batch.objects.get().state == BatchState.READY
    services.commit(Batch.objects.get(), actor=None)
    assert Agreement.objects.count() == ROWS
