"""A first text from agreed facts: the register reads it back, and a careful reader finds nothing to say."""

from dataclasses import replace
from datetime import date

import pytest

from renkei.agreements.proposing import proposal
from renkei.documents.contents import AgreementText, Article, SigningParty
from renkei.documents.sheets import items_in, plain_text, sheet_of
from renkei.procedures.remarks import remarks_on
from renkei.procedures.vocabulary import Kind
from renkei.procedures.wording import (
    ARTICLES,
    Original,
    TextFacts,
    amending_text,
    chosen_at_first,
    first_text,
    renewing_text,
)
from renkei.rules.japanese_calendar import PartialDay
from renkei.rules.term_wording import TermChoice

SIGNED = PartialDay.from_iso("2026-06-01")
ITEMS = ("健康の維持・増進に関すること", "災害対策に関すること", "その他(第1号から第2号まで)")
TOWN = SigningParty("甲", "見本市", "見本市長　見本 一郎", True, "見本市七条通9丁目48番地")
PARTNER = SigningParty("乙", "見本製薬株式会社", "代表取締役　見本 花子")


def facts(**more) -> TextFacts:
    told = {"title": "連携に関する協定書", "parties": (TOWN, PARTNER), "items": ITEMS, "term": TermChoice()}
    return TextFacts(**told | more)


@pytest.mark.parametrize("order", ["town first", "partner first"])
@pytest.mark.parametrize("form", ["individual", "comprehensive"])
def test_a_first_text_has_what_was_agreed_and_leaves_nothing_to_say(form, order):
    parties = (TOWN, PARTNER) if order == "town first" else (
        replace(PARTNER, letter="甲"), replace(TOWN, letter="乙"),
    )  # fmt: skip
    text = first_text(facts(parties=parties, articles=chosen_at_first(form)))
    assert items_in(text) == list(ITEMS)
    assert remarks_on(text, items=ITEMS, listed=ITEMS) == []
    assert proposal(plain_text(text), SIGNED).term.last_day == date(2027, 5, 31)
    assert text.preamble.startswith(f"{parties[0].name}（以下「甲」という。）")
    assert len(text.articles) == (7 if form == "individual" else len(ARTICLES))
    gangs = [one.text for one in text.articles if one.key == "gangs"]
    assert all(one.startswith("甲は" if order == "partner first" else "乙は") for one in gangs)


def test_a_text_is_printed_with_its_numbers_and_its_signers():
    text = first_text(facts(copies=3))
    assert [one.number for one in sheet_of(text).articles] == ["第１条", "第２条", "第３条", "第４条"]
    assert [line.kind for line in sheet_of(text).articles[1].lines] == ["paragraph", "item", "item", "item"]
    printed = plain_text(text)
    assert "（目的）\n第１条　この協定は、甲及び乙が" in printed
    assert "（１）健康の維持・増進に関すること" in printed
    assert "本書３通を作成し、甲乙記名押印の上" in printed
    assert printed.endswith("乙\n　　見本製薬株式会社\n　　代表取締役　見本 花子\n")


def test_an_amendment_quotes_the_new_words_and_applies_from_its_signing():
    original = Original("物資の供給に関する協定書", date(2024, 6, 1))
    text = amending_text(original, (TOWN, PARTNER), [("第３条", "第３条　費用は、丙が負担する。")])
    assert "令和６年６月１日に締結した「物資の供給に関する協定書」（以下「原協定」という。）" in text.preamble
    assert text.articles[0].text == "原協定第３条を次のように改める。\n「第３条　費用は、丙が負担する。」"
    assert proposal(text.articles[-1].text, SIGNED).term.first_day == date(2026, 6, 1)
    (found,) = remarks_on(text, items=(), kind=Kind.AMENDMENT)
    assert "「丙」が誰を指すか" in found.sentence


def test_a_renewal_by_agreement_is_read_as_its_new_term():
    days = {"first_day": date(2027, 4, 1), "last_day": date(2030, 3, 31)}
    text = renewing_text(Original("物資の供給に関する協定書", date(2024, 6, 1)), (TOWN, PARTNER), **days)
    assert remarks_on(text, items=(), kind=Kind.RENEWAL) == []
    read = proposal(plain_text(text), SIGNED)
    assert (read.term.first_day, read.term.last_day) == (date(2027, 4, 1), date(2030, 3, 31))


def with_article(text: str, *, heading: str = "連絡", key: str = "more") -> AgreementText:
    whole = first_text(facts())
    return replace(whole, articles=(*whole.articles[:-1], Article(key, heading, text), whole.articles[-1]))


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("甲及び丙は、連絡を取り合う。", "「丙」が誰を指すか決まっていません"),
        ("第９条の定めによる。", "第9条はありません"),
        ("第十二条第二項の定めによる。", "第12条はありません"),
        ("", "本文がありません"),
        ("連絡先は○○課とする。", "書き入れていない所"),
        ("連絡先は、{{ 連絡先 }}とする。", "「{{ 連絡先 }}」が埋まっていません"),
    ],
)
def test_a_careful_reader_finds_it(text, sentence):
    (found,) = remarks_on(with_article(text), items=ITEMS)
    assert sentence in found.sentence
    assert (found.key, found.place) == ("more", "第４条")


@pytest.mark.parametrize(
    "text",
    [
        "災害対策基本法第２３条の２の定めによる。",
        "地方自治法（昭和22年法律第67号）第252条の2による。",
        "第５条の定めにかかわらず、前条及び次条による。",
        "見本市条例第99条、原協定第20条による。",
        "丁寧に、甲種防火管理者が、七条通九丁目で行う。",
    ],
)
def test_a_careful_reader_lets_it_be(text):
    assert remarks_on(with_article(text), items=ITEMS) == []


def test_parties_items_list_and_term_are_held_against_what_was_agreed():
    whole = first_text(facts(items=ITEMS[:2]))
    said = "".join(one.sentence for one in remarks_on(whole, items=ITEMS, listed=ITEMS))
    assert "合意した連携事項「その他(第1号から第2号まで)」が、案にありません" in said
    assert "取組事項(案)の新しい版と違います" in said
    assert "合意した連携事項にありません" in remarks_on(whole, items=ITEMS[:1])[0].sentence
    assert "順が" in remarks_on(whole, items=ITEMS[1::-1])[0].sentence
    third = replace(whole, parties=(TOWN, PARTNER, SigningParty("丙", "北海道")))
    assert "当事者「丙」が、どの条にも出てきません" in remarks_on(third, items=ITEMS[:2])[0].sentence
    twice = replace(whole, parties=(TOWN, replace(PARTNER, letter="甲")))
    assert "「甲」と呼ぶ当事者が二者あります" in remarks_on(twice, items=ITEMS[:2])[0].sentence
    vague = Article("term", "有効期間", "この協定の有効期間は、しばらくの間とする。")
    text = replace(whole, articles=(*whole.articles[:2], vague, whole.articles[-1]))
    (found,) = remarks_on(text, items=ITEMS[:2])
    assert found.key == "term" and "登録簿が読み取れません" in found.sentence
