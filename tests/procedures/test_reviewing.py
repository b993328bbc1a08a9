"""Both sides check the same version, say what they think by clause, and accept it by its digest."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.urls import resolve as resolve_address

from renkei.accounts.models import Role, User
from renkei.agreements.vocabulary import Side
from renkei.audit.models import Entry
from renkei.procedures.awaiting import awaited, steps_of
from renkei.procedures.models import Comment, DraftVersion, Participant, Reviewer, ReviewRound
from renkei.procedures.models.review import RoundOutcome
from renkei.procedures.reviews import adopted_about, clauses_of, current_round, taken_up
from renkei.procedures.services import ChangedMeanwhile, ProcedureRefused, move
from renkei.procedures.services.accepting import accept, strike_acceptance, take_back, write_acceptance
from renkei.procedures.services.commenting import Said, comment, resolve, withdraw_comment
from renkei.procedures.services.reviewing import (
    AskedReviewer,
    end_round,
    open_round,
    replace_reviewer,
    revise,
)
from renkei.procedures.vocabulary import Resolution, Stage
from renkei.reminders.models import Letter
from tests.factories import a_division, a_municipality, a_user
from tests.procedure_factories import AT, TODAY, a_correspondent
from tests.review_factories import LIST, TEXT, a_drafted_procedure, a_round, a_version, partners

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)
COSTS = "costs"


@pytest.fixture
def addressed(settings):
    settings.DESK_ADDRESS, settings.COUNTER_ADDRESS = "https://desk.example.jp", "https://counter.example.jp"


@pytest.fixture
def clerk() -> User:
    return a_user()


@pytest.fixture
def lawyer() -> User:
    person = a_user(role=Role.READER, sign_in_name="hoki")
    User.objects.filter(pk=person.pk).update(email="hoki@example.jp")
    person.refresh_from_db()
    return person


@pytest.fixture
def author():
    return a_correspondent()


@pytest.fixture
def procedure(author):
    return a_drafted_procedure(author=author)


@pytest.fixture
def one(procedure, clerk, lawyer) -> ReviewRound:
    return a_round(procedure, AskedReviewer(side=Side.TOWN, matter="法規", user=lawyer), by=clerk)


def reviewer_of(one: ReviewRound, person) -> Reviewer:
    found = [
        reviewer
        for reviewer in one.reviewers.select_related("round__procedure", "user", "correspondent")
        if person in (reviewer.user, reviewer.correspondent)
    ]
    return found[0]


def accepted_by(one: ReviewRound, *people) -> bool:
    """Let these accept what the round is about; whether the last of them has ended it."""
    return [accept(reviewer_of(one, person), one.digests, by=person, at=LATER) for person in people][-1]


def said_by(
    one: ReviewRound, person, clause: str = COSTS, public_id: str = "comment00001", **said
) -> Comment:
    words = Said(version=one.text, clause=clause, **{"text": "費用の分担を明らかにしたい。", **said})
    return comment(one, words, by=person, at=LATER, public_id=public_id)


def test_opening_shows_the_versions_to_the_partner_and_tells_everybody(addressed, procedure, one):
    assert not procedure.versions.filter(shared_at=None).exists()
    told = {letter.address for letter in Letter.objects.filter(subject__contains="案の確認をお願いします")}
    assert "hanako@example.com" in told
    assert "hoki@example.jp" in told
    entry = Entry.objects.latest("number")
    assert entry.facts["digests"].split("、") == one.digests
    assert one.text.short_digest in entry.sentence
    addresses = {
        found for letter in Letter.objects.all() for found in re.findall(r"https://\S+/review/", letter.plain)
    }
    assert {resolve_address(urlsplit(found).path).view_name for found in addresses} == {
        "counter:procedure_review",
        "desk:procedure_review",
    }
    waiting = [(each.side, each.person) for each in awaited(procedure, TODAY) if each.page == "review"]
    assert sorted(waiting) == [("partner", "山田 花子"), ("town", "見本 花子")]


def test_a_round_begins_once_and_only_one_at_a_time(procedure, clerk, one):
    assert a_round(procedure, by=clerk) == one
    with pytest.raises(ProcedureRefused, match="終わっていません"):
        a_round(procedure, by=clerk, public_id="round0000002")


@pytest.mark.parametrize(
    "asked, days, refused",
    [
        ([], 10, "相手方の確認する人"),
        ([AskedReviewer(side=Side.PARTNER, name="電話の人", is_required=False)], 10, "相手方の確認する人"),
        ([AskedReviewer(side=Side.PARTNER, name="電話の人")], -1, "期限"),
    ],
    ids=["nobody of the partner", "nobody required", "a day that has passed"],
)
def test_a_round_wants_the_partner_and_a_day_to_come(procedure, clerk, asked, days, refused):
    due_on = TODAY + timedelta(days=days)
    with pytest.raises(ProcedureRefused, match=refused):
        open_round(procedure, asked, due_on=due_on, message="", by=clerk, at=AT, public_id="round0000001")


def test_people_of_another_town_or_outside_the_procedure_are_not_asked(procedure, clerk):
    theirs = a_municipality("011002")
    strangers = [
        AskedReviewer(side=Side.TOWN, user=a_user(municipality=theirs, sign_in_name="yoso")),
        AskedReviewer(side=Side.TOWN, division=a_division(municipality=theirs)),
        AskedReviewer(side=Side.PARTNER, correspondent=a_correspondent(email="taro@example.com")),
    ]
    for stranger in strangers:
        with pytest.raises(ProcedureRefused, match="選"):
            open_round(
                procedure,
                [*partners(procedure), stranger],
                due_on=TODAY,
                message="",
                by=clerk,
                at=AT,
                public_id="round0000001",
            )
    assert current_round(procedure) is None


def test_it_ends_once_all_have_accepted_and_the_procedure_can_go_on(procedure, one, clerk, lawyer, author):
    with pytest.raises(ProcedureRefused, match="同じ版に同意"):
        move(procedure, "advance", Stage.SIGNING, by=clerk, at=LATER)
    assert not accepted_by(one, lawyer)
    assert accepted_by(one, author)
    one.refresh_from_db()
    assert (one.outcome, one.closed_at) == (RoundOutcome.AGREED, LATER)
    assert Letter.objects.filter(subject__contains="第1回の確認がそろいました").count() >= 1
    procedure.refresh_from_db()
    move(procedure, "advance", Stage.SIGNING, by=clerk, at=LATER)


def test_agreement_to_an_old_version_does_not_lead_to_the_signing(procedure, one, clerk, lawyer, author):
    accepted_by(one, lawyer, author)
    a_version(procedure, replace(TEXT, preamble="別の前文"))
    with pytest.raises(ProcedureRefused, match="新しい版"):
        move(procedure, "advance", Stage.SIGNING, by=clerk, at=LATER)


def test_only_what_the_person_saw_is_accepted_and_only_by_whom_was_asked(one, author, lawyer, clerk):
    with pytest.raises(ProcedureRefused, match="いま確認している版ではありません"):
        accept(reviewer_of(one, author), ["0" * 64, one.digests[1]], by=author, at=LATER)
    for person in (lawyer, clerk, a_correspondent(email="taro@example.com")):
        with pytest.raises(ProcedureRefused, match="本人だけ"):
            accept(reviewer_of(one, author), one.digests, by=person, at=LATER)
    assert not one.reviewers.exclude(accepted_at=None).exists()


def test_pressed_twice_it_is_accepted_once(one, author):
    seen, again = reviewer_of(one, author), reviewer_of(one, author)
    for reviewer in (seen, again):
        accept(reviewer, one.digests, by=author, at=LATER)
    assert Entry.objects.filter(event="procedure.review_accepted").count() == 1


def test_a_newer_version_inherits_no_acceptance(procedure, one, clerk, lawyer, author):
    accepted_by(one, author)
    a_version(procedure, replace(TEXT, preamble="別の前文"))
    with pytest.raises(ProcedureRefused, match="新しい版"):
        accepted_by(one, lawyer)
    assert any("次の回" in each.what for each in awaited(procedure, TODAY))
    end_round(one, RoundOutcome.REVISED, reason="前文を直した", by=clerk, at=LATER)
    second = a_round(
        procedure, AskedReviewer(side=Side.TOWN, user=lawyer), by=clerk, public_id="round0000002"
    )
    assert second.number == 2
    assert not second.reviewers.exclude(accepted_at=None).exists()
    assert one.reviewers.exclude(accepted_at=None).count() == 1


def test_a_clerk_of_the_named_division_accepts_for_it(procedure, clerk):
    division = a_division(name="財政課")
    mine = a_user(role=Role.RESPONSIBLE, division=division, sign_in_name="zaisei")
    beside = a_user(role=Role.RESPONSIBLE, division=a_division(name="環境課"), sign_in_name="kankyo")
    one = a_round(procedure, AskedReviewer(side=Side.TOWN, matter="財政", division=division), by=clerk)
    asked = one.reviewers.select_related("round__procedure").get(division=division)
    with pytest.raises(ProcedureRefused, match="財政課の担当者だけ"):
        accept(asked, one.digests, by=beside, at=LATER)
    accept(asked, one.digests, by=mine, at=LATER)
    asked.refresh_from_db()
    assert (asked.accepted_by, asked.accepted_digests) == ("見本 花子", one.digests)


def test_an_acceptance_is_taken_back_until_the_round_ends(one, author, lawyer):
    accepted_by(one, author)
    take_back(reviewer_of(one, author), by=author, at=LATER)
    assert not accepted_by(one, lawyer)
    assert accepted_by(one, author)
    with pytest.raises(ProcedureRefused, match="終わっています"):
        take_back(reviewer_of(one, author), by=author, at=LATER)


def test_an_unresolved_comment_keeps_the_round_open_until_it_is_answered(
    procedure, one, clerk, lawyer, author
):
    said = said_by(one, author)
    assert not accepted_by(one, lawyer, author)
    review = next(step for step in steps_of(procedure, TODAY) if step.stage == Stage.REVIEW)
    assert review.tasks[0].note == "第1回の確認 同意2/2・未解決の意見1件"
    with pytest.raises(ProcedureRefused, match="回答"):
        resolve(said, Resolution.REFUSED, by=clerk, at=LATER)
    assert resolve(said, Resolution.ANSWERED, by=clerk, at=LATER, answer="協議して決めます。")
    assert Letter.objects.filter(subject__contains="ご意見への回答がそろいました").exists()


def test_of_two_who_resolve_a_comment_at_once_the_second_is_told(one, clerk, author):
    said = said_by(one, author)
    resolve(said, Resolution.ANSWERED, by=clerk, at=LATER, seen=None, answer="このままで。")
    with pytest.raises(ChangedMeanwhile):
        resolve(said, Resolution.ADOPTED, by=clerk, at=LATER, seen=None)
    assert Comment.objects.get().resolution == Resolution.ANSWERED
    resolve(said, Resolution.ADOPTED, by=clerk, at=LATER + timedelta(hours=1), seen=said.resolved_at)
    changes = Entry.objects.latest("number").changes
    assert changes == {"procedures.comment.resolution": ["回答のみ", "反映する"]}


def test_the_partner_is_told_of_answers_once_and_again_when_one_has_changed(one, clerk, author, lawyer):
    def told() -> int:
        return Letter.objects.filter(address=author.email, subject__contains="ご意見への回答").count()

    theirs, ours = said_by(one, author), said_by(one, lawyer, public_id="comment00002")
    resolve(theirs, Resolution.ANSWERED, answer="はい。", by=clerk, at=AT)
    resolve(ours, Resolution.ANSWERED, answer="了解。", by=clerk, at=AT + timedelta(minutes=1))
    assert told() == 1
    resolve(theirs, Resolution.REFUSED, answer="難しい。", seen=AT, by=clerk, at=LATER)
    assert told() == 2


def test_an_adopted_comment_asks_for_a_next_version_even_if_all_accept(procedure, one, clerk, lawyer, author):
    resolve(said_by(one, author), Resolution.ADOPTED, by=clerk, at=LATER, taken="費用は甲が負担する。")
    assert not accepted_by(one, lawyer, author)
    assert any("反映することにした意見1件" in each.what for each in awaited(procedure, TODAY))
    assert [each.taken for each in adopted_about(one.text)] == ["費用は甲が負担する。"]


def test_two_wordings_for_one_clause_are_left_to_a_person(one, clerk, author):
    for number, clause, words in [(1, COSTS, "甲。"), (2, COSTS, "乙。"), (3, ":preamble", "前文。")]:
        said = said_by(one, author, clause=clause, public_id=f"comment0000{number}")
        resolve(said, Resolution.ADOPTED, by=clerk, at=LATER, taken=words)
    found = taken_up(one)
    assert found.wordings == {":preamble": "前文。"}
    assert [each.taken for each in found.by_hand] == ["甲。", "乙。"]


def test_the_next_text_holds_the_adopted_wordings(procedure, one, clerk, author):
    said = said_by(one, author, proposed="費用は甲が負担する。")
    with pytest.raises(ProcedureRefused, match="扱いを決めていない"):
        revise(one, by=clerk, at=LATER, public_id="version00001")
    resolve(said, Resolution.ADOPTED, by=clerk, at=LATER, taken=said.proposed)
    made = revise(one, by=clerk, at=LATER, public_id="version00001")
    assert revise(one, by=clerk, at=LATER, public_id="version00001") == made
    assert (made.number, made.made_from) == (2, one.text)
    texts = {clause.key: clause.text for clause in clauses_of(made)}
    assert texts[COSTS] == "費用は甲が負担する。"
    assert texts["purpose"] == TEXT.articles[0].text
    one.refresh_from_db()
    assert one.outcome == RoundOutcome.REVISED
    assert current_round(procedure) is None


def test_what_is_said_names_a_clause_of_the_round_s_version_and_says_something(procedure, one, author, clerk):
    other = a_version(procedure, replace(LIST, items=("別の事項",)))
    said = [
        Said(version=other, text="別の版について"),
        Said(version=one.text, clause="none", text="ない条について"),
        Said(version=one.text, clause=COSTS, proposed=TEXT.articles[2].text + "\r\n"),
        Said(version=one.text, clause=COSTS, text="庁内だけ", is_internal=True),
    ]
    for words in said:
        with pytest.raises(ProcedureRefused):
            comment(one, words, by=author, at=LATER, public_id="comment00001")
    assert not one.comments.exists()
    assert said_by(one, clerk, is_internal=True) not in Comment.objects.open_to_partner()


def test_a_comment_sent_twice_is_one_and_its_author_alone_takes_it_back(one, author, clerk, lawyer):
    said = said_by(one, author)
    assert said_by(one, author) == said
    with pytest.raises(ProcedureRefused, match="読み直して"):
        said_by(one, author, text="続きの意見")
    assert Entry.objects.filter(event="procedure.commented").count() == 1
    accepted_by(one, lawyer, author)
    with pytest.raises(ProcedureRefused, match="書いた人だけ"):
        withdraw_comment(said, by=clerk, at=LATER)
    withdraw_comment(said, by=author, at=LATER)
    one.refresh_from_db()
    assert one.outcome == RoundOutcome.AGREED


def test_a_round_is_ended_with_a_reason_and_then_nothing_is_written_in_it(one, clerk, author):
    with pytest.raises(ProcedureRefused, match="理由"):
        end_round(one, RoundOutcome.CANCELLED, reason=" ", by=clerk, at=LATER)
    end_round(one, RoundOutcome.CANCELLED, reason="提案が変わった", by=clerk, at=LATER)
    with pytest.raises(ProcedureRefused, match="終わっています"):
        said_by(one, author)
    with pytest.raises(ProcedureRefused, match="終わっています"):
        accepted_by(one, author)


def test_whoever_leaves_is_replaced_and_the_acceptance_is_asked_anew(procedure, one, clerk, author, lawyer):
    colleague = a_correspondent(email="taro@example.com", name="鈴木 太郎")
    accepted_by(one, author)
    leaving = reviewer_of(one, author)
    instead = AskedReviewer(side=Side.PARTNER, correspondent=colleague)
    with pytest.raises(ProcedureRefused, match="加わっていません"):
        replace_reviewer(leaving, instead, by=clerk, at=LATER, reason="異動")
    Participant.objects.create(procedure=procedure, correspondent=colleague, joined_at=AT)
    replace_reviewer(leaving, instead, by=clerk, at=LATER, reason="異動")
    assert not accepted_by(one, lawyer)
    assert accepted_by(one, colleague)


def test_the_window_writes_down_what_somebody_off_the_counter_said(procedure, clerk):
    by_telephone = AskedReviewer(side=Side.PARTNER, name="電話 次郎")
    opened = open_round(
        procedure, [by_telephone], due_on=TODAY, message="", by=clerk, at=AT, public_id="round0000001"
    )
    one = ReviewRound.objects.select_related("text", "initiatives").get(pk=opened.pk)
    asked = one.reviewers.select_related("round__procedure").get()
    assert any("電話 次郎の同意を聞いて" in each.what for each in awaited(procedure, TODAY))
    with pytest.raises(ProcedureRefused, match="どのように"):
        write_acceptance(asked, one.digests, heard="", by=clerk, at=LATER)
    said_by(one, clerk, text="確かめ中")
    assert not write_acceptance(asked, one.digests, heard="電話で", by=clerk, at=LATER)
    strike_acceptance(asked, by=clerk, at=LATER)
    withdraw_comment(one.comments.get(), by=clerk, at=LATER)
    assert write_acceptance(asked, one.digests, heard="電話で", by=clerk, at=LATER)
    told = Entry.objects.filter(event="procedure.review_accepted").latest("number")
    assert "電話 次郎の同意を入れました(電話で)" in told.sentence


def test_nothing_is_checked_outside_its_step(procedure, one, clerk, author):
    move(procedure, "send_back", Stage.DRAFTING, by=clerk, at=LATER, reason="作り直す")
    with pytest.raises(ProcedureRefused, match="案の作成"):
        accepted_by(one, author)
    assert DraftVersion.objects.filter(procedure=procedure).count() == 2


@pytest.mark.django_db(transaction=True)
def test_no_round_ends_over_a_comment_that_comes_at_the_same_moment():
    author, clerk = a_correspondent(), a_user()
    one = a_round(a_drafted_procedure(author=author), by=clerk)
    together = Barrier(2)

    def at_once(press):
        together.wait()
        try:
            return press()
        except ProcedureRefused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        said = both.submit(at_once, lambda: said_by(one, author))
        agreed = both.submit(at_once, lambda: accepted_by(one, author))
    one.refresh_from_db()
    if agreed.result() is True:
        assert "終わっています" in str(said.result())
    else:
        assert (one.is_open, said.result()) == (True, one.comments.get())
    assert (one.outcome == RoundOutcome.AGREED) == (agreed.result() is True)
