"""Of the disaster book: one book, and the addresses that are about it."""

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.disasters.models import DisasterBook
from renkei.documents.services import keep
from tests.disaster_factories import AT, DAY
from tests.disaster_town.filling import Filled, Work, of

LIST, TOWN, LETTER = "list", "town", "letter"
DESK: dict[str, tuple[str, Filled]] = {
    "disaster_book": (LIST, of()),
    "disaster_book_make": (TOWN, of()),
    "disaster_book_pdf": (LETTER, of("book")),
}
COUNTER: dict[str, Filled] = {}
NOT_PAGES: set[str] = {"disaster_book_pdf"}
ONLY_SENT: set[str] = {"disaster_book_make"}


def made(agreement: Agreement, clerk: User, work: Work) -> Work:
    """A book of one page."""
    document = keep(b"%PDF-1.7", name="防災冊子.pdf", municipality=agreement.municipality)
    book = DisasterBook.objects.create(
        municipality=agreement.municipality, day=DAY, made_at=AT, document=document, pages=1
    )
    return {"book": book}
