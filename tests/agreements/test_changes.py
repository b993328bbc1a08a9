"""Publishing, attaching, relating: each change is told once, and the database holds the line."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from renkei.agreements.models import (
    Agreement,
    AgreementField,
    Attachment,
    Field,
    Item,
    Party,
    Relation,
    RenewalRule,
    Term,
)
from renkei.agreements.services import EndRefused, Refused, attach, end, publish, withdraw
from renkei.agreements.vocabulary import EndReason, RelationKind, RenewalKind
from renkei.audit.models import Entry
from renkei.documents.models import Document
from renkei.documents.services import DocumentRefused
from tests.factories import a_user, an_agreement

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%%EOF\n"


def told():
    return [entry.sentence for entry in Entry.objects.order_by("number")]


def test_a_published_agreement_is_seen_until_it_is_withdrawn():
    agreement, clerk = an_agreement(title="見本協定"), a_user()
    publish(agreement, actor=clerk)
    assert list(Agreement.objects.published()) == [agreement]
    withdraw(agreement, actor=clerk)
    assert list(Agreement.objects.published()) == []
    assert told()[1:] == [
        "見本 花子が「見本協定」を公開しました",
        "見本 花子が「見本協定」の公開を取りやめました",
    ]


def test_publishing_what_is_public_changes_and_tells_nothing():
    agreement = an_agreement(published=True)
    publish(agreement, actor=None)
    assert (agreement.version, len(told())) == (1, 1)


def test_the_second_of_two_editors_is_refused_and_tells_nothing():
    first = an_agreement()
    second = Agreement.objects.get(pk=first.pk)
    publish(first, actor=None)
    with pytest.raises(Refused, match="ほかの人が先に変更しました"):
        publish(second, actor=None)
    assert len(told()) == 2
    with pytest.raises(Refused, match="ほかの人が先に変更しました"):
        end(second, on=date(2025, 3, 31), reason=EndReason.BY_BOTH, actor=None)
    assert len(told()) == 2


def test_an_attached_document_is_kept_and_told():
    agreement = an_agreement(title="見本協定")
    attachment = attach(agreement, PDF, name="協定書.pdf", actor=a_user(), label="締結した協定書")
    assert (str(attachment), attachment.is_published) == ("協定書.pdf", False)
    assert Document.objects.get().municipality == agreement.municipality
    assert told()[-1] == "見本 花子が「見本協定」に文書「協定書.pdf」を添付しました"


def test_a_refused_document_leaves_nothing_behind():
    agreement = an_agreement()
    with pytest.raises(DocumentRefused):
        attach(agreement, b"<svg/>", name="図.png", actor=None)
    assert (Document.objects.count(), Attachment.objects.count(), len(told())) == (0, 0, 1)


def test_an_ending_cuts_the_term_and_keeps_the_last_day_as_agreed():
    agreement = an_agreement(starts="2024-04-01", ends="2027-03-31")
    end(agreement, on=date(2025, 6, 30), reason=EndReason.BY_NOTICE, actor=None, note="先方の申出")
    term = agreement.terms.get()
    assert (term.ends_on, term.in_force_until) == (date(2027, 3, 31), date(2025, 6, 30))
    assert agreement.ending.note == "先方の申出"


def test_the_last_day_of_an_agreement_is_none_on_which_it_was_no_longer_in_force():
    agreement = an_agreement(starts="2020-04-01", ends="2021-03-31")
    with pytest.raises(EndRefused, match="令和3年\\(2021年\\)3月31日\\(水\\)で期間が終わる"):
        end(agreement, on=date(2021, 4, 1), reason=EndReason.EXPIRED, actor=None)
    end(agreement, on=date(2021, 3, 31), reason=EndReason.EXPIRED, actor=None)
    assert agreement.terms.get().in_force_until == date(2021, 3, 31)


WRONG = {
    "終期は始期と同じ日か": lambda agreement: Term(
        agreement=agreement, starts_on=date(2024, 4, 2), ends_on=date(2024, 4, 1)
    ),
    "更新の月数は1以上": lambda agreement: RenewalRule(
        agreement=agreement, kind=RenewalKind.AUTOMATIC, months=0
    ),
    "自分自身と関係づける": lambda agreement: Relation(
        agreement=agreement, kind=RelationKind.AMENDS, other=agreement
    ),
    "離脱日は参加日と同じ日か": lambda agreement: Party(
        agreement=agreement,
        position=9,
        name_as_signed="株式会社見本",
        joined_on=date(2024, 4, 2),
        left_on=date(2024, 4, 1),
    ),
}


@pytest.mark.parametrize("sentence", WRONG)
def test_the_database_refuses_what_the_sentence_says(sentence):
    record = WRONG[sentence](an_agreement())
    with pytest.raises(ValidationError, match=sentence):
        record.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        record.save()


def twice_the_main_field(agreement):
    for field in Field.objects.all()[:2]:
        AgreementField.objects.create(agreement=agreement, field=field, is_main=True)


def twice_the_same_item(agreement):
    for _time in range(2):
        Item.objects.create(agreement=agreement, position=1, heading="防災に関すること")


def twice_the_same_party(agreement):
    Party.objects.create(agreement=agreement, position=1, name_as_signed="もう一社")


@pytest.mark.parametrize("twice", [twice_the_main_field, twice_the_same_item, twice_the_same_party])
def test_what_there_can_be_only_once_is_refused_a_second_time(twice):
    agreement = an_agreement()
    with pytest.raises(IntegrityError), transaction.atomic():
        twice(agreement)


def test_every_agreement_has_a_public_id_of_its_own_that_stays():
    agreements = [an_agreement() for _number in range(20)]
    ids = {agreement.public_id for agreement in agreements}
    assert len(ids) == 20 and all(len(one) == 12 for one in ids)
    publish(agreements[0], actor=None)
    assert Agreement.objects.get(pk=agreements[0].pk).public_id == agreements[0].public_id
