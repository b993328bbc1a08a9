"""The record of an incident (記録): calls, steps, needs, notes and handovers in one order of time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import User
from renkei.disasters.amounts import told_amount
from renkei.disasters.models import Incident, Step


class LineKind(models.TextChoices):
    """What a line of the record is about."""

    NEED = "need", gettext_lazy("必要なもの")
    CALL = "call", gettext_lazy("電話")
    STEP = "step", gettext_lazy("要請の経過")
    NOTE = "note", gettext_lazy("メモ")
    HANDOVER = "handover", gettext_lazy("引継ぎ")


@dataclass(frozen=True)
class RecordLine:
    """One line: when it happened, when it came in, what, about whom, and who noted it.

    `person` is who of a partner answered; only those who may see contacts are shown it.
    """

    kind: LineKind
    at: datetime
    received_at: datetime
    what: str
    about: str
    note: str
    by: User | None
    person: str = ""
    need_id: str = ""
    request_id: str = ""
    marks: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """Who answered, and what was written."""
        return "\n".join(part for part in (self.person, self.note) if part)


def record_of(incident: Incident, *, kind: str = "", names_people: bool = True) -> list[RecordLine]:
    """Everything, or one kind of it, the latest first."""
    wanted = [LineKind(kind)] if kind in LineKind.values else list(LineKind)
    lines = [line for one in wanted for line in SOURCES[one](incident)]
    if not names_people:
        lines = [replace(line, person="") for line in lines]
    return sorted(lines, key=lambda line: (line.at, line.received_at), reverse=True)


def _needs(incident: Incident) -> Iterator[RecordLine]:
    for need in incident.needs.select_related("district", "by"):
        what = _("必要: %s") % f"{need} {need.amount}".strip()
        yield RecordLine(
            LineKind.NEED,
            need.opened_at,
            need.opened_at,
            what,
            need.where,
            "\n".join(part for part in (need.said, need.note) if part),
            need.by,
            need_id=need.public_id,
            marks=(str(need.get_state_display()),),
        )


def _calls(incident: Incident) -> Iterator[RecordLine]:
    for call in incident.calls.select_related("organisation", "need", "request", "by"):
        yield RecordLine(
            LineKind.CALL,
            call.at,
            call.received_at,
            _("電話: %s") % call.get_outcome_display(),
            str(call.organisation),
            call.note,
            call.by,
            call.spoke_with,
            need_id=call.need.public_id if call.need else "",
            request_id=call.request.public_id if call.request else "",
            marks=_marks(call.was_offline, is_void=call.voided_at is not None),
        )


def _steps(incident: Incident) -> Iterator[RecordLine]:
    related = "request__organisation", "request__need", "by"
    for step in Step.objects.filter(request__incident=incident).select_related(*related):
        request = step.request
        amount = told_amount(step.quantity, request.unit)
        cost = _("%s円") % told_amount(step.amount, "") if step.amount is not None else ""
        marks = _marks(step.was_offline, is_void=step.is_void)
        if step.came_by_link:
            marks += (_("リンクの回答"),)
        if step.conflicts_with_id and step.settled_at is None:
            marks += (_("食い違い"),)
        yield RecordLine(
            LineKind.STEP,
            step.at,
            step.received_at,
            " ".join(part for part in (str(step), amount, cost) if part),
            str(request),
            step.note,
            step.by,
            step.told_by,
            need_id=request.need.public_id,
            request_id=request.public_id,
            marks=marks,
        )


def _notes(incident: Incident) -> Iterator[RecordLine]:
    for note in incident.notes.select_related("by"):
        yield RecordLine(LineKind.NOTE, note.at, note.received_at, _("メモ"), "", note.text, note.by)


def _handovers(incident: Incident) -> Iterator[RecordLine]:
    for one in incident.handovers.select_related("by", "accepted_by"):
        marks = (_("受取り済み"),) if one.accepted_at else (_("受取り待ち"),)
        what = _("引継ぎ: %s") % (one.to_name or _("次の班"))
        yield RecordLine(LineKind.HANDOVER, one.at, one.at, what, "", one.text, one.by, marks=marks)
        if one.accepted_at:
            received = _("引継ぎを受け取った")
            yield RecordLine(
                LineKind.HANDOVER, one.accepted_at, one.accepted_at, received, "", "", one.accepted_by
            )


def _marks(was_offline: bool, *, is_void: bool) -> tuple[str, ...]:
    said = (_("通信のない間の記録") if was_offline else "", _("採らない") if is_void else "")
    return tuple(one for one in said if one)


SOURCES = {
    LineKind.NEED: _needs,
    LineKind.CALL: _calls,
    LineKind.STEP: _steps,
    LineKind.NOTE: _notes,
    LineKind.HANDOVER: _handovers,
}
