"""Letters about what is near or late: to whoever is awaited, once for each occasion, one letter a day."""

from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from django.utils import timezone

from renkei.accounts.models import Role, User
from renkei.agreements.vocabulary import Side
from renkei.procedures.daily import occasion_of, remind
from renkei.procedures.models import Procedure, Proposal, Question
from renkei.procedures.services.move import hold
from renkei.procedures.steps import Awaited
from renkei.procedures.vocabulary import Stage
from renkei.reminders.models import Letter
from tests.factories import a_division, a_municipality, a_user
from tests.procedure_factories import AT, TODAY, a_correspondent, a_procedure

pytestmark = pytest.mark.django_db


def remind_on(day, municipality=None) -> list[Letter]:
    """The letters that the day's work writes."""
    before = set(Letter.objects.values_list("pk", flat=True))
    now = timezone.make_aware(datetime.combine(day, time(6)))
    remind(None, municipality or a_municipality(), day, now)
    return list(Letter.objects.exclude(pk__in=before).order_by("pk"))


def a_clerk(division, name: str = "clerk") -> User:
    person = a_user(role=Role.RESPONSIBLE, division=division, sign_in_name=name)
    person.email = f"{name}@town.example"
    person.save()
    return person


@pytest.mark.parametrize(
    "by, occasion",
    [
        (None, None),
        (9, None),
        (5, None),
        (4, "near"),
        (0, "near"),
        (-1, "late-0"),
        (-7, "late-1"),
        (-20, "late-2"),
    ],
)
def test_somebody_is_reminded_three_working_days_before_and_in_each_week_after(by, occasion):
    monday = TODAY - timedelta(days=TODAY.weekday())
    thursday = monday + timedelta(days=3)  # the third working day after it is Tuesday, five days ahead
    by = {5: 6, 4: 5}.get(by, by)
    one = Awaited("x", Side.TOWN, "drafts", by=None if by is None else thursday + timedelta(days=by))
    assert occasion_of(one, thursday) == occasion


def test_a_division_gets_one_letter_with_all_that_waits_and_never_the_same_again():
    division = a_division()
    a_clerk(division)
    procedure = a_procedure(stage=Stage.DRAFTING, division=division)  # both drafts lack, due on 15 June
    near = procedure.stage_due_on - timedelta(days=3)
    assert not remind_on(near - timedelta(days=4))
    (letter,) = remind_on(near)
    assert letter.address == "clerk@town.example"
    assert "協定書(案)を作ってください。" in letter.plain and "取組事項(案)を作ってください。" in letter.plain
    assert not remind_on(near) and not remind_on(procedure.stage_due_on)
    late = procedure.stage_due_on + timedelta(days=1)
    (again,) = remind_on(late)
    assert "期限を過ぎています" in again.plain
    assert not remind_on(late + timedelta(days=1))
    assert len(remind_on(late + timedelta(days=7))) == 1


def test_nobody_is_written_to_on_a_day_off_and_the_next_working_day_makes_up_for_it():
    division = a_division()
    a_clerk(division)
    procedure = a_procedure(stage=Stage.DRAFTING, division=division)
    late = procedure.stage_due_on + timedelta(days=5)
    assert late.weekday() == 5 and not remind_on(late)
    assert len(remind_on(late + timedelta(days=2))) == 1


def test_a_partner_with_two_procedures_gets_one_letter_a_day_and_reads_nothing_of_the_town():
    author = a_correspondent()
    for number in range(2):
        one = a_procedure(
            author=author,
            stage=Stage.DRAFTING,
            title=f"提案{number}",
            division=a_division(name=f"課{number}"),
        )
        Question.objects.create(procedure=one, side=Side.TOWN, text="回数は?", asked_at=AT, due_on=TODAY)
    letters = [one for one in remind_on(TODAY + timedelta(days=21)) if one.address == author.email]
    (letter,) = letters
    assert "提案0" in letter.plain and "提案1" in letter.plain and "回数は?" in letter.plain
    assert "協定書(案)を作ってください" not in letter.plain


def test_on_hold_nobody_is_asked_before_the_holds_own_day():
    division = a_division()
    clerk = a_clerk(division)
    procedure = a_procedure(stage=Stage.DRAFTING, division=division)
    until = procedure.stage_due_on + timedelta(days=18)
    hold(procedure, until=until, by=clerk, at=AT, reason="予算", letter="お待ちください。")
    assert not remind_on(until - timedelta(days=1))
    (letter,) = remind_on(until)
    assert "保留にしています" in letter.plain


def test_what_has_ended_and_what_is_another_towns_is_left_alone():
    procedure = a_procedure(stage=Stage.DRAFTING, division=a_division())
    a_clerk(procedure.division)
    late = procedure.stage_due_on + timedelta(days=1)
    assert not remind_on(late, a_municipality("011002"))
    Procedure.objects.filter(pk=procedure.pk).update(stage=Stage.WITHDRAWN, closed_on=TODAY)
    assert not remind_on(late)


def test_each_letter_leads_to_pages_that_are_there(settings):
    settings.DESK_ADDRESS = settings.COUNTER_ADDRESS = "https://town.example"
    division = a_division()
    a_clerk(division)
    procedure = a_procedure(stage=Stage.DRAFTING, division=division)
    Question.objects.create(procedure=procedure, side=Side.TOWN, text="回数は?", asked_at=AT, due_on=TODAY)
    letters = remind_on(procedure.stage_due_on + timedelta(days=1))
    addresses = {word for one in letters for word in one.plain.split() if word.startswith("https://")}
    names = {resolve(urlsplit(one).path).view_name for one in addresses}
    assert names == {"desk:procedure_tasks", "desk:procedure", "counter:procedure"}


def test_clerks_who_share_a_mailbox_each_get_their_own_and_a_partner_s_address_one_letter():
    divisions = [a_division(name="健康課"), a_division(name="防災課")]
    for number, division in enumerate(divisions):
        clerk = a_clerk(division, f"clerk{number}")
        User.objects.filter(pk=clerk.pk).update(email="kyoyo@town.example")
        one = a_procedure(
            author=a_correspondent(email=f"a{number}@example.com"), title=f"提案{number}",
            stage=Stage.DRAFTING, division=division,
        )  # fmt: skip
        one.participants.all().delete()  # as those that came by telephone
        Proposal.objects.filter(procedure=one).update(
            contact_email="Tel@example.com", contact_name=f"電話{number}"
        )
        Question.objects.create(
            procedure=one, side=Side.TOWN, text=f"質問{number}", asked_at=AT, due_on=TODAY
        )
    letters = remind_on(TODAY + timedelta(days=21))
    shared = [one.plain for one in letters if one.address == "kyoyo@town.example"]
    assert len(shared) == 2
    assert all(any(f"提案{number}" in plain for plain in shared) for number in range(2))
    (partner,) = [one for one in letters if one.address == "tel@example.com"]
    assert "質問0" in partner.plain and "質問1" in partner.plain


def test_the_day_on_which_a_hold_ends_is_not_late():
    division = a_division()
    procedure = a_procedure(stage=Stage.DRAFTING, division=division)
    until = procedure.stage_due_on + timedelta(days=18)
    hold(procedure, until=until, by=a_clerk(division), at=AT, reason="予算")
    (letter,) = remind_on(until)
    assert "期限を過ぎて" not in letter.subject + letter.plain
    (letter,) = remind_on(until + timedelta(days=3))  # the Monday after
    assert "期限を過ぎて" in letter.plain
