"""The third step: meetings, points and questions; who is waited for, and what the partner is told and never sees."""

from dataclasses import replace
from datetime import timedelta

import pytest

from renkei.accounts.models import Role, User
from renkei.agreements.vocabulary import Side
from renkei.audit.models import Entry
from renkei.municipalities.public_id import new_public_id
from renkei.procedures.awaiting import awaited, steps_of
from renkei.procedures.services import ProcedureRefused, move
from renkei.procedures.services.items import agree_on_item
from renkei.procedures.services.meetings import (
    MeetingFacts,
    cancel,
    change_meeting,
    invite,
    share,
    write_meeting,
)
from renkei.procedures.services.points import (
    PointFacts,
    change_point,
    plan_point,
    reopen_point,
    settle,
    write_point,
)
from renkei.procedures.services.questions import answer, ask, withdraw_question
from renkei.procedures.vocabulary import Stage
from renkei.reminders.models import Letter
from tests.factories import a_division, a_municipality, a_user
from tests.procedure_factories import AT, TODAY, a_procedure

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)
PARTNER = "hanako@example.com"


@pytest.fixture
def health():
    return a_division(name="健康課")


@pytest.fixture
def clerk(health):
    user = a_user(role=Role.RESPONSIBLE, division=health)
    user.email = "tanto@example.com"
    user.save()
    return user


@pytest.fixture
def procedure(health):
    return a_procedure(stage=Stage.NEGOTIATION, division=health)


def subjects(address: str) -> list[str]:
    return [one.subject for one in Letter.objects.filter(address=address).order_by("pk")]


def waited_for(procedure, side: Side, day=TODAY) -> list[str]:
    return [one.what for one in awaited(procedure, day) if one.side == side]


def test_a_planned_meeting_is_told_awaited_on_both_sides_and_written_down_after_its_day(procedure, clerk):
    once = new_public_id()
    facts = MeetingFacts(
        held_on=TOMORROW, time="14時", place="市役所3階", agenda="役割分担", internal_notes="譲れない線"
    )
    for _twice in range(2):
        meeting = write_meeting(procedure, facts, by=clerk, at=AT, public_id=once)
    assert procedure.meetings.count() == 1
    assert not any("役割分担" in what for what in waited_for(procedure, Side.PARTNER))
    invite(meeting, by=clerk, at=AT)
    assert any("役割分担" in what for what in waited_for(procedure, Side.PARTNER))
    letter = Letter.objects.get(address=PARTNER, subject__contains="協議の予定")
    assert "令和8年6月2日 14時" in letter.plain
    assert "譲れない線" not in letter.plain
    late = waited_for(procedure, Side.TOWN, TOMORROW + timedelta(days=1))
    assert any("記録を書いてください" in what for what in late)


def test_minutes_are_the_town_s_until_they_are_shared_and_corrections_are_told(procedure, clerk):
    held = {"held_on": TODAY, "agenda": "役割分担"}
    meeting = write_meeting(procedure, MeetingFacts(**held), by=clerk, at=AT, public_id=new_public_id())
    with pytest.raises(ProcedureRefused, match="記録がまだ"):
        share(meeting, by=clerk, at=AT)
    change_meeting(meeting, MeetingFacts(**held, minutes="講座は年2回。"), by=clerk, at=AT)
    assert not any("協議" in subject for subject in subjects(PARTNER))
    share(meeting, by=clerk, at=AT)
    notes = {"minutes": "講座は年2回。", "internal_notes": "予算は要確認"}
    change_meeting(meeting, MeetingFacts(**held, **notes), by=clerk, at=AT)
    assert len([one for one in subjects(PARTNER) if "協議" in one]) == 1, "internal notes are told to nobody"
    change_meeting(meeting, MeetingFacts(**held, minutes="講座は年3回。"), by=clerk, at=AT)
    assert subjects(PARTNER)[-1] == "【連携】協議の内容を直しました"
    told = Entry.objects.filter(event="procedure.meeting_changed").last()
    assert told.changes["procedures.meeting.minutes"] == ["講座は年2回。", "講座は年3回。"]
    with pytest.raises(ProcedureRefused, match="取りやめられません"):
        cancel(meeting, by=clerk, at=AT, reason="都合")


