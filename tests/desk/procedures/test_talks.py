"""The talks at the desk: meetings, points, questions; and the partner's own pages of them at the counter."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from renkei.agreements.vocabulary import Side
from renkei.procedures.models import PlannedInitiative, Procedure
from renkei.procedures.services import move
from renkei.procedures.vocabulary import Stage
from tests.desk.procedures.test_first_step import page, send
from tests.factories import a_municipality
from tests.procedure_factories import AT, a_correspondent, a_procedure, visit

pytestmark = pytest.mark.django_db
SECRET = "外に出ない言葉"


@pytest.fixture
def procedure() -> Procedure:
    return a_procedure(stage=Stage.NEGOTIATION)


@pytest.fixture
def partner(procedure) -> Client:
    return visit(Client(), procedure.proposal.author)


def at_counter(name: str, procedure: Procedure, *ids: str) -> str:
    return reverse(f"counter:procedure_{name}", args=[procedure.municipality.code, procedure.public_id, *ids])


def test_a_meeting_is_planned_told_written_and_shown(clerk, partner, procedure):
    today = timezone.localdate()
    facts = {
        "held_on": (today + timedelta(days=1)).isoformat(),
        "agenda": "役割分担",
        "internal_notes": SECRET,
    }
    send(clerk, "meeting_new", procedure, **facts)
    meeting = procedure.meetings.get()
    assert "役割分担" not in partner.get(at_counter("meetings", procedure)).content.decode()
    send(clerk, "meeting_show", procedure, meeting.public_id)
    assert "役割分担" in partner.get(at_counter("meetings", procedure)).content.decode()
    held = {**facts, "held_on": today.isoformat(), "minutes": "講座は年2回。"}
    send(clerk, "meeting_edit", procedure, meeting.public_id, **held)
    assert "講座は年2回。" not in partner.get(at_counter("meetings", procedure)).content.decode()
    send(clerk, "meeting_show", procedure, meeting.public_id)
    shown = partner.get(at_counter("meetings", procedure)).content.decode()
    assert "講座は年2回。" in shown
    assert SECRET not in shown
    assert SECRET in clerk.get(page("meeting", procedure, meeting.public_id)).content.decode()
    send(clerk, "meeting_new", procedure, held_on=facts["held_on"], agenda="二回目")
    second = procedure.meetings.get(agenda="二回目")
    send(clerk, "meeting_cancel", procedure, second.public_id, reason="都合")
    assert "取りやめ" in clerk.get(page("meetings", procedure)).content.decode()


def test_points_are_written_settled_agreed_and_planned_by_one_press(clerk, procedure):
    item = procedure.items.first()
    written = {"kind": "open", "text": "講師の人数", "item": item.public_id}
    refused = send(clerk, "point_new", procedure, **written)
    assert "どちらが片づけるか" in refused.content.decode()
    send(clerk, "point_new", procedure, **written, owner_side="partner", due_on="2026-06-30")
    point = procedure.points.get()
    send(
        clerk,
        "point",
        procedure,
        point.public_id,
        **{**written, "text": "講師は何人か"},
        owner_side="partner",
    )
    send(clerk, "point_settle", procedure, point.public_id, outcome="講師は2名", is_agreed="on")
    for _twice in range(2):
        send(clerk, "point_plan", procedure, point.public_id)
    assert PlannedInitiative.objects.get().title == "講師は2名"
    send(clerk, "item_agree", procedure, item.public_id, agreed="yes")
    shown = clerk.get(page("meetings", procedure)).content.decode()
    assert "取組事項の案に加えた" in shown
    assert "1<small>/2件" in shown
    send(clerk, "point_new", procedure, kind="agreed", text="広報は両者で")
    other = procedure.points.get(text="広報は両者で")
    send(clerk, "point_reopen", procedure, other.public_id, owner_side="town", reason="再考")
    other.refresh_from_db()
    assert other.is_open


def test_a_question_goes_both_ways_and_a_form_sent_twice_asks_once(clerk, partner, procedure):
    for _twice in range(2):
        asked = partner.post(at_counter("questions", procedure), {"text": "会場は?", "once": "onceonceonce"})
        assert asked.status_code == 302
    theirs = procedure.questions.get()
    assert "会場は?" in clerk.get(page("questions", procedure)).content.decode()
    send(clerk, "question_answer", procedure, theirs.public_id, text="市役所です。")
    assert "市役所です。" in partner.get(at_counter("questions", procedure)).content.decode()
    send(clerk, "questions", procedure, text="人数は?")
    mine = procedure.questions.get(side=Side.TOWN)
    assert partner.get(at_counter("question_answer", procedure, mine.public_id)).status_code == 200
    assert (
        partner.post(at_counter("question_answer", procedure, mine.public_id), {"text": "30人"}).status_code
        == 302
    )
    late = partner.post(at_counter("question_answer", procedure, mine.public_id), {"text": "40人"})
    assert "すでに回答" in late.content.decode()
    send(clerk, "questions", procedure, text="別の質問")
    send(clerk, "question_withdraw", procedure, procedure.questions.last().public_id)
    partner.post(at_counter("questions", procedure), {"text": "間違い", "once": "twicetwice12"})
    own = procedure.questions.last()
    partner.post(at_counter("question_withdraw", procedure, own.public_id))
    assert procedure.questions.waiting().count() == 0


def test_the_partner_sees_open_points_but_none_that_are_internal(clerk, partner, procedure):
    send(clerk, "point_new", procedure, kind="agreed", text=SECRET, is_internal="on")
    send(clerk, "point_new", procedure, kind="open", text="講師の人数", owner_side="partner")
    seen, hidden = procedure.points.order_by("is_internal")
    shown = partner.get(at_counter("meetings", procedure)).content.decode()
    assert "講師の人数" in shown
    assert SECRET not in shown
    address = at_counter("questions", procedure)
    assert "講師の人数" in partner.get(address, {"about": seen.public_id}).content.decode()
    assert SECRET not in partner.get(address, {"about": hidden.public_id}).content.decode()


def test_nobody_else_reads_or_writes_at_the_counter(procedure):
    strangers = [
        a_correspondent(email="b@example.com", company="ほかの会社"),
        a_correspondent(email="c@example.com", municipality=a_municipality("012025")),
    ]
    for stranger in strangers:
        client = visit(Client(), stranger)
        for name in ("questions", "meetings"):
            assert client.get(at_counter(name, procedure)).status_code in (302, 404)
        assert client.post(at_counter("questions", procedure), {"text": "x"}).status_code in (302, 404)
    assert not procedure.questions.exists()


def test_after_the_end_the_partner_reads_and_writes_nothing_more(partner, procedure):
    author = procedure.proposal.author
    move(procedure, "withdraw", Stage.WITHDRAWN, by=author, at=AT, reason="社内の事情")
    assert partner.get(at_counter("questions", procedure)).status_code == 200
    assert partner.post(at_counter("questions", procedure), {"text": "まだ?"}).status_code == 403
