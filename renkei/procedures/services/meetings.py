"""Meetings of both sides (協議の場): planned, written down, put right, shown to the partner, cancelled."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.procedures import events
from renkei.procedures.letters import tell_partner
from renkei.procedures.models import Meeting, Procedure
from renkei.procedures.services.changing import Changes, changed, said
from renkei.procedures.services.claiming import ProcedureRefused, claim, made_once, refuse_ended
from renkei.rules.japanese_calendar import japanese_date

SEEN_WHEN_INVITED = ("held_on", "time", "place", "agenda", "town_people", "partner_people")
SEEN_WHEN_SHARED = (*SEEN_WHEN_INVITED, "minutes")


@dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """What a person writes of a meeting; `internal_notes` never leave the town."""

    held_on: date
    time: str = ""
    place: str = ""
    agenda: str = ""
    town_people: str = ""
    partner_people: str = ""
    minutes: str = ""
    internal_notes: str = ""


@transaction.atomic
def write_meeting(
    procedure: Procedure, facts: MeetingFacts, *, by: User, at: datetime, public_id: str
) -> Meeting:
    """Add a meeting, planned or held; sent again it gives the one that is there."""
    refuse_ended(procedure)
    _refuse_early_minutes(facts, timezone.localdate(at))
    new = Meeting(procedure=procedure, public_id=public_id, written_by=by, written_at=at, **vars(facts))
    meeting, is_new = made_once(new, procedure=procedure)
    if is_new:
        _record(events.MEETING_WRITTEN, meeting, by)
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, facts: MeetingFacts, *, by: User, at: datetime) -> Meeting:
    """Write on, or put right; the partner is told of what it can see."""
    _refuse_early_minutes(facts, timezone.localdate(at))
    _claim(meeting)
    changes = changed(meeting, vars(facts))
    _record(events.MEETING_CHANGED, meeting, by, changes=changes)
    seen = SEEN_WHEN_SHARED if meeting.shared_at else SEEN_WHEN_INVITED if meeting.invited_at else ()
    if any(f"procedures.meeting.{name}" in changes for name in seen):
        _write_to_partner(meeting, _("協議の内容を直しました"), at)
    return meeting


@transaction.atomic
def invite(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """Tell the partner of a planned meeting: day, place and agenda."""
    if meeting.invited_at or not meeting.is_planned_on(timezone.localdate(at)):
        raise ProcedureRefused(_("これから開く協議で、まだ知らせていないものだけを知らせられます。"))
    _claim(meeting)
    meeting.invited_at = at
    meeting.save(update_fields=["invited_at"])
    _record(events.MEETING_INVITED, meeting, by)
    _write_to_partner(meeting, _("協議の予定をお知らせします"), at)
    return meeting


@transaction.atomic
def share(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """Show the minutes to the partner, from now on and with every later correction."""
    if meeting.shared_at:
        raise ProcedureRefused(_("すでに相手方に見せています。画面を読み直してください。"))
    if not meeting.minutes.strip():
        raise ProcedureRefused(_("協議の記録がまだありません。記録を書いてから、相手方に見せてください。"))
    _claim(meeting)
    meeting.shared_at = at
    meeting.save(update_fields=["shared_at"])
    _record(events.MEETING_SHARED, meeting, by)
    _write_to_partner(meeting, _("協議の記録をご確認ください"), at)
    return meeting


@transaction.atomic
def cancel(meeting: Meeting, *, by: User, at: datetime, reason: str) -> Meeting:
    """Say that a planned meeting is not held; who was invited is told."""
    if meeting.cancelled_reason or meeting.minutes:
        raise ProcedureRefused(_("記録のある協議と、すでに取りやめた協議は、取りやめられません。"))
    reason = said(reason)
    _claim(meeting)
    meeting.cancelled_reason = reason
    meeting.save(update_fields=["cancelled_reason"])
    _record(events.MEETING_CANCELLED, meeting, by, reason=reason)
    if meeting.invited_at:
        _write_to_partner(meeting, _("協議を取りやめます"), at)
    return meeting


def _claim(meeting: Meeting) -> None:
    refuse_ended(meeting.procedure)
    claim(meeting.procedure)


def _refuse_early_minutes(facts: MeetingFacts, day: date) -> None:
    if facts.minutes.strip() and facts.held_on > day:
        raise ProcedureRefused(_("開く日が今日より後なのに、記録があります。日を確かめてください。"))


def _record(
    event: Event, meeting: Meeting, by: User, *, reason: str = "", changes: Changes | None = None
) -> None:
    procedure, day = meeting.procedure, japanese_date(meeting.held_on)
    record(event, by, procedure, municipality=procedure.municipality, reason=reason, changes=changes, day=day)


def _write_to_partner(meeting: Meeting, subject: str, at: datetime) -> None:
    """A letter with what the partner can see; the minutes themselves are read on the page."""
    when = " ".join(word for word in (japanese_date(meeting.held_on), meeting.time) if word)
    lines = [
        _("日時: %(when)s") % {"when": when},
        _("場所・方法: %(place)s") % {"place": meeting.place} if meeting.place else "",
        _("議題: %(agenda)s") % {"agenda": meeting.agenda} if meeting.agenda else "",
    ]
    procedure = meeting.procedure
    key = f"meeting-{meeting.public_id}-{procedure.version}"
    words = ["\n".join(line for line in lines if line)]
    tell_partner(procedure, key, subject, words, at=at, page="meetings/")
