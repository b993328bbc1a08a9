"""The pages of the documents that are attached to agreements, as far as they are searched and quoted."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.db.models.functions import Left

from renkei.agreements.models import Attachment
from renkei.rules.ngrams import LONGEST_QUERY, folded_text

MOST_LETTERS = 100_000
"""Letters searched of an agreement's published documents, and as many of its others: some eighty pages of A4."""
PIECE = 4_000
OVERLAP = 2 * LONGEST_QUERY
AT_ONCE = 200
"""Pages read at once."""


@dataclass(frozen=True)
class AttachedPage:
    """A page of a document that is attached to an agreement."""

    agreement: int
    is_published: bool
    document: str
    name: str
    media_type: str
    page: int
    text: str

    @property
    def pieces(self) -> Iterator[str]:
        """The text in pieces that overlap by more than a query: a sheet or a Word file may be very long."""
        for start in range(0, max(len(self.text) - OVERLAP, 1), PIECE - OVERLAP):
            yield self.text[start : start + PIECE]


def attached_pages(ids: Sequence[int], *, internal: bool) -> Iterator[AttachedPage]:
    """The pages of the agreements, in the order of their documents; without `internal` the published ones only.

    A detached document is none. One query, however many agreements are asked for.
    """
    attachments = Attachment.objects.attached().filter(agreement__in=ids, document__page_texts__isnull=False)
    if not internal:
        attachments = attachments.filter(is_published=True)
    rows = attachments.order_by("agreement", "pk", "document__page_texts__page").values_list(
        "agreement", "is_published", "document__public_id", "document__name", "document__media_type",
        F("document__page_texts__page"), Left("document__page_texts__text", MOST_LETTERS),
    )  # fmt: skip
    letters: dict[tuple[int, bool], int] = defaultdict(int)
    for agreement, is_published, document, name, media_type, page, text in rows.iterator(AT_ONCE):
        left = MOST_LETTERS - letters[agreement, is_published]
        if left > 0:
            letters[agreement, is_published] += len(text)
            yield AttachedPage(agreement, is_published, document, name, media_type, page, text[:left])


def folded_pages(ids: Sequence[int]) -> dict[int, tuple[list[str], list[str]]]:
    """The folded pages of each agreement: those for everyone, and those for staff."""
    found: dict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for page in attached_pages(ids, internal=True):
        if folded := folded_text(page.text):
            found[page.agreement][0 if page.is_published else 1].append(folded)
    return found
