"""Several people of a partner take part in a procedure; one of them leads."""

import pytest

from renkei.audit.models import Entry
from renkei.correspondents.services.closing import close
from renkei.procedures.models import Participant
from renkei.procedures.people import participants
from renkei.procedures.services.claiming import ProcedureRefused
from renkei.procedures.services.participants import add, hand_lead, part
from renkei.procedures.vocabulary import Stage
from renkei.reminders.models import Letter
from tests.factories import a_user
from tests.procedure_factories import AT, a_correspondent, a_partner, a_procedure

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return a_partner()


@pytest.fixture
def lead(partner):
    return a_correspondent(organisation=partner)


@pytest.fixture
def colleague(partner):
    return a_correspondent(email="jiro@example.com", name="見本 次郎", organisation=partner)


def test_the_lead_adds_a_colleague_who_is_told_and_can_take_over(lead, colleague):
    procedure = a_procedure(author=lead)
    add(procedure, colleague, by=lead, at=AT)
    add(procedure, colleague, by=lead, at=AT)
    assert participants(procedure) == [lead, colleague]
    assert Letter.objects.filter(address="jiro@example.com").count() == 1
    assert "見本 次郎さんを加えました" in Entry.objects.order_by("number").last().sentence
    with pytest.raises(ProcedureRefused, match="引き継いで"):
        part(procedure, lead, by=lead, at=AT)
    hand_lead(procedure, colleague, by=lead, at=AT)
    assert participants(procedure) == [colleague, lead]
    part(procedure, lead, by=lead, at=AT)
    assert participants(procedure) == [colleague]
    add(procedure, lead, by=colleague, at=AT)
    assert participants(procedure) == [colleague, lead], "whoever parted can come back, and leads no more"


def test_only_the_lead_changes_who_takes_part_and_only_with_colleagues(lead, colleague):
    procedure = a_procedure(author=lead)
    rival = a_correspondent(email="rival@example.com", organisation=a_partner("別の株式会社"))
    with pytest.raises(ProcedureRefused, match="同じ会社"):
        add(procedure, rival, by=lead, at=AT)
    with pytest.raises(ProcedureRefused, match="担当者だけ"):
        add(procedure, colleague, by=colleague, at=AT)
    add(procedure, colleague, by=lead, at=AT)
    for act in (add, hand_lead, part):
        with pytest.raises(ProcedureRefused, match="山田 花子"):
            act(procedure, lead, by=colleague, at=AT)
    unknown = a_procedure(author=a_correspondent(email="new@example.com"))
    with pytest.raises(ProcedureRefused, match="同じ会社"):
        add(unknown, colleague, by=unknown.proposal.author, at=AT)


def test_a_lead_whose_access_was_ended_is_followed_by_a_participant(lead, colleague):
    procedure = a_procedure(author=lead)
    add(procedure, colleague, by=lead, at=AT)
    close(lead, a_user(), AT)
    hand_lead(procedure, colleague, by=colleague, at=AT)
    assert Participant.objects.get(procedure=procedure, is_lead=True).correspondent == colleague


def test_nobody_is_added_to_a_procedure_that_has_ended(lead, colleague):
    procedure = a_procedure(author=lead, stage=Stage.DECLINED)
    with pytest.raises(ProcedureRefused, match="終わって"):
        add(procedure, colleague, by=lead, at=AT)
