"""The secret addresses of calendars: made when somebody wants one, and renewed when one went astray."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.services import Refused
from renkei.audit.services import record
from renkei.reminders import events
from renkei.reminders.models import Feed


class FeedRefused(Refused):
    """The address is not made or renewed; str() says why."""


@transaction.atomic
def renew(feed: Feed, *, actor: User, now: datetime) -> Feed:
    """Give the calendar an address, or a new one in place of the old, which from then on answers that it is gone."""
    if feed.pk is None:
        return _make(feed, actor, now)
    ours = Feed.objects.filter(pk=feed.pk, generation=feed.generation)
    if not ours.update(generation=feed.generation + 1, made_at=now):
        raise FeedRefused(_("ほかの人が先にアドレスを新しくしました。画面を読み直してください。"))
    feed.refresh_from_db()
    record(events.FEED_RENEWED, actor, feed, municipality=feed.municipality)
    return feed


def _make(feed: Feed, actor: User, now: datetime) -> Feed:
    feed.made_at = now
    try:
        with transaction.atomic():
            feed.save(force_insert=True)
    except IntegrityError:
        raise FeedRefused(_("ほかの人が先にアドレスを作りました。画面を読み直してください。")) from None
    record(events.FEED_MADE, actor, feed, municipality=feed.municipality)
    return feed