def test_minutes_of_a_day_to_come_are_refused_and_a_cancelled_meeting_waits_for_nobody(procedure, clerk):
    facts = MeetingFacts(held_on=TOMORROW, minutes="済んだ", agenda="役割分担")
    with pytest.raises(ProcedureRefused, match="今日より後"):
        write_meeting(procedure, facts, by=clerk, at=AT, public_id=new_public_id())
    planned = MeetingFacts(held_on=TOMORROW, agenda="役割分担")
    meeting = write_meeting(procedure, planned, by=clerk, at=AT, public_id=new_public_id())
    invite(meeting, by=clerk, at=AT)
    cancel(meeting, by=clerk, at=AT, reason="先方の都合")
    assert subjects(PARTNER)[-1] == "【連携】協議を取りやめます"
    assert not any("役割分担" in one.what for one in awaited(procedure, TODAY))


def test_an_open_point_waits_for_its_owner_and_is_settled_reopened_and_planned(procedure, clerk):
    item = procedure.items.first()
    facts = PointFacts(text="講師の人数", item=item, owner_side=Side.PARTNER, owner="山田", due_on=TOMORROW)
    with pytest.raises(ProcedureRefused, match="どちらが"):
        write_point(procedure, PointFacts(text="講師の人数"), by=clerk, at=AT, public_id=new_public_id())
    point = write_point(procedure, facts, by=clerk, at=AT, public_id=new_public_id())
    (waiting,) = [one for one in awaited(procedure, TODAY) if "講師の人数" in one.what]
    assert (waiting.side, waiting.by, waiting.person) == (Side.PARTNER, TOMORROW, "山田")
    with pytest.raises(ProcedureRefused, match="合意した論点だけ"):
        plan_point(point, by=clerk, at=AT)
    settle(point, outcome="講師は2名", is_agreed=True, by=clerk, at=AT)
    initiative = plan_point(point, by=clerk, at=AT)
    assert plan_point(point, by=clerk, at=AT) == initiative
    assert (initiative.title, initiative.item, initiative.origin) == ("講師は2名", item, "協議 令和8年6月1日")
    with pytest.raises(ProcedureRefused, match="取組事項の案を外して"):
        reopen_point(point, owner_side=Side.TOWN, due_on=None, by=clerk, at=AT, reason="再考")
    initiative.delete()
    point.refresh_from_db()
    reopen_point(point, owner_side=Side.TOWN, due_on=None, by=clerk, at=AT, reason="再考")
    assert point.is_open


def test_a_point_of_another_division_is_told_to_it_and_is_awaited_in_every_later_step(procedure, clerk):
    sports = a_division(name="スポーツ課")
    coach = a_user(role=Role.RESPONSIBLE, division=sports, sign_in_name="sports")
    coach.email = "sports@example.com"
    coach.save()
    facts = PointFacts(text="会場を押さえる", owner_side=Side.TOWN, owner_division=sports, due_on=TOMORROW)
    write_point(procedure, facts, by=clerk, at=AT, public_id=new_public_id())
    assert subjects("sports@example.com") == ["【連携】協議で残った論点があります"]
    procedure.stage = Stage.DRAFTING
    (waiting,) = [one for one in awaited(procedure, TODAY) if "会場を押さえる" in one.what]
    assert (waiting.division, waiting.by) == (sports, TOMORROW)


def test_a_point_for_the_partner_is_not_kept_from_it(procedure, clerk):
    hidden = PointFacts(text="費用", owner_side=Side.PARTNER, is_internal=True)
    with pytest.raises(ProcedureRefused, match="庁内だけにはできません"):
        write_point(procedure, hidden, by=clerk, at=AT, public_id=new_public_id())


