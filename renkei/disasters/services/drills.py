"""Drills: scenarios written, drills planned, begun, and ended with their score."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.drills.course import course_of, cues_of, need_id
from renkei.disasters.drills.scenario_facts import LONGEST_DRILL, DrillFacts, ScenarioFacts
from renkei.disasters.drills.scoring import scored
from renkei.disasters.incidents.need_facts import NeedFacts
from renkei.disasters.models import Drill, Incident, Need, Scenario, ScenarioNeed
from renkei.disasters.refusals import DrillRefused
from renkei.disasters.services.closing import close_incident
from renkei.disasters.services.incidents import open_incident, write_need
from renkei.disasters.services.known import made_once
from renkei.disasters.vocabulary import DisasterFunction, DrillState, IncidentKind, Urgency
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.rules.japanese_calendar import japanese_date

MOST_NEEDS = 300
PLANNED = ("scenario", "title", "planned_on", "aim", "calls_partners")


@transaction.atomic
def write_scenario(
    town: Municipality, facts: ScenarioFacts, *, actor: User, public_id: str = "", is_sample: bool = False
) -> Scenario:
    """Write a scenario with what comes up in it; sent again it gives what is there."""
    _refuse_unfit_scenario(facts)
    public_id = public_id or new_public_id()
    mine = Scenario.objects.of(town).filter(public_id=public_id)
    if known := mine.first():
        return known
    scenario = Scenario(
        municipality=town,
        public_id=public_id,
        title=facts.title.strip(),
        hazard=facts.hazard,
        situation=facts.situation.strip(),
        is_sample=is_sample,
    )
    scenario, is_new = made_once(scenario, mine)
    if not is_new:
        return scenario
    _put_needs(scenario, facts)
    record(events.SCENARIO_WRITTEN, actor, scenario, municipality=town)
    return scenario


@transaction.atomic
def edit_scenario(scenario: Scenario, facts: ScenarioFacts, *, actor: User) -> Scenario:
    """Put a scenario right; while a drill plays it, it stays as it is."""
    _refuse_unfit_scenario(facts)
    if Drill.objects.filter(scenario=scenario, state=DrillState.RUNNING).exists():
        raise DrillRefused(_("実施中の訓練で使っているシナリオです。訓練を終えてから直してください。"))
    if not Scenario.objects.claim(scenario):
        raise DrillRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
    scenario.title, scenario.hazard = facts.title.strip(), facts.hazard
    scenario.situation = facts.situation.strip()
    scenario.save(update_fields=["title", "hazard", "situation"])
    scenario.needs.all().delete()
    _put_needs(scenario, facts)
    record(events.SCENARIO_EDITED, actor, scenario, municipality=scenario.municipality)
    return scenario


def _refuse_unfit_scenario(facts: ScenarioFacts) -> None:
    if not facts.title.strip():
        raise DrillRefused(_("シナリオの名称を入れてください。例: 直下型地震の最初の2時間"))
    if not facts.needs:
        raise DrillRefused(
            _("必要になるものを一つ以上入れてください。例: 5分後、食料・飲料水の供給、2,000本")
        )
    if len(facts.needs) > MOST_NEEDS:
        raise DrillRefused(_("必要になるものは%sまでです。シナリオを分けてください。") % MOST_NEEDS)
    if any(not 0 <= one.minute <= LONGEST_DRILL for one in facts.needs):
        raise DrillRefused(_("「何分後」は、0から1440(24時間)までの数で入れてください。"))


def _put_needs(scenario: Scenario, facts: ScenarioFacts) -> None:
    rows = [ScenarioNeed(scenario=scenario, **asdict(one)) for one in facts.needs]
    ScenarioNeed.objects.bulk_create(rows)


@transaction.atomic
def plan_drill(
    town: Municipality, facts: DrillFacts, *, actor: User, public_id: str = "", is_sample: bool = False
) -> Drill:
    """Put a drill into the plan; sent again it gives what is there."""
    _refuse_unfit(town, facts)
    public_id = public_id or new_public_id()
    mine = Drill.objects.of(town).filter(public_id=public_id)
    if known := mine.first():
        return known
    columns = {name: getattr(facts, name) for name in PLANNED}
    drill = Drill(municipality=town, public_id=public_id, planned_by=actor, is_sample=is_sample, **columns)
    drill, is_new = made_once(drill, mine)
    if not is_new:
        return drill
    record(events.DRILL_PLANNED, actor, drill, municipality=town, day=japanese_date(facts.planned_on))
    return drill


def _refuse_unfit(town: Municipality, facts: DrillFacts) -> None:
    if facts.scenario.municipality_id != town.pk:
        raise DrillRefused(_("ほかの自治体のシナリオは使えません。"))
    if not facts.title.strip():
        raise DrillRefused(_("訓練の名称を入れてください。例: 令和6年度 夜間連絡訓練"))


@transaction.atomic
def change_drill(drill: Drill, facts: DrillFacts, *, actor: User) -> Drill:
    """Move a planned drill to another day, or put its plan right."""
    _refuse_begun(drill)
    _refuse_unfit(drill.municipality, facts)
    _claim(drill)
    for name in PLANNED:
        setattr(drill, name, getattr(facts, name))
    drill.save(update_fields=PLANNED)
    record(events.DRILL_CHANGED, actor, drill, municipality=drill.municipality)
    return drill


@transaction.atomic
def cancel_drill(drill: Drill, *, reason: str, actor: User) -> Drill:
    """Say that a planned drill does not take place, and why."""
    _refuse_begun(drill)
    if not reason.strip():
        raise DrillRefused(_("中止の理由を書いてください。例: 台風の対応のため"))
    _claim(drill)
    drill.state, drill.cancelled_reason = DrillState.CANCELLED, reason.strip()[:200]
    drill.save(update_fields=["state", "cancelled_reason"])
    record(
        events.DRILL_CANCELLED, actor, drill, municipality=drill.municipality, reason=drill.cancelled_reason
    )
    return drill


@transaction.atomic
def begin_drill(drill: Drill, *, actor: User, at: datetime) -> Incident:
    """Open the drill's incident: from now on its needs come up at their minutes. Pressed again it gives the same."""
    if drill.state == DrillState.RUNNING and drill.incident is not None:
        return drill.incident
    _refuse_begun(drill)
    _claim(drill)
    drill.incident = open_incident(
        drill.municipality,
        kind=IncidentKind.DRILL,
        hazard=drill.scenario.hazard,
        title=_("【訓練】%(title)s") % {"title": drill.title},
        actor=actor,
        at=at,
    )
    drill.state = DrillState.RUNNING
    drill.save(update_fields=["incident", "state"])
    record(events.DRILL_BEGUN, actor, drill, municipality=drill.municipality)
    return drill.incident


