"""A procedure goes from step to step as the table says, and everybody is told."""

from datetime import timedelta

import pytest

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.audit.models import Entry
from renkei.procedures.awaiting import awaited, is_stuck
from renkei.procedures.board import Asked, running
from renkei.procedures.models import Meeting, Procedure, Question
from renkei.procedures.services import ChangedMeanwhile, ProcedureRefused, hold, move, receive, reopen, resume
from renkei.procedures.stages import MOVES, moves_of
from renkei.procedures.vocabulary import ENDS, STEPS, Source, Stage
from renkei.reminders.models import Letter
from tests.factories import a_division, a_user
from tests.procedure_factories import AT, TODAY, a_procedure, a_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    return a_user()


def test_every_step_can_be_left_and_every_end_is_reached():
    assert {move.start for move in MOVES} == set(STEPS)
    assert {move.to for move in MOVES} >= set(ENDS)


def test_a_received_proposal_has_a_number_a_step_and_a_receipt_by_mail():
    procedure = a_procedure()
    assert procedure.receipt == "令和8年度 受付第1号"
    assert [one.stage for one in procedure.passages.all()] == [Stage.PROPOSAL]
    letter = Letter.objects.get(address="hanako@example.com")
    assert "令和8年度 受付第1号" in letter.subject
    assert Entry.objects.get().actor_name == "見本製薬株式会社 山田 花子"


def test_a_proposal_that_is_sent_twice_is_received_once():
    proposal = a_proposal()
    first = receive(proposal, source=Source.COUNTER, by=proposal.author, at=AT)
    again = receive(proposal, source=Source.COUNTER, by=proposal.author, at=AT)
    assert first.pk == again.pk
    assert Procedure.objects.count() == 1


def test_nothing_moves_on_before_what_must_exist_is_there(clerk):
    procedure = a_procedure()
    with pytest.raises(ProcedureRefused, match="聴取の記録"):
        move(procedure, "advance", Stage.COORDINATION, by=clerk, at=AT)


def test_a_declined_one_is_told_in_the_town_s_words_and_can_be_opened_again(clerk):
    procedure = a_procedure(stage=Stage.NEGOTIATION)
    move(
        procedure,
        "decline",
        Stage.DECLINED,
        by=clerk,
        at=AT,
        reason="時期が合わない",
        letter="またの機会に。",
    )
    assert procedure.closed_on == TODAY
    assert not moves_of(procedure)
    assert not awaited(procedure, TODAY)
    assert Letter.objects.filter(plain__contains="またの機会に。").count() == 1
    reopen(procedure, by=clerk, at=AT, reason="相手方が再考した")
    assert procedure.stage == Stage.NEGOTIATION


def test_the_partner_alone_withdraws_and_the_town_alone_declines(clerk):
    procedure = a_procedure()
    with pytest.raises(ProcedureRefused, match="もう一方の側"):
        move(procedure, "withdraw", Stage.WITHDRAWN, by=clerk, at=AT, reason="間違い")
    author = procedure.proposal.author
    with pytest.raises(ProcedureRefused, match="もう一方の側"):
        move(procedure, "decline", Stage.DECLINED, by=author, at=AT, reason="間違い")
    move(procedure, "withdraw", Stage.WITHDRAWN, by=author, at=AT, reason="社内の事情")
    assert procedure.stage == Stage.WITHDRAWN


def test_going_back_wants_a_reason(clerk):
    procedure = a_procedure(stage=Stage.DRAFTING)
    with pytest.raises(ProcedureRefused, match="理由"):
        move(procedure, "send_back", Stage.COORDINATION, by=clerk, at=AT)
    move(procedure, "send_back", Stage.COORDINATION, by=clerk, at=AT, reason="課が増えた")
    assert [one.stage for one in procedure.passages.all()] == [Stage.DRAFTING, Stage.COORDINATION]


def test_on_hold_it_does_not_move_on(clerk):
    procedure = a_procedure(stage=Stage.DRAFTING)
    hold(procedure, until=None, by=clerk, at=AT, reason="予算の議決を待つ")
    with pytest.raises(ProcedureRefused, match="保留"):
        move(procedure, "send_back", Stage.PROPOSAL, by=clerk, at=AT, reason="戻す")
    due = procedure.stage_due_on
    resume(procedure, by=clerk, at=AT + timedelta(days=30))
    assert not procedure.is_held
    assert procedure.stage_due_on == due + timedelta(days=30)
    late = due + timedelta(days=1)
    assert not is_stuck(procedure, late)
    assert procedure.pk not in running(Procedure.objects.all(), Asked(only_stuck=True), late)[Stage.DRAFTING]
    move(procedure, "send_back", Stage.PROPOSAL, by=clerk, at=AT + timedelta(days=40), reason="戻す")
    assert procedure.stage_due_on == TODAY + timedelta(days=40 + 14)


def test_of_two_who_move_at_once_one_is_told(clerk):
    procedure = a_procedure()
    other = Procedure.objects.get(pk=procedure.pk)
    move(procedure, "decline", Stage.DECLINED, by=clerk, at=AT, reason="時期が合わない")
    with pytest.raises(ChangedMeanwhile):
        hold(other, until=None, by=clerk, at=AT, reason="予算")


@pytest.mark.parametrize("stage", STEPS, ids=str)
def test_every_step_says_what_is_waited_for_and_from_whom(stage):
    procedure = a_procedure(stage=stage, division=a_division())
    waiting = awaited(procedure, TODAY)
    assert waiting
    assert all(one.what and one.side for one in waiting)


def test_what_is_ready_is_said_even_while_a_meeting_is_planned_and_a_question_is_open():
    procedure = a_procedure(stage=Stage.NEGOTIATION, division=a_division())
    procedure.items.update(is_agreed=True)
    Meeting.objects.create(procedure=procedure, held_on=TODAY + timedelta(days=3), written_at=AT)
    Question.objects.create(procedure=procedure, side=Side.PARTNER, text="回数は?", asked_at=AT)
    assert sum(one.key == "ready" for one in awaited(procedure, TODAY)) == 1
    assert len(awaited(procedure, TODAY)) == 3
    procedure.items.update(is_agreed=False)
    assert "ready" not in {one.key for one in awaited(procedure, TODAY)}
