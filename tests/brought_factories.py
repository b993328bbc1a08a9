"""Files of old agreements that wait to be registered."""

from datetime import UTC, datetime

from renkei.accounts.models import User
from renkei.agreements.models import BroughtDocument
from renkei.documents.models import PageText, TextReading
from renkei.documents.services import keep
from renkei.municipalities.models import Municipality

OF_BROUGHT = ("agreement_brought", "agreement_brought_file", "agreement_brought_drop")
TEXT = "見守りに関する協定書\n（有効期間）\n第１条　この協定の有効期間は、令和６年４月１日から令和７年３月31日までとする。"


def a_brought_one(town: Municipality, by: User | None = None) -> BroughtDocument:
    """A file whose text was read."""
    document = keep(b"%PDF-1.7", name="古い協定書.pdf", municipality=town)
    TextReading.objects.create(document=document, state="read", pages=1)
    PageText.objects.create(document=document, page=1, text=TEXT)
    at = datetime(2026, 4, 1, tzinfo=UTC)
    return BroughtDocument.objects.create(municipality=town, document=document, brought_by=by, brought_at=at)


def arguments_of_brought(one: BroughtDocument) -> dict[str, list[object]]:
    """What fills the addresses of the file."""
    return {name: [one.document.public_id] for name in OF_BROUGHT}
