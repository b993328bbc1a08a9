"""Regular meetings of each side of the canaries' world: coming, held and shared, and one of which nobody was told."""

from datetime import date

from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Side
from renkei.correspondents.models import Correspondent
from renkei.initiatives.models import FollowUp, RegularMeeting
from renkei.initiatives.vocabulary import MeetingState
from tests.work_factories import AT, a_follow_up, a_meeting

COMING = date(2099, 6, 1)
MEETINGS = {
    "regular_meeting": {"public_id": "meeting"},
    "regular_meeting_calendar": {"public_id": "meeting"},
    "regular_meeting_answer": {"public_id": "meeting"},
    "regular_meeting_follow_up_settle": {"public_id": "held_meeting", "follow_up_id": "follow_up"},
}
"""What the ids in these addresses name."""


def the_meetings(author: Correspondent, agreement: Agreement, words: str, secret: str) -> None:
    """What the partner may read says the words; what is the town's own is a secret."""
    said = {"title": words, "place": words, "agenda": words, "internal_notes": secret, "invited_at": AT}
    coming = a_meeting(agreement, **said, held_on=COMING, minutes=secret)
    held = a_meeting(agreement, **said, minutes=words, state=MeetingState.HELD, shared_at=AT)
    theirs = {"side": Side.PARTNER, "organisation": author.organisation}
    for meeting in (coming, held):
        meeting.attendees.create(name=words, correspondent=author, **theirs)
        meeting.attendees.create(name=words, side=Side.TOWN, email=f"{secret}@example.com")
        meeting.attendees.create(name=words, email=f"{secret}@example.com", **theirs)
        a_follow_up(meeting, text=secret)
    a_follow_up(coming, text=secret, **theirs | {"division": None})
    a_follow_up(held, text=words, **theirs | {"division": None})
    untold = a_meeting(agreement, **{**dict.fromkeys(said, secret), "invited_at": None, "minutes": secret})
    untold.attendees.create(name=secret, correspondent=author, **theirs)


def ids_of_meetings(agreement: Agreement) -> dict[str, str]:
    """The ids of the meeting that comes, of the one that was held, and of what the partner took on there."""
    held = RegularMeeting.objects.about(agreement).get(shared_at__isnull=False)
    return {
        "meeting": RegularMeeting.objects.about(agreement).get(held_on=COMING).public_id,
        "held_meeting": held.public_id,
        "follow_up": FollowUp.objects.get(meeting=held, side=Side.PARTNER).public_id,
    }
