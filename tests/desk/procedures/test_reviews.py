"""Drafts are checked at the desk: by whom was asked, clause by clause, and the window decides what becomes of it."""

import pytest
from django.test import Client
from django.urls import reverse

from renkei.accounts.models import Role, User
from renkei.agreements.vocabulary import Side
from renkei.procedures.models import Comment, DraftVersion
from renkei.procedures.models.review import RoundOutcome
from renkei.procedures.reviews import last_round
from renkei.procedures.services.commenting import Said, comment
from renkei.procedures.services.reviewing import AskedReviewer
from renkei.procedures.vocabulary import Resolution
from tests.factories import a_division, a_user
from tests.procedure_factories import AT, a_correspondent
from tests.review_factories import a_checked_procedure, a_drafted_procedure, a_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    return a_user()


def window_of(person: User) -> Client:
    window = Client()
    window.force_login(person)
    return window


def address(page: str, procedure, *more: str) -> str:
    return reverse(f"desk:procedure_{page}", args=[procedure.public_id, *more])


def test_the_window_opens_a_round_with_people_and_divisions(clerk):
    finance = a_division(name="財政課")
    procedure = a_drafted_procedure()
    shown = window_of(clerk).get(address("review_open", procedure))
    assert "山田 花子" in shown.content.decode()
    form = {
        "version": procedure.version,
        "once": "round0000001",
        "partner": [one.correspondent.public_id for one in procedure.participants.all()],
        "who-0": f"person:{clerk.public_id}",
        "need-0": "asked",
        "who-1": f"division:{finance.public_id}",
        "need-1": "required",
        "due_on": "令和20年6月1日",
        "message": "お願いします。",
    }
    for _twice in range(2):
        answer = window_of(clerk).post(address("review_open", procedure), form)
        assert (answer.status_code, answer.headers["Location"]) == (302, address("reviews", procedure))
    asked = [
        (one.side, one.matter, str(one), one.is_required) for one in last_round(procedure).reviewers.all()
    ]
    assert asked == [
        ("partner", "", "山田 花子", True),
        ("town", "法規", "見本 花子", False),
        ("town", "財政", "財政課", True),
    ]
    assert "財政課" in window_of(clerk).get(address("reviews", procedure)).content.decode()


def test_a_named_division_checks_and_its_neighbour_is_told_why_not(clerk):
    finance = a_division(name="財政課")
    mine = window_of(a_user(role=Role.RESPONSIBLE, division=finance, sign_in_name="zaisei"))
    beside = window_of(a_user(role=Role.RESPONSIBLE, division=a_division(), sign_in_name="bosai"))
    procedure = a_drafted_procedure()
    one = a_round(procedure, AskedReviewer(side=Side.TOWN, matter="財政", division=finance), by=clerk)
    assert "お願いした人と課" in beside.get(address("review", procedure)).content.decode()
    words = {
        "version": one.text.public_id,
        "clause": "costs",
        "once": "comment00001",
        "text": "予算がない。",
        "proposed": "",
        "anchor": "text-5",
    }
    assert beside.post(address("review_comment", procedure), words).status_code == 403
    nothing = mine.post(address("review_comment", procedure), {**words, "text": ""})
    assert (nothing.status_code, "意見を書くか" in nothing.content.decode()) == (422, True)
    mine.post(address("review_comment", procedure), {**words, "once": "comment00002", "is_open": "on"})
    assert not Comment.objects.get(public_id="comment00002").is_internal
    mine.post(address("review_comment", procedure), words)
    said = Comment.objects.get(public_id="comment00001")
    assert (said.side, said.is_internal, said.user.sign_in_name) == ("town", True, "zaisei")
    asked = one.reviewers.get(division=finance)
    tick = {"reviewer": asked.public_id, "digests": " ".join(one.digests)}
    assert "印を付けて" in mine.post(address("review_accept", procedure), tick).content.decode()
    mine.post(address("review_accept", procedure), {**tick, "agrees": "on"})
    assert "取り消す" in mine.get(address("review", procedure)).content.decode()
    mine.post(address("review_take_back", procedure, asked.public_id))
    asked.refresh_from_db()
    assert asked.accepted_at is None
    assert mine.post(address("comment_resolve", procedure, said.public_id), {}).status_code == 403


