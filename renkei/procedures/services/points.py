"""Points of a talk (協議の論点): agreed ones, and open ones with who settles them and by when."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.municipalities.models import Division
from renkei.municipalities.public_id import new_public_id
from renkei.procedures import events
from renkei.procedures.letters import tell_division
from renkei.procedures.models import CooperationItem, Meeting, PlannedInitiative, Point, Procedure
from renkei.procedures.services.changing import Changes, changed, said
from renkei.procedures.services.claiming import ProcedureRefused, claim, made_once, refuse_ended
from renkei.rules.japanese_calendar import japanese_date


@dataclass(frozen=True, kw_only=True)
class PointFacts:
    """What a person writes of a point; an open one has an owner."""

    text: str
    is_agreed: bool = False
    meeting: Meeting | None = None
    item: CooperationItem | None = None
    owner_side: str = ""
    owner_division: Division | None = None
    owner: str = ""
    due_on: date | None = None
    is_internal: bool = False


@transaction.atomic
def write_point(procedure: Procedure, facts: PointFacts, *, by: User, at: datetime, public_id: str) -> Point:
    """Add a point; sent again it gives the one that is there."""
    refuse_ended(procedure)
    _refuse(procedure, facts)
    new = Point(procedure=procedure, public_id=public_id, written_at=at, **vars(facts))
    point, is_new = made_once(new, procedure=procedure)
    if is_new:
        _record(events.POINT_WRITTEN, point, by)
        _tell_division(point, at)
    return point


@transaction.atomic
def change_point(point: Point, facts: PointFacts, *, by: User, at: datetime) -> Point:
    """Put a point right; what stood there before stays in the log."""
    _refuse(point.procedure, facts)
    _claim(point)
    changes = changed(point, vars(facts))
    _record(events.POINT_CHANGED, point, by, changes=changes)
    if "procedures.point.owner_division" in changes:
        _tell_division(point, at)
    return point


@transaction.atomic
def settle(point: Point, *, outcome: str, is_agreed: bool, by: User, at: datetime) -> Point:
    """Settle an open point with its outcome; as an agreed one where both sides agree on it."""
    if not point.is_open:
        raise ProcedureRefused(_("すでに片づいています。画面を読み直してください。"))
    if not outcome.strip():
        raise ProcedureRefused(_("どう片づいたかを書いてください。"))
    _claim(point)
    day = timezone.localdate(at)
    changes = changed(point, {"outcome": outcome.strip(), "settled_on": day, "is_agreed": is_agreed})
    _record(events.POINT_SETTLED, point, by, changes=changes)
    return point


@transaction.atomic
def reopen_point(
    point: Point, *, owner_side: str, due_on: date | None, by: User, at: datetime, reason: str
) -> Point:
    """Make a settled or agreed point an open one again, with the reason and who settles it."""
    if point.is_open:
        raise ProcedureRefused(_("まだ片づいていない論点です。画面を読み直してください。"))
    if point.initiative_id:
        raise ProcedureRefused(_("取組事項の案に加えた合意です。先に、取組事項の案を外してください。"))
    if not owner_side:
        raise ProcedureRefused(_("残った論点には、どちらが片づけるかを選んでください。"))
    if point.is_internal and owner_side == Side.PARTNER:
        raise ProcedureRefused(
            _("相手方が片づける論点を、庁内だけにはできません。先に「庁内だけ」を外してください。")
        )
    reason = said(reason)
    _claim(point)
    facts = {"is_agreed": False, "settled_on": None, "owner_side": owner_side, "due_on": due_on}
    changes = changed(point, facts)
    _record(events.POINT_REOPENED, point, by, reason=reason, changes=changes)
    _tell_division(point, at)
    return point


@transaction.atomic
def plan_point(point: Point, *, by: User, at: datetime) -> PlannedInitiative:
    """Make what was agreed a planned initiative under its item; pressed again it gives the one that is there."""
    if point.initiative:
        return point.initiative
    if not point.is_agreed:
        raise ProcedureRefused(_("合意した論点だけを、取組事項の案に加えられます。"))
    _claim(point)
    procedure = point.procedure
    last = procedure.planned_initiatives.filter(item=point.item).aggregate(last=Max("position"))["last"]
    day = point.meeting.held_on if point.meeting else timezone.localdate(point.written_at)
    point.initiative = PlannedInitiative.objects.create(
        procedure=procedure,
        public_id=new_public_id(),
        item=point.item,
        position=(last or 0) + 1,
        title=(point.outcome or point.text)[:400],
        division=point.owner_division or (point.item.division if point.item else None),
        origin=_("協議 %(day)s") % {"day": japanese_date(day)},
    )
    point.save(update_fields=["initiative"])
    _record(events.POINT_PLANNED, point, by)
    return point.initiative


def _tell_division(point: Point, at: datetime) -> None:
    """Another division than the window learns of what it is to settle; the partner reads it at the counter."""
    procedure, division = point.procedure, point.owner_division
    if not point.is_open or division is None or division.pk == procedure.division_id:
        return
    until = [_("%(day)sまでにお願いします。") % {"day": japanese_date(point.due_on)}] if point.due_on else []
    tell_division(
        procedure,
        division,
        f"point-{point.public_id}-{procedure.version}",
        _("協議で残った論点があります"),
        [point.text, *until, _("片づいたら、窓口の課に知らせてください。")],
        at=at,
        page="meetings/",
    )


def _claim(point: Point) -> None:
    refuse_ended(point.procedure)
    claim(point.procedure)


def _refuse(procedure: Procedure, facts: PointFacts) -> None:
    if not facts.text.strip():
        raise ProcedureRefused(_("内容を書いてください。"))
    if not facts.is_agreed and not facts.owner_side:
        raise ProcedureRefused(_("残った論点には、どちらが片づけるかを選んでください。"))
    if facts.is_internal and facts.owner_side == Side.PARTNER and not facts.is_agreed:
        raise ProcedureRefused(_("相手方が片づける論点を、庁内だけにはできません。"))
    if facts.owner_division and facts.owner_division.municipality_id != procedure.municipality_id:
        raise ProcedureRefused(_("この自治体の課だけを選べます。画面を読み直してください。"))
    for one in (facts.meeting, facts.item):
        if one and one.procedure_id != procedure.pk:
            raise ProcedureRefused(_("ほかの手続の記録です。画面を読み直してください。"))


def _record(
    event: Event, point: Point, by: User, *, reason: str = "", changes: Changes | None = None
) -> None:
    procedure, words = point.procedure, str(point)
    record(
        event, by, procedure, municipality=procedure.municipality, reason=reason, changes=changes, point=words
    )
