"""To whom a procedure's letters go: each of the partner's people once, and nobody whose access was ended."""

import pytest

from renkei.correspondents.services.closing import close
from renkei.procedures.letters import tell_partner
from renkei.procedures.models import Participant, Procedure, Proposal
from renkei.reminders.models import Letter
from tests.factories import a_user
from tests.procedure_factories import AT, a_correspondent, a_procedure

pytestmark = pytest.mark.django_db


def told(procedure: Procedure, key: str = "thing") -> set[str]:
    """The addresses to which a letter about the thing was written."""
    tell_partner(procedure, key, "知らせ", ["知らせです。"], at=AT)
    return set(Letter.objects.filter(subject__contains="知らせ").values_list("address", flat=True))


def test_two_people_with_long_addresses_that_begin_alike_both_get_their_letter():
    name = "a-very-long-name-of-a-division-in-a-company-with-many-of-them-" + "x" * 40
    first, second = (f"{name}@{place}.example.com" for place in ("sapporo", "asahikawa"))
    procedure = a_procedure(author=a_correspondent(email=first))
    other = a_correspondent(email=second)
    Participant.objects.create(procedure=procedure, correspondent=other, joined_at=AT)
    assert told(procedure) == told(procedure) == {first, second}
    assert Letter.objects.filter(subject__contains="知らせ").count() == 2


def test_whose_access_was_ended_gets_no_letters_by_the_proposal_s_address():
    procedure = a_procedure()
    close(procedure.proposal.author, a_user(), AT)
    assert not told(procedure)
    Proposal.objects.filter(procedure=procedure).update(contact_email="soumu@example.com")
    assert told(Procedure.objects.get(), "other") == {"soumu@example.com"}
