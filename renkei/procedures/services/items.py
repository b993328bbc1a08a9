"""The matters of cooperation (連携事項): added, reworded, put in order, dropped, brought back, agreed on."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.municipalities.models import Division
from renkei.procedures import events
from renkei.procedures.models import CooperationItem, Procedure
from renkei.procedures.services.changing import Changes, changed, said
from renkei.procedures.services.claiming import ProcedureRefused, claim, made_once, refuse_ended

UP, DOWN = "up", "down"


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """What a person writes of a matter of cooperation."""

    heading: str
    description: str = ""
    division: Division | None = None


@transaction.atomic
def add_item(
    procedure: Procedure, facts: ItemFacts, *, by: User, at: datetime, public_id: str
) -> CooperationItem:
    """Add a matter at the end; sent again it gives the one that is there."""
    refuse_ended(procedure)
    _refuse(procedure, facts)
    last = procedure.items.aggregate(last=Max("position"))["last"] or 0
    new = CooperationItem(procedure=procedure, public_id=public_id, position=last + 1, **vars(facts))
    item, is_new = made_once(new, procedure=procedure)
    if is_new:
        _tell(events.ITEM_ADDED, item, by)
    return item


@transaction.atomic
def change_item(item: CooperationItem, facts: ItemFacts, *, by: User, at: datetime) -> CooperationItem:
    """Reword a matter, or give it to another division; what was agreed on in other words is agreed no longer."""
    _refuse(item.procedure, facts)
    _claim(item)
    changes = changed(item, vars(facts))
    if item.is_agreed and "procedures.cooperationitem.heading" in changes:
        changes |= changed(item, {"is_agreed": False})
    _tell(events.ITEM_CHANGED, item, by, changes=changes)
    return item


@transaction.atomic
def order_item(item: CooperationItem, way: str, *, by: User, at: datetime) -> None:
    """Move a matter one place up or down among those that are not dropped."""
    standing = list(item.procedure.items.filter(dropped_reason=""))
    place = standing.index(item) + (-1 if way == UP else 1) if item in standing else -1
    if not 0 <= place < len(standing):
        raise ProcedureRefused(_("これより先には動かせません。"))
    _claim(item)
    before = [one.heading for one in standing]
    standing.remove(item)
    standing.insert(place, item)
    dropped = item.procedure.items.exclude(dropped_reason="")
    for position, one in enumerate([*standing, *dropped], start=1):
        CooperationItem.objects.filter(pk=one.pk).exclude(position=position).update(position=position)
    after = [one.heading for one in standing]
    changes: Changes = {"procedures.cooperationitem": (before, after)}
    _tell(events.ITEMS_ORDERED, item, by, changes=changes)


@transaction.atomic
def drop_item(item: CooperationItem, *, by: User, at: datetime, reason: str) -> CooperationItem:
    """Leave a matter out of the agreement, with the reason; it keeps what was written about it."""
    if item.dropped_reason:
        raise ProcedureRefused(_("すでに取りやめています。画面を読み直してください。"))
    reason = said(reason)
    _claim(item)
    changed(item, {"dropped_reason": reason, "is_agreed": False})
    _tell(events.ITEM_DROPPED, item, by, reason=item.dropped_reason)
    return item


@transaction.atomic
def bring_back_item(item: CooperationItem, *, by: User, at: datetime) -> CooperationItem:
    """Take a matter up again that was dropped."""
    if not item.dropped_reason:
        raise ProcedureRefused(_("取りやめていない連携事項です。画面を読み直してください。"))
    _claim(item)
    changed(item, {"dropped_reason": ""})
    _tell(events.ITEM_BROUGHT_BACK, item, by)
    return item


@transaction.atomic
def agree_on_item(item: CooperationItem, is_agreed: bool, *, by: User, at: datetime) -> CooperationItem:
    """Say that both sides agree on a matter, or that they do not any more."""
    if item.dropped_reason:
        raise ProcedureRefused(_("取りやめた連携事項です。先に戻してください。"))
    _claim(item)
    changed(item, {"is_agreed": is_agreed})
    _tell(events.ITEM_AGREED if is_agreed else events.ITEM_NOT_AGREED, item, by)
    return item


def _claim(item: CooperationItem) -> None:
    refuse_ended(item.procedure)
    claim(item.procedure)


def _refuse(procedure: Procedure, facts: ItemFacts) -> None:
    if facts.division and facts.division.municipality_id != procedure.municipality_id:
        raise ProcedureRefused(_("この自治体の課だけを選べます。画面を読み直してください。"))
    if not facts.heading.strip():
        raise ProcedureRefused(_("連携事項を書いてください。例: 健康の維持・増進に関すること"))


def _tell(
    event: Event, item: CooperationItem, by: User, *, reason: str = "", changes: Changes | None = None
) -> None:
    procedure, facts = item.procedure, {"item": item.heading} if "item" in event.placeholders else {}
    record(event, by, procedure, municipality=procedure.municipality, reason=reason, changes=changes, **facts)
