"""How ready agreements are on a day: every sign, and that it takes a few questions for many of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from renkei.agreements.models import Attachment, Series
from renkei.disasters.readiness.signs import Sign, SignState, State, share_of
from renkei.disasters.readiness.tasks import by_division, by_partner
from renkei.disasters.readiness.whole import readiness_of, readiness_of_agreement, shares_of
from renkei.disasters.vocabulary import (
    CallOutcome,
    CapabilityState,
    ChannelKind,
    DisasterFunction,
    HazardPosition,
    HowToAsk,
    IncidentKind,
    ReachedWhen,
    StepKind,
)
from renkei.documents.services import keep
from renkei.partners.models import Organisation
from tests.disaster_factories import (
    DAY,
    a_call,
    a_capability,
    a_contact,
    a_need,
    a_request,
    a_step,
    an_incident,
    the_partner,
)
from tests.factories import a_division, a_municipality, an_agreement

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
database = pytest.mark.django_db


def for_disaster(**facts):
    return an_agreement(form="disaster", **facts)


def state_of(agreement, sign: Sign, day: date = DAY) -> SignState:
    found = readiness_of_agreement(agreement, day)
    assert found
    return found.signs[sign]


def a_drill_call(agreement, on: date = date(2023, 9, 1), **facts):
    at = datetime(on.year, on.month, on.day, 1, tzinfo=UTC)
    drill = an_incident(agreement.municipality, kind=IncidentKind.DRILL, title="総合防災訓練", opened_at=at)
    return a_call(a_request(agreement, a_need(drill)), at=at, **facts)


def a_paper(agreement):
    return keep(PDF, name="協定書.pdf", municipality=agreement.municipality)


def made_ready(agreement):
    """Everything that an agreement needs by itself; the alternative is another agreement."""
    Attachment.objects.create(agreement=agreement, document=a_paper(agreement))
    capability = a_capability(agreement, how_to_ask=HowToAsk.PHONE_FIRST, asking_form="第1号様式")
    capability.places.create(name="旭川倉庫", hazard=HazardPosition.OUTSIDE)
    a_contact(agreement)
    a_drill_call(agreement)
    return capability


def test_a_share_is_what_is_fulfilled_of_what_applies():
    states = [State.FULFILLED, State.MISSING, State.UNKNOWN, State.NOT_NEEDED]
    told = dict(zip(Sign, [SignState(one, "…") for one in states], strict=False))
    assert share_of(told) == pytest.approx(1 / 3)
    assert share_of({Sign.TEXT: SignState(State.NOT_NEEDED, "…")}) == 1


@database
def test_an_agreement_with_everything_fulfils_every_sign_and_one_with_nothing_none():
    ready, bare = for_disaster(title="水の供給に関する協定"), for_disaster(partners=("株式会社第二",))
    capability = made_ready(ready)
    a_capability(for_disaster(title="別の協定", partners=("株式会社第三",)))
    found = {one.agreement.pk: one for one in readiness_of(ready.municipality, DAY).agreements}

    assert {state.state for state in found[ready.pk].signs.values()} == {State.FULFILLED}
    assert (found[ready.pk].share, found[ready.pk].is_complete) == (1.0, True)
    assert found[ready.pk].signs[Sign.DRILLED].until == date(2023, 9, 1) + timedelta(days=3 * 365)
    assert found[ready.pk].signs[Sign.CONTACTS].until == date(2025, 4, 10)
    known = found[ready.pk].signs[Sign.CAPABILITY]
    assert (known.since, known.sources[0].public_id) == (date(2024, 4, 1), capability.public_id)
    assert found[ready.pk].signs[Sign.ASKING_FORM].sentence == "要請のしかたと様式が分かります。"
    assert found[ready.pk].signs[Sign.OUTSIDE_HAZARD].sentence == "旭川倉庫が危険区域の外にあります。"
    assert (found[bare.pk].share, found[bare.pk].fulfilled) == (0.0, 0)
    assert all(state.sentence for state in found[bare.pk].signs.values())
    assert shares_of(ready.municipality, DAY, among=[ready.pk]) == {ready.pk: 1.0}


@database
def test_only_agreements_in_force_for_disasters_are_judged():
    over = for_disaster(title="終わった協定", signed=None, starts="2020-04-01", ends="2023-03-31")
    other = an_agreement(title="観光の協定", partners=("観光協会",))
    elsewhere = for_disaster(municipality=a_municipality("011002"))
    assert readiness_of(over.municipality, DAY).agreements == []
    assert readiness_of_agreement(other, DAY) is None
    a_capability(other)
    judged = readiness_of(over.municipality, DAY).agreements
    assert [one.agreement for one in judged] == [other]
    assert [one.agreement for one in readiness_of(elsewhere.municipality, DAY).agreements] == [elsewhere]


@database
def test_the_text_of_a_series_is_the_text_of_its_agreements_and_a_detached_file_is_none():
    agreement = for_disaster()
    paper = a_paper(agreement)
    later = datetime(2024, 9, 10, tzinfo=UTC)
    attached = Attachment.objects.create(agreement=agreement, document=paper, detached_at=later)
    assert state_of(agreement, Sign.TEXT).state == State.FULFILLED
    assert state_of(agreement, Sign.TEXT, date(2024, 9, 11)).state == State.MISSING
    attached.delete()
    agreement.series = Series.objects.create(municipality=agreement.municipality, name="同文", document=paper)
    agreement.save()
    assert state_of(agreement, Sign.TEXT).is_fulfilled


@database
def test_what_is_only_proposed_is_not_known_and_what_is_ended_was_known_before():
    agreement = for_disaster()
    a_capability(agreement, state=CapabilityState.PROPOSED)
    assert state_of(agreement, Sign.CAPABILITY).state == State.MISSING
    a_capability(agreement, state=CapabilityState.ENDED, ended_on=date(2024, 9, 2))
    assert state_of(agreement, Sign.CAPABILITY).state == State.MISSING
    assert state_of(agreement, Sign.CAPABILITY, date(2024, 9, 1)).state == State.FULFILLED


@database
@pytest.mark.parametrize(
    ("facts", "kind", "ready"),
    [
        ({}, ChannelKind.MOBILE, True),
        ({"verified_on": date(2023, 9, 3)}, ChannelKind.MOBILE, True),
        ({"verified_on": date(2023, 9, 2)}, ChannelKind.MOBILE, False),
        ({"verified_on": date(2024, 9, 3)}, ChannelKind.MOBILE, False),
        ({"verified_on": None}, ChannelKind.MOBILE, False),
        ({"reached_when": ReachedWhen.DAY}, ChannelKind.MOBILE, False),
        ({"reached_when": ReachedWhen.NIGHT}, ChannelKind.SATELLITE, True),
        ({}, ChannelKind.MAIL, False),
        ({"failed_on": date(2024, 8, 1)}, ChannelKind.MOBILE, False),
        ({"failed_on": date(2024, 9, 3)}, ChannelKind.MOBILE, True),
        ({"ended_on": date(2024, 9, 1)}, ChannelKind.MOBILE, False),
    ],
    ids=[
        "verified in spring", "a year ago", "a year and a day", "only later", "never", "by day only",
        "by satellite at night", "by mail only", "failed since", "fails later", "taken out",
    ],
)  # fmt: skip
def test_a_contact_counts_if_somebody_verified_it_within_a_year_and_it_rings_at_night(facts, kind, ready):
    agreement = for_disaster()
    a_contact(agreement, channels=((kind, "090-0000-0001"),), **facts)
    assert state_of(agreement, Sign.CONTACTS).is_fulfilled is ready


@database
def test_a_contact_for_another_agreement_is_none_here_and_that_of_a_merged_record_is():
    agreement, other = for_disaster(), for_disaster(title="ほかの協定")
    contact = a_contact(agreement)
    contact.agreement = other
    contact.save()
    assert not state_of(agreement, Sign.CONTACTS).is_fulfilled
    assert state_of(other, Sign.CONTACTS).is_fulfilled
    old = Organisation.objects.create(
        municipality=agreement.municipality,
        name="旧社名",
        folded_name="旧社名",
        merged_into=the_partner(agreement),
    )
    contact.agreement, contact.organisation = None, old
    contact.save()
    assert state_of(agreement, Sign.CONTACTS).is_fulfilled


@database
def test_a_drill_counts_if_the_partner_was_reached_and_a_real_request_if_it_was_answered():
    agreement = for_disaster()
    call = a_drill_call(agreement, on=date(2021, 9, 1))
    assert not state_of(agreement, Sign.DRILLED).is_fulfilled, "more than three years ago"
    assert state_of(agreement, Sign.DRILLED, date(2024, 8, 31)).is_fulfilled
    call.delete()
    a_drill_call(agreement, outcome=CallOutcome.NO_ANSWER)
    request = a_request(agreement)
    a_call(request)  # reached in a real disaster, and nobody knows what was answered
    step = a_step(request, StepKind.DECLINED, came_by_link=True)
    assert not state_of(agreement, Sign.DRILLED).is_fulfilled, "nobody has called back"
    step.came_by_link = False
    step.save()
    assert state_of(agreement, Sign.DRILLED).is_fulfilled
    assert state_of(agreement, Sign.DRILLED).sources[0].public_id == request.incident.public_id


@database
def test_how_to_ask_must_be_known_with_a_form_unless_the_partner_comes_by_itself():
    agreement = for_disaster()
    assert state_of(agreement, Sign.ASKING_FORM).state == State.UNKNOWN
    capability = a_capability(agreement)
    told = {
        HowToAsk.UNKNOWN: State.MISSING,
        HowToAsk.DOCUMENT: State.MISSING,
        HowToAsk.BY_ITSELF: State.FULFILLED,
    }
    for how, state in told.items():
        capability.how_to_ask = how
        capability.save()
        assert state_of(agreement, Sign.ASKING_FORM).state == state, how


@database
def test_places_are_outside_the_hazard_area_inside_or_nobody_knows():
    agreement = for_disaster()
    capability = a_capability(agreement)
    assert state_of(agreement, Sign.OUTSIDE_HAZARD).state == State.UNKNOWN
    for hazard, state in (
        (HazardPosition.INSIDE, State.MISSING),
        (HazardPosition.UNKNOWN, State.UNKNOWN),
        (HazardPosition.OUTSIDE, State.FULFILLED),
    ):
        capability.places.create(name="倉庫", hazard=hazard)
        assert state_of(agreement, Sign.OUTSIDE_HAZARD).state == state


@database
def test_another_partner_for_the_same_need_is_another_organisation_and_vending_machines_need_none():
    agreement = for_disaster()
    a_capability(agreement)
    a_capability(for_disaster(title="同じ会社の別の協定"))
    assert state_of(agreement, Sign.ALTERNATIVES).state == State.MISSING
    a_capability(for_disaster(title="別の会社", partners=("有限会社べつ",)))
    assert state_of(agreement, Sign.ALTERNATIVES).is_fulfilled
    machines = for_disaster(title="自販機", partners=("飲料株式会社",))
    a_capability(machines, function=DisasterFunction.INSTALLATIONS)
    assert state_of(machines, Sign.ALTERNATIVES).state == State.NOT_NEEDED


@database
def test_tasks_are_grouped_by_who_does_them_and_one_call_mends_several():
    division = a_division()
    for_disaster(division=division)
    for_disaster(title="もう一つ", division=division)
    tasks = readiness_of(division.municipality, DAY).tasks
    assert len(tasks) == 14
    told = [(one.division, one.count, one.partners) for one in by_division(tasks)]
    assert told == [(division, 10, 1), (None, 4, 1)], "drills and further partners are the disaster officer's"
    assert [one.by_call for one in by_partner(tasks)] == [8]


@database
def test_thirty_agreements_take_as_many_questions_as_three():
    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            found = readiness_of(a_municipality(), DAY)
            assert found.tally.agreements == len(found.agreements) > 0
            assert (found.gaps, found.tasks) != ([], [])
            assert found.single_points is not None
        return len(questions)

    def some(count: int, name: str) -> None:
        for number in range(count):
            agreement = for_disaster(title=f"{name}{number}", partners=(f"株式会社{name}{number}",))
            a_capability(agreement).places.create(name="倉庫")
            a_contact(agreement)
            a_drill_call(agreement)

    some(3, "初め")
    few = asked()
    some(27, "後")
    assert asked() == few <= 28
