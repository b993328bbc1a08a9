"""A drill from the plan to its score: scenarios, what comes up when, what was called, and the report."""

from dataclasses import replace
from datetime import timedelta

import pytest

from renkei.audit.models import Entry
from renkei.disasters.drills.course import course_of, cues_of
from renkei.disasters.drills.report import drill_report, offered_lessons
from renkei.disasters.drills.scenario_facts import SAMPLES, DrillFacts, ScenarioFacts, earthquake
from renkei.disasters.drills.scoring import score_of
from renkei.disasters.incidents.call_facts import CallFacts
from renkei.disasters.incidents.step_facts import StepFacts
from renkei.disasters.models import Drill, Incident, Scenario
from renkei.disasters.readiness.signs import Sign
from renkei.disasters.readiness.whole import readiness_of
from renkei.disasters.refusals import DrillRefused
from renkei.disasters.services import drills as services
from renkei.disasters.services.calling import void_call
from renkei.disasters.services.requesting import log_call, make_request, record_step
from renkei.disasters.vocabulary import CallOutcome, DrillState, IncidentKind, StepKind
from renkei.documents.publications.pdf import publication_pdf
from renkei.documents.publications.word import publication_word
from renkei.municipalities.public_id import new_public_id
from tests.disaster_factories import (
    AT,
    DAY,
    a_capability,
    a_contact,
    a_drill,
    a_need,
    a_scenario,
    the_partner,
)
from tests.factories import a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db


def after(minutes):
    return AT + timedelta(minutes=minutes)


class Night:
    """A drill that has begun, with one partner who promised water."""

    def __init__(self, **facts):
        self.agreement = an_agreement()
        self.capability = a_capability(self.agreement)
        self.contact = a_contact(self.agreement)
        self.actor = a_user()
        self.drill = a_drill(**facts)
        self.incident = services.begin_drill(self.drill, actor=self.actor, at=AT)
        self.water, self.fuel = self.drill.scenario.needs.all()

    def call(self, need, outcome, minutes):
        facts = CallFacts(the_partner(self.agreement), outcome, need=need, contact=self.contact)
        return log_call(self.incident, facts, actor=self.actor, at=after(minutes), received_at=after(minutes))

    def answer(self, need, kind, quantity, minutes, **how):
        request = make_request(
            need,
            the_partner(self.agreement),
            agreement=self.agreement,
            capability=self.capability,
            quantity=need.quantity,
            unit=need.unit,
            actor=self.actor,
            at=after(minutes),
        )
        facts = StepFacts(kind, quantity=quantity)
        record_step(request, facts, actor=self.actor, at=after(minutes), received_at=after(minutes), **how)


def test_what_is_called_and_answered_is_scored_and_the_score_stays():
    night = Night()
    water = services.raise_need(night.drill, night.water, actor=night.actor, at=after(6))
    fuel = services.raise_need(night.drill, night.fuel, actor=night.actor, at=after(21))
    night.call(water, CallOutcome.NO_ANSWER, 7)
    night.call(water, CallOutcome.REACHED, 9)
    night.answer(water, StepKind.ACCEPTED, 2000, 12)
    night.call(fuel, CallOutcome.NO_ANSWER, 25)
    # A wrong press that was struck out and an answer by a link that nobody confirmed score nothing.
    void_call(night.call(fuel, CallOutcome.REACHED, 26), actor=night.actor, at=after(27))
    night.answer(fuel, StepKind.ACCEPTED, 100, 28, came_by_link=True)

    services.end_drill(night.drill, actor=night.actor, at=after(40))
    score = score_of(Drill.objects.select_related("scenario", "incident").get())
    first, second = score.needs
    assert (first.to_call, first.to_reach, first.to_answer, first.points) == (2, 4, 7, 100)
    assert (second.to_call, second.to_reach, second.points, second.is_found) == (5, None, 0, False)
    assert (score.total, score.calls, score.reached) == (50, 3, 1)
    assert Incident.objects.get().closed_at == after(40)
    assert any("軽油" in one.text for one in offered_lessons(night.drill))

    # A later call changes the records, and not the score.
    night.incident.calls.all().delete()
    assert score_of(Drill.objects.get()) == score
    report = drill_report(night.drill)
    assert "夜間連絡訓練" in report.title
    assert "相手方に実際に電話した" in str(report)
    assert publication_pdf(report).content.startswith(b"%PDF")
    assert publication_word(report).startswith(b"PK")


