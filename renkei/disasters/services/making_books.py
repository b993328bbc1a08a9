"""Making the disaster book: one of each day of a week is kept, older ones go with their files."""

from datetime import date, datetime
from io import BytesIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.services.claiming import Refused
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.book.whole import TITLE, book_of, book_pdf
from renkei.disasters.models import DisasterBook
from renkei.documents.paper import PaperRefused
from renkei.documents.services import DocumentRefused, forget, keep, look_at
from renkei.municipalities.models import Municipality

KEPT = 7
"""The books of so many days are kept: a week."""


class BookRefused(Refused):
    """The book cannot be made; str() says what stands in the way."""


def make_book(town: Municipality, *, at: datetime) -> DisasterBook:
    """Make the book as of the day and keep it; of the last seven days the last book of each stays, with its file."""
    day = timezone.localdate(at)
    book = book_of(town, day)
    if book.is_empty:
        raise BookRefused(_("災害時の協定が一つもありません。協定を登録してから作ってください。"))
    try:
        content = book_pdf(book).content
        look_at(content)
    except (PaperRefused, DocumentRefused) as refusal:
        raise BookRefused(str(refusal)) from refusal
    with transaction.atomic():
        document = keep(
            content,
            name=f"{TITLE}_{town}_{day.isoformat()}.pdf",
            municipality=town,
            unread_because=_("緊急連絡先のある冊子なので、本文は読み取りません。"),
        )
        made = DisasterBook.objects.create(
            municipality=town, day=day, made_at=at, document=document, pages=_pages(content)
        )
        _forget_old(town)
    return made


def _forget_old(town: Municipality) -> None:
    days = set[date]()
    for book in DisasterBook.objects.of(town).select_related("document").order_by("-made_at", "-pk"):
        if book.day not in days and len(days) < KEPT:
            days.add(book.day)
            continue
        document = book.document
        book.delete()
        forget(document)


def _pages(content: bytes) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(BytesIO(content)) as paper:
        return len(paper)


@transaction.atomic
def take_book(book: DisasterBook, *, actor: User) -> DisasterBook:
    """Tell that somebody takes the book, with all its names and numbers, out of the house."""
    record(events.BOOK_TAKEN, actor, book, municipality=book.municipality)
    return book
