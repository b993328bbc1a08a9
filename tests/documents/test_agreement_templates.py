"""The usual agreements: each is a whole text that the register reads; a town's own comes back from Word."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from renkei.agreements.proposing import proposal
from renkei.documents.clauses.agreements import agreement_template, fields_of, filled_text
from renkei.documents.clauses.fields import AgreementFacts, agreement_fields
from renkei.documents.clauses.reading import template_read, upload_agreement
from renkei.documents.contents import Article, SigningParty
from renkei.documents.models import Template
from renkei.documents.papers.services import retire_template
from renkei.documents.services import DocumentRefused
from renkei.documents.sheets import items_in, plain_text
from renkei.documents.vocabulary import Subject
from renkei.documents.word.writing import agreement_word
from renkei.procedures.remarks import remarks_on
from renkei.procedures.term_article import term_article
from renkei.procedures.wording import subject_for
from renkei.rules.japanese_calendar import PartialDay
from renkei.rules.term_wording import TermChoice
from tests.factories import a_municipality, a_user

AT = datetime(2026, 11, 26, tzinfo=UTC)
TOWN = SigningParty("甲", "見本市", "見本市長　見本 一郎", True, "見本市七条通９丁目")
PARTNER = SigningParty("乙", "見本物産株式会社", "代表取締役　見本 花子", False, "見本市一条通１丁目")
THIRD = SigningParty("丙", "見本商工会", "会長　見本 次郎")
WITH_TABLES = {Subject.SUPPLIES, Subject.SHELTER, Subject.REPAIRS, Subject.WASTE, Subject.MUTUAL_AID,
               Subject.POLLUTION, Subject.RESEARCH}  # fmt: skip


def text_about(subject: Subject, *parties: SigningParty):
    facts = AgreementFacts(parties, TermChoice(), ("防災に関すること", "その他"), copies=len(parties))
    return filled_text(agreement_template(subject), agreement_fields(facts), parties)


@pytest.mark.parametrize("parties", [(TOWN, PARTNER), (TOWN, PARTNER, THIRD)], ids=["two", "three"])
@pytest.mark.parametrize("subject", Subject, ids=str)
def test_a_template_becomes_a_text_in_which_a_careful_reader_finds_nothing(subject, parties):
    text = text_about(subject, *parties)
    assert remarks_on(text, items=items_in(text)) == []
    assert 8 <= len(text.articles) <= 16
    assert len({one.key for one in text.articles}) == len(text.articles)
    assert term_article(text).key == "term"
    read = proposal(plain_text(text), PartialDay.from_iso("2026-06-01"))
    assert (read.term.last_day, read.renewal.notice_months) == (date(2027, 5, 31), 3)
    assert bool(text.tables) is (subject in WITH_TABLES)
    assert all(len({len(row) for row in table.rows}) == 1 for table in text.tables)


@pytest.mark.parametrize("subject", Subject, ids=str)
def test_a_template_received_as_word_is_the_same_text_when_it_comes_back_unchanged(subject):
    ours = agreement_template(subject)
    found = template_read(agreement_word(ours, town="見本市"), subject)
    assert (found.missing, found.told) == ((), ())
    assert [(one.key, one.heading, one.text) for one in found.text.articles] == [
        (one.key, one.heading, one.text) for one in ours.articles
    ]
    assert [one.rows for one in found.text.tables] == [one.rows for one in ours.tables]
    assert (found.text.title, found.text.preamble, found.text.closing) == (
        ours.title, ours.preamble, ours.closing,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_town_s_own_template_takes_the_place_of_ours_and_goes_again():
    here, clerk = a_municipality(), a_user()
    ours = agreement_template(Subject.WATCHING, here)
    more = Article("x", "会議", "{{ 全当事者 }}は、年に一回、会議を開く。")
    own = replace(ours, articles=(*ours.articles[:-1], more, ours.articles[-1]))
    for note in ("会議を加えた", "もう一度"):
        word = agreement_word(own, town="見本市")
        upload_agreement(here, Subject.WATCHING, word, name="見守り.docx", note=note, at=AT, actor=clerk)
    found = agreement_template(Subject.WATCHING, here)
    assert [one.heading for one in found.articles][-2:] == ["会議", "疑義の協議"]
    assert "全当事者" in fields_of(found)
    assert agreement_template(Subject.WATCHING, a_municipality("011002")) == ours
    assert Template.objects.in_use().count() == 1
    retire_template(Template.objects.in_use().get(), at=AT, actor=clerk)
    assert agreement_template(Subject.WATCHING, here) == ours


@pytest.mark.django_db
def test_a_template_with_fields_that_nobody_fills_or_without_articles_is_refused():
    ours = agreement_template(Subject.SHELTER)
    strange = replace(ours, articles=(*ours.articles, Article("x", "会社", "{{ 会社 }}は、協力する。")))
    with pytest.raises(DocumentRefused, match=r"会社.*使えるのは"):
        template_read(agreement_word(strange, town="見本市"), Subject.SHELTER)
    with pytest.raises(DocumentRefused, match="条が見つかりません"):
        template_read(agreement_word(replace(ours, articles=()), town="見本市"), Subject.SHELTER)
    with pytest.raises(DocumentRefused):
        template_read(b"no Word file", Subject.SHELTER)
    without = replace(ours, articles=tuple(one for one in ours.articles if one.key != "term"))
    found = template_read(agreement_word(without, town="見本市"), Subject.SHELTER)
    assert found.missing == ("期間の文",)


@pytest.mark.parametrize(
    "form, fields, title, partner, subject",
    [
        ("comprehensive", (), "", "見本製薬株式会社", Subject.COMPREHENSIVE),
        ("comprehensive", (), "", "国立大学法人見本大学", Subject.UNIVERSITY),
        ("mutual_aid", (), "災害時の応援", "隣の市", Subject.MUTUAL_AID),
        ("disaster", (), "災害時における物資の供給", "見本物産", Subject.SUPPLIES),
        ("disaster", (), "避難所としての施設の使用", "見本ホテル", Subject.SHELTER),
        ("individual", ("older_people.watch_over",), "地域の安心", "見本新聞", Subject.WATCHING),
        ("individual", ("sports",), "スポーツの振興", "見本クラブ", None),
    ],
)
def test_the_nearest_template_is_proposed(form, fields, title, partner, subject):
    assert subject_for(form, fields, title, partner) == subject
