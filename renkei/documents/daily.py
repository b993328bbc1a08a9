"""What the documents do once a day: what was broken off with its program, reading a text or signatures, is done."""

from datetime import date
from typing import Any

from renkei.documents.models import Document
from renkei.documents.signatures.reports import PDF
from renkei.documents.tasks import check_signatures, read_text
from renkei.municipalities.models import Municipality

MOST = 500
"""Documents of one town on one day; the rest on the next."""


def read_left_over(sender: object, *, municipality: Municipality, day: date, **_given: Any) -> None:
    """Ask again for what nobody has read of documents from before the day; asked twice, it is read once."""
    before = Document.objects.of(municipality).filter(kept_at__date__lt=day).order_by("pk")
    for pk in before.filter(text_reading=None).values_list("pk", flat=True)[:MOST]:
        read_text.enqueue(pk)
    for pk in before.filter(media_type=PDF, signature_report=None).values_list("pk", flat=True)[:MOST]:
        check_signatures.enqueue(pk)
