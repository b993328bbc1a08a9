"""Ledgers on their way in."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from renkei.ledger.models import Batch
from renkei.ledger.services import bring
from tests.factories import a_municipality

ROWS = (
    "協定名,相手方,締結日",
    "災害時における飲料水の供給に関する協定,見本飲料株式会社,平成28年9月20日",
    "高齢者等の見守り活動に関する協定,,令和2年4月",
    "包括連携協定,見本大学・見本銀行,",
    "※ 締結日は当初のもの",
)
LEDGER = "\n".join(ROWS).encode()
WITHOUT_TITLES = (
    "事業者名,締結日\n株式会社見本商店,R2.4.1\n見本新聞店,R2.4.1\n見本乳業株式会社,R3.5.6\n".encode()
)


def upload(content: bytes = LEDGER, name: str = "台帳.csv") -> dict[str, SimpleUploadedFile]:
    """What the upload form sends."""
    return {"file": SimpleUploadedFile(name, content)}


@pytest.fixture
def batch() -> Batch:
    """A ledger that has been read: two agreements, one waiting row, a header and a note."""
    return brought()


def brought(content: bytes = LEDGER, code: str = "012041") -> Batch:
    """A ledger that has been read for a town."""
    town = a_municipality(code)
    return bring(content, file_name="台帳.csv", municipality=town, listed_on=date(2024, 6, 1), actor=None)
