"""Test messages: whether a contact is reached, asked by mail and answered by one button."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.actors import Outsider
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.contacts.chains import TOKYO
from renkei.disasters.contacts.message_links import LASTS, address_of
from renkei.disasters.models import EmergencyContact, TestMessage
from renkei.disasters.refusals import ContactRefused
from renkei.disasters.services.contacts import verify_contacts
from renkei.disasters.vocabulary import ChannelKind, HowVerified
from renkei.municipalities.post import PostedLetter, post

MOST_AT_ONCE = 500


@transaction.atomic
def send_tests(
    contacts: Sequence[EmergencyContact], *, actor: User, at: datetime, site: str = ""
) -> list[TestMessage]:
    """Write to each contact that has a mail address, at most once a day; those that cannot be are left out."""
    if len(contacts) > MOST_AT_ONCE:
        raise ContactRefused(_("一度に送れるのは500件までです。相手方を分けて送ってください。"))
    waiting = untested(contacts, at=at)
    if not waiting:
        raise ContactRefused(
            _("送れる連絡先がありません。メールアドレスがないか、きょうの試験連絡を送り終えています。")
        )
    town = waiting[0][0].municipality
    sent = [
        TestMessage(municipality=town, contact=contact, address=address, sent_at=at, sent_by=actor)
        for contact, address in waiting
    ]
    TestMessage.objects.bulk_create(sent)
    for test in sent:
        post(town, _letter(test, site), now=at)
    record(events.CONTACTS_TESTED, actor, town, municipality=town, count=len(sent))
    return sent


def untested(contacts: Iterable[EmergencyContact], *, at: datetime) -> list[tuple[EmergencyContact, str]]:
    """Those with a mail address who got no test message on the day in Japan, each with the address."""
    midnight = datetime.combine(at.astimezone(TOKYO).date(), time(), TOKYO)
    in_use = [one for one in contacts if one.ended_on is None]
    tested = set(
        TestMessage.objects.filter(contact__in=in_use, sent_at__gte=midnight).values_list(
            "contact", flat=True
        )
    )
    found = ((one, mail_of(one)) for one in in_use if one.pk not in tested)
    return [(one, address) for one, address in found if address]


def mail_of(contact: EmergencyContact) -> str:
    """The contact's first mail address, or ""."""
    return next((one.value for one in contact.channels.all() if one.kind == ChannelKind.MAIL), "")


def key_of(test: TestMessage) -> str:
    """The key of the message's letter in the outbox."""
    return f"contact-test:{test.public_id}"


@transaction.atomic
def answer_test(test: TestMessage, *, at: datetime) -> bool:
    """The receiver pressed the button: the contact is verified; whether this is the first answer."""
    unanswered = TestMessage.objects.filter(pk=test.pk, answered_at=None)
    if not unanswered.update(answered_at=at):
        return False
    test.answered_at = at
    contact = EmergencyContact.objects.select_related("municipality", "organisation").get(pk=test.contact_id)
    town, subject = contact.municipality, contact.organisation or contact.municipality
    who = Outsider(str(contact.organisation or contact.division or town))
    record(events.CONTACT_ANSWERED, who, subject, municipality=town, minutes=test.minutes or 0)
    # An address that is no longer the contact's says nothing about the contact of today.
    if contact.ended_on is None and contact.channels.filter(value=test.address).exists():
        day = at.astimezone(TOKYO).date()
        verify_contacts([contact], on=day, how=HowVerified.TEST, by=str(contact), actor=who)
    return True


def _letter(test: TestMessage, site: str) -> PostedLetter:
    facts = {"town": test.municipality, "days": LASTS.days}
    return PostedLetter(
        key=key_of(test),
        address=test.address,
        name=str(test.contact),
        subject=_("【試験】災害時の緊急連絡先の確認") % facts,
        paragraphs=(
            _("これは試験です。災害は起きていません。") % facts,
            _(
                "%(town)sが、災害のときの緊急連絡先に連絡がつくかを確かめています。"
                "下のページを開いて、「受け取りました」のボタンを押してください。ほかに入力するものはありません。"
            )
            % facts,
            _("このリンクは%(days)s日間使えます。") % facts,
        ),
        links=((_("受け取ったことを知らせる"), address_of(test, site)),),
        is_secret=True,
    )
