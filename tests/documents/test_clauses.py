"""The library of clauses: every kind, each variant filled for any parties, the town's own beside ours."""

from datetime import UTC, datetime

import pytest

from renkei.audit.models import Entry
from renkei.documents.clauses import variant, variants
from renkei.documents.clauses.fields import FIELDS, AgreementFacts, agreement_fields
from renkei.documents.clauses.library import standard
from renkei.documents.clauses.services import (
    ClauseRefused,
    ClauseWords,
    add_clause,
    change_clause,
    retire_clause,
)
from renkei.documents.contents import AgreementText, Article, SigningParty
from renkei.documents.filling import fields_in, fill
from renkei.documents.models import LibraryClause
from renkei.documents.sheets import items_in
from renkei.documents.vocabulary import ClauseKind
from renkei.procedures.remarks import remarks_on
from renkei.rules.clauses import read_clause
from renkei.rules.term_wording import TermChoice
from tests.factories import a_municipality, a_user

AT = datetime(2026, 11, 26, tzinfo=UTC)
LETTERS = "甲乙丙丁戊己"
ASKED = (
    ClauseKind.TERM, ClauseKind.CHANGE, ClauseKind.SECRETS, ClauseKind.PERSONAL_DATA, ClauseKind.COSTS,
    ClauseKind.DAMAGES, ClauseKind.GANGS, ClauseKind.TALKS, ClauseKind.CANCELLATION, ClauseKind.PUBLICATION,
)  # fmt: skip
"""Kinds of which towns want to choose."""


def parties(count: int, town: int = 0) -> tuple[SigningParty, ...]:
    """So many parties, one of them the town."""
    return tuple(
        SigningParty(LETTERS[place], f"当事者その{place + 1}", is_town=place == town)
        for place in range(count)
    )


def filled(clause, *, count: int = 2, town: int = 0) -> str:
    facts = AgreementFacts(parties(count, town), TermChoice(), ("防災に関すること", "その他"))
    return fill(clause.text, agreement_fields(facts))


def test_there_is_a_clause_of_every_kind_and_a_choice_where_towns_want_one():
    assert {one.kind for one in standard()} == set(ClauseKind)
    assert all(2 <= len(variants(kind)) <= 5 for kind in ASKED)
    addresses = [one.address for one in standard()]
    assert len(set(addresses)) == len(addresses)


@pytest.mark.parametrize("clause", standard(), ids=lambda one: one.address)
def test_a_clause_says_when_to_use_it_and_has_fields_that_are_known(clause):
    assert 0 < len(clause.name) <= 60
    assert 1 <= clause.note.count("。") <= 3
    assert clause.heading
    assert clause.text.endswith(("。", "}}"))
    assert set(fields_in(clause.heading + clause.text)) <= set(FIELDS)


@pytest.mark.parametrize("clause", standard(), ids=lambda one: one.address)
def test_a_clause_is_filled_for_any_parties_and_a_careful_reader_finds_nothing(clause):
    for count, town in ((2, 0), (2, 1), (3, 0), (6, 5)):
        text = around(clause, count, town)
        found = remarks_on(text, items=items_in(text))
        if clause.address == "other/former":  # what a clerk must write in is said
            assert all("書き入れていない" in one.sentence for one in found)
        else:
            assert found == [], (count, town)


def around(clause, count: int, town: int) -> AgreementText:
    """A text with the clause, a purpose and a term."""
    every = "、".join(LETTERS[:count])
    term = "" if clause.kind == ClauseKind.TERM else filled(variants("term")[0], count=count, town=town)
    articles = (
        Article("all", "目的", f"{every}が協力する。"),
        Article("clause", clause.heading, filled(clause, count=count, town=town)),
        Article("rest", "有効期間", term),
    )
    return AgreementText("協定書", "", tuple(one for one in articles if one.text), "", parties(count, town))


@pytest.mark.parametrize("clause", variants(ClauseKind.TERM), ids=lambda one: one.key)
def test_the_register_reads_every_clause_on_the_term(clause):
    assert read_clause(filled(clause), signed=AT.date()).readable


def test_one_sided_promises_name_the_partner_whichever_letter_it_has():
    clause = variant("gangs/usual")
    assert filled(clause, town=0).startswith("乙は")
    assert filled(clause, town=1).startswith("甲は")
    assert filled(clause, count=3, town=0).startswith("乙及び丙は")


WORDS = ClauseWords(ClauseKind.TERM, "二年間", "有効期間", "{{ 期間の文 }}", "二年の協定で使います。")


@pytest.mark.django_db
def test_a_town_s_own_clause_stands_before_ours_until_it_is_put_away():
    here, clerk = a_municipality(), a_user()
    clause = add_clause(here, WORDS, at=AT, actor=clerk)
    first = variants(ClauseKind.TERM, here)[0]
    assert (first.name, first.is_own, variant(first.address, here)) == ("二年間", True, first)
    assert not any(one.is_own for one in variants(ClauseKind.TERM, a_municipality("011002")))
    seen = LibraryClause.objects.get()
    change_clause(clause, ClauseWords(**{**vars(WORDS), "note": "変えた"}), actor=clerk)
    with pytest.raises(ClauseRefused, match="ほかの人が先に"):
        retire_clause(seen, at=AT, actor=clerk)
    retire_clause(clause, at=AT, actor=clerk)
    assert not any(one.is_own for one in variants(ClauseKind.TERM, here))
    told = Entry.objects.filter(event__startswith="clause.").values_list("event", flat=True)
    assert sorted(told) == ["clause.added", "clause.changed", "clause.retired"]
    add_clause(here, WORDS, at=AT, actor=clerk)  # the name is free again


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words, sentence",
    [
        ({"text": "{{ 会社 }}は、協力する。"}, "会社.*使えるのは.*全当事者"),
        ({"name": "  "}, "名前と条文"),
        ({"name": "二年間"}, "同じ名前の条項"),
    ],
)
def test_what_nobody_could_use_is_refused(words, sentence):
    here, clerk = a_municipality(), a_user()
    add_clause(here, WORDS, at=AT, actor=clerk)
    wanted = ClauseWords(**{**vars(WORDS), "name": "別の書き方", **words})
    with pytest.raises(ClauseRefused, match=sentence):
        add_clause(here, wanted, at=AT, actor=clerk)
    assert LibraryClause.objects.count() == 1


@pytest.mark.parametrize("address", ["gangs/usual", "gangs/detailed", "damages/third_party"])
def test_one_of_several_partners_answers_for_itself(address):
    assert "乙又は丙" in filled(variant(address), count=3)
