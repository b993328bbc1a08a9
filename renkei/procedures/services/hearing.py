"""Writing down what the town asked a proposer and learned (聴取)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.procedures import events
from renkei.procedures.models import Hearing, Procedure
from renkei.procedures.services.changing import changed
from renkei.procedures.services.claiming import ProcedureRefused, claim, made_once, refuse_ended
from renkei.rules.japanese_calendar import japanese_date


@dataclass(frozen=True, kw_only=True)
class HearingFacts:
    """What a person writes of a hearing."""

    held_on: date
    learned: str
    way: str = ""
    town_people: str = ""
    partner_people: str = ""
    asked: str = ""


@transaction.atomic
def write_hearing(
    procedure: Procedure, facts: HearingFacts, *, by: User, at: datetime, public_id: str
) -> Hearing:
    """Add a hearing; sent again it gives the one that is there."""
    _refuse(procedure, facts, timezone.localdate(at))
    new = Hearing(procedure=procedure, public_id=public_id, written_by=by, written_at=at, **asdict(facts))
    hearing, is_new = made_once(new, procedure=procedure)
    if is_new:
        day = japanese_date(hearing.held_on)
        record(events.HEARD, by, procedure, municipality=procedure.municipality, day=day)
    return hearing


@transaction.atomic
def correct_hearing(hearing: Hearing, facts: HearingFacts, *, by: User, at: datetime) -> Hearing:
    """Put a hearing right; what stood there before stays in the log."""
    procedure = hearing.procedure
    _refuse(procedure, facts, timezone.localdate(at))
    claim(procedure)
    changes = changed(hearing, asdict(facts))
    record(
        events.HEARING_CORRECTED,
        by,
        procedure,
        municipality=procedure.municipality,
        changes=changes,
        day=japanese_date(hearing.held_on),
    )
    return hearing


def _refuse(procedure: Procedure, facts: HearingFacts, day: date) -> None:
    refuse_ended(procedure)
    if facts.held_on > day:
        raise ProcedureRefused(
            _("聴取した日が今日より後です。これからの予定は「協議」に書き、聴いてから記録してください。")
        )
    if not facts.learned.strip():
        raise ProcedureRefused(_("分かったことを書いてください。"))
