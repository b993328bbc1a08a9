"""Drafts that come back as Word files: single changes, who made them, and the text that follows from some of them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renkei.accounts.models import Role
from renkei.agreements.vocabulary import Side
from renkei.audit.models import Entry
from renkei.documents.contents import AgreementText, Article, AttachedTable, SigningParty
from renkei.documents.word.told import Piece, WordParagraph, WordRemark, WordText
from renkei.documents.word.writing import agreement_word
from renkei.procedures.awaiting import awaited
from renkei.procedures.merging import Merging
from renkei.procedures.models import Procedure, ReturnedDraft
from renkei.procedures.models.returned import ChangeKind
from renkei.procedures.rekeying import rekeyed
from renkei.procedures.returned_changes import changes_between, with_changes
from renkei.procedures.returning import CameBack, compare_returned, named, version_sent
from renkei.procedures.reviews import current_round, last_round
from renkei.procedures.services import ChangedMeanwhile, ProcedureRefused
from renkei.procedures.services.returning import (
    Brought,
    answer_remark,
    decide_all,
    receive_returned,
)
from renkei.procedures.services.taking_up import set_aside, take_up
from renkei.procedures.vocabulary import Resolution, Stage
from renkei.reminders.models import Letter
from renkei.rules.redline import Mark
from tests.factories import a_division, a_user
from tests.procedure_factories import AT, TODAY, a_correspondent, a_partner
from tests.returned_factories import CAME, REMARK, a_returned, of_word
from tests.review_factories import TEXT, a_drafted_procedure, a_round, a_version

ADOPTED, REFUSED, ANSWERED = Resolution.ADOPTED, Resolution.REFUSED, Resolution.ANSWERED
KEYS = st.sampled_from(["purpose", "items", "costs", "talks", "term"])
WORDS = st.lists(
    st.sampled_from(["甲及び乙は、", "協議して定める。", "費用は甲が負担する。", "第２条の取組", "２　", "\n", "市民"]),
    min_size=1, max_size=6,
).map("".join)  # fmt: skip
ARTICLES = st.lists(
    st.tuples(KEYS, st.sampled_from(["目的", "費用", ""]), WORDS), max_size=5, unique_by=lambda one: one[0]
)
TEXTS = st.builds(
    lambda title, articles, party, rows: AgreementText(
        title, "前文", tuple(Article(*one) for one in articles), "結び", (SigningParty("甲", party),),
        (AttachedTable("t", "別表", ((rows, "数量"),)),),
    ),
    WORDS, ARTICLES, st.sampled_from(["見本市", "別の市"]), WORDS,
)  # fmt: skip


@pytest.mark.once
@given(TEXTS, TEXTS, st.data())
@settings(max_examples=100, deadline=None)
def test_any_choice_of_changes_gives_a_text_in_which_exactly_these_stand(old, new, data):
    new = rekeyed(old, new)
    names = [one.name for one in changes_between(old, new)]
    assert with_changes(old, new, set(names)) == new
    assert with_changes(old, new, set()) == old
    assert len(set(names)) == len(names)
    taken = set(data.draw(st.lists(st.sampled_from(names), unique=True))) if names else set()
    chosen = with_changes(old, new, taken)
    keys = [one.key for one in chosen.articles]
    before, after = ({one.key for one in text.articles} for text in (old, new))
    came = {clause for clause, kind, _part, _place in taken if kind == ChangeKind.INSERTED}
    gone = {clause for clause, kind, _part, _place in taken if kind == ChangeKind.REMOVED}
    assert sorted(keys) == sorted((before - gone) | (came & after))


@pytest.mark.once
@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_another_number_width_or_blank_is_no_change_and_every_clause_is_known_again(text):
    wide = str.maketrans("２", "2")
    articles = tuple(
        Article(f"a{place}", one.heading, one.text.translate(wide).replace("\n", " \n"))
        for place, one in enumerate(text.articles)
    )
    came = rekeyed(text, replace(text, articles=articles))
    assert not [one for one in changes_between(text, came) if not _is_ambiguous(text)]


def _is_ambiguous(text: AgreementText) -> bool:
    """Whether two articles are letter for letter the same: which is which nobody can say."""
    said = [(one.heading + one.text).split() for one in text.articles]
    return any(said.count(one) > 1 for one in said)


@pytest.fixture
def clerk():
    return a_user()


def changes(found: CameBack) -> dict[tuple[str, str, str], tuple[str, ...]]:
    return {(one.change.label, one.change.before, one.change.after): one.authors for one in found.changes}


def tracked(*pieces: tuple[str, Mark]) -> WordParagraph:
    author = {Mark.SAME: ""}
    return WordParagraph(tuple(Piece(text, mark, author.get(mark, "山田 花子")) for text, mark in pieces))


S, R, I = Mark.SAME, Mark.REMOVED, Mark.INSERTED  # noqa: E741


def lines_with(*costs: WordParagraph, before: str = "", number: str = "第３条　") -> WordText:
    """The version sent, with other paragraphs for the article on costs."""
    text = of_word(TEXT).blocks
    place = next(at for at, one in enumerate(text) if one.text.startswith(number))
    return WordText((*text[:place], *costs, *text[place + 1 :]))


@pytest.mark.once
def test_each_stretch_is_one_change_with_who_made_it_and_whether_the_program_had_recorded_it():
    word = lines_with(
        tracked(
            ("第３条　取組に要する費用は、甲乙協議して", S),
            ("定める", R),
            ("決める", I),
            ("。なお、乙は負担しない。", S),
        )
    )
    found = {one.change.after: one for one in compare_returned(TEXT, word).changes}
    assert (found["決"].change.before, found["決"].authors, found["決"].is_tracked) == (
        "定",
        ("山田 花子",),
        True,
    )
    assert found["なお、乙は負担しない。"].is_tracked is False
    assert found["なお、乙は負担しない。"].authors == ()


@pytest.mark.once
def test_a_new_article_moves_numbers_on_and_references_that_follow_are_marked():
    text = replace(
        TEXT, articles=(*TEXT.articles, Article("doubts", "疑義", "前条及び第３条のほかは、協議する。"))
    )
    new = Article("", "名称の使用", "乙は、甲の名称を使うことができる。")
    came = replace(
        text,
        articles=(
            *text.articles[:2], new, text.articles[2],
            replace(text.articles[3], text="前条及び第４条のほかは、甲乙で協議する。"),
        ),
    )  # fmt: skip
    found = [one.change for one in compare_returned(text, of_word(came)).changes]
    assert [(one.label, one.kind, one.after, one.is_following) for one in found] == [
        ("第３条(名称の使用)", ChangeKind.INSERTED, "名称の使用\n乙は、甲の名称を使うことができる。", False),
        ("第５条(疑義)", ChangeKind.REWORDED, "４", True),
        ("第５条(疑義)", ChangeKind.REWORDED, "甲乙で", False),
    ]


@pytest.mark.once
def test_clauses_that_came_went_and_moved_are_one_change_each_and_parties_are_compared():
    articles = (TEXT.articles[1], TEXT.articles[0])
    parties = (TEXT.parties[0], replace(TEXT.parties[1], signatory="代表取締役社長"))
    table = AttachedTable("t", "別表", (("品名", "数量"), ("水", "100本")))
    came = replace(TEXT, articles=articles, parties=parties, tables=(table,))
    found = compare_returned(TEXT, of_word(came))
    assert [(one.change.kind, one.change.label) for one in found.changes] == [
        (ChangeKind.MOVED, "第１条(連携事項)"), (ChangeKind.REMOVED, "第３条(費用)"),
        (ChangeKind.REWORDED, "当事者"), (ChangeKind.INSERTED, "別表"),
    ]  # fmt: skip
    assert not any(one.is_tracked for one in found.changes)
    assert found.text.parties[0].is_town


@pytest.mark.once
def test_an_article_that_was_taken_out_with_the_changes_recorded_names_who_took_it_out():
    gone = [tracked((text, R)) for text in ("（費用）", "第３条　取組に要する費用は、甲乙協議して定める。")]
    blocks = of_word(TEXT).blocks
    place = next(at for at, one in enumerate(blocks) if one.text == "（費用）")
    word = WordText((*blocks[:place], *gone, *blocks[place + 2 :]))
    (one,) = compare_returned(TEXT, word).changes
    assert (one.change.kind, one.authors, one.is_tracked) == (ChangeKind.REMOVED, ("山田 花子",), True)


def test_a_program_in_which_nobody_wrote_a_name_names_nobody():
    assert named(["Unknown Author", "見本 花子", ""]) == ["見本 花子"]


@pytest.mark.once
def test_comments_stand_beside_their_clause_with_their_answers_behind_them():
    paragraph = replace(tracked(("第３条　取組に要する費用は、甲乙協議して定める。", S)), remarks=(2, 0))
    remarks = (
        WordRemark("佐藤", "2026-06-02T10:00:00Z", "了解しました。", answers=2),
        WordRemark("鈴木", "", "題名はこれでよいか。"),
        WordRemark("山田 花子", "2026-06-01T10:00:00Z", "折半では。", quoted="甲乙協議して"),
    )
    word = lines_with(paragraph)
    title = replace(word.blocks[0], remarks=(1,))
    found = compare_returned(TEXT, replace(word, blocks=(title, *word.blocks[1:]), remarks=remarks)).remarks
    assert [(one.clause, one.label, one.author, one.is_reply) for one in found] == [
        (":title", "表題", "鈴木", False),
        ("costs", "第３条(費用)", "山田 花子", False),
        ("costs", "第３条(費用)", "佐藤", True),
    ]


@pytest.mark.once
def test_a_newer_version_keeps_its_own_changes_beside_those_that_came_back():
    title = replace(TEXT, title="別の題")
    costs = replace(TEXT, articles=(*TEXT.articles[:2], replace(TEXT.articles[2], text="甲が負担する。")))
    both = Merging(TEXT, costs, title)
    assert (both.conflicts, both.text) == ([], replace(costs, title="別の題"))
    short = replace(TEXT, articles=TEXT.articles[:2])
    assert Merging(TEXT, short, title).text == replace(short, title="別の題")
    assert Merging(TEXT, title, short).text == replace(short, title="別の題")
    assert Merging(TEXT, costs, short).conflicts == ["第３条(費用)"]


@pytest.mark.django_db
def test_a_file_that_was_made_of_a_version_is_known_again_and_says_what_changed(clerk):
    author = a_correspondent(organisation=a_partner())
    division = a_division()
    window = a_user(role=Role.RESPONSIBLE, division=division, sign_in_name="madoguchi")
    window.email = "madoguchi@town.example"
    window.save()
    procedure = a_drafted_procedure(author=author, division=division)
    a_round(procedure, by=clerk)
    version = procedure.versions.get(kind="text")
    newer = a_version(procedure, replace(TEXT, title="その後の版"), shared_at=AT)
    facts = {"by": author, "at": AT, "public_id": "returned0001"}
    brought = Brought(
        content=agreement_word(CAME, town="見本市", properties={"RenkeiVersion": version.public_id}),
        name="案(修正).docx", note="費用の所を直しました。",
    )  # fmt: skip
    returned = receive_returned(procedure, brought, **facts)
    assert receive_returned(procedure, brought, **facts) == returned
    assert (returned.version, returned.side, returned.told) == (version, Side.PARTNER, [])
    assert [(one.label, one.before, one.after) for one in returned.changes.all()] == [
        ("第３条(費用)", "乙協議して定め", "が負担す"),
        ("第４条(名称)", "", "名称\n乙は、甲の名称を使うことができる。"),
    ]
    assert AgreementText.read(returned.content) != AgreementText.read(newer.content)
    assert any("戻ってきました" in one for one in Letter.objects.values_list("subject", flat=True))
    (waiting,) = [one for one in awaited(fresh(procedure), TODAY) if one.page == "returned"]
    assert "修正2件" in waiting.what
    assert Entry.objects.filter(event="procedure.draft_returned").count() == 1


def fresh(procedure: Procedure) -> Procedure:
    return Procedure.objects.select_related("municipality", "proposal").get(pk=procedure.pk)


@pytest.mark.django_db
def test_a_file_without_its_mark_goes_back_to_the_version_most_like_it_of_those_its_side_knows(clerk):
    procedure = a_drafted_procedure(author=a_correspondent(organisation=a_partner()))
    first = procedure.versions.get(kind="text")
    came = of_word(CAME)
    assert version_sent(procedure, came, Side.PARTNER).version is None
    with pytest.raises(ProcedureRefused, match="まだありません"):
        a_returned(procedure, by=clerk)
    first.shared_at = AT
    first.save(update_fields=["shared_at"])
    a_version(procedure, CAME)  # stays inside
    found = version_sent(procedure, came, Side.PARTNER)
    assert found.version == first
    assert "協定書(案) 第1版" in found.told
    with pytest.raises(ProcedureRefused, match="同じ文"):
        a_returned(procedure, by=clerk, text=TEXT)
    Procedure.objects.filter(pk=procedure.pk).update(stage=Stage.SIGNING)
    with pytest.raises(ProcedureRefused, match="段階"):
        a_returned(procedure, by=clerk)


@pytest.fixture
def returned(clerk) -> ReturnedDraft:
    procedure = a_drafted_procedure(author=a_correspondent(organisation=a_partner()), division=a_division())
    procedure.versions.filter(kind="text").update(shared_at=AT)
    return a_returned(procedure, by=procedure.participants.get().correspondent)


@pytest.mark.django_db
def test_each_change_is_decided_once_and_the_second_of_two_is_told(returned, clerk):
    costs, use = returned.changes.all()
    with pytest.raises(ProcedureRefused, match="理由"):
        decide_all(returned, [costs], REFUSED, by=clerk, at=AT, seen=1)
    decide_all(returned, [costs], REFUSED, answer="予算がありません。", by=clerk, at=AT, seen=1)
    with pytest.raises(ChangedMeanwhile):
        decide_all(returned, [use], ADOPTED, by=clerk, at=AT, seen=1)
    costs.refresh_from_db()
    decide_all(
        returned, [costs], REFUSED, answer="予算がありません。", by=clerk, at=AT, seen=1
    )  # pressed twice
    (remark,) = returned.remarks.all()
    assert (remark.clause, remark.text) == ("costs", REMARK)
    answer_remark(remark, "承知しました。", by=clerk, at=AT, seen=2)
    with pytest.raises(ProcedureRefused, match="1件"):
        take_up(returned, by=clerk, at=AT, public_id="nextversion1", seen=3)
    assert Entry.objects.filter(event__startswith="procedure.return").count() == 2


@pytest.mark.django_db
def test_what_was_adopted_becomes_the_next_version_and_ends_the_round(returned, clerk):
    procedure = fresh(returned.procedure)
    a_round(procedure, by=clerk)
    costs, use = returned.changes.all()
    decide_all(returned, [use], ADOPTED, by=clerk, at=AT, seen=1)
    decide_all(returned, [costs], ANSWERED, answer="次の協議で。", by=clerk, at=AT, seen=2)
    facts = {"by": clerk, "at": AT + timedelta(hours=1), "public_id": "nextversion1"}
    made = take_up(returned, **facts, seen=3)
    assert take_up(returned, **facts, seen=3) == made
    text = AgreementText.read(made.content)
    assert [one.heading for one in text.articles] == ["目的", "連携事項", "費用", "名称"]
    assert text.articles[2] == TEXT.articles[2]
    assert (made.made_from, "修正2件のうち1件" in made.note) == (returned.version, True)
    assert (current_round(procedure), last_round(fresh(procedure)).outcome) == (None, "revised")
    assert [one for one in awaited(fresh(procedure), TODAY) if one.page == "returned"] == []
    with pytest.raises(ProcedureRefused, match="終わって"):
        decide_all(returned, [costs], ADOPTED, by=clerk, at=AT, seen=4)
    assert any("扱いが決まりました" in one for one in Letter.objects.values_list("subject", flat=True))


@pytest.mark.django_db
def test_into_a_newer_version_goes_what_fits_and_a_clause_that_both_altered_is_named(returned, clerk):
    altered = (*TEXT.articles[:2], replace(TEXT.articles[2], text="費用は折半する。"))
    newer = a_version(returned.procedure, replace(TEXT, title="新しい題", articles=altered))
    decide_all(returned, list(returned.changes.all()), ADOPTED, by=clerk, at=AT, seen=1)
    with pytest.raises(ProcedureRefused, match="費用"):
        take_up(returned, by=clerk, at=AT, public_id="nextversion1", seen=2)
    costs = returned.changes.get(clause="costs")
    decide_all(returned, [costs], REFUSED, answer="折半とします。", by=clerk, at=AT, seen=2)
    made = take_up(returned, by=clerk, at=AT, public_id="nextversion1", seen=3)
    text = AgreementText.read(made.content)
    assert (text.title, text.articles[2].text, len(text.articles)) == ("新しい題", "費用は折半する。", 4)
    assert made.made_from == newer


@pytest.mark.django_db
def test_where_nothing_was_adopted_no_version_is_made_and_a_return_can_be_set_aside(returned, clerk):
    decide_all(returned, list(returned.changes.all()), REFUSED, answer="今回は。", by=clerk, at=AT, seen=1)
    for _pressed in range(2):
        assert take_up(returned, by=clerk, at=AT, public_id="nextversion1", seen=2) is None
    assert Entry.objects.filter(event="procedure.return_taken_up").count() == 1
    assert returned.procedure.versions.filter(kind="text").count() == 1
    other = a_returned(returned.procedure, by=clerk, public_id="returned0002", side=Side.PARTNER)
    with pytest.raises(ProcedureRefused, match="理由"):
        set_aside(other, reason=" ", by=clerk, at=AT, seen=1)
    set_aside(other, reason="別の版で協議するため", by=clerk, at=AT, seen=1)
    set_aside(other, reason="別の版で協議するため", by=clerk, at=AT, seen=1)
    other.refresh_from_db()
    assert not other.is_open
    assert Entry.objects.filter(event="procedure.return_set_aside").count() == 1
