"""A night told from its board: who waits since when, what is short, what it costs, and what is left to others."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest

from renkei.accounts.models import Role
from renkei.audit.models import Entry
from renkei.disasters.incidents.costs import costs_of
from renkei.disasters.incidents.looking_back import figures_of, prefilled
from renkei.disasters.incidents.open_lines import lines_of, open_lines
from renkei.disasters.incidents.record import LineKind, record_of
from renkei.disasters.incidents.step_facts import StepFacts
from renkei.disasters.models import UnplacedRecord
from renkei.disasters.refusals import IncidentRefused
from renkei.disasters.services.closing import close_incident, reopen_incident, write_review
from renkei.disasters.services.incidents import meet_need, note_in
from renkei.disasters.services.lessons import LessonFacts, settle_lesson, write_lesson
from renkei.disasters.services.requesting import record_step
from renkei.disasters.services.settling import settle_unplaced
from renkei.disasters.services.shifts import accept_handover, hand_over
from renkei.disasters.situation.board import board
from renkei.disasters.situation.paper import situation_report
from renkei.disasters.situation.sheet import board_rows, cost_rows, record_rows
from renkei.disasters.vocabulary import CallOutcome, CostBearer, IncidentKind, StepKind
from renkei.rules.text_tables import csv_lines, workbook
from tests.disaster_factories import AT, a_call, a_capability, a_need, a_request, an_incident
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


class Night:
    """Water asked of two partners after five minutes, blankets asked of nobody; it is half an hour later."""

    def __init__(self, kind: str = IncidentKind.REAL) -> None:
        self.clerk = a_user()
        self.incident = an_incident(kind=kind, summary="東光地区で断水。")
        self.shop = an_agreement(partners=("見本商店",))
        self.depot = an_agreement(partners=("見本生協",), title="物資の協定")
        self.water = a_need(self.incident)
        self.blankets = a_need(self.incident, goods="毛布", quantity=Decimal(50), unit="枚", said="毛布 50枚")
        sold = a_capability(self.shop, cost_bearer=CostBearer.TOWN)
        self.first = a_request(self.shop, self.water, capability=sold, quantity=Decimal(1500))
        self.second = a_request(self.depot, self.water, quantity=Decimal(500))
        self.step(self.first, StepKind.ASKED, 5)
        self.step(self.second, StepKind.ASKED, 10)
        self.now = AT + minutes(30)

    def step(self, request, kind: StepKind, after: int, *, by=None, **facts: object):
        at = AT + minutes(after)
        return record_step(request, StepFacts(kind, **facts), actor=by or self.clerk, at=at, received_at=at)

    def board(self):
        return board(self.incident, at=self.now)


def test_the_board_says_who_waits_since_when_and_what_is_short(django_assert_max_num_queries):
    night = Night()
    a_call(night.first, at=AT + minutes(3), outcome=CallOutcome.NO_ANSWER)
    night.step(night.first, StepKind.PARTLY, 12, quantity=Decimal(1000))
    night.step(night.first, StepKind.ARRIVED, 25, quantity=Decimal(800))
    with django_assert_max_num_queries(6):
        seen = night.board()
    blankets, water = seen.needs
    assert (blankets.need, blankets.is_unasked, blankets.minutes) == (night.blankets, True, 30)
    assert (water.requested, water.promised, water.arrived, water.short) == (
        "2,000本",
        "1,000本",
        "800本",
        "1,200本",
    )
    assert (water.first_call_minutes, water.answer_minutes, water.arrival_minutes) == (3, 12, 25)
    assert [(str(one.request.organisation), one.minutes) for one in seen.unanswered] == [("見本生協", 20)]
    assert lines_of(seen)[0] == "No.2 毛布 50枚: どこにも要請していない"
    assert [[str(one.need) for one in lines] for _title, lines in seen.groups] == [["毛布", "飲料水"], [], []]
    night.step(night.second, StepKind.ACCEPTED, 26)
    night.step(night.first, StepKind.ARRIVED, 27, quantity=Decimal(700))
    assert [len(lines) for _title, lines in night.board().groups] == [1, 1, 0], "promised: it is on its way"
    meet_need(night.water, actor=night.clerk, at=night.now)
    assert night.board().needs[-1].need == night.water
    assert night.board().needs[-1].short == ""


def test_what_two_people_noted_differently_stands_on_top_until_somebody_settles_it():
    night = Night()
    other = a_user(sign_in_name="other")
    night.step(night.first, StepKind.ACCEPTED, 12)
    night.step(night.first, StepKind.DECLINED, 14, by=other)
    (conflict,) = night.board().conflicts
    assert [str(one) for one in conflict.both] == ["承諾の回答", "できないとの回答"]
    assert lines_of(night.board())[0].startswith("食い違いが片づいていない: 見本商店")
    lost = UnplacedRecord.objects.create(
        incident=night.incident,
        public_id="0" * 12,
        kind="step",
        reason="どの要請か分からない",
        received_at=AT,
    )
    assert night.board().unplaced == (lost,)
    with pytest.raises(IncidentRefused, match="どう片づけたか"):
        settle_unplaced(lost, " ", actor=night.clerk, at=night.now)
    settle_unplaced(lost, "通話に書き直した", actor=night.clerk, at=night.now)
    assert night.board().unplaced == ()
    with pytest.raises(IncidentRefused, match="先に片づけました"):
        settle_unplaced(lost, "もう一度", actor=night.clerk, at=night.now)


def test_costs_say_who_bears_them_and_what_is_not_settled():
    night = Night()
    night.step(night.first, StepKind.ARRIVED, 25)
    night.step(night.first, StepKind.COST_TOLD, 26, amount=Decimal(150000))
    night.step(night.second, StepKind.ARRIVED, 27)
    night.step(night.second, StepKind.SETTLED, 28, amount=Decimal(0))
    found = costs_of(night.board())
    assert [(one.bearer, one.told, one.settled) for one in found.lines] == [
        ("市が負担", Decimal(150000), None),
        ("不明", None, Decimal(0)),
    ]
    assert (found.told, found.settled, found.open) == (Decimal(150000), Decimal(0), 1)
    assert list(cost_rows(found))[-1][5:7] == ["150000", "0"]


def test_the_record_tells_everything_in_one_order_and_leaves_as_csv_without_formulas():
    night = Night()
    a_call(night.first, at=AT + minutes(3), note="=1+1")
    note_in(night.incident, "国道が通れない。", actor=night.clerk, at=AT + minutes(4), received_at=night.now)
    lines = record_of(night.incident)
    assert [line.kind for line in lines] == ["step", "step", "note", "call", "need", "need"]
    assert [line.note for line in record_of(night.incident, kind=LineKind.NOTE)] == ["国道が通れない。"]
    text = "".join(csv_lines(record_rows(lines)))
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[3][:3] == ["2024-09-02 03:03", "電話", "電話: 話せた"]
    assert rows[3][4] == "'=1+1"
    with workbook(board_rows(night.board()), "状況表") as file:
        sheet = openpyxl.load_workbook(file).active
    assert [sheet.cell(row, 9).value for row in (2, 3, 4)] == ["", "見本商店", "見本生協"]


def test_a_shift_hands_over_what_is_open_and_only_the_next_one_accepts():
    night, relief = Night(), a_user(sign_in_name="relief", role=Role.DISASTER_OFFICER)
    with pytest.raises(IncidentRefused, match="特になし"):
        hand_over(night.incident, text=" ", to_name="", actor=night.clerk, at=night.now)
    told = {"text": "水は二か所に要請中。", "to_name": "2班", "public_id": "handed0ver00"}
    handover = hand_over(night.incident, **told, actor=night.clerk, at=night.now)
    assert hand_over(night.incident, **told, actor=night.clerk, at=night.now) == handover
    assert handover.open_lines == open_lines(night.incident, at=night.now)
    assert any("見本生協(回答待ち)" in line for line in handover.open_lines)
    with pytest.raises(IncidentRefused, match="引き継いだ本人"):
        accept_handover(handover, actor=night.clerk, at=night.now)
    accept_handover(handover, actor=relief, at=night.now)
    with pytest.raises(IncidentRefused, match="先に受け取りました"):
        accept_handover(handover, actor=a_user(sign_in_name="third"), at=night.now)
    assert Entry.objects.filter(event="incidents.handed_over").count() == 1


def test_an_incident_is_closed_knowing_what_is_open_and_opened_again_with_a_reason():
    night = Night()
    with pytest.raises(IncidentRefused, match="2件"):
        close_incident(night.incident, actor=night.clerk, at=night.now)
    assert night.board().groups[0][0] == "いま動くもの"
    close_incident(night.incident, actor=night.clerk, at=night.now, knows_open=True)
    assert night.board().groups[0][0] == "片づいていないもの"
    waited = [one.minutes for one in night.board().needs]
    assert waited == [one.minutes for one in board(night.incident, at=night.now + timedelta(days=450)).needs]
    with pytest.raises(IncidentRefused, match="もう終えています"):
        close_incident(night.incident, actor=night.clerk, at=night.now, knows_open=True)
    with pytest.raises(IncidentRefused, match="理由"):
        reopen_incident(night.incident, "", actor=night.clerk, at=night.now)
    reopen_incident(night.incident, "余震", actor=night.clerk, at=night.now)
    night.incident.refresh_from_db()
    assert night.incident.closed_at is None
    stale = type(night.incident).objects.get(pk=night.incident.pk)
    write_review(night.incident, "よくできた。", actor=night.clerk)
    with pytest.raises(IncidentRefused, match="先に変更"):
        write_review(stale, "だめだった。", actor=night.clerk)
    entry = Entry.objects.get(event="incidents.closed")
    assert "片づいていないこと2件" in entry.sentence


def test_the_report_afterwards_begins_with_figures_and_lessons_become_tasks():
    night = Night()
    a_call(night.second, at=AT + minutes(9), outcome=CallOutcome.NO_ANSWER)
    night.step(night.first, StepKind.ACCEPTED, 12)
    told = figures_of(night.board())
    assert (told.answered, told.unanswered, told.unreached) == (("見本商店",), ("見本生協",), ("見本生協",))
    assert "回答 12分、到着 ―" in prefilled(night.board())
    elsewhere = a_division(municipality=a_municipality("011002"))
    for facts, why in (
        (LessonFacts(" "), "分かったこと"),
        (LessonFacts("遅い", task="直す"), "担当課を選んで"),
        (LessonFacts("遅い", division=elsewhere), "ほかの自治体"),
    ):
        with pytest.raises(IncidentRefused, match=why):
            write_lesson(night.incident, facts, actor=night.clerk)
    facts = LessonFacts("夜はつながらない。", task="番号を聞く。", division=a_division(), due_on=AT.date())
    lesson = write_lesson(night.incident, facts, actor=night.clerk)
    assert lesson.is_late(AT.date() + timedelta(days=1))
    settle_lesson(lesson, "携帯を教わった。", actor=night.clerk, at=night.now)
    with pytest.raises(IncidentRefused, match="先に、片づいた"):
        settle_lesson(lesson, "もう一度", actor=night.clerk, at=night.now)


@pytest.mark.parametrize(("kind", "head"), [("real", "令和6年9月2日"), ("drill", "【訓練】令和6年9月2日")])
def test_the_situation_report_says_what_is_open_and_that_a_drill_is_one(kind, head):
    night = Night(kind)
    paper = situation_report(night.board())
    assert paper.title.startswith(head)
    assert "3時30分" in paper.subtitle or "03:30" in paper.subtitle
    text = str(paper)
    for told in ("断水", "毛布", "要請先なし", "見本生協", "2,000本", "どこにも要請していない"):
        assert told in text
