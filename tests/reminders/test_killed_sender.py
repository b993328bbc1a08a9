"""A sender that is killed anywhere loses no letter and sends none more than twice, then under the same id."""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from renkei.reminders.models import Letter, LetterState
from renkei.reminders.sending import CLAIM_LASTS, send_some
from tests.reminders.writing import a_letter

ROOT = Path(__file__).resolve().parents[2]
LETTERS = 24
SENDER = """
import sys
from datetime import datetime
import django
django.setup()
from renkei.reminders.sending import send_some
print("ready", flush=True)
while send_some(datetime.fromisoformat(sys.argv[1])):
    pass
"""


def same_database() -> str:
    """The address of the database that this test uses."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def a_sender(moment) -> subprocess.Popen[bytes]:
    """A sender in a program of its own, which has begun."""
    environment = {
        **os.environ,
        "DATABASE_URL": same_database(),
        "DJANGO_SETTINGS_MODULE": "renkei.settings",
        "RENKEI_VAR": str(settings.MEDIA_ROOT),
        "RENKEI_MAIL_HOST": "127.0.0.1",
        "RENKEI_MAIL_PORT": str(settings.EMAIL_PORT),
        "RENKEI_MAIL_FROM": "renkei@town.example.jp",
    }
    command = [sys.executable, "-c", SENDER, moment.isoformat()]
    started = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    assert started.stdout
    assert started.stdout.readline() == b"ready\n"
    return started


@pytest.mark.django_db(transaction=True)
def test_letters_survive_a_sender_that_is_killed(postbox, now):
    for _number in range(LETTERS):
        a_letter(now)
    connection.close()
    chance, moment, killed = random.Random(20261126), now, 0
    for attempt in range(3):
        sender = a_sender(moment)
        taken = []
        if attempt % 2 == 0:  # between the server's taking the letter and its answer
            victim, at = sender, chance.randint(1, 6)
            postbox.when_taken = lambda victim=victim, at=at, taken=taken: (
                taken.append(1),
                len(taken) == at and victim.send_signal(signal.SIGKILL),
            )
        else:  # anywhere
            postbox.when_taken = lambda: None
            with_delay = chance.uniform(0, 0.08)
            try:
                sender.wait(with_delay)
            except subprocess.TimeoutExpired:
                sender.kill()
        killed += sender.wait(30) == -signal.SIGKILL
        sender.stdout.close()
        moment += CLAIM_LASTS + timedelta(seconds=1)
    postbox.when_taken = lambda: None
    for _time in range(3):
        while send_some(moment):
            pass
        moment += CLAIM_LASTS + timedelta(hours=2)
    assert killed >= 2
    states = Counter(Letter.objects.values_list("state", flat=True))
    assert states[LetterState.SENT] + states[LetterState.FAILED] == LETTERS
    times = Counter(postbox.message_ids)
    assert len(times) == LETTERS
    assert max(times.values()) <= 2
    assert states[LetterState.FAILED] <= sum(count == 2 for count in times.values())
    flagged = Letter.objects.filter(state=LetterState.FAILED)
    assert all("届いたかどうか分かりません" in letter.error for letter in flagged)
