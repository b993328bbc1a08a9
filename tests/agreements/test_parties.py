"""Partners join an agreement that goes on, leave it, and are gone: counted from and until their days."""

from datetime import date

import pytest

from renkei.agreements import services
from renkei.agreements.audience import Audience
from renkei.agreements.facts import PartyFacts
from renkei.agreements.models import Agreement, Ending
from renkei.agreements.seen import in_force_by_partner
from renkei.agreements.vocabulary import EndReason
from renkei.audit.models import Entry
from renkei.partners.models import Organisation
from renkei.reports.figures import partners_on
from tests.factories import a_municipality, an_agreement

pytestmark = pytest.mark.django_db

JOINED, LEFT = date(2024, 6, 1), date(2025, 3, 31)


def the_town() -> Audience:
    return Audience.staff(a_municipality())


@pytest.fixture
def agreement() -> Agreement:
    """One text with two partners, in force since April 2024."""
    return an_agreement(partners=("見本銀行", "見本信用金庫"))


def party(agreement: Agreement, name: str):
    return agreement.parties.get(name_as_signed=name)


@pytest.mark.parametrize("day, count", [("2024-05-31", 2), ("2024-06-01", 3)])
def test_a_partner_counts_from_the_day_on_which_it_joins(agreement, day, count):
    services.join(agreement, [PartyFacts("見本証券")], on=JOINED, actor=None)
    assert partners_on(the_town(), date.fromisoformat(day)) == count


@pytest.mark.parametrize("day, count", [("2025-03-31", 2), ("2025-04-01", 1)])
def test_a_partner_counts_to_the_day_on_which_it_leaves(agreement, day, count):
    services.leave(agreement, party(agreement, "見本銀行"), on=LEFT, actor=None)
    day = date.fromisoformat(day)
    assert partners_on(the_town(), day) == count
    bank = Organisation.objects.get(name="見本銀行")
    assert in_force_by_partner([bank.pk], the_town(), day).get(bank.pk, 0) == count - 1


def test_joining_tells_who_came_with_the_parties_before_and_after(agreement):
    services.join(agreement, [PartyFacts("見本証券")], on=JOINED, actor=None, reason="申出による")
    told = Entry.objects.latest("number")
    assert told.sentence == (
        "システムが「災害時における物資の供給に関する協定」への令和6年6月1日からの加入を記録しました(見本証券)"
    )
    before, after = told.changes["agreements.party"]
    assert (before, after) == (["見本銀行", "見本信用金庫"], ["見本銀行", "見本信用金庫", "見本証券"])
    assert told.reason == "申出による"


def test_who_is_a_party_does_not_join_again(agreement):
    with pytest.raises(services.PartiesRefused, match="すでに当事者です"):
        services.join(agreement, [PartyFacts("見本　銀行")], on=JOINED, actor=None)
    assert Agreement.objects.get(pk=agreement.pk).version == 1


def test_who_left_may_join_again_from_another_day(agreement):
    services.leave(agreement, party(agreement, "見本銀行"), on=LEFT, actor=None)
    services.join(agreement, [PartyFacts("見本銀行")], on=date(2026, 4, 1), actor=None)
    counts = [partners_on(the_town(), day) for day in (LEFT, date(2025, 4, 1), date(2026, 4, 1))]
    assert counts == [2, 1, 2]


def test_the_last_partner_does_not_leave_but_ends_the_agreement(agreement):
    services.leave(agreement, party(agreement, "見本銀行"), on=LEFT, actor=None)
    with pytest.raises(services.PartiesRefused, match="終了を記録する"):
        services.leave(agreement, party(agreement, "見本信用金庫"), on=LEFT, actor=None)


def test_leaving_is_taken_back(agreement):
    services.leave(agreement, party(agreement, "見本銀行"), on=LEFT, actor=None)
    services.stay(agreement, party(agreement, "見本銀行"), actor=None)
    assert party(agreement, "見本銀行").left_on is None
    assert partners_on(the_town(), date(2026, 4, 1)) == 2


@pytest.mark.parametrize("day", ["2024-03-31", "1990-01-01"])
def test_nobody_joins_before_the_agreement_begins(agreement, day):
    with pytest.raises(services.PartiesRefused, match="有効な間の日を入れてください"):
        services.join(agreement, [PartyFacts("見本証券")], on=date.fromisoformat(day), actor=None)
    assert not Organisation.objects.filter(name="見本証券").exists()


def test_the_second_of_two_editors_is_refused(agreement):
    seen = Agreement.objects.get(pk=agreement.pk)
    services.join(agreement, [PartyFacts("見本証券")], on=JOINED, actor=None)
    with pytest.raises(services.ChangedMeanwhile):
        services.leave(seen, party(seen, "見本銀行"), on=LEFT, actor=None)
    assert party(agreement, "見本銀行").left_on is None


def test_a_partner_that_is_gone_ends_and_leaves_what_a_person_chose(agreement):
    alone, other = an_agreement(title="単独", partners=("見本銀行",)), an_agreement(partners=("見本銀行",))
    bank = Organisation.objects.get(name="見本銀行")
    services.partner_gone(bank, {alone: "end", agreement: "leave"}, on=LEFT, actor=None, reason="解散の公告")
    ending = Ending.objects.get()
    assert (ending.agreement, ending.on, ending.reason) == (alone, LEFT, EndReason.PARTNER_GONE)
    assert party(agreement, "見本銀行").left_on == LEFT
    assert Agreement.objects.get(pk=other.pk).version == 1
    assert Organisation.objects.get(pk=bank.pk).dissolved_on == LEFT


def test_if_one_of_them_cannot_be_ended_nothing_is_written(agreement):
    alone = an_agreement(title="単独", partners=("見本銀行",))
    seen = Agreement.objects.get(pk=alone.pk)
    services.publish(alone, actor=None)
    with pytest.raises(services.ChangedMeanwhile):
        services.partner_gone(Organisation.objects.get(name="見本銀行"), {seen: "end"}, on=LEFT, actor=None)
    assert not Ending.objects.exists()
    assert not Organisation.objects.filter(dissolved_on__isnull=False).exists()
