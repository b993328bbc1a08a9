"""Regular meetings at the desk: agreements chosen, planned with others, changed, recorded; nothing typed is lost."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from renkei.accounts.models import Role, User
from renkei.agreements.models import Series
from renkei.agreements.vocabulary import Side
from renkei.initiatives.models import FollowUp, RegularMeeting
from renkei.initiatives.vocabulary import MeetingState
from renkei.reminders.models import Letter
from renkei.search.rebuilding import rebuild
from tests.factories import a_division, a_user, an_agreement
from tests.procedure_factories import a_correspondent
from tests.work_factories import a_follow_up, a_meeting

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


class Desk:
    """A clerk of a division with an agreement of two partners, one of whom has a person at the counter."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.division = a_division()
        self.clerk = a_user(role=Role.RESPONSIBLE, division=self.division)
        User.objects.filter(pk=self.clerk.pk).update(email="clerk@town.example")
        client.force_login(self.clerk)
        self.agreement = an_agreement(
            title="見守り協定", partners=("株式会社見本", "見本生協"), division=self.division
        )
        self.first, self.second = [one.organisation for one in self.agreement.parties.order_by("position")]
        self.person = a_correspondent(email="sato@example.com", name="佐藤 一郎", organisation=self.first)

    def at(self, name: str, *ids: object) -> str:
        return reverse(f"desk:regular_meeting{name}", args=[getattr(one, "public_id", one) for one in ids])

    def form(self, **given: object) -> dict[str, object]:
        return {
            "agreement": [self.agreement.public_id],
            "title": "連携協議会",
            "held_on": (timezone.localdate() + TOMORROW).isoformat(),
            "begins_at": "午後2時半",
            "place": "会議室",
            "clerks": [self.clerk.public_id],
            "partners": [self.person.public_id],
            "person-TOTAL_FORMS": "0",
            "person-INITIAL_FORMS": "0",
            **given,
        }


@pytest.fixture
def desk(client) -> Desk:
    return Desk(client)


def test_agreements_are_found_by_words_and_chosen_one_by_one_or_with_their_whole_series(desk):
    series = Series.objects.create(municipality=desk.agreement.municipality, name="見守り")
    other = an_agreement(title="別の見守り協定", starts="2024-04-01")
    for one in (desk.agreement, other):
        one.series = series
        one.save()
    rebuild()
    page = desk.client.get(desk.at("_new"), {"q": "見守り"}).content.decode()
    assert "見守り協定" in page and f"series={series.public_id}" in page
    chosen = {"agreement": desk.agreement.public_id, "series": series.public_id}
    page = desk.client.get(desk.at("_new"), chosen).content.decode()
    assert "選んだ協定 2件" in page
    form = desk.client.get(desk.at("_new"), {"agreement": desk.agreement.public_id, "ready": "1"})
    page = form.content.decode()
    assert "佐藤 一郎(株式会社見本)" in page
    assert "checked" in page.split("佐藤 一郎")[0].rpartition("<input")[2]


def test_a_meeting_is_planned_with_others_invited_moved_and_recorded(desk):
    others = {
        "person-TOTAL_FORMS": "2",
        "person-0-side": desk.second.public_id,
        "person-0-name": "鈴木",
        "person-0-email": "suzuki@example.com",
        "person-1-side": "town",
        "person-1-name": "見本花子",
    }
    answer = desk.client.post(desk.at("_new"), desk.form(**others, clerks=[]))
    meeting = RegularMeeting.objects.get()
    assert answer["Location"] == desk.at("", meeting)
    assert f"{meeting.begins_at:%H:%M}" == "14:30"
    people = {one.name: one for one in meeting.attendees.all()}
    assert people["見本 花子"].user == desk.clerk
    assert people["鈴木"].organisation == desk.second
    page = desk.client.get(desk.at("", meeting)).content.decode()
    assert "案内を送る" in page and "suzuki@example.com" in page
    desk.client.post(desk.at("_invite", meeting), {"version": meeting.version})
    assert Letter.objects.exclude(calendar="").count() == 3
    moved = desk.form(held_on=timezone.localdate().isoformat(), place="オンライン")
    assert desk.client.post(desk.at("_change", meeting), moved).status_code == 302
    file = desk.client.get(desk.at("_calendar", meeting))
    event = Calendar.from_ical(file.content).walk("VEVENT")[0]
    assert (event["location"], event["sequence"], "attendee" in event) == ("オンライン", 1, False)
    came = meeting.attendees.get(correspondent=desk.person)
    minutes = {"came": [str(came.pk)], "minutes": "講座は年2回とする。", "internal_notes": "内輪"}
    desk.client.post(desk.at("_minutes", meeting), minutes)
    desk.client.post(desk.at("_share", meeting))
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD and meeting.shared_at
    word = desk.client.get(desk.at("_paper", meeting, "docx"))
    assert word.status_code == 200 and word.content.startswith(b"PK")


