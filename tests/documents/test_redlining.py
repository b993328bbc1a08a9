"""A redline: true tracked changes by name; accepted they give the new text, refused the old one."""

import io
import re
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from docx_plus.comments import read_comments
from docx_plus.revisions import accept_all_revisions, read_revisions, reject_all_revisions
from hypothesis import given, settings
from hypothesis import strategies as st

from renkei.documents.contents import AgreementText, Article, AttachedTable
from renkei.documents.word.redline import one_hand, redline_word
from renkei.documents.word.remarks import SaidBeside
from renkei.documents.word.tracks import Hand
from renkei.documents.word.writing import agreement_word
from renkei.rules.redline import Clause, Difference, differences
from tests.documents.texts import PARTIES, a_full_text

BY = one_hand("乙の 花子", "2026-11-26T10:00:00Z")


def clauses(text: AgreementText) -> list[Clause]:
    return [
        Clause(":title", "", text.title),
        Clause(":preamble", "", text.preamble),
        *(Clause(one.key, one.heading, one.text) for one in text.articles),
        Clause(":closing", "", text.closing),
        Clause(":parties", "", ""),
        *(Clause(one.key, one.title, "\n".join("\t".join(row) for row in one.rows)) for one in text.tables),
    ]


def redline(old: AgreementText, new: AgreementText, by=BY, remarks=()) -> bytes:
    told = differences(clauses(old), clauses(new))
    return redline_word(told, old=old, new=new, town="見本市", by=by, remarks=remarks)


def said(content: bytes, resolve=None) -> list[str]:
    """The lines of the file without numbers of articles, which no change tracks."""
    document = docx.Document(io.BytesIO(content))
    if resolve:
        resolve(document)
    lines = [one.text for one in document.element.body.iter(qn("w:p")) if one.text]
    return [re.sub(r"^第[0-9０-９]+条", "第条", line) for line in lines]


def agrees(old: AgreementText, new: AgreementText) -> None:
    content = redline(old, new)
    assert said(content, accept_all_revisions) == said(agreement_word(new, town="見本市"))
    assert said(content, reject_all_revisions) == said(agreement_word(old, town="見本市"))


OLD = a_full_text()
PURPOSE, ITEMS, ALONE, TALKS = OLD.articles
CHANGED = {
    "nothing": OLD,
    "words, a heading and the title": replace(
        OLD,
        title="災害時における協定書",
        preamble=OLD.preamble.replace("締結", "結ぶ"),
        articles=(
            replace(PURPOSE, heading="目的及び趣旨", text="この協定は、平時の物資について定める。"),
            ITEMS,
            ALONE,
            TALKS,
        ),
        closing="本書２通を作成する。",
    ),
    "an item comes and another goes": replace(
        OLD,
        articles=(
            PURPOSE,
            replace(
                ITEMS,
                text=ITEMS.text.replace("（１）物資の供給\n", "").replace(
                    "ア　緊急輸送", "ア　緊急輸送\nイ　備蓄"
                ),
            ),
            ALONE,
            TALKS,
        ),
    ),
    "the last paragraph goes": replace(
        OLD, articles=(PURPOSE, replace(ITEMS, text=ITEMS.text.rpartition("\n")[0]), ALONE, TALKS)
    ),
    "an article comes": replace(
        OLD,
        articles=(
            PURPOSE,
            Article("new", "費用", "費用は甲が負担する。\n２　ただし書。"),
            ITEMS,
            ALONE,
            TALKS,
        ),
    ),
    "articles go": replace(OLD, articles=(ITEMS, TALKS)),
    "an article moves": replace(OLD, articles=(PURPOSE, ALONE, TALKS, ITEMS)),
    "an article moves and is reworded": replace(
        OLD, articles=(replace(TALKS, text="協議する。"), PURPOSE, ITEMS, ALONE)
    ),
    "all the other way round": replace(OLD, articles=(TALKS, ALONE, ITEMS, PURPOSE)),
    "one goes beside one that moved": replace(OLD, articles=(TALKS, PURPOSE, ITEMS)),
    "a heading comes and another goes": replace(
        OLD, articles=(replace(PURPOSE, heading=""), ITEMS, replace(ALONE, heading="見出し"), TALKS)
    ),
    "parties": replace(OLD, parties=(PARTIES[1], replace(PARTIES[0], signatory="副市長"), *PARTIES[2:3])),
    "rows and cells": replace(
        OLD, tables=(replace(OLD.tables[0], title="別表", rows=(("品目", "数", "備考"), ("毛布", "300枚"))),)
    ),
    "a table comes": replace(
        OLD, tables=(*OLD.tables, AttachedTable("t2", "別表第２", (("a", "b"), ("c", "d"))))
    ),
    "a table goes": replace(OLD, tables=()),
}


