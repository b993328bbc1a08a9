"""Needs, calls, requests and steps: kept once by their ids, never refused for their order, contradictions shown."""

from datetime import timedelta
from decimal import Decimal
from itertools import permutations
from threading import Thread

import pytest
from django.db import connection

from renkei.audit.models import Entry
from renkei.disasters.incidents.asked_facts import AskedFacts
from renkei.disasters.incidents.call_facts import CallFacts
from renkei.disasters.incidents.need_facts import NeedFacts
from renkei.disasters.incidents.remaining import coverage
from renkei.disasters.incidents.step_facts import StepFacts
from renkei.disasters.models import Call, HelpRequest, Incident, Need, Step
from renkei.disasters.refusals import IncidentRefused, RequestRefused
from renkei.disasters.services.calling import amend_call, log_call, void_call
from renkei.disasters.services.incidents import note_in, open_incident
from renkei.disasters.services.needs import change_need, drop_need, meet_need, write_need
from renkei.disasters.services.pressing import ask_partner, note_call
from renkei.disasters.services.stepping import (
    change_request,
    confirm_by_call_back,
    record_step,
    settle_conflict,
    void_step,
)
from renkei.disasters.vocabulary import CallOutcome, DisasterFunction, Hazard, IncidentKind, NeedState
from renkei.disasters.vocabulary import RequestState as S
from renkei.disasters.vocabulary import StepKind as K
from tests.disaster_factories import (
    AT,
    DAY,
    a_capability,
    a_contact,
    a_district,
    a_need,
    a_request,
    an_incident,
    the_partner,
)
from tests.factories import a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db

WATER = NeedFacts(DisasterFunction.FOOD_WATER, "水", Decimal(2000), "本")


def step(request, kind, by, minute=0, quantity=None, **facts):
    at = AT + timedelta(minutes=minute)
    number = None if quantity is None else Decimal(quantity)
    return record_step(request, StepFacts(kind, number), actor=by, at=at, received_at=at, **facts)


def standing(request):
    request = HelpRequest.objects.get(pk=request.pk)
    return request.state, request.promised, request.arrived


def test_an_incident_is_opened_once_and_names_itself_and_its_needs_are_numbered():
    town, clerk = a_municipality(), a_user()
    facts = {"kind": IncidentKind.DRILL, "hazard": Hazard.EARTHQUAKE, "title": " ", "actor": clerk, "at": AT}
    opened = open_incident(town, **facts, public_id="000000000001")
    assert open_incident(town, **facts, public_id="000000000001") == opened
    assert opened.title == "令和6年9月2日の地震(訓練)"
    first = write_need(opened, WATER, actor=clerk, at=AT, public_id="000000000002")
    assert write_need(opened, WATER, actor=clerk, at=AT, public_id="000000000002") == first
    assert write_need(opened, WATER, actor=clerk, at=AT).number == 2
    note_in(opened, "道が通れない", actor=clerk, at=AT, public_id="000000000003")
    note_in(opened, "道が通れない", actor=clerk, at=AT, public_id="000000000003")
    assert (Incident.objects.count(), Need.objects.count(), opened.notes.count()) == (1, 2, 1)
    with pytest.raises(IncidentRefused, match="ほかの災害"):
        write_need(an_incident(), WATER, actor=clerk, at=AT, public_id="000000000002")
    district = a_district(a_municipality("131016"))
    with pytest.raises(IncidentRefused, match="ほかの自治体"):
        write_need(opened, NeedFacts(DisasterFunction.FUEL, district=district), actor=clerk, at=AT)
    told = [entry.sentence for entry in Entry.objects.order_by("pk")]
    assert len(told) == 4
    assert "訓練" in told[0]


def test_a_need_is_put_right_met_and_dropped_and_of_two_editors_one_is_told():
    need, clerk = a_need(), a_user()
    seen = Need.objects.get(pk=need.pk)
    change_need(need, NeedFacts(DisasterFunction.FOOD_WATER, "茶", said=need.said), actor=clerk, at=AT)
    with pytest.raises(IncidentRefused, match="先に変更"):
        meet_need(seen, actor=clerk, at=AT)
    with pytest.raises(IncidentRefused, match="理由"):
        drop_need(need, reason=" ", actor=clerk, at=AT)
    meet_need(need, actor=clerk, at=AT)
    need.refresh_from_db()
    assert (need.state, need.goods, need.met_at) == (NeedState.MET, "茶", AT)


