"""Chains of contacts: written, verified, not reached, in the order of the hour; and messages that test them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from renkei.audit.actors import Outsider
from renkei.audit.models import Entry
from renkei.disasters.book.whole import book_of
from renkei.disasters.contacts.chains import (
    chain_of,
    chain_of_town,
    chains_of,
    in_use_with_channels,
    is_reached_at_night,
    is_sure_at_night,
)
from renkei.disasters.contacts.facts import ChannelFacts, ContactFacts, facts_of
from renkei.disasters.contacts.lines import NONE, lines_of
from renkei.disasters.contacts.message_links import message_of, token_of
from renkei.disasters.contacts.people import known_people
from renkei.disasters.contacts.state import ContactState
from renkei.disasters.models import ContactCampaign, ContactCheck, EmergencyContact
from renkei.disasters.readiness.gaps import night_partners
from renkei.disasters.readiness.signs import Sign, State
from renkei.disasters.readiness.whole import readiness_of
from renkei.disasters.refusals import ContactRefused
from renkei.disasters.services.contacts import (
    note_failure,
    stamp_of,
    the_chain,
    verify_contacts,
    write_chain,
)
from renkei.disasters.services.removing_contacts import remove_contacts_without_agreement
from renkei.disasters.services.testing import answer_test, send_tests
from renkei.disasters.vocabulary import ChannelKind, Hours, HowVerified, ReachedWhen
from renkei.documents.models import Document
from renkei.documents.services import keep
from renkei.partners.models import Organisation
from renkei.reminders.models import Letter
from renkei.retention.kinds import CONTACTS
from renkei.retention.models import Erasure
from renkei.retention.services.forgetting import forget_contacts_daily
from renkei.retention.services.keeping import hold, lift, set_rule
from tests.disaster_factories import AT, DAY, a_capability, a_contact, a_contact_check, the_partner
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db
NOON = AT + timedelta(hours=9)
"""A Monday at 12:00 in Japan."""
APRIL = date(2024, 4, 10)


def one(unit: str, number: str, when: ReachedWhen = ReachedWhen.ALWAYS, **facts) -> ContactFacts:
    channels = (ChannelFacts(ChannelKind.MOBILE, number),)
    return ContactFacts(unit=unit, channels=channels, reached_when=when, **facts)


@pytest.fixture
def agreement():
    return an_agreement(title="災害時における飲料水の供給に関する協定", form="disaster")


@pytest.fixture
def partner(agreement):
    return the_partner(agreement)


@pytest.fixture
def clerk(agreement):
    return a_user()


def units(chain) -> list[str]:
    return [contact.unit for contact in chain]


def test_a_chain_becomes_what_is_written_and_only_what_changed_is_unverified(partner, clerk):
    told = {"verified_on": APRIL, "verified_how": HowVerified.PAPER, "verified_by": "佐藤"}
    first = [one("守衛室", "0166-00-0001", **told), one("総務部長", "090-0000-0001", **told)]
    guard, head = write_chain(partner, [*first, one("工場長", "090-0000-0003")], actor=clerk, at=AT)[:2]
    assert guard.verified_how == HowVerified.PAPER
    changed = replace(facts_of(guard), channels=(ChannelFacts(ChannelKind.PHONE, "０１６６(００)０００２"),))
    chain = write_chain(partner, [facts_of(head), changed, one("社長", "090-0000-0004")], actor=clerk, at=AT)
    assert [(each.unit, each.state(DAY)) for each in chain] == [
        ("総務部長", ContactState.VERIFIED),
        ("守衛室", ContactState.NEVER),
        ("社長", ContactState.NEVER),
    ]
    assert [each.public_id for each in chain[:2]] == [head.public_id, guard.public_id]
    assert str(chain[1].channels.get()) == "電話 0166-00-0002"
    assert EmergencyContact.objects.get(unit="工場長").ended_on == DAY
    entry = Entry.objects.filter(event="disasters.contacts_written").latest("number")
    assert "追加1、変更1、外した1、順番1" in entry.sentence
    assert "090-0000-0001" not in str([each.facts for each in Entry.objects.all()])


def test_the_second_of_two_who_write_is_told_and_nothing_is_lost(partner, clerk):
    write_chain(partner, [one("守衛室", "0166-00-0001")], actor=clerk, at=AT)
    seen = stamp_of(the_chain(partner.municipality, partner, None))
    write_chain(partner, [one("総務部長", "090-0000-0001")], actor=clerk, at=AT, seen=seen)
    with pytest.raises(ContactRefused, match="先に変更しました"):
        write_chain(partner, [one("社長", "090-0000-0002")], actor=clerk, at=AT, seen=seen)
    with pytest.raises(ContactRefused, match="電話番号が一つもありません"):
        write_chain(partner, [], actor=clerk, at=AT)
    assert units(chain_of(partner, None, at=AT)) == ["総務部長"]


def test_a_contact_of_another_partner_is_not_taken_over_by_its_id(partner, clerk):
    other = a_contact(an_agreement(partners=("別の会社",)))
    with pytest.raises(ContactRefused, match="先に外した"):
        write_chain(partner, [facts_of(other)], actor=Outsider("株式会社見本"), at=AT)


def test_at_night_those_who_answer_at_night_are_called_first(
    agreement, partner, clerk, django_assert_num_queries
):
    rows = [
        one("代表", "0166-00-0001", ReachedWhen.DAY),
        one("守衛室", "0166-00-0002"),
        one("総務部長", "090-0000-0003", ReachedWhen.NIGHT),
    ]
    write_chain(partner, rows, actor=clerk, at=AT)
    write_chain(partner, [one("配送所", "090-0000-0004")], agreement=agreement, actor=clerk, at=AT)
    assert units(chain_of(partner, agreement, at=AT)) == ["配送所", "総務部長", "守衛室", "代表"]
    assert units(chain_of(partner, None, at=NOON)) == ["代表", "守衛室", "配送所", "総務部長"]
    assert units(chain_of(partner, an_agreement(title="別の協定"), at=NOON)) == ["代表", "守衛室", "総務部長"]
    night = EmergencyContact.objects.get(unit="総務部長")
    note_failure(night, on=DAY, note="鳴るだけ", actor=clerk)
    with django_assert_num_queries(2):
        chain = chains_of([partner], at=AT)[partner.pk]
        assert next(each.channels.all()[0].link for each in chain) == "tel:0166000002"
    assert units(chain) == ["守衛室", "配送所", "代表", "総務部長"]
    assert is_reached_at_night(chain)
    write_chain(partner, [one("代表", "0166-00-0001", ReachedWhen.DAY)], actor=clerk, at=AT)
    write_chain(partner, [], agreement=agreement, actor=clerk, at=AT)
    assert not is_reached_at_night(chain_of(partner, agreement, at=AT))


def test_a_failure_counts_until_somebody_verifies_the_contact_again(agreement, partner, clerk):
    contact = a_contact(agreement)
    verify_contacts([contact], on=APRIL, how=HowVerified.TELEPHONE, by="佐藤", actor=clerk)
    assert contact.state(APRIL + timedelta(days=365)) == ContactState.VERIFIED
    assert contact.state(APRIL + timedelta(days=366)) == ContactState.OLD
    note_failure(contact, on=DAY, note="使われていない番号", actor=clerk)
    verify_contacts([contact], on=DAY - timedelta(days=3), how=HowVerified.PAPER, by="", actor=clerk)
    assert contact.state(DAY) == ContactState.FAILED
    (line,) = lines_of(partner.municipality, DAY)
    assert (line.state, line.failed, line.is_reached_at_night) == (ContactState.FAILED, 1, False)
    verify_contacts([contact], on=DAY, how=HowVerified.TELEPHONE, by="佐藤", actor=clerk)
    contact.refresh_from_db()
    assert (contact.state(DAY), contact.verified_on) == (ContactState.VERIFIED, DAY)
    stale = EmergencyContact.objects.get(pk=contact.pk)
    verify_contacts([contact], on=DAY, how=HowVerified.TELEPHONE, by="", actor=clerk)
    with pytest.raises(ContactRefused, match="先に変更しました"):
        note_failure(stale, on=DAY, note="", actor=clerk)


def test_contacts_gaps_and_book_agree_on_who_is_reached_at_night_and_of_whom_that_is_sure(agreement, partner):
    """Reachable: for the night, with a telephone, not failed. Sure: also verified within a year."""
    radio = ((ChannelKind.RADIO, "見本1"),)
    people = {
        "確か": {"reached_when": ReachedWhen.NIGHT, "verified_on": APRIL},
        "一年ちょうど": {"verified_on": DAY - timedelta(days=365)},
        "古い": {"verified_on": DAY - timedelta(days=366)},
        "昼だけ": {"reached_when": ReachedWhen.DAY, "verified_on": APRIL},
        "無線だけ": {"verified_on": APRIL, "channels": radio},
        "確かめた日に不通": {"verified_on": APRIL, "failed_on": APRIL},
        "後で不通": {"verified_on": APRIL, "failed_on": DAY},
        "不通の後に確認": {"verified_on": DAY, "failed_on": APRIL},
        "未確認": {"verified_on": None},
    }
    for name, facts in people.items():
        signed = an_agreement(title=f"{name}の協定", partners=(name,), form="disaster")
        a_capability(signed, hours=Hours.ALWAYS)
        a_contact(signed, **facts)
    town = agreement.municipality
    reached = {str(line.partner) for line in lines_of(town, DAY) if line.is_reached_at_night}
    assert reached == {"確か", "一年ちょうど", "古い", "不通の後に確認", "未確認"}
    sure = {"確か", "一年ちょうど", "不通の後に確認"}
    every = in_use_with_channels(EmergencyContact.objects.all())
    assert {str(each.organisation) for each in every if is_sure_at_night(each, DAY)} == sure
    names = dict(Organisation.objects.values_list("pk", "name"))
    assert {names[key] for key in night_partners(town, DAY)} == sure
    ready = readiness_of(town, DAY).agreements
    fulfilled = {one.agreement.title for one in ready if one.signs[Sign.CONTACTS].state == State.FULFILLED}
    assert fulfilled == {f"{name}の協定" for name in sure}
    (function,) = book_of(town, DAY).functions
    rows = function["rows"]
    assert {one["name"] for one in rows if one["has_night"]} == reached
    assert {one["name"] for one in rows if one["is_sure"]} == sure
    assert {one["name"] for one in rows[:3]} == sure, "the surest come first"


def test_a_merged_partners_contacts_come_after_the_partners_own(agreement, partner, clerk):
    former = a_contact(an_agreement(partners=("見本商店",)), unit="旧店長")
    a_contact(agreement, unit="守衛室")
    Organisation.objects.filter(pk=former.organisation_id).update(merged_into=partner)
    assert units(chain_of(partner, None, at=AT)) == ["守衛室", "旧店長"]
    assert units(chains_of([partner], at=AT)[partner.pk]) == ["守衛室", "旧店長"]
    lines = {line.partner: len(line.contacts) for line in lines_of(partner.municipality, DAY)}
    assert lines[partner] == 2


def test_partners_longest_unverified_come_first_and_the_towns_own_are_apart(agreement, partner, clerk):
    old = an_agreement(partners=("古い会社",), form="disaster")
    nobody = an_agreement(partners=("空の会社",), form="disaster", division=a_division())
    a_contact(agreement)
    a_contact(old, verified_on=date(2022, 4, 1))
    own = one("危機管理監", "090-0000-0009", division_id=nobody.division_id)
    write_chain(None, [own], actor=clerk, at=AT)
    found = lines_of(agreement.municipality, DAY)
    assert [(str(line.partner), line.state) for line in found] == [
        ("空の会社", NONE),
        ("古い会社", ContactState.OLD),
        ("株式会社見本", ContactState.VERIFIED),
    ]
    assert found[0].divisions == [nobody.division]
    assert units(chain_of_town(agreement.municipality, at=AT)) == ["危機管理監"]
    assert chain_of_town(a_municipality("011002"), at=AT) == []


def test_who_signed_is_offered_and_becomes_no_contact_by_itself(agreement, partner):
    agreement.parties.filter(organisation=partner).update(signatory="代表取締役 見本 太郎", unit="本社")
    assert [(each.name, each.reached_when) for each in known_people(partner, [])] == [
        ("代表取締役 見本 太郎", ReachedWhen.DAY)
    ]
    assert known_people(partner, [a_contact(agreement, name="代表取締役 見本 太郎")]) == []
    assert EmergencyContact.objects.count() == 1


def test_a_test_message_is_sent_once_a_day_and_its_answer_verifies_the_contact(agreement, clerk, settings):
    settings.COUNTER_ADDRESS = "https://renkei.example.jp"
    mail = (ChannelKind.MAIL, "kinkyu@example.com")
    asked, silent = a_contact(agreement, channels=(mail,), verified_on=None), a_contact(agreement)
    (test,) = send_tests([asked, silent], actor=clerk, at=AT)
    letter = Letter.objects.get()
    assert (letter.address, letter.kind) == (mail[1], "invitation")
    assert f"/counter/012041/contact-tests/{token_of(test)}/" in letter.plain
    with pytest.raises(ContactRefused, match="送れる連絡先がありません"):
        send_tests([asked, silent], actor=clerk, at=AT + timedelta(hours=3))
    town = agreement.municipality
    assert message_of(token_of(test)[:-1], town=town, at=AT) is None
    assert message_of(token_of(test), town=a_municipality("011002"), at=AT) is None
    assert message_of(token_of(test), town=town, at=AT + timedelta(days=7)) is None
    known = message_of(token_of(test), town=town, at=AT)
    assert answer_test(known, at=AT + timedelta(minutes=12))
    assert not answer_test(known, at=AT + timedelta(minutes=50))
    asked.refresh_from_db()
    assert (known.minutes, asked.verified_how, asked.state(DAY)) == (12, HowVerified.TEST, "verified")
    assert len(send_tests([asked], actor=clerk, at=AT + timedelta(days=1))) == 1


def test_an_answer_from_an_address_that_is_no_longer_theirs_verifies_nobody(agreement, partner, clerk):
    mail = (ChannelKind.MAIL, "kinkyu@example.com")
    contact = a_contact(agreement, channels=((ChannelKind.MOBILE, "090-0000-0001"), mail))
    (test,) = send_tests([contact], actor=clerk, at=AT)
    write_chain(partner, [one("総務部長", "090-0000-0001", public_id=contact.public_id)], actor=clerk, at=AT)
    assert answer_test(test, at=AT)
    contact.refresh_from_db()
    assert contact.verified_on is None


def test_contacts_that_were_taken_out_go_when_the_time_that_the_town_set_is_over(agreement, partner, clerk):
    town, later = agreement.municipality, date(2026, 4, 1)
    gone, kept = a_contact(agreement, unit="前の部長"), a_contact(agreement, unit="新しい部長")
    write_chain(partner, [facts_of(kept)], actor=clerk, at=AT)
    words = ["前の部長 いつでも 携帯電話 090-0000-0001"]
    check = a_contact_check(
        agreement, answered_at=AT, answer={"before": {"contacts": words}, "withdrawn": ["水"]}
    )
    papers = [keep(b"%PDF-1.7", name=f"調査票{place}.pdf", municipality=town) for place in (1, 2)]
    other = an_agreement(title="係争中の協定", partners=("係争の相手",))
    disputed = a_contact_check(other, check.campaign, answered_at=AT, paper=papers[1])
    ContactCheck.objects.filter(pk=check.pk).update(paper=papers[0])
    ContactCampaign.objects.update(closed_at=AT)
    placed = hold(other, until=None, reason="係争中", actor=clerk, day=DAY)
    forget_contacts_daily(None, town, later)
    assert EmergencyContact.objects.count() == 2, "a town that has set no time keeps them"
    set_rule(town, CONTACTS, 1, reason="個人情報の保護", actor=clerk)
    forget_contacts_daily(None, town, later - timedelta(days=1))
    assert EmergencyContact.objects.filter(pk=gone.pk).exists(), "counted from the fiscal year after"
    forget_contacts_daily(None, town, later)
    assert list(EmergencyContact.objects.all()) == [kept]
    check.refresh_from_db()
    assert check.answer == {"withdrawn": ["水"]}
    assert check.paper is None
    assert list(Document.objects.all()) == [papers[1]], "what is held stays"
    assert Erasure.objects.filter(name=papers[0].content.name).exists(), "the file itself goes"
    told = Entry.objects.filter(event="disasters.contacts_forgotten").get().sentence
    assert "緊急連絡先1件" in told
    assert "090" not in told
    forget_contacts_daily(None, town, later)
    assert Entry.objects.filter(event="disasters.contacts_forgotten").count() == 1
    lift(placed, at=AT, reason="和解した", actor=clerk)
    forget_contacts_daily(None, town, later)
    disputed.refresh_from_db()
    assert disputed.paper is None
    assert not Document.objects.exists()
    entries = Entry.objects.filter(event="disasters.check_papers_forgotten")
    assert ["スキャン1件を消しました" in one.sentence for one in entries] == [True, True]


def test_contacts_go_when_the_partners_last_agreement_is_disposed_of(agreement, partner, clerk):
    a_contact(agreement)
    other = an_agreement(title="別の協定")
    for last in (agreement, other):
        remove_contacts_without_agreement([partner])
        assert EmergencyContact.objects.exists()
        last.parties.all().delete()
    remove_contacts_without_agreement([partner])
    assert not EmergencyContact.objects.exists()
