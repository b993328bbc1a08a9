"""The table of who may do what says what the real functions answer to real people, for every right and role."""

import csv
import io
from datetime import date, timedelta
from functools import cache

import pytest
from django.urls import reverse
from django.utils import timezone

from renkei.accounts.models import Assignment, Role, User
from renkei.accounts.rights import DECLARED
from renkei.accounts.rights_table import DEPUTY, OTHER, OWN, Held, Invented, rights_of, table
from renkei.desk import urls  # noqa: F401 – every room's rights are declared once its pages are known
from tests.factories import a_division, a_municipality

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 1)
READING = {"history.read"}
"""Rights that only let somebody look."""


@pytest.fixture(scope="module")
def real(django_db_setup, django_db_blocker):
    """A real person for each role and standing, the division that answers, and nothing kept afterwards."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield _people()
        transaction.set_rollback(True)


class Asked:
    """A real person; each question is asked of the database once."""

    def __init__(self, user: User) -> None:
        self.holds, self.works_for = cache(user.holds), cache(user.works_for)


def _people():
    own, other = a_division(name="担当課"), a_division(name="ほかの課")
    people = {
        (role, standing): _person(role, standing, own, other)
        for role in Role
        for standing in (OWN, OTHER, DEPUTY)
    }
    return own, people


def _person(role, standing, own, other) -> User:
    person = User.objects.create_user(f"{role}-{standing}", name="見本", municipality=a_municipality())
    day = TODAY - timedelta(days=30)
    if standing != DEPUTY:
        held = {"division": own if standing == OWN else other}
    else:
        absent = User.objects.create_user(f"{role}-absent", name="不在", municipality=a_municipality())
        Assignment.objects.create(user=absent, role=role, division=own, starts_on=day)
        held = {"division": own, "deputy_for": absent, "ends_on": TODAY}
    Assignment.objects.create(user=person, role=role, starts_on=day, **held)
    return person


def test_the_table_has_every_right_and_answers_as_the_functions_answer_real_people(real):
    own, people = real
    people = {key: Asked(person) for key, person in people.items()}
    lines = table(TODAY)
    assert {line.right.name for line in lines} == set(DECLARED)
    assert len(lines) == len(DECLARED) >= 4
    for line in lines:
        answers = {(answer.role, answer.standing): answer.reason for answer in line.answers}
        assert set(answers) == set(people)
        for key, person in people.items():
            assert answers[key] == line.right.why_not(person, own, TODAY), (line.right.name, key)


def test_no_right_is_left_when_the_roles_are_over(real):
    own, people = real
    day = TODAY + timedelta(days=1)
    for (_role, standing), person in people.items():
        if standing == DEPUTY:
            asked = Asked(person)
            assert [name for name, right in DECLARED.items() if right.why_not(asked, own, day) is None] == []


def test_readers_and_auditors_change_nothing():
    for line in table(TODAY):
        for answer in line.answers:
            if answer.role in (Role.READER, Role.AUDITOR) and line.right.name not in READING:
                assert answer.reason, (line.right.name, answer.role)


def test_each_reason_is_a_sentence_and_each_right_has_its_words():
    for line in table(TODAY):
        assert str(line.right.words)
        assert str(line.right.about)
        for answer in line.answers:
            assert answer.reason is None or answer.reason.endswith("。"), line.right.name


def test_the_rights_of_an_invented_person_follow_the_roles():
    own = a_division(name="環境課")
    clerk = Invented([Held(Role.RESPONSIBLE, own.pk)])
    assert "agreements.change" in rights_of(clerk, own, TODAY)
    assert "agreements.change" not in rights_of(clerk, a_division(name="福祉課"), TODAY)


def test_the_page_and_its_download_show_the_table(client, real):
    _own, people = real
    client.force_login(people[Role.READER, OWN])
    page = client.get(reverse("desk:rights")).content.decode()
    rows = list(csv.reader(io.StringIO(client.get(reverse("desk:rights_csv")).content.decode("utf-8-sig"))))
    lines = table(timezone.localdate())
    assert len(rows) == 1 + sum(len(list(line.answers)) for line in lines)
    for line in lines:
        assert str(line.right.words) in page
        for reason in line.reasons:
            assert reason in page
    told = {(row[1], row[2], row[3]): row[4:] for row in rows[1:]}
    for line in lines:
        for answer in line.answers:
            key = (str(line.right.words), str(answer.role.label), str(answer.standing_words))
            assert told[key] == (["できない", answer.reason] if answer.reason else ["できる", ""])
