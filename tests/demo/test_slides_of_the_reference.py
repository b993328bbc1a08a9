"""The slides made from the demo town say what the town's own slides say: every line, every figure, in its order."""

from datetime import date

import pytest
from django.db import transaction

from renkei.agreements import services
from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import EndReason
from renkei.documents.page_texts import PDF, pages_of
from renkei.documents.publications.slides import publication_slides
from renkei.documents.publications.slides_pdf import slides_pdf
from renkei.reports.papers.readiness import lacks_of_words
from renkei.reports.papers.town_slides import town_slides
from renkei.reports.wordings import Words
from renkei.rules.kanji_radicals import without_radicals
from tests.demo.made_slides import missing_and_extra, plain, reference_lines, words_of_pptx
from tests.factories import a_user

pytestmark = pytest.mark.once
DAY, YEAR = date(2024, 6, 1), 2023
EXAMPLE = "旭川市と見本製薬株式会社との包括連携協定"
TITLES_AND_NUMBERS = [
    "旭川市と民間企業等との連携協定について旭川市令和6年6月1日現在",
    "2",
    "企業・大学・団体等実行力,人,企画力,場所,技術連携協定互いの役割と責任を決め,取組をともに進める"
    "旭川市施策,情報,地域とのつながり市民暮らしやすさとして受け取り,ともに担う3",
    "4",
    *(f"{number}{EXAMPLE}({place}/3)" for number, place in ((5, 1), (6, 2), (7, 3))),
    "8",
    "9",
    "(1/2)",
    "10【令和5年度取組実績の例】(2/2)",
    "11",
    "12",
]
"""What our slides say beyond the town's text: the cover, our drawing of 連携のイメージ, repeated titles, the numbers."""


def text_of(publication) -> str:
    return "\n".join(words_of_pptx(publication_slides(publication)))


def test_the_reference_has_its_six_items_its_twenty_initiatives_and_its_fifteen_results():
    lines = reference_lines()
    marks = {mark: sum(line.startswith(mark) for line in lines) for mark in ("■", "・", "●", "【")}
    assert marks == {"■": 20, "・": 15, "●": 3, "【": 2}
    assert len(lines) == 72


def test_every_line_of_the_reference_is_in_the_slides_and_in_their_pdf_and_nothing_else_but_titles(
    town, tmp_path
):
    publication = town_slides(town, DAY, YEAR)
    missing, extra = missing_and_extra(reference_lines(), text_of(publication))
    assert not missing
    assert [words for words in extra.split("|") if words] == TITLES_AND_NUMBERS
    made = tmp_path / "slides.pdf"
    made.write_bytes(slides_pdf(publication).content)
    pages = "\n".join(pages_of(made, PDF).texts)
    missing, _extra = missing_and_extra(reference_lines(), without_radicals(pages))
    assert not missing


def test_figures_are_printed_full_width_as_the_town_prints_them(town):
    text = text_of(town_slides(town, DAY, YEAR))
    assert "令和６年６月１日現在 有効な協定数　３２９件" in text
    assert "（令和５年６月２日以降に締結３２件）" in text
    assert "旭山動物園が締結している協定数は１８件あり" in text
    assert "【令和５年度取組実績の例】" in text


@pytest.mark.django_db
def test_one_new_agreement_of_the_zoo_less_and_the_slides_say_328_31_and_17_and_differ_from_the_reference(
    town,
):
    with transaction.atomic():
        of_the_zoo = Agreement.objects.of(town).in_force_on(DAY).filter(division__name="旭山動物園")
        ended = of_the_zoo.exclude(signed_on=None).latest("signed_on")
        services.end(ended, on=date(2024, 5, 31), reason=EndReason.BY_BOTH, actor=a_user(municipality=town))
        text = text_of(town_slides(town, DAY, YEAR))
        transaction.set_rollback(True)
    missing, _extra = missing_and_extra(reference_lines(), text)
    for figure in ("有効な協定数328件", "以降に締結31件", "協定数は17件"):
        assert figure in plain(text)
    assert [line[:8] for line in missing] == ["令和6年6月1日", "(令和5年6月2", "●旭山動物園が締"]


def test_the_words_are_quoted_with_their_source_and_agree_with_the_register(town):
    words = Words(town, DAY, YEAR)
    quoted = [
        words.written(place).own.source for place in ("purpose", "forms", "flow", "principles", "closing")
    ]
    assert all("旭川市" in source for source in quoted)
    assert not list(lacks_of_words(words))
