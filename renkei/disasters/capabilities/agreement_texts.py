"""The texts of the documents that hang on agreements, as far as they have been read."""

from collections import defaultdict
from collections.abc import Sequence

from renkei.agreements.models import Agreement, Attachment
from renkei.documents.models import PageText

MOST_LETTERS = 60_000
"""Letters of one document that are read for what a partner does."""


def texts_of(agreements: Sequence[Agreement]) -> dict[int, list[str]]:
    """By agreement the text of each attached document, its pages one after the other."""
    attached = (
        Attachment.objects.attached().filter(agreement__in=[one.pk for one in agreements]).order_by("pk")
    )
    held = list(attached.values_list("agreement", "document"))
    pages: dict[int, str] = defaultdict(str)
    told = PageText.objects.filter(document__in={document for _agreement, document in held})
    for document, text in told.values_list("document", "text"):
        if len(pages[document]) < MOST_LETTERS:
            pages[document] += f"{text}\n"
    found: dict[int, list[str]] = defaultdict(list)
    for agreement, document in held:
        if text := pages.get(document, "").strip():
            found[agreement].append(text)
    return dict(found)
