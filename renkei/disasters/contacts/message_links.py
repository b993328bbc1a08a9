"""The link of a test message: it stands for one message, and works for a week."""

from datetime import datetime, timedelta

from django.core import signing

from renkei.disasters.models import TestMessage
from renkei.municipalities.models import Municipality
from renkei.municipalities.pages import counter_page

SALT = "renkei.disasters.contacts.message_links"
LASTS = timedelta(days=7)


def token_of(test: TestMessage) -> str:
    """What stands in the address: the message's id, signed, so that knowing the database makes no link."""
    return signing.Signer(salt=SALT).sign(test.public_id)


def address_of(test: TestMessage, site: str = "") -> str:
    """The whole address; `site` is where the desk was asked, if the settings do not say where the counter is."""
    page = f"{test.municipality.code}/contact-tests/{token_of(test)}/"
    return counter_page(page) or (f"{site}/counter/{page}" if site else "")


def message_of(token: str, *, town: Municipality, at: datetime) -> TestMessage | None:
    """The message that the token names while it may be answered; forged, late and other towns' ones are the same."""
    try:
        public_id = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    known = TestMessage.objects.filter(municipality=town, public_id=public_id, sent_at__gt=at - LASTS)
    return known.select_related("municipality", "contact__organisation", "contact__municipality").first()