def test_one_press_writes_the_call_the_request_and_the_answer_once():
    agreement, clerk = an_agreement(), a_user()
    capability = a_capability(agreement, quantity=Decimal(500))
    need, partner = a_need(an_incident(agreement.municipality)), the_partner(agreement)
    facts = {"agreement": agreement, "capability": capability, "actor": clerk, "at": AT}
    told = CallFacts(partner, CallOutcome.REACHED)
    for _again in range(2):
        call = note_call(need, told, K.ACCEPTED, **facts, public_id="00000000000a")
    request = call.request
    assert (Call.objects.count(), Step.objects.count()) == (1, 2)
    assert standing(request) == (S.ACCEPTED, 500, None), "no more is asked than was promised"
    assert coverage(need, need.requests.all()).left == 1500
    assert ask_partner(need, partner, **facts, public_id="00000000000b") == request, "no second one beside it"
    amend_call(call, spoke_with="佐藤", note="朝までに", actor=clerk)
    amend_call(call, spoke_with="田中", actor=clerk)
    void_call(call, actor=clerk, at=AT)
    call.refresh_from_db()
    assert (call.spoke_with, call.note, call.voided_at) == ("佐藤", "朝までに", AT)
    assert not Call.objects.valid().exists()


def test_a_wrong_number_is_noted_at_the_contact_and_forgotten_when_the_press_is_taken_back():
    agreement, clerk = an_agreement(), a_user()
    contact = a_contact(agreement, channels=(("mobile", "090-0000-0001"),))
    incident, partner = an_incident(agreement.municipality), the_partner(agreement)
    for facts in (
        CallFacts(partner, CallOutcome.WRONG, contact=contact, called="090-0000-0001"),
        CallFacts(partner, CallOutcome.WRONG, called="090-0000-0001"),
    ):
        call = log_call(incident, facts, actor=clerk, at=AT, received_at=AT)
        contact.refresh_from_db()
        assert (contact.has_failed, contact.failed_on) == (True, DAY)
        assert "090-0000-0001" in contact.failed_note
        void_call(call, actor=clerk, at=AT)
        contact.refresh_from_db()
        assert (contact.has_failed, contact.failed_note) == (False, "")
    log_call(
        incident,
        CallFacts(partner, CallOutcome.NO_ANSWER, contact=contact),
        actor=clerk,
        at=AT,
        received_at=AT,
    )
    contact.refresh_from_db()
    assert not contact.has_failed, "who sleeps has no wrong number"


def test_what_is_asked_is_put_right_and_what_is_short_follows():
    asked, clerk = a_request(an_agreement(), quantity=Decimal(100), unit="枚"), a_user()
    step(asked, K.ACCEPTED, clerk)
    asked.refresh_from_db()
    seen = HelpRequest.objects.get(pk=asked.pk)
    changed = change_request(asked, AskedFacts(Decimal(300), "枚", "昼まで", "正門から"), actor=clerk)
    assert (changed.promised, changed.wanted, changed.conditions) == (300, "昼まで", "正門から")
    with pytest.raises(RequestRefused, match="先に変更"):
        change_request(seen, AskedFacts(Decimal(5)), actor=clerk)
    with pytest.raises(RequestRefused, match="桁"):
        change_request(changed, AskedFacts(Decimal(10) ** 12), actor=clerk)


def test_a_number_without_a_unit_is_counted_as_the_partner_counts():
    agreement = an_agreement()
    capability = a_capability(agreement, quantity=Decimal(120), goods="毛布", unit="枚")
    need = a_need(an_incident(agreement.municipality), goods="毛布", quantity=Decimal(500), unit="")
    facts = {"agreement": agreement, "capability": capability, "actor": None, "at": AT}
    asked = ask_partner(need, the_partner(agreement), **facts, public_id="00000000000a")
    assert (asked.quantity, asked.unit) == (120, "枚")


def test_calls_and_steps_of_another_incident_or_town_are_refused():
    mine, theirs = a_request(an_agreement()), a_request(an_agreement(municipality=a_municipality("131016")))
    clerk = a_user()
    step(mine, K.ASKED, clerk, public_id="00000000000a")
    with pytest.raises(IncidentRefused, match="ほかの災害"):
        step(theirs, K.ASKED, clerk, public_id="00000000000a")
    for facts in (
        CallFacts(theirs.organisation, CallOutcome.BUSY),
        CallFacts(mine.organisation, CallOutcome.BUSY, request=theirs),
    ):
        with pytest.raises(RequestRefused):
            log_call(mine.incident, facts, actor=clerk, at=AT, received_at=AT)


