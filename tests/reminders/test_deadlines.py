"""Deadlines follow the register, and calendars can follow the deadlines."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from renkei.agreements.models import Agreement, RenewalDecision
from renkei.agreements.services import end, unregister_many
from renkei.agreements.vocabulary import Decision, EndReason
from renkei.reminders.models import Deadline
from renkei.reminders.services import refresh
from tests.factories import a_division, a_municipality
from tests.reminders.writing import a_yearly, an_ending

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 26)


def refreshed(now, day=DAY) -> list[Deadline]:
    refresh(a_municipality(), day, now)
    return list(Deadline.objects.order_by("on", "pk"))


def test_a_deadline_says_what_ends_for_whom_and_who_answers_for_it(now):
    division = a_division()
    an_ending("2027-03-31", division=division, partners=("株式会社見本", "見本大学"))
    (one,) = refreshed(now)
    assert (one.kind, one.on, one.division) == ("end", date(2027, 3, 31), division)
    assert one.partners == "株式会社見本、見本大学"
    assert "2027年" in one.sentence


def test_a_private_persons_name_is_left_out(now):
    agreement = an_ending("2027-03-31", partners=("見本 太郎",))
    type(agreement.partners[0].organisation).objects.update(kind="individual")
    assert refreshed(now)[0].partners == ""


def test_an_agreement_that_renews_itself_has_its_notice_deadlines(now):
    a_yearly()
    assert [(one.kind, one.on) for one in refreshed(now)] == [
        ("notice", date(2027, 2, 28)),
        ("notice", date(2028, 2, 29)),
        ("notice", date(2029, 2, 28)),
    ]


def test_looking_again_changes_nothing(now):
    an_ending("2027-03-31")
    before = refreshed(now)[0]
    after = refreshed(now + timedelta(days=1))[0]
    assert (after.pk, after.sequence, after.changed_at) == (before.pk, 0, now)


def test_a_day_that_moves_is_the_same_deadline_in_a_later_version(now):
    agreement = an_ending("2027-03-31")
    before = refreshed(now)[0]
    agreement.terms.update(ends_on=date(2027, 9, 30), in_force_until=date(2027, 9, 30))
    later = now + timedelta(hours=1)
    (after,) = refreshed(later)
    assert (after.public_id, after.on, after.sequence) == (before.public_id, date(2027, 9, 30), 1)
    assert after.changed_at == later


def test_an_ended_agreement_has_nothing_due_any_more_and_comes_back_if_that_is_undone(now):
    agreement = an_ending("2027-03-31")
    refreshed(now)
    end(agreement, on=date(2026, 12, 1), reason=EndReason.BY_BOTH, actor=None)
    (gone,) = refreshed(now)
    assert (gone.cancelled_at, gone.sequence) == (now, 1)
    agreement.ending.delete()
    agreement.terms.update(in_force_until=date(2027, 3, 31))
    (back,) = refreshed(now)
    assert (back.cancelled_at, back.sequence, back.public_id) == (None, 2, gone.public_id)


def test_a_deadline_outlives_its_agreement_as_a_cancelled_one(now):
    agreement = an_ending("2027-03-31")
    refreshed(now)
    Agreement.objects.filter(pk=agreement.pk).delete()
    (one,) = refreshed(now)
    assert (one.agreement, one.cancelled_at, one.sequence) == (None, now, 1)
    refreshed(now + timedelta(days=1))
    assert Deadline.objects.get().sequence == 1


def test_an_import_that_is_taken_back_leaves_cancelled_deadlines(now):
    agreement = an_ending("2027-03-31")
    refreshed(now)
    unregister_many([agreement])
    assert refreshed(now)[0].cancelled_at == now


def test_a_decision_is_seen(now):
    agreement = an_ending("2027-03-31")
    RenewalDecision.objects.create(
        agreement=agreement, term_ends_on=date(2027, 3, 31), decision=Decision.DECLINE, decided_on=DAY
    )
    assert refreshed(now)[0].is_decided


def test_days_that_have_passed_stay_as_they_were(now):
    an_ending("2026-12-31")
    refreshed(now)
    (one,) = refreshed(now, DAY + timedelta(days=60))
    assert (one.on, one.cancelled_at) == (date(2026, 12, 31), None)


def test_another_towns_agreements_are_left_alone(now):
    an_ending("2027-03-31", municipality=a_municipality("011002"))
    assert refreshed(now) == []


@pytest.mark.django_db(transaction=True)
def test_a_change_of_the_register_reaches_the_deadlines_in_the_background():
    day = timezone.localdate()
    agreement = an_ending((day + timedelta(days=50)).isoformat())
    work_in_the_background()
    assert Deadline.objects.get().on == day + timedelta(days=50)
    unregister_many([agreement])
    work_in_the_background()
    assert Deadline.objects.get().cancelled_at


def work_in_the_background() -> None:
    call_command("db_worker", batch=True, verbosity=0, startup_delay=False)
