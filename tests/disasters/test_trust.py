"""What nobody may do about disasters, whoever tries: take others' records by an id, flood, leave people's traces."""

from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from renkei.agreements.services import Refused
from renkei.audit.models import Entry
from renkei.disasters.contacts.facts import ChannelFacts, ContactFacts
from renkei.disasters.incidents.answer_links import LASTS, token_of
from renkei.disasters.incidents.call_facts import CallFacts
from renkei.disasters.incidents.step_facts import StepFacts
from renkei.disasters.models import (
    Call,
    ContactCheck,
    EmergencyContact,
    HelpRequest,
    Incident,
    Need,
    Step,
    UnplacedRecord,
)
from renkei.disasters.offline.told import LENGTHS, Kind
from renkei.disasters.services.answering import ANSWERS_AT_MOST, LinkAnswer, answer_by_link
from renkei.disasters.services.contacts import write_chain
from renkei.disasters.services.lessons import LessonFacts, write_lesson
from renkei.disasters.services.receiving import Outcome, receive
from renkei.disasters.services.requesting import log_call, make_request, record_step
from renkei.disasters.services.shifts import hand_over
from renkei.disasters.vocabulary import CallOutcome, ChannelKind, StepKind
from renkei.documents.services import keep
from renkei.partners.models import Organisation
from renkei.retention.services.removing import remove_records
from tests.disaster_factories import (
    AT,
    a_call,
    a_capability,
    a_contact,
    a_contact_check,
    a_need,
    a_request,
    a_step,
    an_incident,
    the_partner,
)
from tests.factories import a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db
TOLD = {"actor": None, "at": AT, "received_at": AT}


@pytest.fixture
def ours():
    return an_agreement(title="わが市の協定")


@pytest.fixture
def other():
    """Another partner of the same town."""
    return an_agreement(title="別の協定", partners=("別の商店",))


@pytest.fixture
def theirs():
    return an_agreement(title="他町の協定", municipality=a_municipality("011002"))


def refused(act, *given, **told) -> None:
    with pytest.raises(Refused), transaction.atomic():
        act(*given, **told)


def test_a_record_of_another_partner_another_incident_or_another_town_is_not_joined_to_ours(
    ours, other, theirs
):
    need, clerk = a_need(an_incident()), a_user()
    partner, incident = the_partner(ours), need.incident
    for foreign in (other, theirs):
        for facts in (
            CallFacts(partner, CallOutcome.REACHED, contact=a_contact(foreign)),
            CallFacts(partner, CallOutcome.REACHED, request=a_request(foreign)),
            CallFacts(partner, CallOutcome.REACHED, need=a_need(an_incident(foreign.municipality))),
        ):
            refused(log_call, incident, facts, **TOLD)
        asked = {"actor": None, "at": AT, "quantity": None}
        refused(make_request, need, partner, agreement=None, capability=a_capability(foreign), **asked)
        refused(make_request, need, partner, agreement=foreign, capability=a_capability(ours), **asked)
    refused(make_request, need, the_partner(theirs), agreement=None, capability=None, **asked)
    told = [ContactFacts(unit="課", channels=(ChannelFacts(ChannelKind.PHONE, "0166-00-0000"),))]
    refused(write_chain, partner, told, agreement=theirs, actor=clerk, at=AT)
    refused(write_chain, the_partner(theirs), told, town=a_municipality(), actor=clerk, at=AT)
    elsewhere = an_incident(a_municipality("011002"))
    once = {"actor": clerk, "public_id": "0nce00000000"}
    write_lesson(elsewhere, LessonFacts("他町の教訓"), **once)
    hand_over(elsewhere, text="他町の引継ぎ", to_name="", at=AT, **once)
    refused(write_lesson, incident, LessonFacts("わが市の教訓"), **once)
    refused(hand_over, incident, text="わが市の引継ぎ", to_name="", at=AT, **once)
    merged = Organisation.objects.create(
        municipality=ours.municipality, name="旧商店", folded_name="旧商店", merged_into=partner
    )
    kept = a_contact(ours, organisation=merged)
    assert log_call(incident, CallFacts(partner, CallOutcome.REACHED, contact=kept), **TOLD).contact == kept