def test_whatever_order_steps_come_in_the_request_and_its_conflicts_are_the_same():
    night, day = a_user(sign_in_name="yoru"), a_user(sign_in_name="hiru")
    told = [
        (K.ASKED, night, 0, None, "0000000000a1"),
        (K.ACCEPTED, night, 5, 1800, "0000000000a2"),
        (K.DECLINED, day, 9, None, "0000000000a3"),
        (K.ARRIVED, night, 60, 1800, "0000000000a4"),
        (K.ARRIVED, day, 70, 1800, "0000000000a5"),
    ]
    for order in (told, told[::-1], list(permutations(told))[67]):
        request = a_request(an_agreement())
        request_steps = {line[4]: line for line in order}
        Step.objects.all().delete()
        for kind, by, minute, quantity, public_id in [*order, *order]:
            step(request, kind, by, minute, quantity, public_id=public_id)
        assert request.steps.count() == len(request_steps)
        assert standing(request) == (S.ARRIVED, 0, 1800), "two who note one arrival do not make two lorries"
        marks = dict(request.steps.in_conflict().values_list("public_id", "conflicts_with__public_id"))
        assert marks == {"0000000000a3": "0000000000a2", "0000000000a5": "0000000000a4"}


def test_a_person_settles_a_conflict_and_nothing_is_deleted():
    request, night, day = a_request(an_agreement()), a_user(sign_in_name="yoru"), a_user(sign_in_name="hiru")
    accepted = step(request, K.ACCEPTED, night, 1)
    declined = step(request, K.DECLINED, day, 2)
    assert declined.conflicts_with == accepted
    assert standing(request)[0] == S.DECLINED
    settle_conflict(declined, holds=accepted, actor=day, at=AT)
    assert standing(request) == (S.ACCEPTED, 2000, None)
    with pytest.raises(RequestRefused, match="もう片づいて"):
        settle_conflict(declined, holds=None, actor=day, at=AT)
    step(request, K.ARRIVED, night, 60, 900)
    second = step(request, K.ARRIVED, day, 61, 900)
    settle_conflict(second, holds=None, actor=day, at=AT)
    assert standing(request) == (S.ARRIVED, 2000, 1800), "both lorries were there"
    void_step(second, actor=day, at=AT)
    assert standing(request)[2] == 900
    assert [one.kind for one in request.steps.filter(is_void=True)] == [K.DECLINED, K.ARRIVED]


def test_an_answer_by_the_link_counts_after_somebody_has_called_back():
    request, clerk = a_request(an_agreement()), a_user()
    step(request, K.ASKED, clerk)
    step(request, K.ACCEPTED, None, 5, came_by_link=True)
    assert standing(request)[0] == S.ASKED
    confirm_by_call_back(request, actor=clerk, at=AT + timedelta(minutes=9))
    assert standing(request)[0] == S.ACCEPTED


@pytest.mark.django_db(transaction=True)
def test_people_who_write_at_once_lose_nothing():
    request, clerk = a_request(an_agreement()), a_user()
    failures = []

    def work(person: int) -> None:
        try:
            for turn in range(4):
                own = f"{person:06d}{turn:06d}"
                step(request, K.ARRIVED, clerk, turn, 10, public_id=own)
                # Everybody sends this one.
                step(request, K.ACCEPTED, clerk, 0, public_id="0000000000aa")
                facts = CallFacts(request.organisation, CallOutcome.BUSY)
                log_call(request.incident, facts, actor=clerk, at=AT, received_at=AT, public_id=own)
                write_need(request.incident, WATER, actor=clerk, at=AT, public_id=own)
        except Exception as failure:  # noqa: BLE001 — told below
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=work, args=(person,)) for person in range(1, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not failures
    assert standing(request) == (S.ARRIVED, 2000, 200)
    assert (request.steps.count(), request.incident.calls.count()) == (21, 20)
    numbers = list(request.incident.needs.values_list("number", flat=True))
    assert numbers == list(range(1, 22))
