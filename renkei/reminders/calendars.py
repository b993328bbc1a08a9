"""A calendar as other programs read it (RFC 5545): titles, days and partners, nothing else."""

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Sum
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from renkei.municipalities.divisions import Lineage
from renkei.reminders.models import Deadline, DeadlineQuerySet, Feed
from renkei.reminders.people import concerning
from renkei.rules.japanese_calendar import both_calendars

if TYPE_CHECKING:
    from icalendar import Alarm, Event

ONE_DAY = timedelta(days=1)
KEPT = timedelta(days=180)
"""How long past and cancelled items stay in a calendar."""

REFRESHED_EVERY = timedelta(hours=12)
WARNED_BEFORE = timedelta(days=7) - timedelta(hours=9)
"""Nine in the morning, a week before an all-day item."""


class Gone(Exception):
    """The address was renewed, or its owner is no longer there; str() says what to do."""


def feed_at(public_id: str, secret: str) -> Feed | None:
    """The calendar of a secret address; None where there never was one; Gone where it is an old one."""
    feed = (
        Feed.objects.filter(public_id=public_id).select_related("municipality", "person", "division").first()
    )
    generation = secret.partition("-")[0]
    if feed is None or not (generation.isascii() and generation.isdigit() and len(generation) < 7):
        return None
    if not constant_time_compare(secret, feed.secret_of(int(generation))):
        return None
    if int(generation) != feed.generation:
        raise Gone(
            _(
                "このカレンダーのアドレスは新しくなりました。連携の「期限のカレンダーと通知」で新しいアドレスを確かめてください。"
            )
        )
    if feed.person and not feed.person.is_active:
        raise Gone(_("このカレンダーの職員は、連携を使わなくなりました。登録を外してください。"))
    return feed


def deadlines_in(feed: Feed, day: date) -> DeadlineQuerySet:
    """What the calendar holds on the day, cancelled items included so that readers take them away."""
    if feed.person:
        found = concerning(feed.person, day)
    else:
        found = Deadline.objects.of(feed.municipality)
        if feed.division:
            found = found.filter(division=Lineage(feed.municipality).on(feed.division.pk, day))
    return found.filter(on__gte=day - KEPT)


def tag_of(feed: Feed, day: date) -> str:
    """Changes whenever the calendar's text does; quick to compute."""
    held = (
        deadlines_in(feed, day)
        .order_by()
        .aggregate(count=Count("pk"), changed=Max("changed_at"), sum=Sum("pk"))
    )
    told = f"{feed.public_id} {feed} {sorted(held.items(), key=str)}"
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def calendar_of(feed: Feed, day: date) -> bytes:
    """The calendar's text."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Renkei//Deadlines//JA")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("連携の期限(%(name)s)") % {"name": feed})
    calendar.add("x-wr-timezone", "Asia/Tokyo")
    calendar.add("refresh-interval", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for deadline in deadlines_in(feed, day).order_by("on", "pk").iterator(chunk_size=1000):
        calendar.add_component(_event(deadline, feed.municipality.code))
    text: bytes = calendar.to_ical()
    return text


def _event(deadline: Deadline, code: str) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{deadline.public_id}@{code}.renkei")
    event.add("dtstamp", deadline.changed_at)
    event.add("last-modified", deadline.changed_at)
    event.add("sequence", deadline.sequence)
    event.add("dtstart", deadline.on)
    event.add("dtend", deadline.on + ONE_DAY)
    event.add("summary", _summary(deadline))
    event.add("description", _("期間の終わり: %(day)s") % {"day": both_calendars(deadline.term_ends_on)})
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if deadline.cancelled_at else "CONFIRMED")
    if not deadline.cancelled_at and not deadline.is_decided:
        event.add_component(_alarm(deadline))
    return event


def _summary(deadline: Deadline) -> str:
    told = f"{deadline.get_kind_display()}: {_one_line(deadline.title)}"
    return f"{told}({_one_line(deadline.partners)})" if deadline.partners else told


def _alarm(deadline: Deadline) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(deadline))
    alarm.add("trigger", -WARNED_BEFORE)
    return alarm


def _one_line(text: str) -> str:
    return " ".join(text.split())
