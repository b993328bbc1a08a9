"""Drafts that come back: what nobody may lose or confuse, how much is taken, and that nobody signs over them."""

from dataclasses import replace

import pytest

from renkei.agreements.vocabulary import Side
from renkei.documents.contents import AttachedTable
from renkei.documents.word.reader.text import word_text
from renkei.documents.word.redline import one_hand, redline_word
from renkei.documents.word.told import Piece, WordParagraph, WordRemark, WordText
from renkei.documents.word.writing import agreement_word
from renkei.procedures.awaiting import awaited
from renkei.procedures.comparing import compared_texts
from renkei.procedures.models import Procedure, ReturnedDraft
from renkei.procedures.returning import compare_returned
from renkei.procedures.services import ProcedureRefused, move
from renkei.procedures.services import returning as services
from renkei.procedures.services.returning import Brought, receive_read, receive_returned
from renkei.procedures.services.taking_up import set_aside
from renkei.procedures.vocabulary import Stage
from renkei.rules.redline import Mark
from tests.factories import a_division, a_user
from tests.procedure_factories import AT, TODAY, a_correspondent, a_partner
from tests.returned_factories import CAME, a_returned, of_word
from tests.review_factories import TEXT, a_drafted_procedure


@pytest.mark.once
def test_parties_that_change_places_stay_who_they_are():
    town, partner = TEXT.parties
    came = replace(TEXT, parties=(replace(partner, letter="甲"), replace(town, letter="乙")))
    found = compare_returned(TEXT, of_word(came)).text.parties
    assert [(one.letter, one.name, one.is_town) for one in found] == [
        ("甲", "見本製薬株式会社", False), ("乙", "見本市", True),
    ]  # fmt: skip
    renamed = replace(TEXT, parties=(town, replace(partner, name="別の町", signatory="町長")))
    assert [one.is_town for one in compare_returned(TEXT, of_word(renamed)).text.parties] == [True, False]


@pytest.mark.once
def test_no_comment_is_lost_however_comments_answer_each_other():
    circle = [WordRemark("鈴木", "", f"環{at}", answers=1 - at) for at in range(2)]
    row = [WordRemark("佐藤", "", f"列{at}", answers=at + 1 if at else None) for at in range(2, 1500)]
    row.append(WordRemark("佐藤", "", "列の初め"))
    alone = WordRemark("山田", "", "一つ")
    word = replace(of_word(TEXT), remarks=(*circle, *row, alone))
    found = compare_returned(TEXT, word).remarks
    assert sorted(one.text for one in found) == sorted(one.text for one in word.remarks)
    assert [one.text for one in found if not one.is_reply] == ["環1", "列の初め", "一つ"]


@pytest.mark.once
def test_a_table_that_was_taken_out_with_the_changes_recorded_is_not_said_to_be_changed_behind_their_back():
    sent = replace(TEXT, tables=(AttachedTable("goods", "別表", (("品目", "数量"), ("水", "100本"))),))
    told = [one.difference for one in compared_texts(sent, TEXT).clauses]
    content = redline_word(told, old=sent, new=TEXT, town="見本市", by=one_hand("山田 花子"))
    (one,) = compare_returned(sent, word_text(content)).changes
    assert (one.change.label, one.is_tracked, one.authors) == ("別表", True, ("山田 花子",))


@pytest.mark.once
def test_who_changed_a_long_clause_is_known_where_the_file_recorded_all_of_it():
    long = "".join(f"（{place}）事項{place}について協力する。" for place in range(200))
    sent = replace(TEXT, articles=(*TEXT.articles[:2], replace(TEXT.articles[2], text=long)))
    came = replace(sent, articles=(*TEXT.articles[:2], replace(TEXT.articles[2], text=f"なお、{long}また。")))
    told = [one.difference for one in compared_texts(sent, came).clauses]
    content = redline_word(told, old=sent, new=came, town="見本市", by=one_hand("山田 花子"))
    found = compare_returned(sent, word_text(content)).changes
    assert [(one.change.after, one.authors, one.is_tracked) for one in found] == [
        ("なお、", ("山田 花子",), True), ("また。", ("山田 花子",), True),
    ]  # fmt: skip


@pytest.fixture
def procedure() -> Procedure:
    found = a_drafted_procedure(author=a_correspondent(organisation=a_partner()), division=a_division())
    found.versions.filter(kind="text").update(shared_at=AT)
    return found


def bring(procedure: Procedure, word: WordText, public_id: str = "returned0009") -> ReturnedDraft:
    author = procedure.participants.get().correspondent
    brought = Brought(content=agreement_word(CAME, town="見本市"), name="案.docx")
    return receive_read(procedure, brought, word, by=author, at=AT, public_id=public_id)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "lines, said",
    [
        (["第１条　乙は、協力する。"] * (services.MOST_LINES + 1), "長すぎる"),
        (["甲" * (services.MOST_LETTERS + 1)], "長すぎる"),
        ([f"第１条　乙は、{place}に協力する。" for place in range(services.MOST_FOUND + 1)], "別の文書"),
    ],
    ids=["lines", "letters", "changes"],
)
def test_a_document_that_can_be_no_answer_to_the_version_is_refused_and_not_kept(procedure, lines, said):
    word = WordText(tuple(WordParagraph((Piece(line),)) for line in lines))
    with pytest.raises(ProcedureRefused, match=said):
        bring(procedure, word)
    gone = WordText(tuple(WordParagraph((Piece(line, Mark.REMOVED),)) for line in lines))
    if said == "長すぎる":
        with pytest.raises(ProcedureRefused, match=said):
            bring(procedure, gone)
    assert not procedure.returned_drafts.exists()


@pytest.mark.django_db
def test_the_partner_waits_for_decisions_before_it_sends_more_and_staff_need_not(procedure):
    author, clerk = procedure.participants.get().correspondent, a_user()
    for place in range(services.MOST_WAITING):
        a_returned(procedure, by=author, public_id=f"returned01{place:02}")
    brought = Brought(content=agreement_word(CAME, town="見本市"), name="案.docx")
    with pytest.raises(ProcedureRefused, match="10件"):
        receive_returned(procedure, brought, by=author, at=AT, public_id="returned0200")
    again = receive_returned(procedure, brought, by=author, at=AT, public_id="returned0100")
    assert again.public_id == "returned0100", "the form was sent twice"
    a_returned(procedure, by=clerk, public_id="returned0300")
    for one in procedure.returned_drafts.all():
        set_aside(one, reason="まとめて協議します。", by=clerk, at=AT, seen=1)
    assert receive_returned(procedure, brought, by=author, at=AT, public_id="returned0200").is_open


@pytest.mark.django_db
def test_nobody_goes_on_to_signing_while_what_came_back_waits_for_its_answer(procedure):
    clerk = a_user()
    returned = a_returned(procedure, by=clerk, side=Side.PARTNER)
    now = Procedure.objects.select_related("municipality", "proposal").get(pk=procedure.pk)
    waiting = [one for one in awaited(now, TODAY) if one.page == "returned"]
    assert [one.what.partition("の")[0] for one in waiting] == ["戻ってきた修正2件"]
    with pytest.raises(ProcedureRefused, match="戻ってきた修正2件の扱いを決めてください"):
        move(now, "advance", Stage.SIGNING, by=clerk, at=AT)
    set_aside(returned, reason="別の版で協議します。", by=clerk, at=AT, seen=1)
    with pytest.raises(ProcedureRefused) as refusal:
        move(now, "advance", Stage.SIGNING, by=clerk, at=AT)
    assert "戻ってきた" not in str(refusal.value)