def test_what_arrives_is_counted_up_to_what_the_register_holds_and_no_step_is_refused(ours):
    request = a_request(ours)
    for place in range(12):
        later = AT + timedelta(minutes=place)
        facts = StepFacts(StepKind.ARRIVED, Decimal("99999999999.99"))
        record_step(request, facts, actor=None, at=later, received_at=later)
    request.refresh_from_db()
    assert (request.steps.count(), request.arrived) == (12, Decimal("999999999999.99"))


def test_one_press_at_two_links_is_refused_with_a_sentence_and_a_link_fills_no_record(client, ours, settings):
    settings.FORM_SECONDS = 0
    need = a_need(an_incident())
    asked = [a_request(ours, need, sent_to="a@example.jp", sent_at=AT) for _link in range(2)]
    pressed = {"kind": "accepted", "by_name": "物流課 鈴木", "once": "0nce00000000"}
    answers = []
    for one in asked:
        token = token_of(one, until=timezone.now() + LASTS)
        address = reverse("counter:help_request_answer", args=[need.incident.municipality.code, token])
        shown = client.get(address)
        told = pressed | {"shown_at": shown.context["form"]["shown_at"].value()}
        answers.append(client.post(address, told))
    assert [one.status_code for one in answers] == [200, 422]
    assert [one.steps.count() for one in asked] == [1, 0]
    now = timezone.now()
    for _press in range(ANSWERS_AT_MOST):
        answer_by_link(token, LinkAnswer(StepKind.DECLINED, "鈴木"), at=now)
    refused(answer_by_link, token, LinkAnswer(StepKind.DECLINED, "鈴木"), at=now)
    assert asked[1].steps.count() == ANSWERS_AT_MOST
    assert "鈴木" not in "".join(one.sentence for one in Entry.objects.all())


def test_with_the_last_agreement_every_name_and_number_of_the_partners_people_goes(ours, other):
    paper = keep(b"%PDF-1.7 1", name="調査票.pdf", municipality=ours.municipality)
    for agreement in (ours, other):
        contact = a_contact(agreement)
        check = a_contact_check(
            agreement,
            None if agreement == ours else ContactCheck.objects.get().campaign,
            answered_by="佐藤 一郎",
            answer={"after": {"contacts": ["佐藤 一郎 090-0000-0001"]}},
            paper=paper if agreement == ours else None,
        )
        check.calls.create(contact=contact, called="090-0000-0001", at=AT, outcome=CallOutcome.REACHED)
        asked = a_request(agreement, sent_to="sato@example.jp")
        a_step(asked, told_by="佐藤 一郎")
        a_call(asked, contact=contact, called="090-0000-0001", spoke_with="佐藤 一郎")
        told = {"partner": the_partner(agreement).public_id, "spoke_with": "佐藤 一郎", "note": "届いた"}
        UnplacedRecord.objects.create(
            incident=asked.incident, public_id=f"unp{agreement.pk:09}", kind="call", told=told, reason="",
            received_at=AT,
        )  # fmt: skip
    old = Organisation.objects.create(municipality=ours.municipality, name="旧", folded_name="旧")
    Organisation.objects.filter(pk=old.pk).update(merged_into=the_partner(other))
    other.parties.filter(organisation__isnull=False).update(organisation=old)
    documents = remove_records(ours)
    assert [one["name"] for one in documents] == ["調査票.pdf"]
    left = {
        model.__name__: model.objects.count() for model in (EmergencyContact, ContactCheck, HelpRequest, Call)
    }
    assert left == {"EmergencyContact": 1, "ContactCheck": 1, "HelpRequest": 2, "Call": 2}
    assert sorted(Call.objects.values_list("called", "spoke_with")) == [
        ("", ""),
        ("090-0000-0001", "佐藤 一郎"),
    ]
    assert sorted(Step.objects.values_list("told_by", flat=True)) == ["", "佐藤 一郎"]
    assert sorted(HelpRequest.objects.values_list("sent_to", flat=True)) == ["", "sato@example.jp"]
    assert sorted("spoke_with" in one.told for one in UnplacedRecord.objects.all()) == [False, True]
    other_partner = Organisation.objects.get(name="別の商店")
    assert EmergencyContact.objects.get().organisation == other_partner, (
        "a merged record's agreement keeps it"
    )


