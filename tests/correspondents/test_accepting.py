"""The town says who belongs to a partner; the partner's responsible person says which colleagues come."""

import pytest

from renkei.audit.models import Entry
from renkei.correspondents.links import token_of
from renkei.correspondents.models import Correspondent, CounterLink
from renkei.correspondents.refusals import CorrespondentRefused, EntryRefused
from renkei.correspondents.services.accepting import accept, make_responsible
from renkei.correspondents.services.account import choose_password
from renkei.correspondents.services.closing import close, restore
from renkei.correspondents.services.colleagues import (
    end_access,
    give_back_access,
    hand_responsibility,
    invite,
    invited,
    take_invitation_back,
)
from renkei.correspondents.services.entering import enter_by_link
from renkei.correspondents.services.signing_in import sign_in_with_password
from renkei.procedures.models import Procedure
from renkei.reminders.models import Letter
from tests.factories import a_municipality, a_user
from tests.procedure_factories import AT, a_correspondent, a_partner, a_procedure

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-and-quiet-river"  # noqa: S105


def last_told() -> str:
    return Entry.objects.order_by("number").last().sentence


@pytest.fixture
def clerk():
    return a_user()


@pytest.fixture
def responsible(clerk) -> Correspondent:
    """The responsible person of an accepted partner."""
    return accept(a_correspondent(), a_partner(), clerk, AT)


def test_accepting_opens_the_partners_procedures_ends_the_session_and_makes_the_first_one_responsible(clerk):
    partner, person = a_partner(), a_correspondent()
    theirs = a_procedure(author=a_correspondent(email="boss@example.com", organisation=partner))
    before = person.standing
    assert theirs not in Procedure.objects.seen_by(person)
    assert accept(person, partner, clerk, AT).is_responsible
    assert theirs in Procedure.objects.seen_by(person)
    assert person.standing != before
    assert "担当者と認めました" in Entry.objects.order_by("-number")[1].sentence
    assert accept(person, partner, clerk, AT) == person, "a form sent twice does nothing twice"
    assert Letter.objects.filter(subject__contains="担当者として登録しました").count() == 1
    second = accept(a_correspondent(email="jiro@example.com"), partner, clerk, AT)
    assert not second.is_responsible


def test_nobody_is_accepted_of_another_town_for_two_partners_or_after_the_end(clerk):
    partner, other = a_partner(), a_partner("別の株式会社")
    person = accept(a_correspondent(), partner, clerk, AT)
    with pytest.raises(CorrespondentRefused, match="別のメールアドレス"):
        accept(person, other, clerk, AT)
    stranger = a_correspondent(municipality=a_municipality("011002"))
    with pytest.raises(CorrespondentRefused, match="ほかの自治体"):
        accept(stranger, partner, clerk, AT)
    ended = close(a_correspondent(email="ended@example.com"), clerk, AT)
    with pytest.raises(CorrespondentRefused, match="元に戻して"):
        accept(ended, partner, clerk, AT)


def test_one_person_at_a_time_is_responsible(clerk, responsible):
    second = accept(a_correspondent(email="jiro@example.com"), responsible.organisation, clerk, AT)
    make_responsible(second, clerk, AT)
    responsible.refresh_from_db()
    assert (second.is_responsible, responsible.is_responsible) == (True, False)
    hand_responsibility(second, responsible, AT)
    assert "責任者にしました" in last_told()
    with pytest.raises(CorrespondentRefused, match="責任者だけ"):
        hand_responsibility(second, second, AT)


def test_an_invited_colleague_joins_by_following_the_link(responsible):
    invite(responsible, "jiro@example.com", "見本 次郎", AT)
    (link,) = invited(responsible.organisation, AT)
    colleague = enter_by_link(token_of(link), AT).correspondent
    assert (colleague.organisation, colleague.is_responsible) == (responsible.organisation, False)
    assert "招きに応じ" in last_told()
    with pytest.raises(CorrespondentRefused, match="すでに"):
        invite(responsible, "JIRO@example.com", "", AT)


def test_an_invitation_tells_nothing_about_an_address_that_belongs_to_a_rival(clerk, responsible):
    rival = accept(a_correspondent(email="rival@example.com"), a_partner("別の株式会社"), clerk, AT)
    for email in ("rival@example.com", "nobody@example.com"):
        invite(responsible, email, "", AT)
    assert {one.correspondent.email for one in invited(responsible.organisation, AT)} == {
        "rival@example.com",
        "nobody@example.com",
    }
    link = CounterLink.objects.get(correspondent=rival)
    assert enter_by_link(token_of(link), AT).correspondent.organisation != responsible.organisation


