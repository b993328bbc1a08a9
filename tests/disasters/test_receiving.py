"""What a device recorded without network is taken in once, in whatever order it comes, and nothing is thrown away."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from renkei.audit.models import Entry
from renkei.disasters.models import Call, HelpRequest, Incident, IncidentNote, Need, Step, UnplacedRecord
from renkei.disasters.offline.register import digest_of, field_register
from renkei.disasters.offline.told import LENGTHS, Kind, Unreadable, read
from renkei.disasters.services.closing import close_incident
from renkei.disasters.services.incidents import meet_need
from renkei.disasters.services.receiving import Outcome, receive
from renkei.disasters.services.settling import settle_unplaced
from renkei.disasters.vocabulary import ChannelKind, RequestState, StepKind
from tests.disaster_factories import (
    AT,
    a_capability,
    a_contact,
    a_district,
    a_request,
    the_partner,
)
from tests.factories import a_municipality, a_user, an_agreement

NIGHT = {name: f"{name}00000000"[:12] for name in ("qncd", "need", "ca11", "reqt", "step", "n0te")}
MADE = (Incident, Need, HelpRequest, Step, Call, IncidentNote, UnplacedRecord)


def at(minutes: int) -> str:
    return (AT + timedelta(minutes=minutes)).isoformat()


def a_record(kind: str, id_: str, minutes: int = 0, **fields: object) -> dict[str, object]:
    return {"record": kind, "id": id_, "at": at(minutes), "incident": NIGHT["qncd"], **fields}


def a_night(agreement, **of_step) -> list[dict[str, object]]:
    """An incident opened without network, with one of each record."""
    partner = the_partner(agreement).public_id
    opened = {"record": "incident", "id": NIGHT["qncd"], "at": at(0), "kind": "real", "hazard": "earthquake"}
    step = {"request": NIGHT["reqt"], "step": "accepted", "quantity": 1500, **of_step}
    return [
        opened,
        a_record(
            "need", NIGHT["need"], 1, said="水 2,000本", function="food_water", goods="水", quantity="2000"
        ),
        a_record("call", NIGHT["ca11"], 2, need=NIGHT["need"], partner=partner, outcome="reached"),
        a_record(
            "request", NIGHT["reqt"], 3, need=NIGHT["need"], partner=partner, quantity="2000", unit="本"
        ),
        a_record("step", NIGHT["step"], 4, **step),
        a_record("note", NIGHT["n0te"], 5, text="余震あり"),
    ]


def counts() -> list[int]:
    return [model.objects.count() for model in MADE]


def outcomes(records, actor, *, incident=None, minutes: int = 60) -> list[str]:
    answers = receive(incident, records, actor=actor, at=AT + timedelta(minutes=minutes))
    assert [one.public_id for one in answers] == [one.get("id") for one in records]
    return [one.outcome.value for one in answers]


@pytest.mark.django_db
def test_a_night_is_taken_in_once_however_often_and_in_whatever_order_it_is_sent():
    agreement, clerk = an_agreement(), a_user()
    night = a_night(agreement)
    assert outcomes(night[:3], clerk) == ["taken"] * 3  # the line broke: the answer never came
    assert outcomes(night, clerk) == ["known"] * 3 + ["taken"] * 3
    told = Entry.objects.count()
    assert outcomes(list(reversed(night)), clerk) == ["known"] * 6
    assert counts() == [1, 1, 1, 1, 1, 1, 0]
    assert Entry.objects.count() == told
    step, request = Step.objects.get(), HelpRequest.objects.get()
    assert (step.at, step.received_at, step.was_offline, step.by) == (
        datetime.fromisoformat(at(4)), AT + timedelta(minutes=60), True, clerk,
    )  # fmt: skip
    assert (request.state, request.promised) == (RequestState.ACCEPTED, 1500)


@pytest.mark.django_db
@pytest.mark.parametrize("is_one_batch", [True, False], ids=["in one batch", "one by one"])
def test_records_that_come_before_what_they_are_about_wait_for_it(is_one_batch):
    agreement, clerk = an_agreement(), a_user()
    opened, *others = a_night(agreement)
    wrong_order = list(reversed(others))
    if is_one_batch:
        assert outcomes([*wrong_order, opened], clerk) == ["taken"] * 6
    else:
        assert outcomes(others[-1:], clerk) == ["refused"]  # nobody knows the incident: the device keeps it
        found = [outcomes([one], clerk)[0] for one in [opened, *wrong_order]]
        assert found == ["taken", "taken", "unplaced", "unplaced", "unplaced", "taken"]
        assert UnplacedRecord.objects.filter(settled_at=None).count() == 0
    assert counts()[:6] == [1] * 6
    assert HelpRequest.objects.get().state == RequestState.ACCEPTED


@pytest.mark.django_db
def test_what_finds_no_place_is_kept_whole_and_what_comes_late_is_taken_and_said():
    agreement, clerk = an_agreement(), a_user()
    receive(None, a_night(agreement), actor=clerk, at=AT)
    lost = a_record(
        "step", "nwhere000000", request="gone00000000", step="arrived", told_by="佐藤", note="倉庫前"
    )
    assert outcomes([lost], clerk) == outcomes([lost], clerk) == ["unplaced"]
    kept = UnplacedRecord.objects.get()
    assert {name: kept.told[name] for name in ("request", "step", "told_by", "note")} == {
        "request": "gone00000000", "step": "arrived", "told_by": "佐藤", "note": "倉庫前",
    }  # fmt: skip
    settle_unplaced(kept, "紙の控えから書き直した", actor=clerk, at=AT)
    assert outcomes([lost | {"request": NIGHT["reqt"]}], clerk) == ["known"]  # once by hand is enough
    partner = the_partner(agreement).public_id
    late = a_record("call", "1ate00000000", need=NIGHT["need"], partner=partner, outcome="no_answer")
    meet_need(Need.objects.get(), actor=clerk, at=AT)
    (answer,) = receive(None, [late], actor=clerk, at=AT)
    assert "片づいた" in answer.sentence
    close_incident(Incident.objects.get(), actor=clerk, at=AT + timedelta(hours=9), knows_open=True)
    (answer,) = receive(None, [a_record("note", "1ast00000000", text="徹夜")], actor=clerk, at=AT)
    assert (answer.outcome, "終わった災害" in answer.sentence) == (Outcome.TAKEN, True)


@pytest.mark.django_db
def test_two_devices_that_contradict_each_other_are_both_kept_and_it_is_said():
    agreement, clerk, other = an_agreement(), a_user(), a_user(sign_in_name="other")
    receive(None, a_night(agreement), actor=clerk, at=AT)
    against = a_record("step", "0ther0000000", 6, request=NIGHT["reqt"], step="declined")
    assert outcomes([against], other) == outcomes([against], other) == ["conflict"]
    (answer,) = receive(None, [against], actor=other, at=AT)
    assert "食い違って" in answer.sentence
    assert Step.objects.in_conflict().count() == 1


@pytest.mark.django_db
def test_another_town_and_another_incident_are_never_reached():
    agreement, clerk = an_agreement(), a_user()
    theirs = an_agreement(municipality=a_municipality("011002"))
    foreign = a_request(theirs)
    night = a_night(agreement)
    receive(None, night, actor=clerk, at=AT)
    into = a_record("note", "xnt000000000", text="x") | {"incident": foreign.incident.public_id}
    taken = a_record("need", foreign.need.public_id, function="fuel")
    partner = a_record(
        "call", "partner00000", partner=the_partner(theirs).public_id, outcome="reached", need=NIGHT["need"]
    )
    step = a_record("step", "astep0000000", request=foreign.public_id, step="accepted")
    assert outcomes([into, taken, partner, step], clerk) == ["refused", "unplaced", "unplaced", "unplaced"]
    assert outcomes([night[-1]], clerk, incident=foreign.incident) == ["refused"]
    assert (foreign.steps.count(), foreign.incident.notes.count()) == (0, 0)


HOSTILE = {
    "no object": "text",
    "a list": ["need"],
    "an id with other letters": {"id": "ILOU00000000"},
    "an id that is a number": {"id": 12},
    "an unknown kind": {"record": "user"},
    "an unknown field": {"is_void": True},
    "an object as text": {"said": {"a": {"b": []}}},
    "a number that is none": {"quantity": "1e999999"},
    "a number that is not finite": {"quantity": "NaN"},
    "a number that is negative": {"quantity": "-1"},
    "an unknown choice": {"function": "bribes"},
    "a text that is too long": {"note": "あ" * (LENGTHS[Kind.NEED]["note"] + 1)},
    "a zero byte": {"goods": "a\0b"},
    "half a letter": {"goods": "\ud800"},
    "no time": {"at": "soon"},
    "a time out of the world": {"at": "2024-13-45T99:00:00Z"},
}


@pytest.mark.parametrize("planted", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_record_is_refused_with_a_sentence(planted):
    fine = {"record": "need", "id": NIGHT["need"], "at": at(1), "incident": NIGHT["qncd"], "function": "fuel"}
    assert read(fine, at=AT).kind is Kind.NEED
    with pytest.raises(Unreadable, match=r"。$"):
        read({**fine, **planted} if isinstance(planted, dict) else planted, at=AT)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (at(-30), AT - timedelta(minutes=30)),
        *(
            ((AT - timedelta(minutes=30)).astimezone(timezone(away)).isoformat(), AT - timedelta(minutes=30))
            for away in (timedelta(hours=-23, minutes=-59), timedelta(hours=9, microseconds=1))
        ),  # zones that PostgreSQL does not know: one such record would hold up all that wait behind it
        (at(600), AT),  # a clock that goes ahead
        ("0001-01-01T00:00:00+09:00", AT),  # a clock that was never set
    ],
)
def test_the_time_is_the_devices_unless_it_cannot_be(told, kept):
    record = {"record": "note", "id": NIGHT["n0te"], "at": told, "incident": NIGHT["qncd"], "text": "x"}
    assert read(record, at=AT).at == kept
    assert read(record, at=AT).at.utcoffset() == UTC.utcoffset(None)


@pytest.mark.django_db
def test_the_register_tells_what_is_needed_at_night_and_is_the_same_until_something_changes(
    django_assert_max_num_queries,
):
    agreement = an_agreement()
    a_district()
    a_capability(agreement)
    a_contact(agreement, channels=((ChannelKind.MOBILE, "090-0000-0001"),))
    a_contact(agreement, organisation=None, name="市の 当直")
    request = a_request(agreement)
    town = agreement.municipality
    a_capability(an_agreement(municipality=a_municipality("011002"), partners=("よその会社",)))
    with django_assert_max_num_queries(40):
        facts = field_register(town, AT)
    (partner,) = facts["partners"]
    assert partner["capabilities"][0]["amount"] == "2,000本"
    assert partner["chain"][0]["channels"][0]["link"] == "tel:09000000001"
    assert [one["name"] for one in facts["own"]] == ["市の 当直"]
    assert facts["incidents"][0]["needs"][0]["requests"][0]["id"] == request.public_id
    later = field_register(town, AT + timedelta(minutes=5))
    assert digest_of(later) == digest_of(facts)
    request.steps.create(kind=StepKind.ASKED, at=AT, received_at=AT)
    HelpRequest.objects.update(state=RequestState.ASKED)
    assert digest_of(field_register(town, AT)) != digest_of(facts)
