"""The board, my tasks and the measured days: what waits for whom, what is stuck, how long it took."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from renkei.accounts.models import Role
from renkei.agreements.vocabulary import Form, Side
from renkei.documents.contents import AgreementText, digest_of
from renkei.procedures.awaiting import awaited, for_partner, is_stuck
from renkei.procedures.board import Asked, cards_of, columns, ended, found, running, years_of_ends
from renkei.procedures.board_sheet import rows
from renkei.procedures.contents import InitiativeList
from renkei.procedures.course import Course
from renkei.procedures.durations import usual_durations
from renkei.procedures.models import (
    Approval,
    Comment,
    DraftVersion,
    InquiredDivision,
    Inquiry,
    Meeting,
    Passage,
    PlannedInitiative,
    Point,
    Procedure,
    Question,
    Reviewer,
    ReviewRound,
    SigningPlan,
)
from renkei.procedures.models.review import RoundOutcome
from renkei.procedures.services.move import hold, move, resume
from renkei.procedures.stages import moves_of
from renkei.procedures.tasks import desk_of, first_of_each, tasks_of
from renkei.procedures.vocabulary import STEPS, DraftKind, Stage
from renkei.rules.text_tables import csv_lines
from tests.factories import a_division, a_municipality, a_user
from tests.procedure_factories import AT, TODAY, a_correspondent, a_procedure

pytestmark = pytest.mark.django_db


def procedures(count: int, **facts) -> list[Procedure]:
    """So many, each in the next step."""
    start = Procedure.objects.count()
    return [
        a_procedure(
            stage=STEPS[number % 6],
            author=a_correspondent(email=f"{start + number}@example.com"),
            **facts,
        )
        for number in range(count)
    ]


def with_everything(procedure: Procedure, division) -> None:
    """Records of every subject that a step looks at."""
    Question.objects.create(procedure=procedure, side=Side.PARTNER, text="いつ?", asked_at=AT)
    item = procedure.items.first()
    procedure.items.filter(pk=item.pk).update(is_agreed=True)
    Point.objects.create(
        procedure=procedure, text="費用", owner_side=Side.TOWN, owner_division=division, written_at=AT
    )
    Meeting.objects.create(procedure=procedure, held_on=TODAY, written_at=AT)
    inquiry = Inquiry.objects.create(procedure=procedure, text="照会", due_on=TODAY, sent_at=AT)
    InquiredDivision.objects.create(inquiry=inquiry, division=division, due_on=TODAY)
    PlannedInitiative.objects.create(procedure=procedure, item=item, title="講座", division=division)
    text = AgreementText(title="協定書").as_told()
    facts = {"procedure": procedure, "number": 1, "side": Side.TOWN, "made_at": AT}
    version = DraftVersion.objects.create(kind=DraftKind.TEXT, content=text, digest=digest_of(text), **facts)
    listed = InitiativeList().as_told()
    DraftVersion.objects.create(kind=DraftKind.INITIATIVES, content=listed, digest=digest_of(listed), **facts)
    ended = {"closed_at": AT, "outcome": RoundOutcome.AGREED}
    opened = {"procedure": procedure, "text": version, "due_on": TODAY, "opened_at": AT}
    ReviewRound.objects.create(number=1, **opened, **ended)
    one = ReviewRound.objects.create(number=2, **opened)
    Reviewer.objects.create(round=one, side=Side.TOWN, division=division)
    Reviewer.objects.create(
        round=one, side=Side.PARTNER, correspondent=procedure.participants.first().correspondent
    )
    Comment.objects.create(round=one, version=version, side=Side.TOWN, text="直す", made_at=AT)
    Approval.objects.create(
        procedure=procedure, text=version, digest="0" * 64, reference="1", decided_on=TODAY, written_at=AT
    )
    SigningPlan.objects.create(procedure=procedure, signs_on=TODAY)


def board(day=TODAY, **asked):
    return columns(found(a_municipality(), Asked(**asked), day), Asked(**asked), day)


def test_the_board_asks_the_database_as_often_for_thirty_as_for_six():
    division = a_division(closed_on=TODAY - timedelta(1))  # who carries on has to be looked for
    made = procedures(36, division=division)
    for one in made:
        with_everything(one, division)
    with CaptureQueriesContext(connection) as few:
        cards = cards_of([one.pk for one in made[:6]], TODAY)
    with CaptureQueriesContext(connection) as many:
        more = cards_of([one.pk for one in made[6:]], TODAY)
    assert [card.waiting for card in more[:6]] == [card.waiting for card in cards] and min(
        card.waiting for card in cards
    )
    assert len(many) == len(few), [one["sql"][:200] for one in many.captured_queries[-20:]]


def test_the_board_shows_by_step_what_is_due_first_and_how_many_more():
    old = a_procedure(at=AT - timedelta(days=40))
    for number in range(7):
        a_procedure(author=a_correspondent(email=f"{number}@example.com"))
    first, *others = board()
    assert (first.stage, first.count, first.more) == (Stage.PROPOSAL, 8, 2)
    card = first.cards[0]
    assert (card.procedure, card.age, card.is_stuck, card.is_late) == (old, 40, True, True)
    assert not first.cards[1].is_stuck
    assert sum(column.count for column in others) == 0


def test_what_is_on_hold_is_not_stuck():
    stuck = a_procedure(stage=Stage.DRAFTING, at=AT - timedelta(days=40))
    held = a_procedure(at=AT - timedelta(days=40), author=a_correspondent(email="held@example.com"))
    hold(held, until=None, by=a_user(), at=AT, reason="予算の議決を待つ")
    assert is_stuck(stuck, TODAY) and not is_stuck(held, TODAY)
    shown = [card.procedure for column in board(only_stuck=True) for card in column.cards]
    assert shown == [stuck]


def test_the_board_is_narrowed_by_division_kind_words_and_number():
    division = a_division()
    successor = a_division(name="危機管理課")
    mine = a_procedure(division=division, title="災害時の物資")
    a_procedure(division=successor, author=a_correspondent(email="other@example.com"))
    for asked in ({"division": division}, {"text": "物資"}, {"text": str(mine.number)}):
        assert [one.pk for one in found(a_municipality(), Asked(**asked), TODAY)] == [mine.pk], asked
    assert not found(a_municipality(), Asked(kind="renewal"), TODAY)
    assert not found(a_municipality("011002"), Asked(), TODAY)


def test_what_has_ended_is_found_by_its_fiscal_year():
    procedure, clerk = a_procedure(), a_user()
    move(
        procedure,
        "decline",
        Stage.DECLINED,
        by=clerk,
        at=AT,
        reason="時期が合わない",
        letter="またの機会に。",
    )
    town = a_municipality()
    assert years_of_ends(town) == [2026]
    assert [*ended(found(town, Asked(year=2026), TODAY), Asked(year=2026))] == [procedure]
    assert not ended(found(town, Asked(), TODAY), Asked(year=2025))
    assert not any(running(found(town, Asked(), TODAY), Asked(), TODAY).values())


def test_the_list_leaves_as_text_in_which_nothing_is_run():
    a_procedure(title="=HYPERLINK(1)", stage=Stage.NEGOTIATION, division=a_division())
    town, asked = a_municipality(), Asked()
    text = "".join(csv_lines(rows(found(town, asked, TODAY), asked, TODAY, are_ended=False)))
    head, line = text.splitlines()
    assert head.startswith("\ufeff受付番号,件名") and "令和8年度 受付第1号,'=HYPERLINK(1)" in line
    assert ",協議," in line and "防災課" in line


def test_a_clerk_is_asked_for_their_division_and_a_coordinator_for_what_is_nobodys():
    division = a_division()
    clerk = a_user(role=Role.RESPONSIBLE, division=division, sign_in_name="clerk")
    coordinator = a_user()
    theirs = a_procedure(division=division, stage=Stage.DRAFTING)
    undecided = a_procedure(author=a_correspondent(email="other@example.com"))
    unstaffed = a_procedure(
        author=a_correspondent(email="third@example.com"),
        division=a_division(name="無人課"),
        stage=Stage.REVIEW,
    )
    assert {one.procedure for one in tasks_of(clerk, TODAY)} == {theirs}
    assert {one.procedure for one in tasks_of(coordinator, TODAY)} == {undecided, unstaffed}
    assert not tasks_of(a_user(role=Role.READER, sign_in_name="reader"), TODAY)
    first = first_of_each(tasks_of(coordinator, TODAY))
    assert len(first) == 2 and first[0].more == len(awaited(first[0].procedure, TODAY)) - 1


def test_a_division_that_was_asked_finds_the_inquiry_among_its_tasks_and_others_do_not():
    asked, other = a_division(name="健康課"), a_division(name="環境課")
    procedure = a_procedure(stage=Stage.COORDINATION, division=other)
    inquiry = Inquiry.objects.create(procedure=procedure, text="照会", due_on=TODAY, sent_at=AT)
    InquiredDivision.objects.create(inquiry=inquiry, division=asked, due_on=TODAY - timedelta(1))
    clerk = a_user(role=Role.RESPONSIBLE, division=asked, sign_in_name="kenko")
    (line,) = tasks_of(clerk, TODAY)
    assert (line.awaited.page, line.is_late) == ("inquiries", True)
    third = a_user(role=Role.RESPONSIBLE, division=a_division(name="動物園"), sign_in_name="zoo")
    assert not tasks_of(third, TODAY)
    assert desk_of(third, TODAY).divisions != desk_of(clerk, TODAY).divisions


def test_the_partner_reads_what_waits_for_them_and_of_the_town_the_step_alone():
    procedure = a_procedure(stage=Stage.COORDINATION, division=a_division())
    Question.objects.create(procedure=procedure, side=Side.TOWN, text="回数は?", asked_at=AT, due_on=TODAY)
    mine, theirs = for_partner(procedure, TODAY)
    assert [one.side for one in mine] == [Side.PARTNER] and "回数は?" in mine[0].what
    assert theirs and theirs.what == "市が庁内で調整しています。" and theirs.division is None
    hold(procedure, until=None, by=a_user(), at=AT, reason="内部の理由", letter="お待ちください。")
    mine, theirs = for_partner(procedure, TODAY)
    assert not mine and theirs and "保留" in theirs.what and "内部の理由" not in theirs.what


def test_a_step_in_which_a_procedure_stands_is_one_of_its_steps_whatever_form_is_decided():
    off = Course(off={Form.INDIVIDUAL: ("coordination", "review")}).as_told()
    procedure = a_procedure(stage=Stage.COORDINATION, form=Form.INDIVIDUAL)
    procedure.course = off
    assert procedure.steps == [step for step in STEPS if step != Stage.REVIEW]
    assert [one.to for one in moves_of(procedure) if one.name == "advance"] == [Stage.NEGOTIATION]
    assert awaited(procedure, TODAY)


def test_days_are_measured_from_stays_that_went_on_without_days_on_hold():
    clerk = a_user()
    for number, days in enumerate((4, 10, 40), start=1):
        one = a_procedure(author=a_correspondent(email=f"{number}@example.com"), stage=Stage.DRAFTING)
        if days == 40:
            hold(one, until=None, by=clerk, at=AT + timedelta(days=5), reason="予算")
            resume(one, by=clerk, at=AT + timedelta(days=25))
        Passage.objects.filter(procedure=one).update(left_on=TODAY + timedelta(days), move="advance")
    declined = a_procedure(author=a_correspondent(email="no@example.com"), stage=Stage.DRAFTING)
    move(
        declined,
        "decline",
        Stage.DECLINED,
        by=clerk,
        at=AT + timedelta(days=90),
        reason="時期",
        letter="また。",
    )
    drafting = next(one for one in usual_durations(a_municipality()) if one.stage == Stage.DRAFTING)
    assert (drafting.count, drafting.median) == (3, 10)
    assert drafting.slowest and drafting.slowest.days == 20
    whole = usual_durations(a_municipality())[-1]
    assert (whole.stage, whole.count, whole.median) == (None, 0, None)


def test_the_whole_way_is_measured_from_receipt_to_signature():
    procedure = a_procedure(stage=Stage.SIGNING)
    Passage.objects.filter(procedure=procedure).update(
        left_on=TODAY + timedelta(days=100), move="conclude", held_days=10
    )
    Procedure.objects.filter(pk=procedure.pk).update(
        stage=Stage.CONCLUDED, closed_on=TODAY + timedelta(days=100)
    )
    whole = usual_durations(a_municipality())[-1]
    assert (whole.count, whole.median) == (1, 90)
    assert not usual_durations(a_municipality("011002"))[-1].count