def test_an_invitation_can_be_taken_back(responsible):
    invite(responsible, "jiro@example.com", "", AT)
    link = CounterLink.objects.get()
    take_invitation_back(responsible, link.correspondent, AT)
    with pytest.raises(EntryRefused):
        enter_by_link(token_of(link), AT)


def test_a_colleague_whose_access_ends_is_out_at_once_and_can_come_back(clerk, responsible):
    colleague = accept(a_correspondent(email="jiro@example.com"), responsible.organisation, clerk, AT)
    before = colleague.standing
    end_access(responsible, colleague, AT)
    colleague.refresh_from_db()
    assert (colleague.closed_at, colleague.standing != before) == (AT, True)
    assert colleague not in Correspondent.objects.of_partner(responsible.organisation)
    give_back_access(responsible, colleague, AT)
    colleague.refresh_from_db()
    assert (colleague.closed_at, colleague.standing != before) == (None, True), "old sessions stay ended"


def test_whose_access_the_town_ended_comes_back_by_the_town_alone(clerk, responsible):
    colleague = a_correspondent(email="jiro@example.com", organisation=responsible.organisation)
    close(colleague, clerk, AT, reason="なりすましのおそれ")
    with pytest.raises(CorrespondentRefused, match="市が利用を止めた人"):
        give_back_access(responsible, colleague, AT)
    restore(colleague, clerk, AT)
    end_access(responsible, colleague, AT)
    assert give_back_access(responsible, colleague, AT).closed_at is None


def test_nobody_but_the_responsible_one_manages_and_only_their_own_colleagues(clerk, responsible):
    colleague = accept(a_correspondent(email="jiro@example.com"), responsible.organisation, clerk, AT)
    rival = accept(a_correspondent(email="rival@example.com"), a_partner("別の株式会社"), clerk, AT)
    alone = a_correspondent(email="alone@example.com")
    for who, sentence in ((colleague, "責任者だけ"), (alone, "市が相手方を確かめる")):
        with pytest.raises(CorrespondentRefused, match=sentence):
            invite(who, "new@example.com", "", AT)
    for act in (end_access, hand_responsibility):
        with pytest.raises(CorrespondentRefused, match="同じ会社"):
            act(responsible, rival, AT)
    with pytest.raises(CorrespondentRefused, match="引き継いで"):
        end_access(responsible, responsible, AT)


def test_ending_twice_and_giving_back_what_was_not_ended_are_refused(clerk, responsible):
    close(responsible, clerk, AT)
    with pytest.raises(CorrespondentRefused, match="すでに"):
        close(responsible, clerk, AT)
    assert not restore(responsible, clerk, AT).is_responsible
    with pytest.raises(CorrespondentRefused, match="止めていない"):
        restore(responsible, clerk, AT)


def test_wrong_passwords_unknown_addresses_and_ended_people_get_one_sentence_and_then_wait(clerk):
    town, person = a_municipality(), choose_password(a_correspondent(), PASSWORD)
    assert sign_in_with_password(town, "HANAKO@example.com", PASSWORD, AT) == person
    close(choose_password(a_correspondent(email="ended@example.com"), PASSWORD), clerk, AT)
    a_correspondent(email="none@example.com")
    refusals = set()
    tries = [
        ("hanako@example.com", "x"),
        ("ended@example.com", PASSWORD),
        ("none@example.com", ""),
        ("who@x.jp", "x"),
    ]
    for email, written in tries:
        with pytest.raises(EntryRefused) as refused:
            sign_in_with_password(town, email, written, AT)
        refusals.add(str(refused.value))
    assert len(refusals) == 1
    for _ in range(9):
        with pytest.raises(EntryRefused):
            sign_in_with_password(town, "hanako@example.com", "wrong", AT)
    with pytest.raises(EntryRefused, match="30分"):
        sign_in_with_password(town, "hanako@example.com", PASSWORD, AT)


def test_a_weak_password_is_refused_in_words_and_a_new_one_ends_all_sessions():
    person = a_correspondent()
    before = person.standing
    with pytest.raises(CorrespondentRefused, match="12"):
        choose_password(person, "short")
    assert choose_password(person, PASSWORD).standing != before
