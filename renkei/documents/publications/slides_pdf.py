"""The same slides as PDF, for those who have no PowerPoint: the same pages, tagged and readable aloud."""

from pathlib import Path
from typing import Any

from renkei.documents.paper import Paper, paper
from renkei.documents.publications.content import Block, Chart, Publication
from renkei.documents.publications.facts import plain, told_aloud
from renkei.documents.publications.paging import slides_of
from renkei.documents.word.letters import printable
from renkei.rules.japanese_calendar import japanese_date

TEMPLATE = Path(__file__).parent / "slides.typ"


def slides_pdf(publication: Publication) -> Paper:
    """The slides as a PDF of 16:9; raises PaperRefused."""
    day = f"{publication.town}　{japanese_date(publication.day)}現在"
    facts: dict[str, Any] = {
        "title": printable(publication.title),
        "town": printable(publication.town),
        "lines": [printable(line) for line in (publication.subtitle, day) if line],
        "slides": [
            {
                "title": printable(one.title),
                "size": one.size,
                "blocks": [_shown(block) for block in one.blocks],
            }
            for one in slides_of(publication)
        ],
    }
    return paper(TEMPLATE, facts)


def _shown(block: Block) -> dict[str, Any]:
    """A chart has no table beside it on a slide: its figures are told to those who hear it."""
    return plain(block) | ({"alt": told_aloud(block)} if isinstance(block, Chart) else {})
