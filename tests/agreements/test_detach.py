"""A document is taken off an agreement and put back: kept all the while, told each time, done once."""

from datetime import UTC, datetime

import pytest

from renkei.agreements.models import Attachment
from renkei.agreements.services import Refused, attach, attach_again, detach, publish, withdraw
from renkei.audit.models import Entry
from tests.factories import a_user, an_agreement

pytestmark = pytest.mark.django_db

AT = datetime(2026, 4, 1, 1, 30, tzinfo=UTC)


@pytest.fixture
def attachment():
    return attach(an_agreement(title="見本協定"), b"%PDF-1.7\n%%EOF\n", name="協定書.pdf", actor=None)


def states():
    return Attachment.objects.attached().count(), Attachment.objects.detached().count()


def test_it_is_taken_off_and_put_back(attachment):
    clerk = a_user()
    detach(attachment, at=AT, actor=clerk)
    assert (states(), Attachment.objects.get().detached_at) == ((0, 1), AT)
    attach_again(attachment, actor=clerk)
    assert states() == (1, 0)
    assert [entry.sentence for entry in Entry.objects.order_by("number")][2:] == [
        "見本 花子が「見本協定」から文書「協定書.pdf」を外しました",
        "見本 花子が「見本協定」に、外した文書「協定書.pdf」を戻しました",
    ]
    with attachment.document.content.open() as kept:
        assert kept.read() == b"%PDF-1.7\n%%EOF\n"


def test_of_two_who_press_one_is_told(attachment):
    seen_before = Attachment.objects.get()
    detach(attachment, at=AT, actor=None)
    with pytest.raises(Refused, match="すでに外されています"):
        detach(seen_before, at=AT, actor=None)
    seen_before = Attachment.objects.get()
    attach_again(attachment, actor=None)
    for late in (seen_before, attachment):
        with pytest.raises(Refused, match="すでに添付されています"):
            attach_again(late, actor=None)
    assert Entry.objects.count() == 4


def test_each_step_tells_the_document_before_and_after(attachment):
    detach(attachment, at=AT, actor=None)
    attach_again(attachment, actor=None)
    events = ("agreement.attached", "agreement.detached", "agreement.attached_again")
    entries = Entry.objects.filter(event__in=events).order_by("number")
    told = [entry.changes["agreements.attachment"] for entry in entries]
    assert told == [[[], ["協定書.pdf"]], [["協定書.pdf"], []], [[], ["協定書.pdf"]]]


def test_showing_and_hiding_is_told_with_before_and_after():
    agreement = an_agreement()
    publish(agreement, actor=None)
    withdraw(agreement, actor=None)
    told = Entry.objects.filter(event__in=("agreement.published", "agreement.withdrawn")).order_by("number")
    assert [entry.changes for entry in told] == [
        {"agreements.agreement.is_published": [False, True]},
        {"agreements.agreement.is_published": [True, False]},
    ]
