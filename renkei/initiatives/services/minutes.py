"""What came of a regular meeting: who was there, the minutes, and showing them to the partners."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.audit.services import record
from renkei.initiatives import events
from renkei.initiatives.invitations import tell_minutes
from renkei.initiatives.meeting_facts import MinutesFacts
from renkei.initiatives.models import RegularMeeting
from renkei.initiatives.refusals import MeetingRefused
from renkei.initiatives.services.changing_meetings import claim, put, refuse_cancelled
from renkei.initiatives.services.inviting import invited
from renkei.initiatives.vocabulary import MeetingState


@transaction.atomic
def write_minutes(
    meeting: RegularMeeting, facts: MinutesFacts, *, actor: User, at: datetime
) -> RegularMeeting:
    """Say what came of a meeting that was held, or put it right; partners who see it are told of a correction."""
    refuse_cancelled(meeting)
    if meeting.held_on > timezone.localdate(at):
        raise MeetingRefused(
            _("この会議は、まだ開かれていません。開いた日が違うなら、先に会議の日を直してください。")
        )
    if not facts.minutes.strip():
        raise MeetingRefused(_("会議の記録が空です。話し合ったことを書いてください。"))
    claim(meeting)
    is_first = meeting.state == MeetingState.PLANNED or not meeting.minutes
    changes = {
        **put(meeting, {"minutes": facts.minutes, "internal_notes": facts.internal_notes}),
        **_put_came(meeting, facts),
    }
    if not changes:
        raise MeetingRefused(_("変わった所がありません。直す所があれば直してから、もう一度押してください。"))
    if meeting.state != MeetingState.HELD:
        meeting.state = MeetingState.HELD
        meeting.save(update_fields=["state"])
    event = events.MINUTES_WRITTEN if is_first else events.MINUTES_CORRECTED
    record(event, actor, meeting, municipality=meeting.municipality, changes=changes)
    if meeting.shared_at and "initiatives.regularmeeting.minutes" in changes:
        _tell_partners(meeting, at, again=True)
    return meeting


def _put_came(meeting: RegularMeeting, facts: MinutesFacts) -> dict[str, tuple[object, object]]:
    """Who was there; told as the names of those who came, before and after."""
    people = invited(meeting)
    before = [one.name for one in people if one.came]
    differing = [one for one in people if one.came is not (one.pk in facts.came)]
    for one in differing:
        one.came = one.pk in facts.came
        one.save(update_fields=["came"])
    if not differing:
        return {}
    after = [one.name for one in people if one.came]
    return {"initiatives.attendee.came": ("、".join(before), "、".join(after))}


@transaction.atomic
def share_minutes(meeting: RegularMeeting, *, actor: User, at: datetime) -> RegularMeeting:
    """Show the minutes to the partners, from now on and with every later correction."""
    if meeting.shared_at:
        raise MeetingRefused(_("すでに相手方に見せています。画面を読み直してください。"))
    if meeting.state != MeetingState.HELD or not meeting.minutes.strip():
        raise MeetingRefused(_("会議の記録がまだありません。記録を書いてから、相手方に見せてください。"))
    claim(meeting)
    meeting.shared_at = at
    meeting.save(update_fields=["shared_at"])
    record(events.MINUTES_SHARED, actor, meeting, municipality=meeting.municipality)
    _tell_partners(meeting, at, again=False)
    return meeting


def _tell_partners(meeting: RegularMeeting, at: datetime, *, again: bool) -> None:
    """To those who can come to the counter: the minutes are read there and stand in no letter."""
    people = [one for one in invited(meeting) if one.side == Side.PARTNER and one.correspondent is not None]
    tell_minutes(meeting, people, at=at, again=again)
