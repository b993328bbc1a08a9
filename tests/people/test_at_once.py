"""Two who change the people of one town at one moment: one after the other, never both at the cost of the town."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from renkei.accounts.models import Assignment, Role
from renkei.audit.models import Entry
from renkei.people.services import transfers
from renkei.people.services.access import AccessRefused, deactivate
from renkei.people.services.roles import end_role, give_role
from renkei.people.services.staffing import PeopleRefused, is_administered_from
from renkei.people.transfers import digest, plan
from tests.factories import a_division, a_municipality, a_user

pytestmark = pytest.mark.django_db(transaction=True)

TODAY, APRIL = date(2026, 3, 2), date(2026, 4, 1)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What becomes of each act when all begin together: "" if it was done, else the refusal."""
    start = Barrier(len(acts))

    def one(act: Callable[[], object]) -> str:
        start.wait()
        try:
            act()
            return ""
        except (PeopleRefused, AccessRefused) as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_of_two_administrators_who_end_each_other_one_stays():
    people = [a_user(role=Role.ADMINISTRATOR, sign_in_name=name) for name in ("kanri", "kanri2")]
    roles = [person.assignments.get() for person in people]
    told = at_once(*(lambda role=role: end_role(role, on=TODAY, actor=None, day=TODAY) for role in roles))
    assert sorted(bool(refusal) for refusal in told) == [False, True]
    assert "管理者がいなくなる日" in max(told)
    assert is_administered_from(a_municipality(), TODAY)


def test_of_two_administrators_who_lock_each_other_out_one_stays():
    one, other = (a_user(role=Role.ADMINISTRATOR, sign_in_name=name) for name in ("kanri", "kanri2"))
    told = at_once(
        lambda: deactivate(one, actor=other, day=TODAY), lambda: deactivate(other, actor=one, day=TODAY)
    )
    assert sorted(bool(refusal) for refusal in told) == [False, True]
    assert is_administered_from(a_municipality(), TODAY)


def test_one_role_given_twice_at_once_is_held_once():
    person, division = a_user(role=Role.READER), a_division()

    def act() -> object:
        return give_role(
            person, role=Role.RESPONSIBLE, division=division, starts_on=APRIL, actor=None, day=TODAY
        )

    assert sorted(map(bool, at_once(act, act))) == [False, True]
    assert Assignment.objects.filter(role=Role.RESPONSIBLE).count() == 1


def test_a_transfer_that_two_decide_at_once_is_carried_out_once():
    old = a_division(name="環境課")
    a_division(name="福祉課")
    a_user(role=Role.RESPONSIBLE, division=old, sign_in_name="kankyo")
    rows = [["サインイン名", "異動後の課"], ["kankyo", "福祉課"]]
    transfer = transfers.bring(a_municipality(), rows, title="春", starts_on=APRIL, actor=None)
    seen = digest(plan(transfer))

    def act() -> object:
        return transfers.decide(transfer, seen=seen, actor=None, at=timezone.now(), day=TODAY)

    assert sorted(map(bool, at_once(act, act))) == [False, True]
    assert Assignment.objects.count() == 2
    assert Entry.objects.filter(event="people.transferred").count() == 1
