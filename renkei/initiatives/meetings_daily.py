"""What regular meetings do once a day: reminding of minutes that nobody wrote and of what was taken on.

One letter to each person with all of it: once when a day is near, then every week that it is late.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.agreements.vocabulary import Side
from renkei.initiatives.invitations import LONGEST_NAME, key_of
from renkei.initiatives.models import FollowUp, RegularMeeting
from renkei.initiatives.people import clerks_of, people_of
from renkei.municipalities.models import Municipality
from renkei.municipalities.pages import counter_page, desk_page
from renkei.municipalities.post import PostedLetter, post
from renkei.rules.japanese_calendar import both_calendars, is_working_day

NEAR = 3
"""Working days before a day on which somebody is reminded of it."""


@dataclass(frozen=True)
class Receiver:
    """Who gets the day's letter; `is_inside` leads to the desk, else to the counter."""

    address: str
    name: str
    is_inside: bool


@dataclass(frozen=True)
class Due:
    """One thing of which somebody is to be reminded now; `occasion` changes with its day and with each week."""

    thing: RegularMeeting | FollowUp
    occasion: str
    words: str
    is_late: bool
    page: str


def remind_of_meetings(
    sender: Any, municipality: Municipality, day: date, now: datetime, **_given: Any
) -> None:
    """Remind of what is near or late; asked again for the day it writes nothing."""
    if is_working_day(day):
        _remind(municipality, day, now)


@transaction.atomic
def _remind(municipality: Municipality, day: date, now: datetime) -> None:
    letters: dict[Receiver, list[Due]] = defaultdict(list)
    due = [*_unrecorded(municipality, day), *_open(municipality, day)]
    for one in due:
        for receiver in _asked(one.thing, municipality, day):
            letters[receiver].append(one)
    for receiver, theirs in letters.items():
        _post(municipality, receiver, theirs, day, now)
    for one in due:
        type(one.thing).objects.filter(pk=one.thing.pk).update(reminded=one.occasion)


def occasion_of(due_on: date, day: date) -> str | None:
    """The occasion for reminding on the day: the approach of the day, or a week after it; None where it is far."""
    if due_on < day:
        return f"{due_on}:late-{(day - due_on).days // 7}"
    ahead = (due_on - day).days
    if ahead > 4 * NEAR:
        return None
    working = sum(is_working_day(day + timedelta(n)) for n in range(1, ahead + 1))
    return f"{due_on}:near" if working <= NEAR else None


def _unrecorded(municipality: Municipality, day: date) -> Iterable[Due]:
    for meeting in RegularMeeting.objects.of(municipality).unrecorded(day).select_related("division"):
        occasion = occasion_of(meeting.held_on, day)
        if occasion and occasion != meeting.reminded:
            words = _("記録がまだの会議: %(title)s(%(day)s)") % {
                "title": meeting.title,
                "day": both_calendars(meeting.held_on),
            }
            yield Due(meeting, occasion, words, True, f"regular-meetings/{meeting.public_id}/")


def _open(municipality: Municipality, day: date) -> Iterable[Due]:
    found = FollowUp.objects.of(municipality).open().exclude(due_on=None)
    for one in found.select_related("meeting__division", "division", "organisation"):
        assert one.due_on is not None
        occasion = occasion_of(one.due_on, day)
        if occasion and occasion != one.reminded:
            is_late = one.is_late(day)
            words = _("期限を過ぎています(%(day)s): %(what)s 会議: %(title)s")
            if not is_late:
                words = _("%(day)sまで: %(what)s 会議: %(title)s")
            facts = {"day": both_calendars(one.due_on), "what": one.text, "title": one.meeting.title}
            page = f"regular-meetings/{one.meeting.public_id}/"
            yield Due(one, occasion, words % facts, is_late, page)


def _asked(thing: RegularMeeting | FollowUp, municipality: Municipality, day: date) -> list[Receiver]:
    """The division's clerks; for what a partner took on its people, once the minutes are shared with them."""
    if isinstance(thing, FollowUp) and thing.side == Side.PARTNER:
        if thing.meeting.shared_at is None or thing.organisation is None:
            return []
        partner = thing.organisation.merged_into or thing.organisation
        return [Receiver(one.email, str(one), False) for one in people_of([partner], municipality)]
    division = thing.division or (thing.meeting.division if isinstance(thing, FollowUp) else None)
    return [Receiver(one.email, one.name, True) for one in clerks_of(division, municipality, day)]


def _post(municipality: Municipality, to: Receiver, due: list[Due], day: date, now: datetime) -> None:
    late = sum(one.is_late for one in due)
    subject = _("定例協議で、あなたをお待ちしていることが%(count)s件あります") % {"count": len(due)}
    if late:
        subject += _("(期限を過ぎたもの%(late)s件)") % {"late": late}
    pages = dict.fromkeys(one.page for one in due)
    links = tuple(
        (_("会議のページ"), desk_page(page) if to.is_inside else counter_page(f"{municipality.code}/{page}"))
        for page in pages
    )
    letter = PostedLetter(
        key=key_of("regular-meetings", day, to.is_inside, to.address.lower() or to.name),
        address=to.address,
        name=to.name[:LONGEST_NAME],
        subject=f"【連携】{subject}",
        paragraphs=tuple(one.words for one in due),
        links=links,
    )
    post(municipality, letter, now=now)
