"""Two clerks never wait for each other, and a merge leaves alone what somebody is changing."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection, transaction

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement
from renkei.agreements.services import publish, withdraw
from renkei.reports.counts import counts_for
from renkei.reports.models import Stretch
from renkei.reports.services import merge
from tests.factories import a_municipality, an_agreement

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2024, 6, 1)


def elsewhere(action) -> object:
    """What the action answers on a connection of its own."""
    answers = []

    def act() -> None:
        try:
            answers.append(action())
        finally:
            connection.close()

    thread = Thread(target=act)
    thread.start()
    thread.join(timeout=20)
    assert not thread.is_alive(), "somebody waits"
    return answers[0]


def counted() -> tuple[int, int]:
    return counts_for(Audience(None, internal=True)).on(DAY)[""], counts_for(Audience.public()).on(DAY)[""]


def test_a_change_is_counted_when_it_is_committed_and_not_before():
    agreement = an_agreement()
    merge()
    with transaction.atomic():
        publish(agreement, actor=None)
        assert counted() == (1, 1)
        assert elsewhere(counted) == (1, 0)
    assert elsewhere(counted) == (1, 1)


def test_a_merge_goes_on_while_a_clerk_holds_an_agreement():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time")
    held = an_agreement(published=True)
    # Of another town: the clerks of one town write one log, which takes them one after the other.
    other = an_agreement(municipality=a_municipality("131016"), published=True)
    with transaction.atomic():
        withdraw(Agreement.objects.get(pk=held.pk), actor=None)
        assert elsewhere(merge) == 1
        assert elsewhere(lambda: publish_again(other.pk)) == 3
    assert counted() == (2, 1)
    while merge():
        pass
    assert counted() == (2, 1)
    assert not Stretch.objects.waiting().exists()


def publish_again(pk: int) -> int:
    """Another clerk withdraws and publishes another agreement; answers its version."""
    withdraw(Agreement.objects.get(pk=pk), actor=None)
    return publish(Agreement.objects.get(pk=pk), actor=None).version