def test_a_question_is_asked_once_answered_once_and_told_to_the_other_side(procedure, clerk):
    once, hanako = new_public_id(), procedure.proposal.author
    for _twice in range(2):
        question = ask(procedure, "会場は?", due_on=TOMORROW, by=hanako, at=AT, public_id=once)
    assert subjects("tanto@example.com") == ["【連携】質問が届きました"]
    assert any("会場は?" in what for what in waited_for(procedure, Side.TOWN))
    with pytest.raises(ProcedureRefused, match="もう一方の側"):
        answer(question, "市役所", by=hanako, at=AT)
    answer(question, "市役所です。", by=clerk, at=AT)
    with pytest.raises(ProcedureRefused, match="すでに回答"):
        answer(question, "公民館です。", by=clerk, at=AT)
    assert "市役所です。" in Letter.objects.get(address=PARTNER, subject__contains="回答").plain
    mine = ask(procedure, "人数は?", due_on=None, by=clerk, at=AT, public_id=new_public_id())
    assert any("人数は?" in what for what in waited_for(procedure, Side.PARTNER))
    withdraw_question(mine, by=clerk, at=AT)
    assert not any("人数は?" in one.what for one in awaited(procedure, TODAY))


def test_the_step_says_in_figures_how_far_it_is_and_is_left_when_nothing_is_open(procedure, clerk):
    item, facts = procedure.items.first(), {"by": clerk, "at": AT}
    agreed = PointFacts(text="講座は年2回", is_agreed=True)
    open_one = PointFacts(text="講師の人数", owner_side=Side.TOWN, due_on=TODAY - timedelta(days=1))
    for one in (agreed, agreed, open_one):
        point = write_point(procedure, one, public_id=new_public_id(), **facts)
    agree_on_item(item, True, **facts)
    (step,) = [one for one in steps_of(procedure, TODAY) if one.is_present]
    notes = [task.note for task in step.tasks]
    assert "2件のうち1件を合意" in notes
    assert "合意2件・残り1件(うち期限切れ1件)" in notes
    with pytest.raises(ProcedureRefused, match="残った論点が1件"):
        move(procedure, "advance", Stage.DRAFTING, by=clerk, at=AT)
    settle(point, outcome="2名", is_agreed=False, **facts)
    move(procedure, "advance", Stage.DRAFTING, by=clerk, at=AT)
    assert procedure.stage == Stage.DRAFTING


def test_a_point_given_to_another_division_is_told_to_it_and_an_internal_one_never_goes_to_the_partner(
    procedure, clerk
):
    other = a_division(name="防災課")
    a_clerk = a_user(role=Role.RESPONSIBLE, division=other, sign_in_name="bosai")
    User.objects.filter(pk=a_clerk.pk).update(email="bosai@example.com")
    facts = PointFacts(text="譲れない線", owner_side=Side.TOWN, is_internal=True)
    point = write_point(procedure, facts, by=clerk, at=AT, public_id=new_public_id())
    for division in (other, None, other):
        change_point(point, replace(facts, owner_division=division), by=clerk, at=AT)
    assert len(subjects("bosai@example.com")) == 2
    settle(point, outcome="市で決めた", is_agreed=False, by=clerk, at=AT)
    with pytest.raises(ProcedureRefused, match="庁内だけにはできません"):
        reopen_point(point, owner_side=Side.PARTNER, due_on=None, by=clerk, at=AT, reason="相手方に頼む")
    assert not any("譲れない線" in what for what in waited_for(procedure, Side.PARTNER))
    theirs = replace(facts, owner_division=a_division(name="よその課", municipality=a_municipality("011002")))
    with pytest.raises(ProcedureRefused, match="この自治体の課"):
        change_point(point, theirs, by=clerk, at=AT)
