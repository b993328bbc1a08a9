"""What the demo town went through: one flood, two drills, last year's check of contacts and the one that is running."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from renkei.demo.walking import Cast
from renkei.disasters.drills.scenario_facts import DrillFacts, earthquake, snow
from renkei.disasters.incidents.call_facts import CallFacts
from renkei.disasters.incidents.need_facts import NeedFacts
from renkei.disasters.incidents.step_facts import StepFacts
from renkei.disasters.models import Capability, ContactCampaign, ContactCheck, HelpRequest, Incident, Need
from renkei.disasters.readiness.daily import keep_readiness
from renkei.disasters.services.calling import log_call
from renkei.disasters.services.checking import close_check, open_check
from renkei.disasters.services.closing import close_incident, write_review
from renkei.disasters.services.drills import begin_drill, end_drill, plan_drill, raise_need, write_scenario
from renkei.disasters.services.incidents import open_incident
from renkei.disasters.services.lessons import LessonFacts, write_lesson
from renkei.disasters.services.needs import meet_need, write_need
from renkei.disasters.services.receiving import Outcome, receive
from renkei.disasters.services.requesting import make_request
from renkei.disasters.services.stepping import record_step
from renkei.disasters.vocabulary import (
    CallOutcome,
    CheckState,
    DisasterFunction,
    Hazard,
    HowVerified,
    IncidentKind,
    StepKind,
    Urgency,
)

FLOOD = datetime(2025, 8, 20, 17, 40, tzinfo=UTC)
"""令和7年8月21日 2:40 in Japan."""
DRILL = datetime(2025, 9, 1, 0, 0, tzinfo=UTC)
COUNTED_ON = (date(2026, 7, 1), date(2026, 9, 1), date(2026, 11, 1))


def past(cast: Cast) -> None:
    """In the order in which it happened."""
    _flood(cast)
    _drills(cast)
    _checks(cast)
    for day in COUNTED_ON:
        keep_readiness(None, cast.town, day)


def _flood(cast: Cast) -> None:
    clerk = cast.people["bosai"]
    incident = open_incident(
        cast.town,
        kind=IncidentKind.REAL,
        hazard=Hazard.FLOOD,
        title="令和7年8月21日の大雨(見本)",
        actor=clerk,
        at=FLOOD,
        public_id="in0000000001",
    )
    Incident.objects.filter(pk=incident.pk).update(
        is_sample=True, summary="川の水位が上がり、二つの地区で避難指示を出した。(見本)"
    )
    water = NeedFacts(
        function=DisasterFunction.FOOD_WATER,
        goods="飲料水",
        quantity=Decimal(600),
        unit="本",
        place="東光小学校",
        urgency=Urgency.NOW,
        said="水 600本 東光小学校",
        told_by="避難所の職員",
    )
    need = write_need(
        incident, water, actor=clerk, at=FLOOD + timedelta(minutes=12), public_id="nd0000000001"
    )
    _helped(cast, incident, need)
    close_incident(incident, actor=clerk, at=FLOOD + timedelta(hours=30), knows_open=True)
    review = "1者目には夜間に電話がつながらず、2者目に頼んで2時間余りで届いた。(見本)"
    incident.refresh_from_db()
    write_review(incident, review, actor=clerk)
    lesson = LessonFacts(
        text="業務時間外に電話に出られない相手方があった。(見本)",
        task="物資の供給の相手方に、夜間につながる番号を尋ねる。(見本)",
        division=cast.divisions["disaster"],
        due_on=date(2027, 3, 31),
    )
    write_lesson(incident, lesson, actor=clerk, public_id="le0000000001")
    _sent_late(cast, incident)


def _helped(cast: Cast, incident: Incident, need: Need) -> None:
    """The first was not reached; the second accepted, and brought it."""
    clerk = cast.people["bosai"]
    first, second = (
        Capability.objects.of(cast.town).filter(goods="飲料水(2リットル)").order_by("public_id")[:2]
    )
    called = FLOOD + timedelta(minutes=15)
    missed = CallFacts(organisation=first.organisation, outcome=CallOutcome.NO_ANSWER, need=need)
    log_call(incident, missed, actor=clerk, at=called, received_at=called, public_id="cl0000000001")
    request = make_request(
        need,
        second.organisation,
        agreement=second.agreement,
        capability=second,
        quantity=need.quantity,
        actor=clerk,
        at=called,
        public_id="hr0000000001",
    )
    reached = CallFacts(organisation=second.organisation, outcome=CallOutcome.REACHED, request=request)
    moment = called + timedelta(minutes=4)
    log_call(incident, reached, actor=clerk, at=moment, received_at=moment, public_id="cl0000000002")
    for number, (minutes, step) in enumerate(
        (
            (4, StepFacts(StepKind.ASKED)),
            (9, StepFacts(StepKind.ACCEPTED, quantity=Decimal(600), told_by="店長")),
            (130, StepFacts(StepKind.ARRIVED, quantity=Decimal(600))),
            (60 * 24, StepFacts(StepKind.COST_TOLD, amount=Decimal(58_000))),
            (60 * 29, StepFacts(StepKind.SETTLED, amount=Decimal(58_000))),
        ),
        start=1,
    ):
        moment = called + timedelta(minutes=minutes)
        record_step(request, step, actor=clerk, at=moment, received_at=moment, public_id=f"st{number:010}")
    need.refresh_from_db()
    meet_need(need, actor=clerk, at=called + timedelta(minutes=131))


def _sent_late(cast: Cast, incident: Incident) -> None:
    """A call that a telephone kept without network, about a partner that no register here knows."""
    called = FLOOD + timedelta(minutes=50)
    told = {
        "record": "call",
        "id": "ca0000000009",
        "at": called.isoformat(),
        "partner": "0000000000zz",
        "called": "0166-00-9999",
        "outcome": CallOutcome.REACHED.value,
        "spoke_with": "夜勤の人",
        "note": "土のう袋を200枚出せるとのこと。(見本)",
    }
    (answer,) = receive(incident, [told], actor=cast.people["bosai3"], at=FLOOD + timedelta(hours=40))
    assert answer.outcome is Outcome.UNPLACED, answer.sentence


def _drills(cast: Cast) -> None:
    """One that was played by telephone, and one that is planned."""
    clerk, town = cast.people["bosai"], cast.town
    quake = write_scenario(town, earthquake(), actor=clerk, public_id="sc0000000001", is_sample=True)
    winter = write_scenario(town, snow(), actor=clerk, public_id="sc0000000002", is_sample=True)
    facts = DrillFacts(
        scenario=quake,
        title="令和7年度 防災の日の電話訓練",
        planned_on=date(2025, 9, 1),
        aim="相手方の連絡先が生きているかを確かめる。(見本)",
    )
    drill = plan_drill(town, facts, actor=clerk, public_id="dr0000000001", is_sample=True)
    incident = begin_drill(drill, actor=clerk, at=DRILL)
    Incident.objects.filter(pk=incident.pk).update(public_id="in0000000002", is_sample=True)
    incident.refresh_from_db()
    drill.refresh_from_db()
    for number, scripted in enumerate(quake.needs.order_by("minute"), start=1):
        due = DRILL + timedelta(minutes=scripted.minute)
        need = raise_need(drill, scripted, actor=clerk, at=due)
        _played(cast, incident, need, number)
    end_drill(drill, actor=clerk, at=DRILL + timedelta(minutes=125))
    planned = DrillFacts(
        scenario=winter,
        title="令和8年度 冬の図上訓練",
        planned_on=date(2027, 1, 15),
        aim="停電の中で、紙の冊子だけで相手方に連絡できるかを確かめる。(見本)",
    )
    plan_drill(town, planned, actor=clerk, public_id="dr0000000002", is_sample=True)


def _played(cast: Cast, incident: Incident, need: Need, number: int) -> None:
    """Four partners are called for each need; of every third need the first does not answer the telephone."""
    clerk = cast.people["bosai"]
    able = (
        Capability.objects.of(cast.town)
        .filter(function=need.function)
        .select_related("agreement", "organisation")
    )
    known = list(able.order_by("public_id")[:9])
    for place, one in enumerate([*known[:2], *known[4::4]]):
        moment = need.opened_at + timedelta(minutes=2 + 4 * place)
        missed = number % 3 == 0 and place == 0
        request = make_request(
            need,
            one.organisation,
            agreement=one.agreement,
            capability=one,
            quantity=need.quantity,
            actor=clerk,
            at=moment,
            public_id=f"hq{number:05}{place:05}",
        )
        outcome = CallOutcome.NO_ANSWER if missed else CallOutcome.REACHED
        called = CallFacts(organisation=one.organisation, outcome=outcome, request=request)
        log_call(
            incident, called, actor=clerk, at=moment, received_at=moment, public_id=f"cq{number:05}{place:05}"
        )
        if not missed:
            _answered(cast, request, moment, number, place, one)


def _answered(
    cast: Cast, request: HelpRequest, moment: datetime, number: int, place: int, capability: Capability
) -> None:
    """What the called one said, at once."""
    kind = StepKind.DECLINED if number % 4 == 0 and place == 1 else StepKind.PARTLY
    for step, facts in enumerate((StepFacts(StepKind.ASKED), StepFacts(kind, quantity=capability.quantity))):
        record_step(
            request,
            facts,
            actor=cast.people["bosai"],
            at=moment + timedelta(minutes=step),
            received_at=moment + timedelta(minutes=step),
            public_id=f"sq{number:05}{place}{step:04}",
        )


def _checks(cast: Cast) -> None:
    """Last year's check is closed; this year's is running, with answers of every kind and many that are open."""
    last = _check(cast, 2025, date(2025, 5, 20), date(2025, 6, 30), answered_on=date(2025, 6, 12))
    note = "回答のない相手方には、翌年の調査の前に電話で尋ねる。(見本)"
    close_check(last, note=note, actor=cast.people["bosai"], at=datetime(2025, 7, 7, 0, 0, tzinfo=UTC))
    _check(cast, 2026, date(2026, 10, 20), date(2026, 12, 11), answered_on=date(2026, 11, 12))


def _check(cast: Cast, year: int, opened: date, due: date, *, answered_on: date) -> ContactCampaign:
    """Two thirds answered by link, on paper or by telephone; some could not be reached."""
    campaign = open_check(
        cast.town,
        fiscal_year=year,
        due_on=due,
        request="連絡先と、いま供給できるものを確かめてください。(見本)",
        actor=cast.people["bosai"],
        at=datetime(opened.year, opened.month, opened.day, 0, 30, tzinfo=UTC),
    )
    answered = datetime(answered_on.year, answered_on.month, answered_on.day, 2, 0, tzinfo=UTC)
    checks = list(campaign.checks.order_by("pk"))
    for number, one in enumerate(checks, start=1):
        one.public_id = f"ck{year}{number:06}"
        if number % 3:
            one.state = CheckState.CORRECTED if number % 4 == 0 else CheckState.CONFIRMED
            one.answered_at = answered
            one.answered_how = _answered_how(number, one)
        elif number % 9 == 0:
            one.state = CheckState.UNREACHABLE
    changed = ["public_id", "state", "answered_at", "answered_how"]
    ContactCheck.objects.bulk_update(checks, changed, batch_size=200)
    ContactCampaign.objects.filter(pk=campaign.pk).update(public_id=f"cc{year:010}")
    campaign.refresh_from_db()
    return campaign


def _answered_how(number: int, check: ContactCheck) -> HowVerified:
    if number % 5 == 0:
        return HowVerified.TELEPHONE
    return HowVerified.LINK if check.email else HowVerified.PAPER
