"""Somebody comes to the counter by a link that works once; nothing tells who is known, and floods end in a sentence."""

import re
from datetime import timedelta

import pytest

from renkei.accounts.lock_out import Tries
from renkei.audit.models import Entry
from renkei.correspondents.daily import forget_what_is_over
from renkei.correspondents.links import link_of, make_link, token_of
from renkei.correspondents.models import Correspondent, CounterLink, Purpose
from renkei.correspondents.refusals import EntryRefused, FloodedToday, TooOften
from renkei.correspondents.services.closing import close, restore
from renkei.correspondents.services.entering import (
    LINKS_FOR_AN_ADDRESS,
    LINKS_FROM_A_PLACE,
    ask_to_enter,
    enter_by_link,
    expect,
)
from renkei.reminders.models import Letter, LetterKind
from tests.factories import a_municipality, a_user
from tests.procedure_factories import AT, a_correspondent, a_procedure

pytestmark = pytest.mark.django_db
SITE = "https://renkei.example.jp"


def ask(email="hanako@example.com", *, at=AT, place="192.0.2.1", town=None) -> None:
    ask_to_enter(
        town or a_municipality(), email, Purpose.ENTER, "/counter/012041/", at, place=place, site=SITE
    )


def token_in(letter: Letter) -> str:
    return re.search(r"https://renkei\.example\.jp/counter/012041/enter/links/(\S+)/", letter.plain)[1]


def test_a_stranger_comes_in_by_the_link_in_the_mail_and_only_once():
    ask()
    letter = Letter.objects.get()
    assert (letter.address, letter.kind) == ("hanako@example.com", LetterKind.INVITATION)
    link = enter_by_link(token_in(letter), AT)
    person = Correspondent.objects.get()
    assert (link.correspondent, person.confirmed_at, link.target) == (person, AT, "/counter/012041/")
    assert "メールアドレスを確かめ" in Entry.objects.get().sentence
    with pytest.raises(EntryRefused, match="使い終わった"):
        enter_by_link(token_in(letter), AT)


def test_the_letter_of_somebody_known_goes_to_the_address_as_it_was_confirmed_whatever_case_is_typed():
    known = a_correspondent(email="Hanako@Example.com")
    ask("hanako@example.COM")
    assert [one.address for one in Letter.objects.all()] == ["Hanako@Example.com"]
    assert Correspondent.objects.get() == known


@pytest.mark.parametrize(
    "spoilt", ["late", "replaced", "forged", "of another key", "closed", "of the database"]
)
def test_a_link_that_is_late_used_replaced_or_forged_lets_nobody_in(spoilt, settings):
    person = a_correspondent()
    link = make_link(person, Purpose.ENTER, at=AT)
    token, at = token_of(link), AT + timedelta(minutes=59)
    assert link_of(token, at=at) == link
    if spoilt == "late":
        at = AT + timedelta(minutes=60)
    elif spoilt == "replaced":
        make_link(person, Purpose.ENTER, at=AT)
    elif spoilt == "forged":
        token = f"{link.public_id}:{'A' * 43}"
    elif spoilt == "of another key":
        settings.SECRET_KEY = "another-key"  # noqa: S105
    elif spoilt == "closed":
        close(person, a_user(), AT)
        restore(person, a_user(sign_in_name="other"), AT)
    else:
        token = link.public_id
    with pytest.raises(EntryRefused):
        enter_by_link(token, at)
    assert not Entry.objects.filter(event__in=["correspondent.entered", "correspondent.confirmed"]).exists()


def test_an_invitation_outlives_somebodys_asking_for_a_link_in_the_persons_name():
    invitation = make_link(a_correspondent(), Purpose.INVITATION, at=AT)
    ask()
    assert link_of(token_of(invitation), at=AT) == invitation


def test_whose_access_was_ended_gets_no_link_and_asking_looks_the_same():
    close(a_correspondent(), a_user(), AT)
    Letter.objects.all().delete()
    ask()
    letter = Letter.objects.get()
    assert "止められています" in letter.plain
    assert "/enter/links/" not in letter.plain


def test_known_unknown_and_ended_addresses_take_the_same_path(django_assert_max_num_queries):
    """What a request asks the database for is what could be measured from outside."""
    a_correspondent(email="known@example.com")
    close(a_correspondent(email="ended@example.com"), a_user(), AT)
    counts = {}
    for email in ("known@example.com", "ended@example.com", "new@example.com"):
        with django_assert_max_num_queries(60) as asked:
            ask(email, place=email)
        counts[email] = len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]])
    assert len(set(counts.values())) == 1, counts


def test_one_address_and_one_place_ask_for_so_many_links_and_then_wait():
    for _ in range(LINKS_FOR_AN_ADDRESS):
        ask(place="")
    with pytest.raises(TooOften, match="30分"):
        ask("ＨＡＮＡＫＯ@example.com", place="198.51.100.1")
    for number in range(LINKS_FROM_A_PLACE):
        ask(f"one{number}@example.com")
    with pytest.raises(TooOften):
        ask("another@example.com")
    ask("another@example.com", place="192.0.2.77")
    ask(at=AT + timedelta(minutes=31))


def test_a_flood_of_strangers_ends_and_those_who_came_before_still_get_their_link(settings):
    settings.COUNTER_LINKS_A_DAY = 3
    a_correspondent(email="known@example.com")
    for number in range(3):
        ask(f"stranger{number}@example.com", place=str(number))
    for email in ("one-more@example.com", "known@example.com"):
        with pytest.raises(FloodedToday, match="電話"):
            ask(email, place=email)
    assert set(Letter.objects.values_list("address", flat=True)) == {
        "known@example.com",
        *(f"stranger{number}@example.com" for number in range(3)),
    }
    ask("one-more@example.com", at=AT + timedelta(days=1, minutes=1), place="later")


def test_coming_in_forgives_the_links_that_were_asked_for():
    for _ in range(LINKS_FOR_AN_ADDRESS):
        ask(place="")
    enter_by_link(token_in(Letter.objects.first()), AT)
    assert Tries.objects.count() == 1
    ask()


def test_a_proposal_by_telephone_lets_its_contact_in_and_keeps_what_the_person_wrote():
    told = {"name": "鈴木 一郎", "company": "別の会社", "target": "/counter/012041/procedures/x/"}
    known = expect(a_municipality(), "hanako@example.com", **told, at=AT, site=SITE)
    assert (known.name, known.confirmed_at) == ("鈴木 一郎", None)
    link = enter_by_link(token_in(Letter.objects.get()), AT + timedelta(days=6))
    assert link.target == "/counter/012041/procedures/x/"
    again = expect(a_municipality(), "HANAKO@example.com", name="佐藤", at=AT)
    assert (again.pk, again.name) == (known.pk, "鈴木 一郎")


def test_old_links_and_addresses_that_were_never_confirmed_are_forgotten_but_for_those_on_whom_something_hangs():
    ask("never@example.com")
    confirmed = a_correspondent(email="confirmed@example.com")
    hanging = a_procedure(author=a_correspondent(email="contact@example.com", name="窓口")).proposal.author
    Correspondent.objects.filter(pk=hanging.pk).update(confirmed_at=None)
    for days, left in ((29, 3), (31, 2)):
        now = AT + timedelta(days=days, hours=1)
        forget_what_is_over(None, municipality=a_municipality(), now=now)
        assert Correspondent.objects.count() == left
    assert not CounterLink.objects.exists()
    assert set(Correspondent.objects.all()) == {confirmed, hanging}