def test_what_cannot_be_read_or_is_refused_stays_in_the_form(desk):
    for given, words in [
        ({"begins_at": "朝いち"}, "「朝いち」を時刻として読めません"),
        ({"held_on": "R5.6.1"}, "過ぎた日です"),
        ({"agreement": []}, "一つ以上選んでください"),
        ({"title": ""}, "会議の名称を入れてください"),
    ]:
        answer = desk.client.post(desk.at("_new"), desk.form(**given))
        page = answer.content.decode()
        assert answer.status_code == 422, given
        assert words in page and "会議室" in page
    assert not RegularMeeting.objects.exists()
    held = desk.form(held_on="R5.6.1", was_held="on")
    assert desk.client.post(desk.at("_new"), held).status_code == 302
    row = desk.client.post(desk.at("_new"), desk.form(do="add-person")).content.decode()
    assert 'name="person-0-name"' in row and "会議室" in row


def test_the_second_of_two_editors_is_told_and_keeps_what_was_typed(desk):
    meeting = a_meeting(desk.agreement, held_on=timezone.localdate() + TOMORROW, version=2)
    answer = desk.client.post(desk.at("_change", meeting), desk.form(version="1", place="別の所"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "ほかの人が先に変更しました" in page and "別の所" in page
    assert 'name="version" value="2"' in page


def test_the_list_shows_first_what_lacks_its_minutes_and_finds_by_words(desk):
    day = timezone.localdate()
    a_meeting(desk.agreement, title="過ぎた会議", held_on=day - TOMORROW)
    a_meeting(desk.agreement, title="来る会議", held_on=day)
    a_meeting(desk.agreement, title="開いた会議", held_on=day - TOMORROW, state=MeetingState.HELD)
    page = desk.client.get(reverse("desk:regular_meetings")).content.decode()
    assert page.index("過ぎた会議") < page.index("来る会議") < page.index("開いた会議")
    found = desk.client.get(reverse("desk:regular_meetings"), {"q": "見守り 来る"}).content.decode()
    assert "来る会議" in found and "開いた会議" not in found
    year = desk.client.get(reverse("desk:regular_meeting_year"), {"form": "all"})
    assert "どの協定にも" in year.content.decode() or "0件" in year.content.decode()


def test_what_was_taken_on_is_written_settled_and_opened_again(desk):
    meeting = a_meeting(desk.agreement, state=MeetingState.HELD, held_on=date(2024, 6, 3))
    facts = {"text": "見積りを送る", "who": desk.first.public_id, "due_on": "R6.6.28"}
    desk.client.post(desk.at("_follow_up_new", meeting), facts)
    one = FollowUp.objects.get()
    assert (one.side, one.organisation, one.due_on) == (Side.PARTNER, desk.first, date(2024, 6, 28))
    listed = desk.client.get(reverse("desk:regular_meeting_follow_ups"), {"whose": "partner"})
    assert "見積りを送る" in listed.content.decode() and "期限切れ" in listed.content.decode()
    mine = desk.client.get(reverse("desk:regular_meeting_follow_ups"), {"whose": "mine"}).content.decode()
    assert "見積りを送る" not in mine
    a_follow_up(meeting, text="日程を決める")
    mine = desk.client.get(reverse("desk:regular_meeting_follow_ups"), {"whose": "mine"}).content.decode()
    assert "日程を決める" in mine
    desk.client.post(desk.at("_follow_up_settle", meeting, one), {"outcome": "届いた"})
    one.refresh_from_db()
    assert (one.outcome, one.done_on) == ("届いた", timezone.localdate())
    desk.client.post(desk.at("_follow_up_open_again", meeting, one), {"reason": "金額が違う"})
    one.refresh_from_db()
    assert one.done_on is None
    elsewhere = a_meeting(an_agreement(title="別"))
    assert desk.client.get(desk.at("_follow_up_settle", elsewhere, one)).status_code == 404
