"""Regular meetings (定例協議): planned, invited, changed, cancelled, and planned again a year later."""

from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.initiatives import events
from renkei.initiatives.invitations import ask_to_come, tell_cancelled, tell_changed, tell_taken_off
from renkei.initiatives.meeting_checks import refuse_day, refuse_unfit
from renkei.initiatives.meeting_facts import RegularMeetingFacts
from renkei.initiatives.models import RegularMeeting
from renkei.initiatives.refusals import MeetingRefused
from renkei.initiatives.services.changing_meetings import (
    MeetingChangedMeanwhile,
    claim,
    put,
    refuse_cancelled,
    said,
)
from renkei.initiatives.services.inviting import add_people, invited, keep_people
from renkei.initiatives.services.minutes import share_minutes, write_minutes
from renkei.initiatives.vocabulary import MeetingState
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.rules.japanese_calendar import both_calendars, japanese_date

__all__ = [
    "MeetingChangedMeanwhile",
    "cancel",
    "change",
    "invite",
    "plan_meeting",
    "plan_next",
    "share_minutes",
    "write_minutes",
]

SHOWN = {
    "title": gettext_lazy("名称"),
    "held_on": gettext_lazy("日"),
    "begins_at": gettext_lazy("始まり"),
    "ends_at": gettext_lazy("終わり"),
    "place": gettext_lazy("場所・方法"),
    "agenda": gettext_lazy("議題"),
}
"""What invited people are told of when it changes."""


@transaction.atomic
def plan_meeting(
    municipality: Municipality,
    facts: RegularMeetingFacts,
    *,
    actor: User,
    at: datetime,
    public_id: str = "",
    was_held: bool = False,
    repeats_from: RegularMeeting | None = None,
    is_sample: bool = False,
) -> RegularMeeting:
    """Plan a meeting, or write down one that was held; nobody is told before `invite`. Sent again it gives the same."""
    public_id = public_id or new_public_id()
    mine = RegularMeeting.objects.of(municipality).filter(public_id=public_id)
    if known := mine.first():
        return known
    refuse_unfit(municipality, facts)
    refuse_day(facts.held_on, timezone.localdate(at), was_held=was_held)
    meeting = RegularMeeting(
        municipality=municipality,
        public_id=public_id,
        state=MeetingState.HELD if was_held else MeetingState.PLANNED,
        repeats_from=repeats_from,
        written_by=actor,
        is_sample=is_sample,
        **facts.columns,
    )
    try:
        with transaction.atomic():
            meeting.save(force_insert=True)
    except IntegrityError:
        if known := mine.first():  # somebody pressed twice, and the other of the two was a moment earlier
            return known
        raise
    meeting.agreements.set(facts.agreements)
    add_people(meeting, facts.attendees)
    event = events.MEETING_RECORDED if was_held else events.MEETING_PLANNED
    record(event, actor, meeting, municipality=municipality, day=japanese_date(meeting.held_on))
    return meeting


@transaction.atomic
def plan_next(
    meeting: RegularMeeting, facts: RegularMeetingFacts, *, actor: User, at: datetime, public_id: str = ""
) -> RegularMeeting:
    """Plan the meeting that follows another one; `renkei.initiatives.next_meeting` proposes what it says."""
    return plan_meeting(
        meeting.municipality, facts, actor=actor, at=at, public_id=public_id, repeats_from=meeting
    )


@transaction.atomic
def change(
    meeting: RegularMeeting, facts: RegularMeetingFacts, *, actor: User, at: datetime
) -> RegularMeeting:
    """Put right what is planned or was held; whoever was asked to come is told what changed, calendars included.

    Somebody who joins is asked, somebody who is taken off is told; the others get a letter only where day, time, place,
    title or agenda changed.
    """
    refuse_cancelled(meeting)
    refuse_unfit(meeting.municipality, facts)
    was_held = meeting.state == MeetingState.HELD
    refuse_day(facts.held_on, timezone.localdate(at), was_held=was_held)
    claim(meeting)
    before = {name: _shown(getattr(meeting, name)) for name in SHOWN}
    changes = {**put(meeting, facts.columns), **_put_agreements(meeting, facts)}
    people = keep_people(meeting, facts.attendees)
    if not changes and not people.changes:
        raise MeetingRefused(_("変わった所がありません。直す所があれば直してから、もう一度押してください。"))
    record(
        events.MEETING_CHANGED,
        actor,
        meeting,
        municipality=meeting.municipality,
        changes={**changes, **people.changes},
    )
    told = _told_changes(meeting, before)
    if meeting.invited_at and not was_held and (told or people.changes):
        meeting.sequence += 1
        meeting.save(update_fields=["sequence"])
        ask_to_come(meeting, people.joined, at=at)
        tell_taken_off(meeting, people.left, at=at)
        if told:
            tell_changed(meeting, people.stayed, told, at=at)
    return meeting


def _put_agreements(meeting: RegularMeeting, facts: RegularMeetingFacts) -> dict[str, tuple[object, object]]:
    before, after = set(meeting.agreements.all()), set(facts.agreements)
    if before == after:
        return {}
    meeting.agreements.set(after)
    told = tuple("、".join(sorted(str(one) for one in some)) for some in (before, after))
    return {"initiatives.regularmeeting.agreements": (told[0], told[1])}


def _told_changes(meeting: RegularMeeting, before: dict[str, str]) -> list[str]:
    """What changed of what invited people see, one line each."""
    told = []
    for name, words in SHOWN.items():
        after = _shown(getattr(meeting, name))
        if before[name] != after:
            facts = {"what": words, "before": before[name] or _("(なし)"), "after": after or _("(なし)")}
            told.append(_("%(what)s: %(before)s → %(after)s") % facts)
    return told


def _shown(value: object) -> str:
    if isinstance(value, date):
        return both_calendars(value)
    return f"{value:%H:%M}" if isinstance(value, time) else str(value or "")


@transaction.atomic
def invite(meeting: RegularMeeting, *, actor: User, at: datetime) -> RegularMeeting:
    """Ask everybody on the list to come, by a letter that calendars can take; from now on partners see the meeting."""
    if meeting.invited_at or not meeting.is_coming(timezone.localdate(at)):
        raise MeetingRefused(_("これから開く会議で、まだ案内していないものだけを案内できます。"))
    people = invited(meeting)
    if not people:
        raise MeetingRefused(_("出席者がいません。会議の内容を直して、出席者を加えてから案内してください。"))
    claim(meeting)
    meeting.invited_at = at
    meeting.save(update_fields=["invited_at"])
    record(events.MEETING_INVITED, actor, meeting, municipality=meeting.municipality, count=len(people))
    ask_to_come(meeting, people, at=at)
    return meeting


@transaction.atomic
def cancel(meeting: RegularMeeting, *, reason: str, actor: User, at: datetime) -> RegularMeeting:
    """Say that a planned meeting is not held; whoever was asked to come is told, and calendars take it away."""
    if meeting.state != MeetingState.PLANNED:
        raise MeetingRefused(_("開いた会議と、すでに中止にした会議は、中止にできません。"))
    reason = said(reason)
    claim(meeting)
    meeting.state, meeting.cancelled_reason = MeetingState.CANCELLED, reason
    meeting.sequence += 1
    meeting.save(update_fields=["state", "cancelled_reason", "sequence"])
    record(events.MEETING_CANCELLED, actor, meeting, municipality=meeting.municipality, reason=reason)
    if meeting.invited_at and meeting.held_on >= timezone.localdate(at):
        tell_cancelled(meeting, invited(meeting), at=at)
    return meeting
