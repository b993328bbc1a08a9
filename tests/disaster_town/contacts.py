"""Of contacts: one of each record, and the addresses that are about them."""

from django.utils import timezone

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.disasters.contacts.message_links import token_of
from renkei.disasters.models import EmergencyContact, TestMessage
from renkei.disasters.vocabulary import ChannelKind
from tests.disaster_factories import a_contact, the_partner
from tests.disaster_town.filling import Filled, Work, of

DESK: dict[str, tuple[str, Filled]] = {
    "emergency_contacts": ("list", lambda work: []),
    "emergency_contacts_download": ("town", lambda work: []),
    "emergency_contact_tests": ("town", lambda work: []),
    "emergency_contact_town": ("list", lambda work: []),
    "emergency_contact_partner": ("record", of("contact_partner")),
    "emergency_contact_edit": ("partner", of("contact_partner")),
    "emergency_contact_agreement": ("partner", of("contact_partner", "agreement")),
    "emergency_contact_verify": ("partner", of("contact_partner")),
    "emergency_contact_paper": ("letter", of("contact_partner")),
    "emergency_contact_failed": ("partner", of("contact_partner", "emergency_contact")),
}


def the_link(work: Work) -> list[object]:
    """The token of the test message."""
    test = work["test_message"]
    assert isinstance(test, TestMessage)
    return [token_of(test)]


COUNTER: dict[str, Filled] = {"contact_test": the_link}
NOT_PAGES: set[str] = {"emergency_contacts_download"}
ONLY_SENT: set[str] = {"emergency_contact_verify", "emergency_contact_failed"}


def made(agreement: Agreement, clerk: User, work: Work) -> Work:
    """A contact with a mail address, its agreement's own one, the town's own one, and a test that nobody answered."""
    mail = (ChannelKind.MAIL, "kinkyu@example.com")
    contact = a_contact(agreement, channels=((ChannelKind.MOBILE, "090-0000-0001"), mail))
    own = a_contact(agreement, name="佐藤 次郎")
    EmergencyContact.objects.filter(pk=own.pk).update(agreement=agreement)
    a_contact(agreement, organisation=None, unit="危機管理監", name="鈴木 三郎", division=agreement.division)
    test = TestMessage.objects.create(
        municipality=agreement.municipality,
        contact=contact,
        address=mail[1],
        sent_by=clerk,
        sent_at=timezone.now(),
    )
    return {
        "contact_partner": the_partner(agreement),
        "emergency_contact": contact,
        "test_message": test,
    }
