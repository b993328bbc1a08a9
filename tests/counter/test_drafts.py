"""Drafts at the counter: the partner checks what it was shown, and sees nothing of what stays inside."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.documents.word.opening import open_word
from renkei.procedures.models import Comment, DraftVersion, Participant
from renkei.procedures.models.review import RoundOutcome
from renkei.procedures.reviews import last_round
from renkei.procedures.services.commenting import Said, comment, resolve
from renkei.procedures.services.reviewing import AskedReviewer
from renkei.procedures.vocabulary import DraftKind, Resolution
from tests.factories import a_division, a_user
from tests.procedure_factories import AT, a_correspondent, a_partner, visit
from tests.review_factories import TEXT, a_drafted_procedure, a_round, a_version

pytestmark = pytest.mark.django_db
CANARY = "庁内の鳥"


@pytest.fixture
def clerk() -> User:
    return a_user()


@pytest.fixture
def author():
    return a_correspondent(organisation=a_partner())


@pytest.fixture
def procedure(author):
    return a_drafted_procedure(author=author)


def address(page: str, procedure, *more: str) -> str:
    code = procedure.municipality.code
    return reverse(f"counter:procedure_{page}", args=[code, procedure.public_id, *more])


def text_of(client: Client, page: str, procedure) -> str:
    return client.get(address(page, procedure)).content.decode()


def test_only_what_was_shown_is_seen(client, author, procedure, clerk):
    visit(client, author)
    assert "版が並びます" in text_of(client, "drafts", procedure)
    assert "ここに案が出ます" in text_of(client, "review", procedure)
    a_round(procedure, by=clerk)
    a_version(procedure, TEXT.__class__(title=CANARY, articles=TEXT.articles))
    for page in ("drafts", "review"):
        shown = text_of(client, page, procedure)
        assert "市民の健康の増進" in shown
        assert CANARY not in shown


def test_the_partner_comments_proposes_and_accepts_what_it_saw(client, author, procedure, clerk):
    one = a_round(procedure, by=clerk)
    visit(client, author)
    words = {
        "version": one.text.public_id,
        "clause": "costs",
        "once": "comment00001",
        "anchor": "text-5",
        "text": "分担を明らかに。",
        "proposed": "費用は甲が負担する。",
        "is_internal": "on",
    }
    client.post(address("review_comment", procedure), words)
    said = Comment.objects.get()
    assert (said.correspondent, said.is_internal, said.proposed) == (author, False, "費用は甲が負担する。")
    empty = client.post(
        address("review_comment", procedure), {**words, "once": "0" * 12, "text": "", "proposed": ""}
    )
    assert (empty.status_code, empty.content.decode().count('<details class="comment-form" open>')) == (
        422,
        1,
    )
    asked = one.reviewers.get()
    tick = {"reviewer": asked.public_id, "digests": " ".join(one.digests), "agrees": "on"}
    stale = client.post(address("review_accept", procedure), {**tick, "digests": "0" * 64})
    assert (stale.status_code, "いま確認している版ではありません" in stale.content.decode()) == (422, True)
    client.post(address("review_accept", procedure), tick)
    assert "同意を取り消す" in text_of(client, "review", procedure)
    client.post(address("review_take_back", procedure, asked.public_id))
    client.post(address("comment_withdraw", procedure, said.public_id))
    assert not Comment.objects.exists()
    client.post(address("review_accept", procedure), tick)
    assert last_round(procedure).outcome == RoundOutcome.AGREED
    assert "全員が同じ版に同意した" in text_of(client, "review", procedure)


def test_internal_comments_and_who_inside_said_what_stay_inside(client, author, procedure, clerk):
    lawyer = a_user(sign_in_name="hoki")
    User.objects.filter(pk=lawyer.pk).update(name=CANARY)
    lawyer.refresh_from_db()
    division = a_division(name=CANARY)
    inside = [
        AskedReviewer(side=Side.TOWN, matter=CANARY, user=lawyer),
        AskedReviewer(side=Side.TOWN, division=division),
    ]
    one = a_round(procedure, *inside, by=clerk)
    hidden = Said(version=one.text, clause="costs", text=CANARY, proposed=CANARY, is_internal=True)
    comment(one, hidden, by=lawyer, at=AT, public_id="comment00001")
    shown = Said(version=one.text, clause="costs", text="法規からの意見")
    opened = comment(one, shown, by=lawyer, at=AT, public_id="comment00002")
    resolve(opened, Resolution.ANSWERED, by=lawyer, at=AT, answer="お答えします。")
    visit(client, author)
    for page in ("review", "drafts"):
        assert CANARY not in text_of(client, page, procedure)
    found = text_of(client, "review", procedure)
    assert "法規からの意見" in found
    assert "お答えします。" in found


def test_a_colleague_reads_and_writes_nothing_and_a_stranger_finds_nothing(client, author, procedure, clerk):
    one = a_round(procedure, by=clerk)
    colleague = a_correspondent(email="taro@example.com", organisation=author.organisation)
    stranger = a_correspondent(email="yoso@example.com", organisation=a_partner("別の会社"))
    visit(client, colleague)
    shown = text_of(client, "review", procedure)
    assert "市民の健康の増進" in shown
    assert "comment-form" not in shown
    tick = {"reviewer": one.reviewers.get().public_id, "digests": " ".join(one.digests), "agrees": "on"}
    words = {"version": one.text.public_id, "once": "comment00001", "text": "横から"}
    for page, form in [("review_comment", words), ("review_accept", tick)]:
        assert client.post(address(page, procedure), form).status_code == 403
    Participant.objects.create(procedure=procedure, correspondent=colleague, joined_at=AT)
    refused = client.post(address("review_accept", procedure), tick)
    assert (refused.status_code, "本人だけ" in refused.content.decode()) == (422, True)
    visit(client, stranger)
    pages = [address(page, procedure) for page in ("drafts", "review")]
    assert {client.get(page).status_code for page in pages} == {404}
    assert client.post(address("review_comment", procedure), words).status_code == 404
    assert not one.comments.exists()


def test_what_was_shown_is_received_as_files_and_nothing_else_is(client, author, procedure, clerk):
    a_round(procedure, by=clerk)
    first = procedure.versions.get(kind=DraftKind.TEXT)
    second = a_version(procedure, replace(TEXT, title=CANARY))
    files = {
        "draft_word": [first.public_id],
        "draft_pdf": [first.public_id],
        "draft_redline": [first.public_id, second.public_id],
    }
    visit(client, author)
    page = text_of(client, "drafts", procedure)
    assert address("draft_word", procedure, first.public_id) in page
    assert address("draft_redline", procedure, *files["draft_redline"]) not in page
    answers = {name: client.get(address(name, procedure, *ids)) for name, ids in files.items()}
    assert [one.status_code for one in answers.values()] == [200, 200, 404], "the second was not shown"
    assert b"docProps/custom.xml" in answers["draft_word"].content
    assert client.get(address("draft_word", procedure, second.public_id)).status_code == 404
    procedure.versions.filter(pk=second.pk).update(shared_at=AT)
    DraftVersion.objects.filter(pk=second.pk).update(made_by_user=clerk)
    redline = client.get(address("draft_redline", procedure, *files["draft_redline"]))
    authors = {one.author for one in open_word(redline.content).blocks[0].pieces if one.author}
    assert authors == {str(procedure.municipality)}, "who of the town did it is the town's own matter"
    assert address("draft_redline", procedure, *files["draft_redline"]) in text_of(
        client, "drafts", procedure
    )
    visit(client, a_correspondent(email="stranger@example.com"))
    for name, ids in files.items():
        assert client.get(address(name, procedure, *ids)).status_code == 404
