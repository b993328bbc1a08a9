"""The papers that can be made here: what each is for, what it lacks, in which formats it comes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renkei.documents.publications.content import Publication
from renkei.municipalities.models import Municipality
from renkei.reports.papers import readiness
from renkei.reports.papers.council import council_paper
from renkei.reports.papers.readiness import Lack
from renkei.reports.papers.town_slides import town_slides
from renkei.reports.papers.yearly_book import yearly_book
from renkei.reports.wordings import Words

WORD, PDF, SLIDES, SLIDES_PDF = "docx", "pdf", "pptx", "slides.pdf"
FORMATS = {
    WORD: "Word",
    PDF: "PDF",
    SLIDES: "PowerPoint",
    SLIDES_PDF: "PDF",
}
"""How each format is called on its button and in the log."""


@dataclass(frozen=True)
class Paper:
    """A paper of the whole town."""

    key: str
    title: str | Promise
    lead: str | Promise
    make: Callable[[Municipality, date, int], Publication]
    lacks: Callable[[Words], Iterator[Lack]]
    formats: tuple[str, ...] = (WORD, PDF)


def of_slides(words: Words) -> Iterator[Lack]:
    """What the slides lack."""
    yield from readiness.lacks_of_words(words)
    yield from readiness.lacks_of_examples(words)


def of_the_book(words: Words) -> Iterator[Lack]:
    """What the yearly book lacks."""
    yield from readiness.lacks_of_results(words)
    yield from readiness.lacks_of_evaluations(words)


def of_the_council(words: Words) -> Iterator[Lack]:
    """What the council's paper lacks: remarks of the day."""
    yield from (one for one in readiness.lacks_of_words(words) if one.at)


PAPERS: dict[str, Paper] = {
    one.key: one
    for one in (
        Paper(
            "book",
            _("取組実績報告書"),
            _("一年度の取組と実績を、分野と協定ごとにまとめた冊子です。"),
            lambda town, on, year: yearly_book(town, year, on),
            of_the_book,
        ),
        Paper(
            "council",
            _("議会資料"),
            _("基準日の協定の数、一年間の新規、分野ごとの数と特徴です。"),
            lambda town, on, _year: council_paper(town, on),
            of_the_council,
        ),
        Paper(
            "slides",
            _("連携協定の説明スライド"),
            _("目的、形態、締結の流れ、例、協定の数、実績の例、考え方を町の文で説明します。"),
            town_slides,
            of_slides,
            (SLIDES, SLIDES_PDF),
        ),
    )
}
