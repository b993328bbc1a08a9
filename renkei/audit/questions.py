"""Asking the log: by words, kind of event, person, record and days."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from renkei.accounts.models import User
from renkei.audit.events import DECLARED
from renkei.audit.models import EntryQuerySet
from renkei.audit.words import outline

BY_NOBODY = "system"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Question:
    """What is asked of the log; everything empty asks for all of it."""

    words: str = ""
    event: str = ""
    person: str = ""
    subject: str = ""
    first: date | None = None
    last: date | None = None


def found(entries: EntryQuerySet, asked: Question) -> EntryQuerySet:
    """The entries that the question asks for, in their order."""
    for word in asked.words.replace("\0", "").split():
        entries = _with_word(entries, word)
    if asked.event:
        entries = entries.filter(event=asked.event)
    if asked.person:
        entries = entries.filter(**_person(asked.person))
    if asked.subject:
        subject_type, _colon, subject_id = asked.subject.replace("\0", "").partition(":")
        entries = entries.filter(subject_type=subject_type, subject_id=subject_id)
    if asked.first:
        entries = entries.filter(at__gte=_begin_of(asked.first))
    if asked.last:
        entries = entries.filter(at__lt=_begin_of(asked.last + ONE_DAY))
    return entries.order_by("number")


def people_in(entries: EntryQuerySet) -> list[User]:
    """Those who did something in these entries."""
    acted = entries.order_by().values("actor").distinct()
    return list(User.objects.filter(pk__in=acted).order_by("sign_in_name"))


def _with_word(entries: EntryQuerySet, word: str) -> EntryQuerySet:
    """Entries whose sentence, record, reason, person or facts hold the word."""
    # SQLite keeps JSON as it was written, with escapes for Japanese letters; PostgreSQL keeps the letters.
    kept = json.dumps(word, ensure_ascii=connection.vendor != "postgresql")[1:-1]
    entries = entries.annotate(
        facts_text=Cast("facts", TextField()), changes_text=Cast("changes", TextField())
    )
    in_columns = Q(subject_name__icontains=word) | Q(reason__icontains=word) | Q(actor_name__icontains=word)
    in_facts = Q(facts_text__contains=kept) | Q(changes_text__contains=kept)
    events = [name for name in DECLARED if word in outline(name)]
    return entries.filter(in_columns | in_facts | Q(event__in=events))


def _person(asked: str) -> dict[str, object]:
    if asked.isascii() and asked.isdigit() and len(asked) < 19:
        return {"actor": int(asked)}
    return {"actor": None} if asked == BY_NOBODY else {"actor": -1}


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
