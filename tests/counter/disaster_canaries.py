"""What each side of the canaries' world does in a disaster, and its links without an account."""

from datetime import timedelta

from django.utils import timezone

from renkei.agreements.models import Agreement
from renkei.disasters.checks import links as check_links
from renkei.disasters.contacts import message_links
from renkei.disasters.incidents import answer_links
from renkei.disasters.models import ContactCampaign, ContactCheck, HelpRequest, TestMessage
from tests.disaster_factories import (
    AT,
    a_call,
    a_capability,
    a_contact,
    a_contact_campaign,
    a_contact_check,
    a_district,
    a_need,
    a_request,
    a_step,
    an_incident,
    the_partner,
)

LINKS = {
    "help_request_answer": "answer_link",
    "contact_test": "test_link",
    **{f"contact_check{page}": "check_link" for page in ("", "_change", "_done", "_paper")},
}
"""Addresses that a link opens without an account: whoever has the token may, and each token is for one town."""


def the_disaster(agreement: Agreement, words: str, secret: str) -> None:
    """What the partner may read says the words; what is the town's own is a secret."""
    town = agreement.municipality
    contact = a_contact(agreement, unit=words, name=words, note=words, failed_note=secret, verified_by=secret)
    a_capability(
        agreement, goods=words, source_text=secret, cost_note=secret, hours_note=secret, asking_channel=secret
    )
    campaign = ContactCampaign.objects.filter(municipality=town).first() or a_contact_campaign(agreement)
    check = a_contact_check(agreement, campaign, answered_by=words, email=f"{contact.public_id}@example.com")
    check.calls.create(called=secret, spoke_with=secret, note=secret, at=AT, outcome="reached")
    TestMessage.objects.create(
        municipality=town, contact=contact, address="kinkyu@example.com", sent_at=timezone.now()
    )
    incident = an_incident(town, title=words, summary=secret, review=secret)
    need = a_need(
        incident, goods=words, said=secret, told_by=secret, note=secret, district=a_district(town, name=words)
    )
    asked = a_request(agreement, need, conditions=words, wanted=words, sent_to="a@example.com", sent_at=AT)
    a_step(asked, told_by=secret, note=secret)
    a_call(asked, called=secret, spoke_with=secret, note=secret)
    incident.notes.create(text=secret, at=AT, received_at=AT)


def links_of(agreement: Agreement) -> dict[str, str]:
    """The tokens of the side's links."""
    partner = the_partner(agreement)
    asked = HelpRequest.objects.get(organisation=partner)
    until = timezone.now() + timedelta(days=1)
    return {
        "answer_link": answer_links.token_of(asked, until=until),
        "test_link": message_links.token_of(TestMessage.objects.get(contact__organisation=partner)),
        "check_link": check_links.token_of(ContactCheck.objects.get(organisation=partner)),
    }
