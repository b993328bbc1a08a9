"""The yearly collection of results: who is asked what, what answers it, who is reminded, and closing."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from renkei.accounts.models import Role, User
from renkei.agreements.models import Agreement
from renkei.audit.models import Entry
from renkei.correspondents.models import Correspondent
from renkei.initiatives.asked import campaigns_of, lines_of_division, lines_of_partner
from renkei.initiatives.campaign_plan import plan
from renkei.initiatives.daily import occasion, remind_of_campaigns
from renkei.initiatives.models import Campaign, CampaignLine, Initiative
from renkei.initiatives.progress import progress
from renkei.initiatives.refusals import CampaignRefused
from renkei.initiatives.result_facts import ResultFacts
from renkei.initiatives.services.begin import InitiativeFacts
from renkei.initiatives.services.campaign_publicity import approve_year, propose_year, withdraw_year
from renkei.initiatives.services.campaigns import (
    answer_nothing,
    change_due_day,
    close_campaign,
    finish_division,
    finish_partner,
    open_campaign,
    remind_now,
    reopen_campaign,
    take_answer_back,
)
from renkei.initiatives.services.confirming import send_back
from renkei.initiatives.services.correcting import take_back
from renkei.initiatives.services.reporting import report
from renkei.initiatives.services.writing import write
from renkei.initiatives.vocabulary import InitiativeState, LineAnswer, Publicity
from renkei.municipalities.models import DivisionSuccession
from renkei.reminders.models import Letter
from tests.factories import a_division, a_municipality, a_user, an_agreement
from tests.procedure_factories import a_correspondent
from tests.work_factories import AT, YEAR, a_result, an_initiative

DUE = date(2024, 5, 17)
FACTS = ResultFacts(fiscal_year=YEAR, what="講座を3回開いた。", done_on=date(2023, 7, 1))


@pytest.fixture
def coordinator() -> User:
    return with_address(a_user(sign_in_name="sokatsu"))


@pytest.fixture
def clerk() -> User:
    return with_address(a_user(role=Role.RESPONSIBLE, division=a_division(), sign_in_name="bosai"))


@pytest.fixture
def agreement(clerk: User) -> Agreement:
    """In force all year, with two initiatives and a partner who comes to the counter."""
    found = an_agreement(
        partners=("見本製薬株式会社", "見本銀行"),
        division=clerk.assignments.get().division,
        signed="2020-04-01",
    )
    an_initiative(found, title="講座の開催")
    an_initiative(found, title="避難所への物資の提供")
    return found


@pytest.fixture
def visitor(agreement: Agreement) -> Correspondent:
    found = a_correspondent(email="hanako@example.com")
    found.organisation = agreement.parties.get(name_as_signed="見本製薬株式会社").organisation
    found.save()
    return found


def with_address(user: User) -> User:
    user.email = f"{user.sign_in_name}@example.lg.jp"
    user.save()
    return user


def opened(coordinator: User, **facts: object) -> Campaign:
    known = {"fiscal_year": YEAR, "due_on": DUE, "actor": coordinator, "at": AT}
    return open_campaign(coordinator.municipality, **{**known, **facts})


def line_of(campaign: Campaign, title: str) -> CampaignLine:
    return campaign.lines.select_related("campaign__municipality").get(initiative__title=title)


def in_days(days: int) -> datetime:
    return AT + timedelta(days=days)


@pytest.mark.django_db
class TestOpening:
    def test_every_initiative_of_the_year_and_every_agreement_without_one_is_asked_about(
        self, coordinator: User, agreement: Agreement
    ) -> None:
        an_initiative(agreement, title="来年からの取組", begins_on=date(2024, 4, 1))
        an_initiative(agreement, title="検討中の取組", state=InitiativeState.IDEA)
        an_initiative(agreement, title="終わった取組", begins_on=date(2021, 4, 1), ends_on=date(2023, 3, 31))
        an_agreement(title="取組のない協定", signed="2024-03-31")
        an_agreement(title="まだない協定", signed="2024-04-01")
        an_agreement(title="終わった協定", starts="2020-04-01", ends="2023-03-31")
        an_agreement(title="4月1日に終わった協定", starts="2020-04-01", ends="2023-04-01")
        campaign = opened(coordinator)
        asked = {str(line) for line in campaign.lines.select_related("initiative", "agreement")}
        assert asked == {"講座の開催", "避難所への物資の提供", "取組のない協定", "4月1日に終わった協定"}

    def test_whoever_holds_the_duties_on_the_opening_day_is_asked(self, coordinator: User) -> None:
        old, new = (
            a_division(name="旧課", closed_on=date(2024, 3, 31)),
            a_division(name="新課", opened_on=date(2024, 4, 1)),
        )
        DivisionSuccession.objects.create(predecessor=old, successor=new, on=date(2024, 4, 1), is_main=True)
        of_old = an_agreement(division=old, signed="2020-04-01")
        an_initiative(of_old, division=a_division(name="福祉課"), title="別の課の取組")
        an_initiative(of_old, title="協定の課の取組", division=None)
        campaign = opened(coordinator)
        assert str(line_of(campaign, "協定の課の取組").division) == "新課"
        assert str(line_of(campaign, "別の課の取組").division) == "福祉課"
        assert {str(one.division) for one in campaign.divisions.all()} == {"新課", "福祉課"}

    def test_a_letter_goes_to_the_clerks_and_to_the_partners_people_once(
        self,
        coordinator: User,
        agreement: Agreement,
        clerk: User,
        visitor: Correspondent,
        settings: Any,
    ) -> None:
        settings.DESK_ADDRESS = settings.COUNTER_ADDRESS = "https://renkei.example.jp"
        campaign = opened(coordinator, request="写真も付けてください。")
        letters = {letter.address: letter for letter in Letter.objects.all()}
        assert set(letters) == {clerk.email, visitor.email}
        assert "写真も付けてください。" in letters[clerk.email].plain
        division = campaign.divisions.get().division
        assert f"campaigns/{campaign.public_id}/divisions/{division.public_id}/" in letters[clerk.email].plain
        assert f"/campaigns/{campaign.public_id}/" in letters[visitor.email].plain

    def test_what_was_reported_before_counts_at_once_and_the_preview_says_so(
        self, coordinator: User, agreement: Agreement, visitor: Correspondent
    ) -> None:
        a_result(Initiative.objects.get(title="講座の開催"), reported_by=coordinator)
        told = plan(coordinator.municipality, YEAR, on=date(2024, 4, 10))
        assert (len(told.agreements), told.initiatives, len(told.divisions), told.answered) == (1, 2, 1, 1)
        assert [str(one) for one in told.silent] == ["見本銀行"]
        assert line_of(opened(coordinator), "講座の開催").answered_by == coordinator

    def test_a_year_is_asked_about_once_after_it_began_and_until_a_day_to_come(
        self, coordinator: User, agreement: Agreement
    ) -> None:
        with pytest.raises(CampaignRefused, match="まだ始まっていません"):
            opened(coordinator, fiscal_year=2025)
        with pytest.raises(CampaignRefused, match="過ぎています"):
            opened(coordinator, due_on=date(2024, 4, 9))
        with pytest.raises(CampaignRefused, match="有効な協定がありません"):
            opened(coordinator, fiscal_year=2010)
        opened(coordinator)
        with pytest.raises(CampaignRefused, match="もう始まっています"):
            opened(coordinator)

    def test_the_questions_do_not_grow_with_the_agreements(
        self, coordinator: User, agreement: Agreement
    ) -> None:
        def questions(year: int) -> int:
            with CaptureQueriesContext(connection) as asked:
                progress(opened(coordinator, fiscal_year=year))
            return len(asked)

        few = questions(YEAR)
        for number in range(30):
            an_initiative(
                an_agreement(title=f"協定{number}", signed="2020-04-01", division=agreement.division),
                title=f"取組{number}",
            )
        assert questions(YEAR - 1) <= few + 2


@pytest.mark.django_db
class TestAnswering:
    def test_a_result_answers_its_line_and_one_that_is_sent_or_taken_back_opens_it_again(
        self, coordinator: User, agreement: Agreement, clerk: User, visitor: Correspondent
    ) -> None:
        campaign, initiative = opened(coordinator), Initiative.objects.get(title="講座の開催")
        first = report(initiative, FACTS, by=visitor, at=in_days(1))
        line = line_of(campaign, "講座の開催")
        assert (line.answer, line.answered_by_partner) == (LineAnswer.RESULTS, visitor)
        second = report(initiative, replace(FACTS, what="冊子を配った。"), by=clerk, at=in_days(1))
        answer_nothing(
            line_of(campaign, "避難所への物資の提供"), reason="災害がなかった。", by=clerk, at=in_days(1)
        )
        finish_division(campaign.divisions.get(), by=clerk, at=in_days(2))
        send_back(first, "日を確かめてください。", by=clerk, at=in_days(2))
        assert line_of(campaign, "講座の開催").answer == LineAnswer.RESULTS
        take_back(second, by=clerk, at=in_days(3), reason="二重に報告した。")
        assert line_of(campaign, "講座の開催").answer == LineAnswer.WAITING
        assert campaign.divisions.get().finished_at is None

    def test_nothing_needs_a_reason_gives_way_to_a_result_and_can_be_taken_back(
        self, coordinator: User, agreement: Agreement, clerk: User
    ) -> None:
        campaign = opened(coordinator)
        line = line_of(campaign, "講座の開催")
        with pytest.raises(CampaignRefused, match="理由を入れて"):
            answer_nothing(line, reason=" ", by=clerk, at=AT)
        answer_nothing(line, reason="感染症のため見送った。", by=clerk, at=AT)
        take_answer_back(line_of(campaign, "講座の開催"), by=clerk, at=AT)
        assert line_of(campaign, "講座の開催").answer == LineAnswer.WAITING
        answer_nothing(line, reason="感染症のため見送った。", by=clerk, at=AT)
        report(Initiative.objects.get(title="講座の開催"), FACTS, by=clerk, at=in_days(1))
        found = line_of(campaign, "講座の開催")
        assert (found.answer, found.reason) == (LineAnswer.RESULTS, "")
        with pytest.raises(CampaignRefused, match="もう実績が報告された"):
            answer_nothing(found, reason="やはりなかった。", by=clerk, at=in_days(1))

    def test_a_division_finishes_when_every_line_is_answered(
        self, coordinator: User, agreement: Agreement, clerk: User
    ) -> None:
        campaign = opened(coordinator)
        with pytest.raises(CampaignRefused, match="「講座の開催」、「避難所への物資の提供」"):
            finish_division(campaign.divisions.get(), by=clerk, at=AT)

    def test_an_initiative_written_later_takes_the_line_of_its_agreement(self, coordinator: User) -> None:
        agreement = an_agreement(title="取組のない協定", signed="2020-04-01", division=a_division())
        campaign = opened(coordinator)
        facts = InitiativeFacts(title="見守り", state=InitiativeState.RUNNING, planned_years=(YEAR,))
        write(agreement, facts, on=date(2023, 4, 1), actor=coordinator)
        write(agreement, replace(facts, title="清掃"), on=date(2023, 4, 1), actor=coordinator)
        write(agreement, InitiativeFacts(title="来年の取組"), on=date(2024, 4, 1), actor=coordinator)
        assert [str(line) for line in campaign.lines.all()] == ["見守り", "清掃"]

    def test_a_partner_is_asked_about_its_own_and_cannot_say_nothing_for_the_others(
        self, coordinator: User, agreement: Agreement, visitor: Correspondent
    ) -> None:
        bank = agreement.parties.get(name_as_signed="見本銀行").organisation
        an_initiative(agreement, title="銀行だけの取組", organisation=bank)
        an_initiative(agreement, title="製薬だけの取組", organisation=visitor.partner)
        campaign = opened(coordinator)
        assert visitor.partner
        mine = {str(line) for line in lines_of_partner(campaign, visitor.partner)}
        assert mine == {"講座の開催", "避難所への物資の提供", "製薬だけの取組"}
        with pytest.raises(CampaignRefused, match="ほかの相手方も"):
            answer_nothing(line_of(campaign, "講座の開催"), reason="なかった。", by=visitor, at=AT)
        answer_nothing(line_of(campaign, "製薬だけの取組"), reason="なかった。", by=visitor, at=AT)
        finish_partner(campaign.partners.get(organisation=visitor.partner), by=visitor, at=AT)
        shares = {
            str(one.asked): (one.share.answered, one.share.asked) for one in progress(campaign).partners
        }
        assert shares == {"見本製薬株式会社": (1, 3), "見本銀行": (0, 3)}

    def test_what_is_another_towns_or_not_asked_of_partners_is_not_seen_at_the_counter(
        self, coordinator: User, agreement: Agreement, visitor: Correspondent
    ) -> None:
        opened(coordinator, asks_partners=False)
        assert not campaigns_of(visitor).exists()
        shown = opened(coordinator, fiscal_year=YEAR - 1)
        assert list(campaigns_of(visitor)) == [shown]
        stranger = a_correspondent(email="other@example.com", municipality=a_municipality("011002"))
        stranger.organisation = visitor.organisation
        stranger.save()
        assert not campaigns_of(stranger).exists()


@pytest.mark.parametrize(
    "day, expected",
    [
        (date(2024, 5, 9), None),
        (date(2024, 5, 10), "near"),
        (date(2024, 5, 16), "near"),
        (date(2024, 5, 17), "due"),
        (date(2024, 5, 20), "late-0"),
        (date(2024, 5, 24), "late-1"),
    ],
)
def test_one_is_reminded_five_working_days_before_on_the_day_and_weekly_when_late(
    day: date, expected: str | None
) -> None:
    assert occasion(DUE, day) == expected
    assert (
        occasion(date(2024, 5, 18), date(2024, 5, 17)) == "due"
    )  # a Saturday: the last working day before it


@pytest.mark.django_db
class TestReminding:
    def test_everybody_with_something_open_is_reminded_once_for_each_occasion(
        self, coordinator: User, agreement: Agreement, clerk: User, visitor: Correspondent
    ) -> None:
        campaign = opened(coordinator)
        Letter.objects.all().delete()
        run = partial(remind_of_campaigns, None, municipality=coordinator.municipality)
        for day in (date(2024, 5, 10), date(2024, 5, 10), date(2024, 5, 13), date(2024, 5, 11)):
            run(day=day, now=datetime(day.year, day.month, day.day, 3, tzinfo=AT.tzinfo))
        assert sorted(Letter.objects.values_list("address", flat=True)) == [clerk.email, visitor.email]
        assert campaign.divisions.get().reminded_on == date(2024, 5, 10)
        late = date(2024, 5, 20)
        run(day=late, now=datetime(2024, 5, 20, 3, tzinfo=AT.tzinfo))
        assert "期限を過ぎています" in Letter.objects.filter(address=clerk.email).latest("pk").subject

    def test_who_has_answered_everything_is_left_alone_and_the_coordinators_remind_once_a_day(
        self, coordinator: User, agreement: Agreement, clerk: User, visitor: Correspondent
    ) -> None:
        campaign = opened(coordinator)
        Letter.objects.all().delete()
        finish_partner(campaign.partners.get(organisation=visitor.partner), by=visitor, at=AT)
        assert remind_now(campaign, actor=coordinator, at=in_days(1)) == 1
        assert list(Letter.objects.values_list("address", flat=True)) == [clerk.email]
        with pytest.raises(CampaignRefused, match="今日はもう"):
            remind_now(campaign, actor=coordinator, at=in_days(1))
        for line in campaign.lines.select_related("campaign__municipality"):
            answer_nothing(line, reason="なかった。", by=clerk, at=AT)
        with pytest.raises(CampaignRefused, match="催促する相手がいません"):
            remind_now(campaign, actor=coordinator, at=in_days(2))


@pytest.mark.django_db
class TestClosing:
    def test_open_lines_need_a_note_and_stay_open_on_record_until_it_is_reopened(
        self, coordinator: User, agreement: Agreement, clerk: User
    ) -> None:
        campaign = opened(coordinator)
        with pytest.raises(CampaignRefused, match="回答のない行が2件"):
            close_campaign(campaign, note="", actor=coordinator, at=in_days(40))
        close_campaign(campaign, note="担当者不在のため。", actor=coordinator, at=in_days(40))
        report(Initiative.objects.get(title="講座の開催"), FACTS, by=clerk, at=in_days(41))
        assert line_of(campaign, "講座の開催").answer == LineAnswer.WAITING
        with pytest.raises(CampaignRefused, match="締められています"):
            answer_nothing(line_of(campaign, "講座の開催"), reason="なかった。", by=clerk, at=in_days(41))
        reopen_campaign(
            campaign, due_on=date(2024, 6, 28), reason="回答が届いた。", actor=coordinator, at=in_days(42)
        )
        assert line_of(campaign, "講座の開催").answer == LineAnswer.RESULTS
        told = " ".join(entry.sentence for entry in Entry.objects.all())
        assert "(回答0件、未回答2件)(担当者不在のため。)" in told and "(回答が届いた。)" in told

    def test_of_two_coordinators_the_second_is_told_and_a_new_day_is_told_to_who_is_late(
        self, coordinator: User, agreement: Agreement, clerk: User
    ) -> None:
        campaign = opened(coordinator)
        mine, theirs = Campaign.objects.get(), Campaign.objects.get()
        change_due_day(mine, date(2024, 5, 31), actor=coordinator, at=AT)
        with pytest.raises(CampaignRefused, match="ほかの人が先に"):
            change_due_day(theirs, date(2024, 6, 3), actor=coordinator, at=AT)
        assert Campaign.objects.get() == campaign and Campaign.objects.get().due_on == date(2024, 5, 31)
        assert Letter.objects.filter(address=clerk.email, subject__contains="期限が変わりました").count() == 1

    def test_the_year_is_published_after_closing_and_stays_closed_while_it_is(
        self, coordinator: User, agreement: Agreement
    ) -> None:
        campaign = opened(coordinator)
        with pytest.raises(CampaignRefused, match="締めてから"):
            propose_year(campaign, actor=coordinator, at=AT)
        close_campaign(campaign, note="なし", actor=coordinator, at=AT)
        propose_year(campaign, actor=coordinator, at=AT)
        approve_year(campaign, actor=coordinator, at=AT)
        assert Campaign.objects.get().publicity == Publicity.PUBLISHED
        with pytest.raises(CampaignRefused, match="先に公開をやめて"):
            reopen_campaign(campaign, due_on=DUE, reason="訂正", actor=coordinator, at=AT)
        withdraw_year(campaign, reason="誤りを直す。", actor=coordinator, at=AT)
        assert Campaign.objects.get().publicity == Publicity.INTERNAL


@pytest.mark.django_db
def test_a_division_sees_its_own_lines_and_nobodys_lines_are_the_coordinators(coordinator: User) -> None:
    own = a_division()
    an_agreement(title="課のある協定", division=own, signed="2020-04-01")
    an_agreement(title="課のない協定", signed="2020-04-01")
    campaign = opened(coordinator)
    assert [str(line) for line in lines_of_division(campaign, own)] == ["課のある協定"]
    assert [str(line) for line in lines_of_division(campaign, None)] == ["課のない協定"]
    told = [(str(one.division), one.share.waiting) for one in progress(campaign).divisions]
    assert told == [("防災課", 1), ("None", 1)]
