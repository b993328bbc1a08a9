"""The board at the desk, and what leads from it: papers, sending, shifts, the map, the report, the end, lessons."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from renkei.accounts.models import Role
from renkei.disasters.incidents.step_facts import StepFacts
from renkei.disasters.models import HelpRequest, Lesson, Step
from renkei.disasters.services.requesting import record_step
from renkei.disasters.vocabulary import ChannelKind, StepKind
from renkei.reminders.models import Letter
from tests.disaster_factories import a_contact, a_district, a_need, a_request, an_incident
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db


class Room:
    """A clerk at the board of a night with one request that nobody has answered for an hour."""

    def __init__(self, client) -> None:
        self.client, self.division = client, a_division()
        self.clerk = a_user(role=Role.RESPONSIBLE, division=self.division)
        client.force_login(self.clerk)
        self.agreement = an_agreement(partners=("見本商店",))
        mail = ((ChannelKind.MOBILE, "090-0000-0001"), (ChannelKind.MAIL, "yoru@example.co.jp"))
        a_contact(self.agreement, channels=mail)
        self.hour_ago = timezone.now() - timedelta(minutes=61)
        self.incident = an_incident(opened_at=self.hour_ago)
        need = a_need(self.incident, district=a_district(), opened_at=self.hour_ago)
        self.asked = a_request(self.agreement, need, made_at=self.hour_ago)

    def at(self, name: str, *ids: str) -> str:
        return reverse(f"desk:{name}", args=ids or [self.incident.public_id])

    def see(self, name: str, *ids: str) -> str:
        answer = self.client.get(self.at(name, *ids))
        assert answer.status_code == 200, name
        return answer.content.decode()

    def press(self, name: str, *ids: str, **given: object):
        return self.client.post(self.at(name, *ids), given, follow=True).content.decode()

    def step(self, kind: StepKind, **facts: object) -> Step:
        at = timezone.now()
        by_link = bool(facts.pop("by_link", False))
        actor = None if by_link else facts.pop("actor", self.clerk)
        return record_step(
            self.asked, StepFacts(kind, **facts), actor=actor, at=at, received_at=at, came_by_link=by_link
        )


@pytest.fixture
def room(client) -> Room:
    return Room(client)


def test_the_board_shows_who_waits_and_one_press_makes_the_paper_as_pdf_and_word(room):
    board = room.see("incident_board")
    assert "1時間1分" in board
    assert "見本商店" in board
    paper = room.client.get(room.at("help_request_paper", room.asked.public_id))
    assert paper.content.startswith(b"%PDF")
    word = room.client.get(room.at("help_request_paper", room.asked.public_id), {"form": "docx"})
    assert word.content.startswith(b"PK")
    assert room.client.get(room.at("incident_report")).content.startswith(b"%PDF")
    assert "東光地区" in room.see("incident_map")
    for what in ("board", "record", "costs"):
        assert (
            room.client.get(room.at("incident_file", room.incident.public_id, what, "csv")).status_code == 200
        )
    excel = room.client.get(room.at("incident_file", room.incident.public_id, "board", "xlsx"))
    assert b"".join(excel).startswith(b"PK")
    assert excel["Content-Type"].endswith("spreadsheetml.sheet")
    assert (
        room.client.get(room.at("incident_file", room.incident.public_id, "board", "exe")).status_code == 404
    )


def test_the_request_is_sent_to_the_chain_and_the_answer_waits_for_a_call_back(room, settings):
    settings.DOORS = ("desk",)  # the counter is another process, whose address nobody told us
    assert 'value="yoru@example.co.jp"' in room.see("help_request_send", room.asked.public_id)
    assert "要請を送りました" in room.press(
        "help_request_send", room.asked.public_id, to="yoru@example.co.jp"
    )
    letter = Letter.objects.get()
    assert letter.address == "yoru@example.co.jp"
    assert ("電話でお知らせください" in letter.plain, "testserver" in letter.plain) == (True, False)
    room.step(StepKind.ACCEPTED, by_link=True, told_by="物流課 鈴木")
    assert "折り返し確認が必要" in room.see("incident_board")
    page = room.see("help_request_call_back", room.asked.public_id)
    assert "物流課 鈴木" in page
    assert 'href="tel:09000000001"' in page
    assert "回答を確かめました" in room.press(
        "help_request_call_back", room.asked.public_id, spoke_with="鈴木"
    )
    assert HelpRequest.objects.get().state == "accepted"
    assert "折り返し確認が必要" not in room.see("incident_board")


def test_contradictions_and_costs_are_settled_from_the_board(room):
    room.step(StepKind.ACCEPTED)
    second = room.step(StepKind.DECLINED, actor=a_user(sign_in_name="other"))
    assert "どちらも正しい" in room.see("incident_board")
    room.press("help_request_conflict", second.public_id, holds="other")
    assert "食い違い" not in room.see("incident_board")
    room.step(StepKind.ARRIVED)
    room.step(StepKind.COST_TOLD, amount=150000)
    assert "150,000円" in room.see("help_request_settle", room.asked.public_id)
    assert "精算を記録しました" in room.press(
        "help_request_settle", room.asked.public_id, amount="１４万円", note="請求書"
    )
    costs = room.see("incident_costs")
    assert "140,000円" in costs
    assert "精算済み" in costs


def test_a_shift_hands_over_the_incident_ends_and_a_lesson_waits_on_the_first_page(room):
    assert "飲料水" in room.see("incident_handover")
    room.press("incident_handover", text="水は朝に届く。", to_name="2班")
    handover = room.incident.handovers.get()
    place = room.incident.public_id, handover.public_id
    assert "次の班の人が、このページで" in room.see("incident_handover_page", *place)
    room.client.force_login(a_user(sign_in_name="relief", role=Role.RESPONSIBLE, division=room.division))
    assert "引継ぎがあります" in room.see("incident_board")
    assert "引継ぎを受け取りました" in room.press("incident_handover_page", *place)
    assert "水は朝に届く。" in room.see("incident_record")
    assert "確かめて" in room.press("incident_close")
    assert "終えました。覚えているうちに" in room.press("incident_close", knows_open="on")
    assert "■ 必要なもの: 1件" in room.see("incident_review")
    room.press("incident_review", review="夜の番号が要る。", version=2)
    task = {"text": "夜はつながらない。", "task": "番号を聞く。", "division": room.division.public_id}
    room.press("lesson_new", **task, due_on="R6.9.30")
    assert "災害・訓練の教訓1件(うち期限切れ1件)" in room.client.get(reverse("desk:home")).content.decode()
    lesson = Lesson.objects.get()
    assert "期限切れ" in room.client.get(reverse("desk:lessons"), {"whose": "mine"}).content.decode()
    room.press("lesson_settle", lesson.public_id, outcome="携帯を教わった。")
    assert "携帯を教わった。" in room.client.get(reverse("desk:lessons"), {"state": "done"}).content.decode()
    assert "先に変更" in room.press("incident_reopen", reason="余震", version=1)
    room.press("incident_reopen", reason="余震")
    room.incident.refresh_from_db()
    assert room.incident.closed_at is None


def test_readers_look_without_numbers_and_press_nothing_and_other_towns_see_nothing(room):
    room.client.force_login(a_user(sign_in_name="reader", role=Role.READER))
    assert "引き継ぐ" not in room.see("incident_board")
    page = room.see("help_request_send", room.asked.public_id)
    assert "yoru@example.co.jp" not in page
    assert room.client.post(room.at("incident_close")).status_code == 403
    room.client.force_login(a_user(sign_in_name="far", municipality=a_municipality("011002")))
    for name in ("incident_board", "incident_map", "incident_record", "incident_report", "incident_close"):
        assert room.client.get(room.at(name)).status_code == 404
    assert room.client.get(room.at("help_request_paper", room.asked.public_id)).status_code == 404


def test_what_a_device_told_of_is_shown_in_words_and_people_only_to_whom_they_concern(room):
    told = {
        "record": "call",
        "id": "ca0000000009",
        "at": "2025-08-20T18:30:00+00:00",
        "partner": room.agreement.partners[0].organisation.public_id,
        "outcome": "no_answer",
        "spoke_with": "夜勤の人",
        "later": "<b>",
    }
    room.incident.unplaced.create(public_id="ca0000000009", told=told, reason="?", received_at=timezone.now())
    seen = room.see("incident_unplaced", room.incident.public_id, "ca0000000009")
    for word in ("電話", "2025/08/21 03:30", "見本商店", "出ない", "夜勤の人", "<dt>later</dt><dd>&lt;b&gt;"):
        assert word in seen
    assert "no_answer" not in seen
    room.client.force_login(a_user(role=Role.READER, sign_in_name="etsuran"))
    assert "夜勤の人" not in room.see("incident_unplaced", room.incident.public_id, "ca0000000009")
