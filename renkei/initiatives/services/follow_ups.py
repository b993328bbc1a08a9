"""What was taken on at a regular meeting: written, put right, settled, opened again."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.correspondents.models import Correspondent
from renkei.initiatives import events
from renkei.initiatives.acting import actor_of, columns_of
from renkei.initiatives.meeting_facts import FollowUpFacts
from renkei.initiatives.meeting_parties import organisations_of
from renkei.initiatives.models import FollowUp, RegularMeeting
from renkei.initiatives.refusals import MeetingRefused
from renkei.initiatives.services.changing_meetings import claim, put, refuse_cancelled, said
from renkei.municipalities.public_id import new_public_id

LONGEST_TOLD = 60


@transaction.atomic
def take_on(
    meeting: RegularMeeting, facts: FollowUpFacts, *, actor: User, at: datetime, public_id: str = ""
) -> FollowUp:
    """Write down what somebody does until when; sent again it gives what is there."""
    public_id = public_id or new_public_id()
    mine = meeting.follow_ups.filter(public_id=public_id)
    if known := mine.first():
        return known
    refuse_cancelled(meeting)
    _refuse_unfit(meeting, facts)
    try:
        with transaction.atomic():
            one = FollowUp.objects.create(meeting=meeting, public_id=public_id, **vars(facts))
    except IntegrityError:
        if known := mine.first():  # somebody pressed twice, and the other of the two was a moment earlier
            return known
        raise
    _record(events.FOLLOW_UP_TAKEN_ON, one, actor)
    return one


@transaction.atomic
def change_follow_up(follow_up: FollowUp, facts: FollowUpFacts, *, actor: User, at: datetime) -> FollowUp:
    """Put it right; what is settled is opened again first."""
    meeting = follow_up.meeting
    refuse_cancelled(meeting)
    if follow_up.done_on:
        raise MeetingRefused(
            _("片づいたことは直せません。「まだ片づいていない」に戻してから直してください。")
        )
    _refuse_unfit(meeting, facts)
    claim(meeting)
    if changes := put(follow_up, vars(facts)):
        record(
            events.FOLLOW_UP_CHANGED,
            actor,
            meeting,
            municipality=meeting.municipality,
            changes=changes,
            what=str(follow_up),
        )
        return follow_up
    raise MeetingRefused(_("変わった所がありません。直す所があれば直してから、もう一度押してください。"))


@transaction.atomic
def settle(
    follow_up: FollowUp, outcome: str, *, by: User | Correspondent, at: datetime, done_on: date | None = None
) -> FollowUp:
    """Say that it is done and what came of it; of two people who say so at once, the first is kept."""
    if not outcome.strip():
        raise MeetingRefused(_("どう片づいたかを、ひとこと書いてください。"))
    day = timezone.localdate(at)
    if done_on is not None and done_on > day:
        raise MeetingRefused(_("片づいた日が今日より後です。日を確かめてください。"))
    facts = {"done_on": done_on or day, "outcome": outcome.strip(), **columns_of(by, "settled_by")}
    if not FollowUp.objects.filter(pk=follow_up.pk, done_on=None).update(**facts):
        raise MeetingRefused(_("ほかの人が先に、片づいたことにしました。画面を読み直してください。"))
    follow_up.refresh_from_db()
    _record(events.FOLLOW_UP_SETTLED, follow_up, by)
    return follow_up


@transaction.atomic
def open_again(follow_up: FollowUp, reason: str, *, actor: User, at: datetime) -> FollowUp:
    """Say that it is not done after all."""
    reason = said(reason)
    nothing = {"done_on": None, "outcome": "", "settled_by": None, "settled_by_partner": None, "reminded": ""}
    if not FollowUp.objects.filter(pk=follow_up.pk, done_on__isnull=False).update(**nothing):
        raise MeetingRefused(_("まだ片づいていません。画面を読み直してください。"))
    follow_up.refresh_from_db()
    _record(events.FOLLOW_UP_REOPENED, follow_up, actor, reason=reason)
    return follow_up


def _refuse_unfit(meeting: RegularMeeting, facts: FollowUpFacts) -> None:
    """It names who does it: the town (with a division) or a partner of the meeting's agreements."""
    if not facts.text.strip():
        raise MeetingRefused(_("することを書いてください。"))
    agreements = list(meeting.agreements.all())
    if facts.side == Side.PARTNER:
        if facts.division is not None:
            raise MeetingRefused(
                _("相手方がすることに、市の担当課は付けられません。どちらかにしてください。")
            )
        if facts.organisation is None:
            raise MeetingRefused(_("どの相手方がするかを選んでください。"))
        if facts.organisation.pk not in {one.pk for one in organisations_of(agreements)}:
            raise MeetingRefused(_("この会議の協定の相手方から選んでください。"))
    elif facts.organisation is not None:
        raise MeetingRefused(_("市がすることに、相手方は付けられません。どちらかにしてください。"))
    _refuse_foreign(meeting, facts)


def _refuse_foreign(meeting: RegularMeeting, facts: FollowUpFacts) -> None:
    if facts.division is not None and facts.division.municipality_id != meeting.municipality_id:
        raise MeetingRefused(_("ほかの自治体の課です。選び直してください。"))
    known = {one.pk for one in meeting.agreements.all()}
    if facts.initiative is not None and facts.initiative.agreement_id not in known:
        raise MeetingRefused(_("この会議の協定の取組から選んでください。"))


def _record(event: Event, one: FollowUp, by: User | Correspondent, *, reason: str = "") -> None:
    meeting = one.meeting
    what = one.text[:LONGEST_TOLD]
    record(event, actor_of(by), meeting, municipality=meeting.municipality, reason=reason, what=what)
