"""The list of people of a regular meeting: who joins, who is taken off, who is told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.audit.services import record
from renkei.correspondents.models import Correspondent
from renkei.initiatives import events
from renkei.initiatives.meeting_facts import Invitee
from renkei.initiatives.models import Attendee, RegularMeeting
from renkei.initiatives.refusals import MeetingRefused


@dataclass(frozen=True)
class People:
    """What became of the list; `changes` as the log tells it."""

    joined: list[Attendee] = field(default_factory=list)
    left: list[Attendee] = field(default_factory=list)
    stayed: list[Attendee] = field(default_factory=list)
    changes: dict[str, tuple[object, object]] = field(default_factory=dict)


def invited(meeting: RegularMeeting) -> list[Attendee]:
    """Everybody on the list, with what is needed to write to them."""
    return list(meeting.attendees.select_related("user", "correspondent", "organisation__merged_into"))


def add_people(meeting: RegularMeeting, people: Sequence[Invitee]) -> list[Attendee]:
    """Put people on the list, each once."""
    once = {person.key: person for person in people}
    return Attendee.objects.bulk_create(
        [
            Attendee(
                meeting=meeting,
                side=person.side,
                user=person.user,
                correspondent=person.correspondent,
                organisation=person.organisation,
                name=person.name.strip(),
                email=person.email.strip(),
            )
            for person in once.values()
        ]
    )


def keep_people(meeting: RegularMeeting, people: Sequence[Invitee]) -> People:
    """Let the list hold exactly these people; whoever stays keeps what was written of them."""
    present = {Invitee.of(one).key: one for one in invited(meeting)}
    asked = {person.key: person for person in people}
    left = [one for key, one in present.items() if key not in asked]
    new = [person for key, person in asked.items() if key not in present]
    if not left and not new:
        return People(stayed=list(present.values()))
    before = "、".join(one.name for one in present.values())
    Attendee.objects.filter(pk__in=[one.pk for one in left]).delete()
    joined = add_people(meeting, new)
    stayed = [one for key, one in present.items() if key in asked]
    after = "、".join(one.name for one in (*stayed, *joined))
    return People(joined, left, stayed, {"initiatives.attendee": (before, after)})


@transaction.atomic
def answer_invitation(meeting: RegularMeeting, comes: bool, *, by: Correspondent, at: datetime) -> Attendee:
    """Say at the counter whether one comes; said again it is what was said last."""
    mine = meeting.attendees.filter(correspondent=by).first()
    if mine is None:
        raise MeetingRefused(_("この会議の出席者ではありません。出席する人を市の担当課に知らせてください。"))
    if not meeting.is_coming(timezone.localdate(at)):
        raise MeetingRefused(_("この会議は終わったか、中止になりました。返事は要りません。"))
    if mine.comes != comes:
        mine.comes = comes
        mine.save(update_fields=["comes"])
        event = events.MEETING_ACCEPTED if comes else events.MEETING_DECLINED
        record(event, by.as_actor, meeting, municipality=meeting.municipality)
    return mine
