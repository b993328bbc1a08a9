"""A paper as PDF: A4, archivable and readable aloud; with cover and contents where it has many chapters."""

from pathlib import Path
from typing import Any

from renkei.documents.paper import Paper, paper
from renkei.documents.publications.content import Block, Chart, Publication
from renkei.documents.publications.facts import plain, table
from renkei.documents.word.letters import printable
from renkei.rules.japanese_calendar import japanese_date

TEMPLATE = Path(__file__).parent / "paper.typ"
BOOK = 7
"""From so many chapters on it is a book, with a cover and contents."""
USUAL: dict[str, Any] = {"size": 10.5, "leading": 0.75, "margin": 25, "gap": 1.6, "inset": 4}
CLOSE: dict[str, Any] = {"size": 9.5, "leading": 0.55, "margin": 18, "gap": 1.1, "inset": 2.6}


def publication_pdf(publication: Publication, *, is_close: bool = False) -> Paper:
    """The paper as PDF; `is_close` sets it closely, as a sheet of one page. Raises PaperRefused."""
    is_book = len(publication.parts) >= BOOK and not is_close
    facts = {
        "title": printable(publication.title),
        "subtitle": printable(publication.subtitle),
        "town": printable(publication.town),
        "day": japanese_date(publication.day),
        "contents": is_book,
        "parts": [
            {"heading": printable(part.heading), "blocks": [_with_table(block) for block in part.blocks]}
            for part in publication.parts
        ],
    }
    return paper(TEMPLATE, facts | (CLOSE if is_close else USUAL))


def _with_table(block: Block) -> dict[str, Any]:
    """A chart is followed by its figures."""
    return plain(block) | ({"table": table(block.table)} if isinstance(block, Chart) else {})
