"""A procedure in the third step with something of everything that is talked about."""

from datetime import timedelta

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.correspondents.models import Correspondent
from renkei.municipalities.models import Division
from renkei.procedures.services.hearing import HearingFacts, write_hearing
from renkei.procedures.services.meetings import MeetingFacts, invite, share, write_meeting
from renkei.procedures.services.points import PointFacts, write_point
from renkei.procedures.services.questions import ask
from renkei.procedures.vocabulary import Stage
from tests.procedure_factories import AT, TODAY, a_correspondent, a_procedure

FIRST = "talk00000001"
SECOND = "talk00000002"
OF_PROCEDURE = (
    "hearing", "similar", "partner", "partner_new", "window", "items", "meetings", "meeting_new", "point_new",
    "questions",
)  # fmt: skip
OF_RECORD = {
    "hearing_correct": "hearing",
    **dict.fromkeys(("item", "item_drop", "item_back", "item_order", "item_agree"), "item"),
    **dict.fromkeys(("meeting", "meeting_edit", "meeting_show", "meeting_cancel"), "meeting"),
    **dict.fromkeys(("point", "point_settle", "point_reopen", "point_plan"), "point"),
    **dict.fromkeys(("question_answer", "question_withdraw"), "question"),
}
PRESSED = {
    "procedure_item_back", "procedure_item_order", "procedure_item_agree", "procedure_meeting_show",
    "procedure_point_plan", "procedure_question_withdraw",
}  # fmt: skip


def a_talk(division: Division, clerk: User, author: Correspondent | None = None) -> dict[str, list[object]]:
    """What fills the addresses of its pages at the desk, by their names."""
    author = author or a_correspondent(email="talks@example.com", municipality=division.municipality)
    procedure = a_procedure(stage=Stage.NEGOTIATION, division=division, author=author)
    by = {"by": clerk, "at": AT}
    heard = HearingFacts(held_on=TODAY, way="来庁", asked="費用は?", learned="市に費用は生じない。")
    write_hearing(procedure, heard, public_id=FIRST, **by)
    held = MeetingFacts(
        held_on=TODAY, agenda="役割分担", minutes="講座は年2回。", internal_notes="予算は要確認。"
    )
    meeting = share(write_meeting(procedure, held, public_id=FIRST, **by), **by)
    planned = MeetingFacts(
        held_on=TODAY + timedelta(days=7), time="10時", place="市役所", agenda="取組の一覧"
    )
    invite(write_meeting(procedure, planned, public_id=SECOND, **by), **by)
    agreed = PointFacts(text="講座は年2回", is_agreed=True, meeting=meeting)
    write_point(procedure, agreed, public_id=FIRST, **by)
    still_open = PointFacts(text="講師の人数", owner_side=Side.PARTNER, due_on=TODAY)
    write_point(procedure, still_open, public_id=SECOND, **by)
    ask(procedure, "会場は?", due_on=TODAY, by=author, at=AT, public_id=FIRST)
    ask(procedure, "講師は何人ですか。", due_on=TODAY, public_id=SECOND, **by)
    records = dict.fromkeys(("hearing", "meeting", "point", "question"), FIRST)
    records["item"] = procedure.items.first().public_id
    return {
        **{f"procedure_{name}": [procedure.public_id] for name in OF_PROCEDURE},
        **{f"procedure_{name}": [procedure.public_id, records[of]] for name, of in OF_RECORD.items()},
    }