@transaction.atomic
def raise_need(drill: Drill, scripted: ScenarioNeed, *, actor: User, at: datetime) -> Need:
    """Write the scripted need into the drill's incident as if somebody had called; pressed again it is the same."""
    incident = drill.incident
    if drill.state != DrillState.RUNNING or incident is None:
        raise DrillRefused(_("実施中の訓練ではありません。訓練を始めてから押してください。"))
    cue = next((one for one in cues_of(drill) if one.scripted == scripted), None)
    if cue is None:
        raise DrillRefused(_("この訓練のシナリオにないものです。画面を読み直してください。"))
    if cue.need is not None:
        return cue.need
    if not cue.is_due(at):
        raise DrillRefused(
            _("まだ出る時刻ではありません。開始から%s分たつまで待ってください。") % scripted.minute
        )
    facts = NeedFacts(
        function=DisasterFunction(scripted.function),
        goods=scripted.goods,
        quantity=scripted.quantity,
        unit=scripted.unit,
        place=scripted.place,
        urgency=Urgency(scripted.urgency),
        note=_("訓練のシナリオ(開始から%s分)") % scripted.minute,
    )
    return write_need(incident, facts, actor=actor, at=at, public_id=need_id(drill, scripted))


@transaction.atomic
def end_drill(drill: Drill, *, actor: User, at: datetime) -> Drill:
    """Close the drill's incident and keep the score as it is now."""
    incident = drill.incident
    if drill.state != DrillState.RUNNING or incident is None:
        raise DrillRefused(_("実施中の訓練ではありません。始めた訓練だけを終えられます。"))
    _claim(drill)
    score = scored(course_of(drill, at=at))
    if incident.closed_at is None:
        close_incident(incident, actor=actor, at=at, knows_open=True)
    drill.state, drill.score = DrillState.DONE, score.as_json()
    drill.save(update_fields=["state", "score"])
    told = _("なし") if score.total is None else score.total
    record(events.DRILL_ENDED, actor, drill, municipality=drill.municipality, score=told)
    return drill


def _claim(drill: Drill) -> None:
    if not Drill.objects.claim(drill):
        raise DrillRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))


def _refuse_begun(drill: Drill) -> None:
    if drill.state != DrillState.PLANNED:
        raise DrillRefused(_("もう始めたか、終えたか、中止にした訓練です。新しい訓練を計画してください。"))