@pytest.mark.parametrize("name", CHANGED)
def test_accepted_it_is_the_new_text_and_refused_the_old_one(name):
    agrees(OLD, CHANGED[name])
    agrees(CHANGED[name], OLD)


TEXTS = st.lists(
    st.sampled_from(
        [
            "甲は協力する。",
            "（１）供給",
            "（２）輸送",
            "ア　備蓄",
            "２　費用は乙の負担とする。",
            "乙は協力しない。",
        ]
    ),
    min_size=1,
    max_size=5,
).map("\n".join)
ARTICLES = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", "目的", "費用"]), TEXTS),
    max_size=5,
    unique_by=lambda one: one[0],
)


@settings(max_examples=30, deadline=None)
@given(ARTICLES, ARTICLES)
def test_any_two_texts_agree_so(before, after):
    old, new = (
        replace(OLD, articles=tuple(Article(*one) for one in told), tables=()) for told in (before, after)
    )
    joined = [
        [
            "".join(said(redline(old, new), resolve))
            for resolve in (accept_all_revisions, reject_all_revisions)
        ]
    ]
    assert joined == [["".join(said(agreement_word(text, town="見本市"))) for text in (new, old)]]


def test_each_change_has_its_own_author_and_a_new_number_is_no_change():
    def by(difference: Difference, part: str, place: int) -> Hand:
        return Hand(f"{part or 'whole'} {place} of {difference.new_key or difference.old_key}")

    new = replace(
        OLD,
        articles=(
            PURPOSE,
            replace(ITEMS, text=ITEMS.text.replace("甲及び乙は", "甲は").replace("緊急輸送", "輸送")),
            TALKS,
        ),
    )
    told = read_revisions(docx.Document(io.BytesIO(redline(OLD, new, by))))
    assert {one.author for one in told} == {"text 0 of items", "text 1 of items", "whole 0 of alone"}
    assert "第３条　この協定に定めのない" in "".join(said_plainly(redline(OLD, new, by)))


def said_plainly(content: bytes) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(content)).paragraphs]


def test_a_clause_that_only_moved_is_shown_as_moved():
    body = docx.Document(io.BytesIO(redline(OLD, CHANGED["an article moves"]))).element.body
    names = [
        [one.get(qn("w:name")) for one in body.iter(qn(tag))]
        for tag in ("w:moveFromRangeStart", "w:moveToRangeStart")
    ]
    assert names[0] == names[1] != []
    assert not list(body.iter(qn("w:ins"))) and not list(body.iter(qn("w:del")))
    numbers = [one.get(qn("w:id")) for one in body.iter() if one.get(qn("w:author"))]
    assert len(numbers) == len(set(numbers))


def test_remarks_stand_beside_their_clause_with_the_answers_under_them():
    remarks = (
        SaidBeside("items", "乙の 花子", "輸送は\n業界の標準で。", "2026-11-26T10:00:00Z"),
        SaidBeside("items", "見本市", "承知しました。", "not a time", answers=0),
        SaidBeside("", "見本市 & 課", "全体として <よい>。"),
        SaidBeside("gone", "誰か", "もうない条に。"),
    )
    found = read_comments(docx.Document(io.BytesIO(redline(OLD, CHANGED["articles go"], remarks=remarks))))
    assert [(one.author, one.anchored_text, one.parent_id) for one in found] == [
        ("乙の 花子", "（連携事項）", None), ("見本市", "（連携事項）", 0),
        ("見本市 & 課", OLD.title, None), ("誰か", OLD.title, None),
    ]  # fmt: skip
    assert found[2].text == "全体として <よい>。"


def test_hostile_names_and_letters_leave_a_file_that_opens():
    strange = replace(OLD, articles=(replace(PURPOSE, text="\0<w:ins>\ud842\x1b&"),))
    content = redline(OLD, strange, one_hand('"<\n\0&', "yesterday"))
    assert "第条　<w:ins>〓&" in said(content, accept_all_revisions)
