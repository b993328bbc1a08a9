"""The demo town shows a believable April: decisions, a change, a handover, a plan, all told."""

from datetime import date

import pytest

from renkei.agreements.models import Agreement, Amendment, RenewalDecision
from renkei.agreements.versions import as_of
from renkei.agreements.vocabulary import Decision
from renkei.audit.models import Entry
from renkei.audit.verification import faults
from renkei.handovers.models import Handover, HandoverState
from renkei.people.models import Reorganisation, ReorganisationState

pytestmark = pytest.mark.django_db


def test_renewals_were_decided_and_some_not_renewed(town):
    decisions = RenewalDecision.objects.filter(agreement__municipality=town)
    assert decisions.filter(decision=Decision.LET_RENEW).count() == 21
    assert decisions.filter(decision=Decision.DECLINE).count() == 3


def test_a_changed_agreement_shows_what_stood_before(town):
    change = Amendment.objects.get(agreement__municipality=town)
    added = "デジタル活用の支援に関すること"
    assert added in [item.heading for item in change.agreement.items.all()]
    before = as_of(change.agreement, date(2026, 3, 31))
    assert added not in [item.heading for item in before.items.all()]


def test_the_retired_clerks_handover_was_accepted_and_has_its_paper(town):
    handover = Handover.objects.of(town).get()
    assert handover.state == HandoverState.ACCEPTED
    assert handover.document.name.endswith(".docx")


def test_next_aprils_plan_waits_to_be_decided(town):
    plan = Reorganisation.objects.of(town).get(on=date(2027, 4, 1))
    assert plan.state == ReorganisationState.PLANNED
    assert len(plan.steps) == 2


def test_everything_was_told_and_the_log_is_whole(town):
    told = set(Entry.objects.filter(municipality=town).values_list("event", flat=True))
    assert {"agreement.let_renew", "agreement.declined", "agreement.amended", "handover.accepted"} <= told
    assert list(faults()) == []


def test_the_figures_of_the_published_day_stay(town):
    assert Agreement.objects.of(town).in_force_on(date(2024, 6, 1)).count() == 329
