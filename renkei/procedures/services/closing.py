"""Closing an inquiry with its summary (取りまとめ), and opening it again."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.municipalities.models import Division
from renkei.procedures import events
from renkei.procedures.matrix import Proposed, matrix_of, proposed_in
from renkei.procedures.models import CooperationItem, Inquiry, PlannedInitiative
from renkei.procedures.services.claiming import ProcedureRefused, claim, refuse_ended
from renkei.procedures.services.inquiring import refuse_closed, tell_divisions
from renkei.rules.japanese_calendar import japanese_date


def state_of(inquiry: Inquiry) -> int:
    """A number that rises with every answer: a summary is kept only if it was written from the present answers."""
    return sum(inquiry.divisions.asked().values_list("version", flat=True))


@transaction.atomic
def close(
    inquiry: Inquiry,
    *,
    summary: str,
    chosen: Collection[str],
    responsible: Mapping[CooperationItem, Division],
    seen: int,
    by: User,
    at: datetime,
) -> Inquiry:
    """Close an inquiry with its summary, as of the answers that were seen.

    `chosen` are keys of proposed initiatives that become planned ones; `responsible` are the divisions of items.
    Divisions that have not answered may be left out: the summary says so.
    """
    refuse_closed(inquiry)
    procedure = inquiry.procedure
    if not summary.strip():
        raise ProcedureRefused(_("取りまとめを書いてください。決裁の資料に載ります。"))
    if not inquiry.divisions.asked().exclude(answered_at=None).exists():
        raise ProcedureRefused(_("まだどの課も回答していません。催促するか、照会先を加えてください。"))
    if state_of(inquiry) != seen:
        raise ProcedureRefused(
            _(
                "書いている間に回答が変わりました。いまの回答を確かめて取りまとめを直し、もう一度押してください。"
            )
        )
    claim(procedure)
    matrix = matrix_of(procedure, inquiry)
    _plan([one for one in proposed_in(matrix) if one.key in chosen])
    changes = _make_responsible(responsible)
    inquiry.summary, inquiry.closed_at, inquiry.closed_by = summary.strip(), at, by
    inquiry.save(update_fields=["summary", "closed_at", "closed_by"])
    record(events.INQUIRY_CLOSED, by, procedure, municipality=procedure.municipality, changes=changes)
    return inquiry


def _plan(chosen: list[Proposed]) -> None:
    for one in chosen:
        last = one.item.planned_initiatives.aggregate(last=Max("position"))["last"]
        PlannedInitiative.objects.create(
            procedure=one.item.procedure,
            item=one.item,
            position=(last or 0) + 1,
            title=one.title,
            division=one.division,
            origin=one.origin[:200],
        )


def _make_responsible(responsible: Mapping[CooperationItem, Division]) -> dict[str, tuple[object, object]]:
    before, after = [], []
    for item, division in responsible.items():
        if item.division_id != division.pk:
            before.append(f"{item.heading}: {item.division or _('(なし)')}")
            item.division = division
            item.save(update_fields=["division"])
            after.append(f"{item.heading}: {division}")
    return {"procedures.cooperationitem.division": (before, after)} if after else {}


@transaction.atomic
def reopen(inquiry: Inquiry, *, due_on: date, by: User, at: datetime, reason: str) -> Inquiry:
    """Open a closed inquiry again until a day, with the reason; its divisions are told, and can answer again."""
    procedure = inquiry.procedure
    refuse_ended(procedure)
    if inquiry.is_open:
        raise ProcedureRefused(_("締め切っていない照会です。画面を読み直してください。"))
    if not reason.strip():
        raise ProcedureRefused(_("理由を書いてください。課に伝わり、手続の経過に残ります。"))
    if due_on < timezone.localdate(at):
        raise ProcedureRefused(_("回答の期限は、今日か、それより後の日にしてください。"))
    claim(procedure)
    inquiry.closed_at = inquiry.closed_by = None
    inquiry.due_on = due_on
    inquiry.save(update_fields=["closed_at", "closed_by", "due_on"])
    inquiry.divisions.asked().update(due_on=due_on)
    record(events.INQUIRY_REOPENED, by, procedure, municipality=procedure.municipality, reason=reason.strip())
    words = [
        reason.strip(),
        _("%(day)sまでに、回答を書くか改めてください。いまの回答でよければ、何もしなくてかまいません。")
        % {"day": japanese_date(due_on)},
    ]
    asked = inquiry.divisions.asked().select_related("division")
    tell_divisions(inquiry, asked, f"reopened-{procedure.version}", _("庁内照会を再開しました"), words, at)
    return inquiry
