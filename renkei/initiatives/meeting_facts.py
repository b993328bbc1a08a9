"""What a person writes of a regular meeting, as its services take it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Side
from renkei.correspondents.models import Correspondent
from renkei.initiatives.models import Attendee, Initiative
from renkei.municipalities.models import Division
from renkei.partners.models import Organisation

LONGEST_NAME = 100


@dataclass(frozen=True, kw_only=True)
class Invitee:
    """Somebody who is to be at a meeting: a person who is known here, or a name with a mail address."""

    side: Side
    name: str
    email: str = ""
    user: User | None = None
    correspondent: Correspondent | None = None
    organisation: Organisation | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What tells the person from every other of the meeting, also after it was changed."""
        if self.user is not None:
            return ("user", self.user.pk)
        if self.correspondent is not None:
            return ("correspondent", self.correspondent.pk)
        owner = self.organisation.pk if self.organisation else None
        return (self.side, owner, self.email.lower() or self.name)

    @classmethod
    def clerk(cls, user: User) -> "Invitee":
        """A person of the town."""
        return cls(side=Side.TOWN, name=user.name[:LONGEST_NAME], email=user.email, user=user)

    @classmethod
    def of_partner(cls, correspondent: Correspondent) -> "Invitee":
        """A person of a partner who comes to the counter."""
        return cls(
            side=Side.PARTNER,
            name=str(correspondent)[:LONGEST_NAME],
            email=correspondent.email,
            correspondent=correspondent,
            organisation=correspondent.partner,
        )

    @classmethod
    def of(cls, attendee: Attendee) -> "Invitee":
        """As somebody who is already on the list."""
        return cls(
            side=Side(attendee.side),
            name=attendee.name,
            email=attendee.email,
            user=attendee.user,
            correspondent=attendee.correspondent,
            organisation=attendee.whose,
        )


@dataclass(frozen=True, kw_only=True)
class RegularMeetingFacts:
    """A meeting: about which agreements, when, where, about what, with whom."""

    title: str
    held_on: date
    agreements: Sequence[Agreement]
    attendees: Sequence[Invitee] = ()
    begins_at: time | None = None
    ends_at: time | None = None
    place: str = ""
    agenda: str = ""
    division: Division | None = None

    @property
    def columns(self) -> dict[str, object]:
        """What stands in the meeting's own columns."""
        names = ("title", "held_on", "begins_at", "ends_at", "place", "agenda", "division")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, kw_only=True)
class MinutesFacts:
    """What came of a meeting; `came` holds the keys of the attendees who were there."""

    minutes: str
    internal_notes: str = ""
    came: Collection[int] = ()


@dataclass(frozen=True, kw_only=True)
class FollowUpFacts:
    """What somebody takes on at a meeting, and by when."""

    text: str
    side: Side
    division: Division | None = None
    organisation: Organisation | None = None
    initiative: Initiative | None = None
    due_on: date | None = None
