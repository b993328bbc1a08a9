"""Regular meetings: planned, invited, changed, recorded, shared, followed up, planned again."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar

from renkei.accounts.models import Role
from renkei.agreements.vocabulary import Side
from renkei.audit.models import Entry
from renkei.initiatives.meeting_checks import remarks_on
from renkei.initiatives.meeting_facts import FollowUpFacts, Invitee, MinutesFacts, RegularMeetingFacts
from renkei.initiatives.meeting_papers import minutes_of
from renkei.initiatives.meeting_parties import organisations_of
from renkei.initiatives.meeting_plan import without_meeting
from renkei.initiatives.meetings_daily import occasion_of, remind_of_meetings
from renkei.initiatives.models import RegularMeeting
from renkei.initiatives.next_meeting import next_day, next_facts
from renkei.initiatives.permissions import why_not_change_meeting, why_not_settle
from renkei.initiatives.refusals import MeetingRefused
from renkei.initiatives.services import meetings as services
from renkei.initiatives.services.follow_ups import open_again, settle, take_on
from renkei.initiatives.services.inviting import answer_invitation
from renkei.initiatives.vocabulary import MeetingState
from renkei.reminders.models import Letter
from tests.factories import a_division, a_municipality, a_user, an_agreement
from tests.procedure_factories import a_correspondent
from tests.work_factories import a_follow_up, a_meeting

AT = datetime(2024, 5, 1, 1, 0, tzinfo=UTC)
"""10:00 in Tokyo on Wednesday, 1 May 2024."""
HELD_AT = datetime(2024, 6, 4, 1, 0, tzinfo=UTC)
MONDAY = date(2024, 6, 3)


class Town:
    """A division with a clerk, one agreement with one partner and its person at the counter."""

    def __init__(self) -> None:
        self.division = a_division()
        self.clerk = a_user(role=Role.RESPONSIBLE, division=self.division)
        self.clerk.email = "clerk@town.example"
        self.clerk.save()
        self.agreement = an_agreement(division=self.division, starts="2024-04-01", ends="2025-03-31")
        (self.partner,) = organisations_of([self.agreement])
        self.person = a_correspondent(email="sato@example.com", name="佐藤 一郎", organisation=self.partner)

    def facts(self, **facts: object) -> RegularMeetingFacts:
        known: dict[str, object] = {
            "title": "連携協議会",
            "held_on": MONDAY,
            "begins_at": time(14, 0),
            "agreements": [self.agreement],
            "attendees": [Invitee.clerk(self.clerk), Invitee.of_partner(self.person)],
            "division": self.division,
        }
        return RegularMeetingFacts(**{**known, **facts})  # type: ignore[arg-type]

    def planned(self, **facts: object) -> RegularMeeting:
        return services.plan_meeting(
            a_municipality(), self.facts(**facts), actor=self.clerk, at=AT, public_id="meeting00001"
        )

    def invited(self, **facts: object) -> RegularMeeting:
        return services.invite(self.planned(**facts), actor=self.clerk, at=AT)

    def held(self, meeting: RegularMeeting | None = None) -> RegularMeeting:
        meeting, came = (
            meeting or self.invited(),
            MinutesFacts(minutes="講座は年2回とする。", internal_notes="内輪"),
        )
        came = replace(came, came=[meeting.attendees.of_partners().get().pk])
        return services.write_minutes(meeting, came, actor=self.clerk, at=HELD_AT)


@pytest.fixture
def town(db) -> Town:
    return Town()


def letters() -> dict[str, list[Letter]]:
    """All letters by their address, in the order of writing."""
    found: dict[str, list[Letter]] = {}
    for letter in Letter.objects.order_by("pk"):
        found.setdefault(letter.address, []).append(letter)
    return found


def event_in(letter: Letter):
    calendar = Calendar.from_ical(letter.calendar)
    return calendar["method"], int(calendar.walk("VEVENT")[0]["sequence"]), calendar.walk("VEVENT")[0]


def test_planning_tells_nobody_and_inviting_asks_each_once_with_a_calendar(town):
    meeting = town.planned()
    assert town.planned() == meeting
    assert not letters()
    services.invite(meeting, actor=town.clerk, at=AT)
    with pytest.raises(MeetingRefused, match="まだ案内していない"):
        services.invite(meeting, actor=town.clerk, at=AT)
    told = letters()
    assert {address: len(found) for address, found in told.items()} == {
        "clerk@town.example": 1,
        "sato@example.com": 1,
    }
    assert event_in(told["sato@example.com"][0])[:2] == ("REQUEST", 0)
    assert "desk/regular-meetings/meeting00001/" not in told["sato@example.com"][0].plain


def test_a_change_says_what_changed_and_moves_the_calendars(town):
    meeting = town.invited()
    first = event_in(letters()["sato@example.com"][0])[2]
    services.change(meeting, town.facts(held_on=MONDAY + timedelta(days=1)), actor=town.clerk, at=AT)
    letter = letters()["sato@example.com"][-1]
    method, sequence, event = event_in(letter)
    assert (method, sequence, event["uid"]) == ("REQUEST", 1, first["uid"])
    assert "日: 令和6年(2024年)6月3日(月) → 令和6年(2024年)6月4日(火)" in letter.plain
    with pytest.raises(MeetingRefused, match="変わった所がありません"):
        services.change(meeting, town.facts(held_on=MONDAY + timedelta(days=1)), actor=town.clerk, at=AT)


def test_who_joins_is_asked_who_is_taken_off_is_told_and_the_others_are_left_in_peace(town):
    meeting = town.invited()
    new = Invitee(side=Side.PARTNER, name="鈴木", email="suzuki@example.com", organisation=town.partner)
    people = [Invitee.clerk(town.clerk), new]
    services.change(meeting, town.facts(attendees=people), actor=town.clerk, at=AT)
    told = letters()
    assert len(told["clerk@town.example"]) == 1
    assert event_in(told["sato@example.com"][-1])[:2] == ("CANCEL", 1)
    assert event_in(told["suzuki@example.com"][-1])[:2] == ("REQUEST", 1)
    services.change(meeting, town.facts(), actor=town.clerk, at=AT)
    assert event_in(letters()["sato@example.com"][-1])[:2] == ("REQUEST", 2)


def test_a_cancelled_meeting_leaves_the_calendars_and_stays_cancelled(town):
    meeting = town.invited()
    with pytest.raises(MeetingRefused, match="理由"):
        services.cancel(meeting, reason=" ", actor=town.clerk, at=AT)
    services.cancel(meeting, reason="台風のため", actor=town.clerk, at=AT)
    letter = letters()["sato@example.com"][-1]
    assert event_in(letter)[:2] == ("CANCEL", 1)
    assert "台風のため" in letter.plain
    for act in (
        lambda: services.change(meeting, town.facts(title="別"), actor=town.clerk, at=AT),
        lambda: services.cancel(meeting, reason="再び", actor=town.clerk, at=AT),
        lambda: take_on(meeting, FollowUpFacts(text="する", side=Side.TOWN), actor=town.clerk, at=AT),
    ):
        with pytest.raises(MeetingRefused, match="中止"):
            act()


def test_what_cannot_be_a_meeting_is_refused_with_what_to_do(town):
    other = an_agreement(municipality=a_municipality("011002"), partners=("他町商店",))
    (stranger,) = organisations_of([other])
    refused = [
        ({"held_on": date(2024, 4, 30)}, "開催済みとして記録"),
        ({"ends_at": time(14, 0)}, "終わる時刻"),
        ({"begins_at": None, "ends_at": time(15, 0)}, "始まる時刻も"),
        ({"agreements": []}, "一つ以上"),
        ({"agreements": [other], "attendees": []}, "ほかの自治体の協定"),
        ({"attendees": [Invitee(side=Side.PARTNER, name="他人", organisation=stranger)]}, "相手方の人では"),
        ({"attendees": [Invitee(side=Side.PARTNER, name="他人")]}, "相手方の人では"),
        ({"attendees": [Invitee(side=Side.TOWN, name=" ")]}, "氏名が空"),
    ]
    for facts, words in refused:
        with pytest.raises(MeetingRefused, match=words):
            town.planned(**facts)
    with pytest.raises(MeetingRefused, match="まだ来ていません"):
        services.plan_meeting(a_municipality(), town.facts(), actor=town.clerk, at=AT, was_held=True)
    assert not RegularMeeting.objects.exists()
    recorded = services.plan_meeting(
        a_municipality(), town.facts(held_on=date(2024, 4, 1)), actor=town.clerk, at=AT, was_held=True
    )
    assert recorded.state == MeetingState.HELD


def test_a_second_look_is_asked_for_holidays_agreements_out_of_force_and_people_without_mail(town):
    nobody = Invitee(side=Side.PARTNER, name="無住所", organisation=town.partner)
    meeting = town.planned(held_on=date(2025, 4, 29), attendees=[nobody])
    told = " ".join(remarks_on(meeting))
    assert "昭和の日" in told
    assert "効力がありません" in told
    assert "無住所" in told
    meeting.attendees.all().delete()
    assert "相手方の出席者が、まだ一人もいません。" in remarks_on(meeting)


def test_of_two_editors_the_second_is_told_and_changes_nothing(town):
    meeting = town.planned()
    stale = RegularMeeting.objects.get(pk=meeting.pk)
    services.change(meeting, town.facts(place="会議室"), actor=town.clerk, at=AT)
    with pytest.raises(services.MeetingChangedMeanwhile):
        services.change(stale, town.facts(place="別の所"), actor=town.clerk, at=AT)
    assert RegularMeeting.objects.get(pk=meeting.pk).place == "会議室"


def test_minutes_wait_for_the_day_and_partners_read_them_once_they_are_shared(town):
    meeting = town.invited()
    early = MinutesFacts(minutes="早すぎる")
    with pytest.raises(MeetingRefused, match="まだ開かれていません"):
        services.write_minutes(meeting, early, actor=town.clerk, at=AT)
    with pytest.raises(MeetingRefused, match="記録がまだ"):
        services.share_minutes(meeting, actor=town.clerk, at=AT)
    town.held(meeting)
    assert meeting.state == MeetingState.HELD
    assert [one.came for one in meeting.attendees.order_by("pk")] == [False, True]
    before = len(letters()["sato@example.com"])
    services.share_minutes(meeting, actor=town.clerk, at=HELD_AT)
    corrected = MinutesFacts(minutes="講座は年3回とする。", internal_notes="内輪", came=[])
    services.write_minutes(meeting, corrected, actor=town.clerk, at=HELD_AT)
    told = letters()["sato@example.com"][before:]
    assert ["の記録(" in one.subject or "記録を直しました" in one.subject for one in told] == [True, True]
    assert not any("講座" in one.plain or "内輪" in one.plain for one in told)
    corrected = replace(corrected, internal_notes="庁内だけ")
    services.write_minutes(meeting, corrected, actor=town.clerk, at=HELD_AT)
    assert len(letters()["sato@example.com"]) == before + 2
    assert Entry.objects.filter(event="meetings.minutes_corrected").count() == 2


def test_the_paper_of_the_minutes_names_who_came_and_what_is_to_be_done_but_no_internal_notes(town):
    meeting = town.held()
    a_follow_up(meeting, due_on=date(2024, 6, 28))
    told = minutes_of(meeting).told
    assert told["相手方の出席者"] == "株式会社見本 佐藤 一郎"
    assert told["残ったこと"] == [
        {"番号": "1", "内容": "講座の日程案を送る", "担当": "防災課", "期限": "令和6年6月28日"}
    ]
    assert told["時刻"] == "14:00から"
    assert "内輪" not in str(told)


def test_what_is_taken_on_names_its_side_and_is_settled_once_by_either(town):
    meeting = town.held()
    for facts, words in [
        (FollowUpFacts(text=" ", side=Side.TOWN), "することを"),
        (FollowUpFacts(text="送る", side=Side.PARTNER), "どの相手方"),
        (
            FollowUpFacts(text="送る", side=Side.PARTNER, organisation=town.partner, division=town.division),
            "担当課は",
        ),
        (FollowUpFacts(text="送る", side=Side.TOWN, organisation=town.partner), "相手方は"),
    ]:
        with pytest.raises(MeetingRefused, match=words):
            take_on(meeting, facts, actor=town.clerk, at=HELD_AT)
    facts = FollowUpFacts(text="見積りを送る", side=Side.PARTNER, organisation=town.partner)
    one = take_on(meeting, facts, actor=town.clerk, at=HELD_AT, public_id="followup0001")
    assert take_on(meeting, facts, actor=town.clerk, at=HELD_AT, public_id="followup0001") == one
    settle(one, "送りました", by=town.person, at=HELD_AT)
    assert (one.done_on, one.settled_by_partner) == (date(2024, 6, 4), town.person)
    with pytest.raises(MeetingRefused, match="先に"):
        settle(one, "送りました", by=town.clerk, at=HELD_AT)
    open_again(one, "金額が違う", actor=town.clerk, at=HELD_AT)
    assert one.done_on is None
    last = Entry.objects.filter(event__startswith="meetings.").order_by("number").last()
    assert "見積りを送る" in str(last.sentence) and "金額が違う" in str(last.sentence)


def test_an_answer_at_the_counter_is_given_before_the_meeting_by_who_was_asked(town):
    meeting = town.invited()
    assert answer_invitation(meeting, False, by=town.person, at=AT).comes is False
    other = a_correspondent(email="other@example.com", organisation=town.partner)
    with pytest.raises(MeetingRefused, match="出席者ではありません"):
        answer_invitation(meeting, True, by=other, at=AT)
    with pytest.raises(MeetingRefused, match="終わったか"):
        answer_invitation(meeting, True, by=town.person, at=HELD_AT)


def test_the_next_meeting_comes_with_the_same_people_and_what_was_left_open(town):
    meeting = town.held()
    a_follow_up(meeting)
    a_follow_up(meeting, text="済んだこと", done_on=date(2024, 6, 4))
    gone = a_correspondent(email="gone@example.com", organisation=town.partner, closed_at=AT)
    meeting.attendees.create(
        side=Side.PARTNER, correspondent=gone, organisation=town.partner, name="去った人"
    )
    facts = next_facts(meeting, date(2024, 6, 5))
    assert facts.held_on == date(2025, 6, 2)
    assert facts.agenda.splitlines() == ["前回からの持ち越し: 講座の日程案を送る(防災課)"]
    assert [one.name for one in facts.attendees] == ["佐藤 一郎", "見本 花子"]
    following = services.plan_next(meeting, facts, actor=town.clerk, at=HELD_AT)
    assert (following.repeats_from, following.invited_at) == (meeting, None)


@pytest.mark.parametrize(
    "held_on, day, expected",
    [
        (date(2024, 6, 3), date(2024, 6, 4), date(2025, 6, 2)),
        (date(2024, 5, 1), date(2024, 5, 2), date(2025, 4, 30)),
        (date(2023, 1, 9), date(2024, 6, 1), date(2025, 1, 6)),
        (date(2023, 5, 5), date(2023, 5, 6), date(2024, 5, 7)),
    ],
)
def test_the_same_weekday_a_year_later_that_is_still_ahead_and_a_working_day(held_on, day, expected):
    assert next_day(held_on, day) == expected


def test_the_year_lacks_a_meeting_of_agreements_neither_held_nor_planned_in_it(town):
    other = an_agreement(title="見守り協定", division=town.division)
    third = an_agreement(title="包括協定", division=town.division)
    a_meeting(town.agreement, held_on=date(2024, 4, 1), state=MeetingState.HELD)
    a_meeting(other, held_on=date(2024, 3, 31), state=MeetingState.HELD)
    a_meeting(other, held_on=date(2024, 5, 1))
    a_meeting(third, held_on=date(2024, 7, 1), state=MeetingState.CANCELLED)
    lacking = without_meeting([town.agreement, other, third], 2024, date(2024, 6, 1))
    assert [(one, spoken.last and spoken.last.held_on) for one, spoken in lacking] == [
        (other, date(2024, 3, 31)),
        (third, None),
    ]
    a_meeting(other, third, held_on=date(2025, 3, 31))
    assert not without_meeting([other, third], 2024, date(2024, 6, 1))


def test_one_letter_a_day_reminds_of_minutes_and_of_what_is_due_once_for_each_occasion(town):
    meeting = town.planned()
    a_follow_up(meeting, due_on=date(2024, 6, 7))
    theirs = a_follow_up(
        meeting, side=Side.PARTNER, division=None, organisation=town.partner, due_on=date(2024, 6, 7)
    )

    def remind_on(day: date) -> set[str]:
        before = set(Letter.objects.values_list("pk", flat=True))
        moment = datetime(day.year, day.month, day.day, 1, 0, tzinfo=UTC)
        remind_of_meetings(None, a_municipality(), day, moment)
        return set(Letter.objects.exclude(pk__in=before).values_list("address", flat=True))

    assert remind_on(MONDAY) == set()
    assert remind_on(date(2024, 6, 4)) == {"clerk@town.example"}
    assert remind_on(date(2024, 6, 5)) == set()
    letter = Letter.objects.get()
    assert "記録がまだの会議" in letter.plain and "講座の日程案を送る" in letter.plain
    RegularMeeting.objects.filter(pk=meeting.pk).update(shared_at=AT, state=MeetingState.HELD)
    theirs.reminded = ""
    theirs.save()
    assert remind_on(date(2024, 6, 8)) == set()
    assert remind_on(date(2024, 6, 10)) == {"clerk@town.example", "sato@example.com"}
    assert "期限を過ぎています" in letters()["sato@example.com"][-1].plain
    assert remind_on(date(2024, 6, 11)) == set()
    assert remind_on(date(2024, 6, 17)) == {"clerk@town.example", "sato@example.com"}


@pytest.mark.parametrize(
    "day, occasion",
    [
        (date(2024, 4, 1), None),
        (date(2024, 6, 3), None),
        (date(2024, 6, 4), "2024-06-07:near"),
        (date(2024, 6, 7), "2024-06-07:near"),
        (date(2024, 6, 8), "2024-06-07:late-0"),
        (date(2024, 6, 14), "2024-06-07:late-1"),
    ],
)
def test_a_day_is_near_three_working_days_before_and_late_by_weeks(day, occasion):
    assert occasion_of(date(2024, 6, 7), day) == occasion


def test_who_may_change_a_meeting_and_settle_what_was_taken_on(town):
    beside = a_division(name="環境課")
    neighbour = a_user(role=Role.RESPONSIBLE, division=beside, sign_in_name="neighbour")
    reader = a_user(role=Role.READER, sign_in_name="reader")
    meeting = town.planned()
    one = a_follow_up(meeting, division=beside)
    assert why_not_change_meeting(town.clerk, meeting, day=MONDAY) is None
    assert "防災課か総括課" in str(why_not_change_meeting(neighbour, meeting, day=MONDAY))
    assert why_not_settle(neighbour, one, day=MONDAY) is None
    assert why_not_settle(reader, one, day=MONDAY)
