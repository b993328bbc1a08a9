"""Where the words stand that an agreement was found by: an excerpt of a text, or of a page of a document."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from renkei.documents.page_texts import PDF, SLIDES, WORKBOOK
from renkei.rules.ngrams import Query, folded_text, highlight_spans
from renkei.search.attached import AttachedPage, attached_pages

AROUND = 50
"""Letters of a long text shown before and after the first hit."""
_LINE_BREAK = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Hit:
    """A text of an agreement in which the words were found, beside title and partners.

    Of a page of a document, `document` is its public id and `place` what leads to the page behind the address.
    """

    name: str
    text: str
    document: str = ""
    place: str = ""


def excerpt(text: str, span: tuple[int, int]) -> str:
    """The text, or of a long one the part around the hit."""
    start, end = max(span[0] - AROUND, 0), span[1] + AROUND
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def quoted(words: Mapping[int, set[str]], *, internal: bool) -> Iterator[tuple[int, Hit]]:
    """For each agreement its folded words where the attached documents first have them; one query for all."""
    if not words:
        return
    left = {agreement: {*some} for agreement, some in words.items()}
    for page in attached_pages(list(left), internal=internal):
        wanted = left[page.agreement]
        if wanted:
            yield from ((page.agreement, hit) for hit in _on_page(page, wanted))


def _on_page(page: AttachedPage, wanted: set[str]) -> Iterator[Hit]:
    """The excerpts of the page; the words in them are wanted no more."""
    for piece in page.pieces:
        folded = folded_text(piece)
        for word in sorted(word for word in wanted if word in folded):
            if word in wanted:
                hit = _hit(page, flowing(piece), word)
                wanted -= {one for one in wanted if one == word or one in folded_text(hit.text)}
                yield hit


def _hit(page: AttachedPage, text: str, word: str) -> Hit:
    span = next(iter(highlight_spans(text, Query((word,)))), (0, 0))
    place = f"#page={page.page}" if page.media_type == PDF else ""
    return Hit(_named(page), excerpt(text, span), page.document, place)


def _named(page: AttachedPage) -> str:
    """The document's name and where in it the page is; a Word file knows no pages."""
    told = {"name": page.name, "page": page.page}
    if page.media_type == PDF:
        return _("%(name)s %(page)sページ") % told
    if page.media_type == WORKBOOK:
        return _("%(name)s %(page)s枚目のシート") % told
    if page.media_type == SLIDES:
        return _("%(name)s %(page)s枚目のスライド") % told
    return page.name


def flowing(text: str) -> str:
    """The lines one after another; a blank only where letters of Latin words would meet."""
    return _LINE_BREAK.sub(_between_lines, text)


def _between_lines(gap: re.Match[str]) -> str:
    before, after = gap.string[gap.start() - 1 : gap.start()], gap.string[gap.end() : gap.end() + 1]
    return " " if before.isascii() and after.isascii() else ""
