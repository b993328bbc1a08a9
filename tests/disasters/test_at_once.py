"""Many people write in one incident at once: who came first writes first, and nothing is lost or doubled."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from renkei.disasters.incidents.call_facts import CallFacts
from renkei.disasters.models import Call, HelpRequest, IncidentNote, Step
from renkei.disasters.services.incidents import note_in
from renkei.disasters.services.pressing import note_call
from renkei.disasters.turns import WRITERS, Queue, in_turn
from renkei.disasters.vocabulary import CallOutcome, RequestState, StepKind
from tests.disaster_factories import AT, a_capability, a_need, an_incident
from tests.factories import an_agreement

PEOPLE, CALLS = 8, 5


def beside(act):
    """Done by another person, on a connection of their own."""

    def work():
        try:
            act()
        finally:
            connection.close()

    person = Thread(target=work)
    person.start()
    return person


def test_who_came_first_is_first_and_who_waits_too_long_leaves_the_line():
    queue, served = Queue(), []
    assert queue.take(0)
    assert not queue.take(0.01)  # left again: nobody's turn is lost with it
    people = []
    for number in range(5):
        people.append(beside(lambda number=number: (queue.take(10), served.append(number), queue.give())))
        while queue.waiting <= number:
            pass
    queue.give()
    for one in people:
        one.join(10)
    assert served == [0, 1, 2, 3, 4]
    assert queue.take(0)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL queues by itself")
@pytest.mark.django_db(transaction=True)
def test_notes_are_written_in_the_order_in_which_they_came_while_somebody_wrote():
    incident, people = an_incident(), []
    with in_turn(), in_turn():  # the inner one is a part of the outer one, and waits for nobody
        for number in range(5):
            people.append(beside(lambda n=number: note_in(incident, f"{n}", actor=None, at=AT)))
            while WRITERS.waiting <= number:
                pass
    for one in people:
        one.join(30)
    assert list(IncidentNote.objects.order_by("pk").values_list("text", flat=True)) == list("01234")
    assert WRITERS.waiting == 0


@pytest.mark.django_db(transaction=True)
def test_of_many_who_call_at_once_each_press_counts_once_even_if_sent_twice():
    offer = a_capability(an_agreement())
    needs = [a_need(an_incident()) for _number in range(2)]
    gate, failed = Barrier(PEOPLE), []

    def call(number: int) -> None:
        need = needs[number % 2]
        is_answered = number % 4 < 2
        facts = CallFacts(offer.organisation, CallOutcome.REACHED if is_answered else CallOutcome.NO_ANSWER)
        note_call(
            need,
            facts,
            StepKind.ACCEPTED if is_answered else None,
            agreement=offer.agreement,
            capability=offer,
            actor=None,
            at=AT,
            public_id=f"0000000000{number:02d}",
        )

    def person(which: int) -> None:
        gate.wait(30)
        for number in range(CALLS):  # two people send each call
            try:
                call(which // 2 * CALLS + number)
            except Exception as error:  # noqa: BLE001 — told below
                failed.append(error)

    for one in [beside(lambda which=which: person(which)) for which in range(PEOPLE)]:
        one.join(60)
    assert failed == []
    assert Call.objects.count() == PEOPLE // 2 * CALLS
    assert HelpRequest.objects.count() == 2
    assert {one.state for one in HelpRequest.objects.all()} == {RequestState.ACCEPTED}
    assert Step.objects.filter(kind=StepKind.ASKED).count() == 2
    assert Step.objects.filter(kind=StepKind.ACCEPTED).count() == 10
