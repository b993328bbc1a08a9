"""Regular meetings at the counter: who was invited sees them, the minutes once shared, and nobody's mail address."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from renkei.agreements.vocabulary import Side
from renkei.initiatives.vocabulary import MeetingState
from tests.factories import an_agreement
from tests.procedure_factories import AT, a_correspondent, visit
from tests.work_factories import a_follow_up, a_meeting

pytestmark = pytest.mark.django_db
SECRET = "庁内の言葉"


class Counter:
    """A meeting of the town with two partners, and a person of each at the counter."""

    def __init__(self) -> None:
        both = an_agreement(title="三者協定", partners=("株式会社見本", "見本生協"))
        others = an_agreement(title="生協だけの協定", partners=("見本生協",))
        first, second = [one.organisation for one in both.parties.order_by("position")]
        self.mine = a_correspondent(email="sato@example.com", name="佐藤 一郎", organisation=first)
        self.other = a_correspondent(email="rival@example.com", name="競合 次郎", organisation=second)
        day = timezone.localdate() + timedelta(days=1)
        self.meeting = a_meeting(both, others, held_on=day, minutes="記録の文", internal_notes=SECRET)
        for person in (self.mine, self.other):
            self.meeting.attendees.create(
                side=Side.PARTNER,
                organisation=person.organisation,
                correspondent=person,
                name=person.name,
                email=person.email,
            )
        self.client = visit(Client(), self.mine)

    def page(self, name: str = "", *ids: str) -> str:
        answer = self.client.get(self.at(name, *ids))
        return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)

    def at(self, name: str = "", *ids: str) -> str:
        town = self.meeting.municipality.code
        return reverse(f"counter:regular_meeting{name}", args=[town, self.meeting.public_id, *ids])

    def set(self, **facts: object) -> None:
        for name, value in facts.items():
            setattr(self.meeting, name, value)
        self.meeting.save()


@pytest.fixture
def counter() -> Counter:
    return Counter()


def test_a_meeting_is_seen_by_who_was_invited_without_others_persons_agreements_and_notes(counter):
    assert counter.page() == counter.page("_calendar") == "404"
    counter.set(invited_at=AT)
    page = counter.page()
    assert "今年度の取組" in page and "見本生協" in page and "三者協定" in page
    for hidden in ("競合 次郎", "rival@example.com", "生協だけの協定", "記録の文", SECRET):
        assert hidden not in page
    file = counter.page("_calendar")
    assert "rival@example.com" not in file and SECRET not in file
    counter.meeting.attendees.filter(correspondent=counter.mine).delete()
    assert counter.page() == "404"


def test_minutes_are_read_once_they_are_shared_and_a_cancelled_meeting_says_why(counter):
    counter.set(invited_at=AT, state=MeetingState.HELD, held_on=date(2024, 6, 3))
    assert "記録の文" not in counter.page()
    counter.set(shared_at=AT)
    assert "記録の文" in counter.page() and SECRET not in counter.page()
    counter.set(state=MeetingState.CANCELLED, cancelled_reason="台風のため", shared_at=None)
    assert "台風のため" in counter.page()
    assert counter.page("_calendar") == "404"


def test_an_answer_is_given_with_a_button_and_shown(counter):
    counter.set(invited_at=AT)
    counter.client.post(counter.at("_answer"), {"comes": "yes"})
    assert counter.meeting.attendees.get(correspondent=counter.mine).comes is True
    assert "出席すると伝えています" in counter.page()
    assert counter.meeting.attendees.get(correspondent=counter.other).comes is None


def test_what_the_partner_took_on_is_settled_with_a_word_and_another_s_is_not_seen(counter):
    counter.set(invited_at=AT, shared_at=AT, state=MeetingState.HELD, held_on=date(2024, 6, 3))
    mine, theirs = [
        a_follow_up(counter.meeting, side=Side.PARTNER, organisation=person.organisation, text=text)
        for person, text in ((counter.mine, "見積りを送る"), (counter.other, "他社の用事"))
    ]
    town = a_follow_up(counter.meeting)
    listing = reverse("counter:regular_meetings", args=[counter.meeting.municipality.code])
    page = counter.client.get(listing).content.decode()
    assert "見積りを送る" in page and "他社の用事" not in page and town.text not in page
    for one in (theirs, town):
        assert counter.page("_follow_up_settle", one.public_id) == "404"
    assert (
        counter.client.post(counter.at("_follow_up_settle", mine.public_id), {"outcome": ""}).status_code
        == 422
    )
    counter.client.post(counter.at("_follow_up_settle", mine.public_id), {"outcome": "送りました"})
    mine.refresh_from_db()
    assert (mine.outcome, mine.settled_by_partner) == ("送りました", counter.mine)