def test_the_window_resolves_and_makes_the_next_text(clerk):
    made = a_checked_procedure(None, clerk)
    procedure, said = made["checked"], made["comment"]
    window = window_of(clerk)
    unresolved = window.get(address("reviews", procedure), {"show": "unresolved"}).content.decode()
    assert "費用の分担は。" in unresolved
    assert "市民の健康の増進" not in unresolved
    decide = address("comment_resolve", procedure, said.public_id)
    assert "必ず書きます" in window.get(decide).content.decode()
    adopted = {"resolution": Resolution.ADOPTED, "taken": "費用は甲が負担する。", "answer": "そのように。"}
    assert window.post(decide, {**adopted, "seen": ""}).status_code == 302
    late = window.post(decide, {"resolution": Resolution.REFUSED, "answer": "遅れた人", "seen": ""})
    assert (late.status_code, "ほかの人が先に" in late.content.decode()) == (422, True)
    assert "費用は甲が負担する。" in window.get(address("review_revise", procedure)).content.decode()
    whole = Said(version=last_round(procedure).text, text="目的を短く。")
    by_hand = comment(last_round(procedure), whole, by=clerk, at=AT, public_id="comment00002")
    window.post(
        address("comment_resolve", procedure, by_hand.public_id), {"resolution": "adopted", "answer": ""}
    )
    going_on = {"version": procedure.version, "once": "version00001"}
    edited = window.post(address("review_revise", procedure), going_on, follow=True).content.decode()
    newest = DraftVersion.objects.get(public_id="version00001")
    assert "目的を短く。" in edited
    assert "費用の分担は。" not in edited
    assert (newest.number, last_round(procedure).outcome) == (2, RoundOutcome.REVISED)
    second = a_round(procedure, by=clerk, public_id="round0000002")
    shown = window.get(address("reviews", procedure)).content.decode()
    assert second.text == newest
    assert "1か所が変わりました" in shown
    assert "<ins>" in shown
    assert "これまでの回" in shown


def test_who_stays_off_the_counter_is_written_down_and_who_leaves_is_replaced(clerk):
    made = a_checked_procedure(None, clerk)
    procedure, asked = made["checked"], made["reviewer"]
    window = window_of(clerk)
    heard = address("reviewer_heard", procedure, asked.public_id)
    digests = " ".join(last_round(procedure).digests)
    assert window.post(heard, {"digests": digests, "heard": ""}).status_code == 422
    window.post(heard, {"digests": digests, "heard": "6月10日に電話で"})
    assert "6月10日に電話で" in window.get(address("reviews", procedure)).content.decode()
    window.post(address("reviewer_strike", procedure, asked.public_id))
    asked.refresh_from_db()
    assert asked.accepted_at is None
    inside = last_round(procedure).reviewers.get(side=Side.TOWN)
    other = a_user(sign_in_name="atarashii")
    change = {"who": f"person:{other.public_id}", "reason": "異動"}
    window.post(address("reviewer_replace", procedure, inside.public_id), change)
    inside.refresh_from_db()
    assert inside.user == other
    window.post(address("review_end", procedure), {"outcome": "cancelled", "reason": "提案が変わった"})
    assert last_round(procedure).outcome == RoundOutcome.CANCELLED


def test_records_of_another_procedure_are_not_reached_through_this_one(clerk):
    made = a_checked_procedure(None, clerk)
    other = a_drafted_procedure(author=a_correspondent(email="taro@example.com"))
    a_round(other, by=clerk, public_id="round0000002")
    window = window_of(clerk)
    said, reviewer = made["comment"].public_id, made["reviewer"].public_id
    found = {
        window.post(address(page, other, key), {}).status_code
        for page, key in [
            ("comment_resolve", said),
            ("comment_withdraw", said),
            ("reviewer_replace", reviewer),
            ("reviewer_heard", reviewer),
            ("reviewer_strike", reviewer),
            ("review_take_back", reviewer),
        ]
    }
    assert found == {404}
    tick = {"reviewer": reviewer, "digests": "x", "agrees": "on"}
    assert window.post(address("review_accept", other), tick).status_code == 404
