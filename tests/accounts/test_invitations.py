"""An invitation lets one person in, once, for a week, into one town."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import signing
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from renkei.accounts import lock_out
from renkei.accounts.links import SALT, Purpose, SignInLink, link_of
from renkei.accounts.models import Role, User
from renkei.audit.models import Entry
from renkei.municipalities.daily import daily_work
from renkei.people.services.access import deactivate
from renkei.people.services.invitations import (
    InvitationRefused,
    enter_by_link,
    forgotten_link,
    invite,
    new_link,
)
from renkei.people.services.sign_in import LockedOut, Visit
from tests.factories import a_division, a_municipality, a_user

NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
PASSWORD = "a-password-of-ones-own"


def an_invitation(**changed) -> SignInLink:
    facts = {
        "municipality": a_municipality(), "sign_in_name": "shinjin", "name": "見本 新", "role": Role.RESPONSIBLE,
        "starts_on": date(2026, 4, 1), "actor": None, "at": NOON,
    }  # fmt: skip
    return invite(**(facts | changed))


@pytest.mark.django_db
def test_whoever_is_invited_chooses_the_password_and_holds_the_role_from_its_day():
    division = a_division()
    link = an_invitation(division=division)
    assert not link.user.has_usable_password()
    user = enter_by_link(link_of(link.token, at=NOON), password=PASSWORD, at=NOON)
    assert user.check_password(PASSWORD)
    assert user.works_for(division, day=date(2026, 4, 1))
    assert not user.works_for(division, day=date(2026, 3, 31))
    assert [entry.event for entry in Entry.objects.order_by("number")] == ["person.invited", "person.joined"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "later, is_open", [(timedelta(0), True), (WEEK - timedelta(seconds=1), True), (WEEK, False)]
)
def test_a_link_is_open_for_a_week(later, is_open):
    assert (link_of(an_invitation().token, at=NOON + later) is not None) is is_open


@pytest.mark.django_db
@pytest.mark.parametrize("forged", ["", "x", "{id}", "{id}:", "{id}:forged", "{other}"])
def test_knowing_the_database_makes_no_link(forged):
    link = an_invitation()
    other = signing.Signer(salt="another").sign(link.public_id)
    assert link_of(forged.format(id=link.public_id, other=other), at=NOON) is None
    assert link_of(signing.Signer(salt=SALT).sign(link.public_id), at=NOON) == link


@pytest.mark.django_db
def test_a_link_is_used_once_and_a_newer_one_replaces_it():
    link = an_invitation()
    newer = new_link(link.user, actor=None, at=NOON)
    assert link_of(link.token, at=NOON) is None
    enter_by_link(newer, password=PASSWORD, at=NOON)
    with pytest.raises(InvitationRefused, match="使い終わって"):
        enter_by_link(newer, password="another-password-entirely", at=NOON)
    assert User.objects.get(sign_in_name="shinjin").check_password(PASSWORD)


@pytest.mark.django_db
def test_a_weak_password_does_not_use_the_link():
    link = an_invitation()
    with pytest.raises(InvitationRefused):
        enter_by_link(link, password="short", at=NOON)
    assert link_of(link.token, at=NOON)


@pytest.mark.django_db
def test_an_invitation_of_another_town_leads_nowhere_else():
    theirs = a_municipality("011002")
    with pytest.raises(InvitationRefused, match="ほかの自治体の課"):
        an_invitation(division=a_division(municipality=theirs))
    link = an_invitation(municipality=theirs, sign_in_name="yoso")
    assert enter_by_link(link, password=PASSWORD, at=NOON).municipality == theirs
    assert not SignInLink.objects.of(a_municipality()).exists()


@pytest.mark.django_db
def test_a_name_is_given_once():
    an_invitation()
    with pytest.raises(InvitationRefused, match="すでに使われています"):
        an_invitation()


@pytest.mark.django_db
def test_the_link_of_somebody_who_may_not_come_in_any_more_is_dead():
    link = an_invitation()
    deactivate(link.user, actor=None, day=NOON.date())
    assert link_of(link.token, at=NOON) is None
    with pytest.raises(InvitationRefused, match="使えない職員"):
        new_link(link.user, actor=None, at=NOON)


@pytest.mark.django_db
def test_a_forgotten_password_gets_a_link_of_an_hour_three_times_at_most():
    user = a_user()
    User.objects.update(email="tanto@example.jp")
    link = forgotten_link("tanto", Visit(NOON, "192.0.2.1"))
    assert link.purpose == Purpose.RESET
    assert link_of(link.token, at=NOON + timedelta(minutes=59))
    assert link_of(link.token, at=NOON + timedelta(minutes=60)) is None
    assert forgotten_link("nobody", Visit(NOON, "192.0.2.1")) is None
    forgotten_link("tanto", Visit(NOON, "192.0.2.2"))
    forgotten_link("tanto", Visit(NOON, "192.0.2.3"))
    with pytest.raises(LockedOut):
        forgotten_link("tanto", Visit(NOON, "192.0.2.4"))
    assert user.sign_in_links.open_at(NOON).count() == 1


@pytest.mark.django_db
def test_the_first_administrator_of_an_empty_installation_comes_in_by_a_command(client, capsys):
    assert not User.objects.exists()
    call_command("invite", "012041", "kanri", "見本 管理", address="https://kyotei.example.jp/")
    link = capsys.readouterr().out.strip()
    assert link.startswith("https://kyotei.example.jp/desk/sign-in/links/")
    page = link.removeprefix("https://kyotei.example.jp")
    client.post(page, {"new_password": PASSWORD, "password_again": PASSWORD})
    assert client.get("/desk/").status_code == 200
    administrator = User.objects.get()
    assert administrator.municipality.takes_part
    assert administrator.holds(Role.ADMINISTRATOR, day=timezone.localdate())
    with pytest.raises(CommandError, match="すでに使われています"):
        call_command("invite", "012041", "kanri", "見本 管理")
    with pytest.raises(CommandError, match="自治体がありません"):
        call_command("invite", "999999", "x", "x")


@pytest.mark.django_db
def test_the_daily_work_forgets_what_is_over():
    old = an_invitation(at=NOON - timedelta(days=40))
    young = an_invitation(sign_in_name="second")
    lock_out.take_a_try("old", at=NOON - timedelta(days=2))
    lock_out.take_a_try("young", at=NOON)
    daily_work.send(sender=None, municipality=a_municipality(), day=NOON.date(), now=NOON)
    assert list(SignInLink.objects.all()) == [young]
    assert old.pk != young.pk
    assert [tries.key for tries in lock_out.Tries.objects.all()] == ["young"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_at_once_one_comes_in():
    link, outcomes, start = an_invitation(), [], threading.Barrier(2)

    def press(password: str) -> None:
        start.wait()
        try:
            enter_by_link(
                SignInLink.objects.select_related("user").get(pk=link.pk), password=password, at=NOON
            )
            outcomes.append(password)
        except InvitationRefused:
            outcomes.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(f"{PASSWORD}-{one}",)) for one in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    winner = [one for one in outcomes if one]
    assert len(outcomes) == 2
    assert len(winner) == 1
    assert User.objects.get(sign_in_name="shinjin").check_password(winner[0])
