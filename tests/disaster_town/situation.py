"""Of situation: one of each record, and the addresses that are about them."""

from datetime import timedelta

from django.utils import timezone

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.disasters.incidents.answer_links import LASTS, token_of
from renkei.disasters.models import Lesson, ShiftHandover, UnplacedRecord
from tests.disaster_factories import AT, a_district, a_need, a_request, an_incident
from tests.disaster_town.filling import Filled, Work, of

RECORD, OFFICE, LIST = "record", "office", "list"


def agreement_of(work: Work) -> Agreement:
    agreement = work["agreement"]
    assert isinstance(agreement, Agreement)
    return agreement


def _file(work: Work) -> list[object]:
    return [*of("night")(work), "board", "csv"]


DESK: dict[str, tuple[str, Filled]] = {
    "lessons": (LIST, of()),
    "lesson_settle": (OFFICE, of("lesson")),
    "lesson_new": (OFFICE, of("night")),
    "incident_board": (RECORD, of("night")),
    "incident_map": (RECORD, of("night")),
    "incident_record": (RECORD, of("night")),
    "incident_costs": (RECORD, of("night")),
    "incident_report": (RECORD, of("night")),
    "incident_file": (RECORD, _file),
    "incident_handover": (OFFICE, of("night")),
    "incident_handover_page": (OFFICE, of("night", "shift_handover")),
    "incident_unplaced": (OFFICE, of("night", "unplaced")),
    "incident_close": (OFFICE, of("night")),
    "incident_reopen": (OFFICE, of("night")),
    "incident_review": (OFFICE, of("night")),
    "help_request_paper": (RECORD, of("asked_at_night")),
    "help_request_send": (OFFICE, of("asked_at_night")),
    "help_request_call_back": (OFFICE, of("asked_at_night")),
    "help_request_settle": (OFFICE, of("asked_at_night")),
}
COUNTER: dict[str, Filled] = {"help_request_answer": lambda work: [work["answer_link"]]}
NOT_PAGES: set[str] = {"incident_report", "incident_file", "help_request_paper"}
ONLY_SENT: set[str] = set()


def made(agreement: Agreement, clerk: User, work: Work) -> Work:
    """A night with a need in a district, a request, a handover, a record without a place and a lesson."""
    night = an_incident(agreement.municipality, title="令和6年9月2日の大雨", opened_by=clerk)
    place = a_district(agreement.municipality, name="南体育館")
    need = a_need(night, district=place, by=clerk)
    asked = a_request(agreement, need, made_by=clerk, sent_to="kinkyu@example.com", sent_at=AT)
    later = AT + timedelta(hours=5)
    return {
        "night": night,
        "asked_at_night": asked,
        "answer_link": token_of(asked, until=timezone.now() + LASTS),
        "shift_handover": ShiftHandover.objects.create(
            incident=night, text="水は朝に届く。", to_name="2班", open_lines=["No.1 飲料水"], at=later
        ),
        "unplaced": UnplacedRecord.objects.create(
            incident=night,
            public_id="0000000unpc1",
            kind="step",
            told={"kind": "arrived"},
            reason="どの要請か分からない記録です。",
            received_at=later,
            by=clerk,
        ),
        "lesson": Lesson.objects.create(
            incident=night, text="燃料の相手方が一つしかない。", task="もう一社と結ぶ。", written_by=clerk
        ),
    }