def test_a_need_comes_up_at_its_minute_and_is_written_once():
    night = Night()
    with pytest.raises(DrillRefused, match="まだ出る時刻"):
        services.raise_need(night.drill, night.water, actor=night.actor, at=after(4))
    first = services.raise_need(night.drill, night.water, actor=night.actor, at=after(5))
    assert services.raise_need(night.drill, night.water, actor=night.actor, at=after(9)) == first
    assert (first.amount, first.number, night.incident.kind) == ("2,000本", 1, IncidentKind.DRILL)
    assert night.incident.title.startswith("【訓練】")
    # Somebody typed the other one instead of pressing it: it is the same.
    typed = a_need(night.incident, function="fuel", goods="軽油 200L", opened_at=after(22), number=2)
    assert [one.need for one in cues_of(night.drill)] == [first, typed]
    assert services.raise_need(night.drill, night.fuel, actor=night.actor, at=after(23)) == typed


def test_what_had_not_come_up_counts_for_nothing_and_what_nobody_wrote_for_zero():
    night = Night()
    early = course_of(night.drill, at=after(10))
    assert (len(early.needs), early.not_due) == (1, 1)
    services.end_drill(night.drill, actor=night.actor, at=after(10))
    score = score_of(night.drill)
    assert (score.total, score.not_due, score.needs[0].is_written) == (0, 1, False)
    with pytest.raises(DrillRefused, match="実施中"):
        services.end_drill(night.drill, actor=night.actor, at=after(11))
    again = a_drill(night.drill.scenario, title="二度目")
    services.begin_drill(again, actor=night.actor, at=after(60))
    assert "0点(2件のうち出た1件の平均)" in str(drill_report(again))
    services.end_drill(again, actor=night.actor, at=after(61))
    third = a_drill(night.drill.scenario, title="三度目")
    services.begin_drill(third, actor=night.actor, at=after(120))
    assert ": 得点なし" in str(drill_report(third)), "nothing had come up the last time"


@pytest.mark.parametrize(("calls_partners", "is_drilled"), [(True, True), (False, False)])
def test_only_a_drill_in_which_partners_are_called_makes_their_agreement_drilled(calls_partners, is_drilled):
    night = Night(calls_partners=calls_partners)
    water = services.raise_need(night.drill, night.water, actor=night.actor, at=after(6))
    night.call(water, CallOutcome.REACHED, 7)
    (one,) = readiness_of(a_municipality(), DAY + timedelta(days=1)).agreements
    assert one.signs[Sign.DRILLED].is_fulfilled is is_drilled


def test_a_plan_is_moved_or_cancelled_with_a_reason_until_it_begins():
    actor, scenario = a_user(), a_scenario()
    facts, once = DrillFacts(scenario, "夜間連絡訓練", DAY), new_public_id()
    drill = services.plan_drill(scenario.municipality, facts, actor=actor, public_id=once)
    assert services.plan_drill(scenario.municipality, facts, actor=actor, public_id=once) == drill
    seen_by_another = Drill.objects.get()
    services.change_drill(drill, replace(facts, planned_on=DAY + timedelta(7)), actor=actor)
    with pytest.raises(DrillRefused, match="ほかの人が先に"):
        services.change_drill(seen_by_another, facts, actor=actor)
    with pytest.raises(DrillRefused, match="理由"):
        services.cancel_drill(drill, reason=" ", actor=actor)
    services.cancel_drill(drill, reason="台風の対応のため", actor=actor)
    with pytest.raises(DrillRefused, match="中止にした"):
        services.begin_drill(drill, actor=actor, at=AT)
    assert Drill.objects.get().state == DrillState.CANCELLED
    assert [one.event for one in Entry.objects.order_by("number")] == [
        "drills.planned", "drills.changed", "drills.cancelled",
    ]  # fmt: skip
    with pytest.raises(DrillRefused, match="ほかの自治体"):
        services.plan_drill(a_municipality("011002"), facts, actor=actor)


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_a_sample_is_written_copied_and_put_right(sample):
    actor, town = a_user(), a_municipality()
    scenario = services.write_scenario(town, sample(), actor=actor)
    assert ScenarioFacts.of(scenario) == sample()
    services.edit_scenario(scenario, replace(sample(), needs=sample().needs[:1]), actor=actor)
    assert Scenario.objects.get().needs.count() == 1


def test_a_scenario_that_is_played_stays_and_one_without_anything_is_no_scenario():
    night = Night()
    with pytest.raises(DrillRefused, match="実施中の訓練"):
        services.edit_scenario(night.drill.scenario, earthquake(), actor=night.actor)
    with pytest.raises(DrillRefused, match="一つ以上"):
        services.write_scenario(a_municipality(), replace(earthquake(), needs=()), actor=night.actor)
    late = (replace(earthquake().needs[0], minute=1441),)
    with pytest.raises(DrillRefused, match="24時間"):
        services.write_scenario(a_municipality(), replace(earthquake(), needs=late), actor=night.actor)