ODD = (
    None, True, -1, 10**30, float("inf"), float("nan"), 1e-9, [], {}, [[{"": [None]}]], {"id": {"id": 1}}, "", " ",
    "あ" * 5000,
    "\0", "\ud800", "1e999", "NaN", "-1", "0E+999999", "9" * 5000, "=cmd|' /C calc'!A0", "٣", "99999999999.99",
    "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "0001-01-01", "24:00", "2024-02-30T00:00",
    "need00000000", "reqt00000000", "step00000000", "theyrs000000",
)  # fmt: skip
"""What no device of ours sends, and ids of another town."""
MESSAGES = 150
OWN = ["need00000001", "reqt00000001", "step00000001", "ca1100000001", "n0te00000001", "qncd00000001"]
GOOD = {
    "kind": "real", "hazard": "earthquake", "function": "food_water", "outcome": "reached", "step": "arrived",
    "urgency": "now", "partner": "partner00001", "need": OWN[0], "request": OWN[2], "contact": "", "unit": "本",
    "quantity": "99999999999.99", "amount": "99999999999",
}  # fmt: skip


def something_like_a_record(chance: Random) -> object:
    """A record of some kind, mostly with one or two things wrong in it; or no record at all."""
    kind = chance.choice(list(Kind))
    record = {
        "record": kind.value,
        "id": OWN[list(Kind).index(kind) - 1],
        "at": AT.isoformat(),
        "incident": OWN[-1],
    }
    record |= {name: GOOD.get(name, "文") for name in LENGTHS[kind]}
    for _spoiled in range(chance.randint(0, 2)):
        record[chance.choice([*record, "unknown"])] = chance.choice(ODD)
    return record if chance.random() < 0.9 else chance.choice(ODD)


def test_whatever_a_device_sends_is_answered_and_touches_nothing_of_another_town(ours, theirs):
    clerk, foreign = a_user(), an_incident(theirs.municipality, public_id="theyrs000000")
    a_need(foreign, public_id="need00000000")
    a_step(a_request(theirs, foreign.needs.get(), public_id="reqt00000000"), public_id="step00000000")
    an_incident(public_id=OWN[-1])
    Organisation.objects.filter(pk=the_partner(ours).pk).update(public_id="partner00001")

    chance = Random(3)
    for _message in range(MESSAGES):
        told = [something_like_a_record(chance) for _record in range(chance.randint(1, 4))]
        answers = receive(None, told, actor=clerk, at=AT)
        assert len(answers) == len(told)
        for one in answers:
            assert one.outcome in (Outcome.TAKEN, Outcome.KNOWN, Outcome.CONFLICT) or one.sentence
            assert one.incident != foreign.public_id
    assert Incident.objects.of(theirs.municipality).count() == 1
    rows = (Need, HelpRequest, Step, Call, UnplacedRecord)
    assert [model.objects.filter(**{f"{path}municipality": theirs.municipality}).count() for model, path in zip(
        rows, ("incident__", "incident__", "request__incident__", "incident__", "incident__"), strict=True
    )] == [1, 1, 1, 0, 0]  # fmt: skip
    assert UnplacedRecord.objects.exists()
    mine = Need.objects.of(clerk.municipality), Call.objects.all(), HelpRequest.objects.of(clerk.municipality)
    assert [one.exists() for one in mine] == [True] * 3
