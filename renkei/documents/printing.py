"""PDF of what we write in Word: the same paper, archivable and readable aloud, from the same file."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from renkei.documents.contents import AgreementText
from renkei.documents.paper import Paper, PaperRefused, paper
from renkei.documents.word.letters import printable
from renkei.documents.word.writing import agreement_word

logger = logging.getLogger(__name__)
TEMPLATE = Path(__file__).parent / "printing.typ"


def word_pdf(word: bytes, *, title: str, town: str, digests: Sequence[str] = ()) -> Paper:
    """The PDF of a Word file that we made or filled; raises PaperRefused for what cannot be printed from it.

    `digests` are printed at its end: of what the text was made from.
    """
    import typst

    from renkei.documents.word.blocks import unprinted

    names = {"title": printable(title), "town": printable(town)}
    facts = {**names, "digests": list(digests), **_blocks(word)}
    try:
        return paper(TEMPLATE, facts)
    except typst.TypstError as error:
        logger.warning("A Word file cannot be set as a paper: %s", error)
        raise PaperRefused(unprinted()) from error


def _blocks(word: bytes) -> dict[str, Any]:
    """What is to be set; a town's own template may be written in ways that Word itself never writes."""
    from renkei.documents.word.blocks import blocks_of, unprinted

    try:
        return blocks_of(word)
    except PaperRefused:
        raise
    except (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError) as error:
        logger.warning("A Word file cannot be read for printing: %s", error)
        raise PaperRefused(unprinted()) from error


def agreement_pdf(text: AgreementText, *, town: str, day: str = "", digests: Sequence[str] = ()) -> Paper:
    """The PDF of an agreement, laid out as its Word file is; `day` is the day of signing in words."""
    return word_pdf(agreement_word(text, town=town, day=day), title=text.title, town=town, digests=digests)
