"""Who is reminded of what, when, and never twice."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse

from renkei.accounts.models import Assignment, Role
from renkei.agreements.models import RenewalDecision
from renkei.agreements.vocabulary import Decision
from renkei.municipalities.models import DivisionSuccession
from renkei.reminders.models import Letter, LetterKind, LetterState, Reminder, ReminderSettings
from renkei.reminders.services import refresh, remind
from tests.factories import a_division, a_municipality, a_user
from tests.reminders.writing import a_yearly, an_ending

pytestmark = pytest.mark.django_db
ENDS = date(2027, 3, 31)


@pytest.fixture
def division():
    return a_division()


@pytest.fixture
def clerk(division):
    return with_mail(a_user(role=Role.RESPONSIBLE, division=division, sign_in_name="clerk"), "clerk")


@pytest.fixture
def coordinator():
    return with_mail(a_user(sign_in_name="coordinator"), "coordinator")


def with_mail(user, name):
    user.name, user.email = name, f"{name}@town.example.jp"
    user.save()
    return user


def on(day: date) -> list[tuple[str, str]]:
    """Does the reminding of the day; the letters that were written by it, by kind and person."""
    known = set(Letter.objects.values_list("pk", flat=True))
    moment = datetime.combine(day, time(1), tzinfo=UTC)
    refresh(a_municipality(), day, moment)
    remind(a_municipality(), day, moment)
    new = Letter.objects.exclude(pk__in=known).order_by("kind", "name")
    return [(letter.kind, letter.name) for letter in new]


def days_before(days: int) -> date:
    return ENDS - timedelta(days=days)


@pytest.mark.usefixtures("coordinator")
def test_the_division_is_reminded_at_each_distance_and_between_them_not_again(division, clerk):
    an_ending("2027-03-31", division=division)
    days_looked_at = (200, 181, 180, 179, 91, 90, 89, 31, 30, 29, 8, 7, 6, 0)
    told = [days for days in days_looked_at if (LetterKind.REMINDER, "clerk") in on(days_before(days))]
    assert told == [180, 90, 30, 7]


@pytest.mark.usefixtures("clerk")
def test_when_nobody_decided_the_coordinating_division_is_told_once(division, coordinator):
    an_ending("2027-03-31", division=division)
    told = [
        days
        for days in (30, 15, 14, 13, 1, 0)
        if (LetterKind.ESCALATION, "coordinator") in on(days_before(days))
    ]
    assert told == [14]


@pytest.mark.usefixtures("coordinator")
def test_after_a_missed_month_the_nearest_distance_counts_alone(division, clerk):
    an_ending("2027-03-31", division=division)
    on(days_before(180))
    assert on(days_before(25)) == [(LetterKind.REMINDER, "clerk")]
    assert list(Reminder.objects.order_by("pk").values_list("distance", flat=True)) == [180, 30]
    assert on(days_before(24)) == []


@pytest.mark.usefixtures("clerk", "coordinator")
def test_a_decided_one_is_not_reminded(division):
    agreement = an_ending("2027-03-31", division=division)
    RenewalDecision.objects.create(
        agreement=agreement, term_ends_on=ENDS, decision=Decision.RENEW, decided_on=date(2026, 9, 1)
    )
    assert [on(days_before(days)) for days in (180, 90, 30, 14, 7, 0)] == [[]] * 6


@pytest.mark.usefixtures("clerk", "coordinator")
def test_what_has_passed_is_not_reminded(division):
    an_ending("2027-03-31", division=division)
    assert on(ENDS + timedelta(days=1)) == []


def test_one_person_gets_one_letter_about_all_that_falls_due(division, clerk):
    an_ending("2027-03-31", division=division, title="物資の協定")
    an_ending("2027-03-30", division=division, title="輸送の協定")
    assert on(days_before(30)) == [(LetterKind.REMINDER, "clerk")]
    letter = Letter.objects.get()
    assert letter.subject == "【連携】期限が近い協定が2件あります"
    assert "物資の協定" in letter.plain
    assert "輸送の協定" in letter.html
    assert (letter.address, letter.state) == ("clerk@town.example.jp", LetterState.WAITING)


def test_a_notice_deadline_is_reminded_as_well(division, clerk):
    a_yearly(division=division)
    assert on(date(2027, 1, 29)) == [(LetterKind.REMINDER, "clerk")]
    assert "通知の期限" in Letter.objects.get().plain


def test_a_division_without_clerks_is_spoken_for_by_the_coordinating_one_and_that_is_said(
    division, coordinator
):
    an_ending("2027-03-31", division=division)
    assert on(days_before(90)) == [(LetterKind.REMINDER, "coordinator")]
    assert "担当者がいないため" in Letter.objects.get().plain


def test_without_a_division_the_coordinating_one_is_told_and_that_is_said(coordinator):
    an_ending("2027-03-31")
    on(days_before(90))
    assert "担当課が決まっていないため" in Letter.objects.get().plain


def test_who_took_over_in_april_is_reminded_and_who_left_is_not(division, clerk):
    an_ending("2027-09-30", division=division)
    on(date(2027, 3, 20))
    Assignment.objects.filter(user=clerk).update(ends_on=date(2027, 3, 31))
    successor = with_mail(a_user(role=Role.READER, sign_in_name="new"), "new")
    Assignment.objects.create(
        user=successor, division=division, role=Role.RESPONSIBLE, starts_on=date(2027, 4, 1)
    )
    assert on(date(2027, 4, 10)) == [(LetterKind.REMINDER, "new")]


def test_the_clerks_of_the_succeeding_division_are_reminded(division):
    an_ending("2027-09-30", division=division)
    after = a_division(name="危機管理課", opened_on=date(2027, 4, 1))
    type(division).objects.filter(pk=division.pk).update(closed_on=date(2027, 3, 31))
    DivisionSuccession.objects.create(predecessor=division, successor=after, on=date(2027, 4, 1))
    with_mail(a_user(role=Role.RESPONSIBLE, division=after, sign_in_name="after"), "after")
    assert on(date(2027, 7, 5)) == [(LetterKind.REMINDER, "after")]


@pytest.mark.usefixtures("coordinator")
def test_somebody_who_may_not_sign_in_any_more_gets_nothing(division, clerk):
    type(clerk).objects.filter(pk=clerk.pk).update(is_active=False)
    an_ending("2027-03-31", division=division)
    assert on(days_before(90)) == [(LetterKind.REMINDER, "coordinator")]


@pytest.mark.usefixtures("coordinator")
def test_a_day_that_moved_is_reminded_anew(division, clerk):
    agreement = an_ending("2027-03-31", division=division)
    on(days_before(30))
    moved = ENDS + timedelta(days=90)
    agreement.terms.update(ends_on=moved, in_force_until=moved)
    assert on(days_before(0)) == [(LetterKind.REMINDER, "clerk")]


@pytest.mark.usefixtures("coordinator")
def test_changed_distances_remind_nobody_of_the_same_stretch_again(division, clerk):
    an_ending("2027-03-31", division=division)
    on(days_before(90))
    ReminderSettings.objects.create(municipality=a_municipality(), distances=[100, 5])
    assert on(days_before(80)) == []
    assert on(days_before(5)) == [(LetterKind.ESCALATION, "coordinator"), (LetterKind.REMINDER, "clerk")]


@pytest.mark.usefixtures("clerk")
def test_a_text_of_a_ledger_becomes_no_markup(division):
    an_ending("2027-03-31", division=division, title="<script>alert(1)</script>\r\nBcc: x@example.com")
    on(days_before(90))
    letter = Letter.objects.get()
    assert "<script>" not in letter.html
    assert "\n" not in letter.subject


@pytest.mark.usefixtures("clerk")
def test_a_letter_leads_to_the_agreement_where_the_address_is_known(division, settings):
    settings.DESK_ADDRESS = "https://renkei.town.example.jp"
    agreement = an_ending("2027-03-31", division=division)
    on(days_before(90))
    page = reverse("desk:agreement", args=[agreement.public_id])
    address = f"https://renkei.town.example.jp{page}"
    assert f"https://renkei.town.example.jp{reverse('desk:home')}\n" in Letter.objects.get().plain
    assert address in Letter.objects.get().plain
    assert f'<a href="{address}">' in Letter.objects.get().html


@pytest.mark.usefixtures("clerk")
def test_a_chat_that_is_allowed_hears_of_it_once(division, settings):
    settings.WEBHOOK_HOSTS = ["chat.example.jp"]
    ReminderSettings.objects.create(
        municipality=a_municipality(), chat_address="https://chat.example.jp/hooks/abc"
    )
    an_ending("2027-03-31", division=division, title="物資の協定")
    on(days_before(90))
    on(days_before(90))
    letter = Letter.objects.get(channel="chat")
    assert "「物資の協定」" in letter.plain
    assert letter.address == "https://chat.example.jp/hooks/abc"
    # Killed before the mails were written, the day's work is done again; killed after them, the chat has been told.
    mails = Letter.objects.filter(channel="mail")
    assert letter.pk < mails.earliest("pk").pk
    mails.delete()
    assert on(days_before(90)) == [(LetterKind.REMINDER, "clerk")]
    assert Letter.objects.filter(channel="chat").count() == 1


def test_many_letters_are_written_with_few_statements(django_assert_max_num_queries, now):
    for number in range(30):
        division = a_division(name=f"第{number}課")
        with_mail(
            a_user(role=Role.RESPONSIBLE, division=division, sign_in_name=f"clerk{number}"), f"c{number}"
        )
        an_ending("2027-03-31", division=division, title=f"協定{number}")
    refresh(a_municipality(), days_before(90), now)
    with django_assert_max_num_queries(40):
        assert remind(a_municipality(), days_before(90), now) == 30
    assert Letter.objects.count() == 30
