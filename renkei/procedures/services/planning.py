"""Planning initiatives under the items: add, reword, order, drop, bring back (取組事項の案)."""

from dataclasses import dataclass, fields

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.events import Event
from renkei.audit.services import Changes, record
from renkei.municipalities.models import Division
from renkei.procedures import events
from renkei.procedures.models import CooperationItem, PlannedInitiative, Procedure
from renkei.procedures.services.claiming import ProcedureRefused, claim, made_once, refuse_ended


@dataclass(frozen=True)
class InitiativePlan:
    """An initiative as it is planned: under which item, what, who does which part, when."""

    title: str
    item: CooperationItem | None = None
    division: Division | None = None
    town_part: str = ""
    partner_part: str = ""
    timing: str = ""


@transaction.atomic
def plan_initiative(
    procedure: Procedure, plan: InitiativePlan, *, by: User, public_id: str, origin: str = ""
) -> PlannedInitiative:
    """Add an initiative at the end of its item."""
    _refuse(procedure, plan)
    last = procedure.planned_initiatives.filter(item=plan.item).aggregate(last=Max("position"))["last"] or 0
    initiative = PlannedInitiative(
        procedure=procedure,
        public_id=public_id,
        position=last + 1,
        origin=origin,
        **_values(plan),
    )
    initiative, is_new = made_once(initiative, procedure=procedure)
    if is_new:
        _tell(events.INITIATIVE_PLANNED, initiative, by)
    return initiative


@transaction.atomic
def reword_initiative(initiative: PlannedInitiative, plan: InitiativePlan, *, by: User) -> PlannedInitiative:
    """Change what an initiative says; the procedure's version says what the person saw."""
    procedure = initiative.procedure
    _refuse(procedure, plan)
    claim(procedure)
    values = _values(plan)
    changes = {
        f"procedures.plannedinitiative.{name}": (str(getattr(initiative, name) or ""), str(value or ""))
        for name, value in values.items()
        if getattr(initiative, name) != value
    }
    if not changes:
        return initiative
    if initiative.item_id != (plan.item.pk if plan.item else None):
        others = procedure.planned_initiatives.filter(item=plan.item)
        initiative.position = (others.aggregate(last=Max("position"))["last"] or 0) + 1
    for name, value in values.items():
        setattr(initiative, name, value)
    initiative.save(update_fields=[*values, "position"])
    _tell(events.INITIATIVE_REWORDED, initiative, by, changes)
    return initiative


@transaction.atomic
def raise_initiative(initiative: PlannedInitiative, *, by: User) -> None:
    """Put an initiative before the one that stands above it under the same item; the first stays where it is."""
    refuse_ended(initiative.procedure)
    same_item = initiative.procedure.planned_initiatives.select_for_update().filter(
        item=initiative.item, is_dropped=False
    )
    order = list(same_item.order_by("position", "pk"))
    here = order.index(initiative) if initiative in order else 0
    if not here:
        return
    order[here - 1 : here + 1] = [order[here], order[here - 1]]
    for place, one in enumerate(order, start=1):
        one.position = place
    PlannedInitiative.objects.bulk_update(order, ["position"])
    _tell(events.INITIATIVE_MOVED, initiative, by)


@transaction.atomic
def drop_initiative(initiative: PlannedInitiative, *, by: User) -> None:
    """Leave an initiative out of the lists that are written from now on; it can be brought back."""
    _set_dropped(initiative, True, events.INITIATIVE_DROPPED, by)


@transaction.atomic
def bring_initiative_back(initiative: PlannedInitiative, *, by: User) -> None:
    """Take a dropped initiative in again."""
    _set_dropped(initiative, False, events.INITIATIVE_BROUGHT_BACK, by)


def _set_dropped(initiative: PlannedInitiative, dropped: bool, event: Event, by: User) -> None:
    refuse_ended(initiative.procedure)
    rows = PlannedInitiative.objects.filter(pk=initiative.pk, is_dropped=not dropped)
    if rows.update(is_dropped=dropped):  # pressed twice it is told once
        initiative.is_dropped = dropped
        _tell(event, initiative, by)


def _refuse(procedure: Procedure, plan: InitiativePlan) -> None:
    refuse_ended(procedure)
    if not plan.title.strip():
        raise ProcedureRefused(_("取組の内容を入れてください。"))
    if plan.item is not None and plan.item.procedure_id != procedure.pk:
        raise ProcedureRefused(_("その連携事項は、この手続のものではありません。画面を開き直してください。"))
    if plan.division is not None and plan.division.municipality_id != procedure.municipality_id:
        raise ProcedureRefused(_("その課は、この自治体の課ではありません。担当課を選び直してください。"))


def _values(plan: InitiativePlan) -> dict[str, object]:
    told = {one.name: getattr(plan, one.name) for one in fields(plan)}
    return {name: value.strip() if isinstance(value, str) else value for name, value in told.items()}


def _tell(event: Event, initiative: PlannedInitiative, by: User, changes: Changes | None = None) -> None:
    procedure = initiative.procedure
    record(
        event,
        by,
        procedure,
        municipality=procedure.municipality,
        changes=changes,
        initiative=initiative.title,
    )
