"""Two people at one agreement: what the second is told, what both said, and what is typed afterwards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django import forms
from django.http import QueryDict

from renkei.agreements.models import Agreement
from renkei.audit.models import Entry, EntryQuerySet
from renkei.audit.words import Change, changes_of
from renkei.desk.parts import Part, parts_of
from renkei.desk.typed import Typed, as_text, from_text

LARGEST = 10**15


@dataclass(frozen=True)
class Seen:
    """The state that a person had before their eyes: version, last line of the log, and what the form held then.

    `met` names the parts that somebody else changed meanwhile and that are shown beside each other.
    """

    version: int
    entry: int
    base: Typed
    met: tuple[str, ...] = ()

    @classmethod
    def now(cls, agreement: Agreement, base: Typed) -> "Seen":
        """What is shown to somebody who opens the page."""
        last = told_about(agreement).first()
        return cls(agreement.version, last.number if last else 0, base)

    @classmethod
    def sent(cls, sent: Mapping[str, str], now: "Seen") -> "Seen":
        """What a form carries; where it carries nothing, what stands now."""
        met = tuple(name for name in sent.get("met", "").split(",") if name)
        base = from_text(sent.get("base", ""))
        return cls(
            number(sent, "version", now.version), number(sent, "seen", now.entry), base or now.base, met
        )

    @property
    def base_as_text(self) -> str:
        """For a hidden field."""
        return as_text(self.base)

    @property
    def met_as_text(self) -> str:
        """For a hidden field."""
        return ",".join(self.met)


def number(sent: Mapping[str, str], name: str, default: int) -> int:
    text = sent.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and int(text[:20]) < LARGEST else default


def as_sent(typed: Typed) -> QueryDict:
    """What was typed, as if it were sent."""
    sent = QueryDict(mutable=True)
    for name, texts in typed.items():
        sent.setlist(name, texts)
    return sent


@dataclass(frozen=True)
class Clash:
    """A part that both changed."""

    name: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class ToldChange:
    """A line of the log for the second editor."""

    at: datetime
    sentence: str
    changes: list[Change]


@dataclass(frozen=True)
class Meeting:
    """Who did what meanwhile, what both changed, and what was taken over since only the other changed it."""

    told: list[ToldChange]
    clashes: list[Clash]
    taken_over: list[str]


def met_by(
    form: forms.Form, mine: Typed, theirs: Typed, seen: Seen, agreement: Agreement
) -> tuple[Meeting, Typed, Seen]:
    """What the second editor is told, what is in the form then, and the state that it carries from now on.

    What only the other changed is taken over; what both changed stays as typed and is shown beside the other's.
    """
    moved = [part for part in parts_of(form) if part.differs(mine, theirs)]
    both = [part for part in moved if part.differs(mine, seen.base) and part.differs(theirs, seen.base)]
    only_theirs = [part for part in moved if not part.differs(mine, seen.base)]
    typed = mine
    for part in only_theirs:
        typed = part.taken(typed, theirs)
    meeting = Meeting(
        told_since(agreement, seen), clashes(both, typed, theirs), [part.label for part in only_theirs]
    )
    met = tuple(dict.fromkeys([*seen.met, *(part.name for part in both)]))
    return meeting, typed, replace(seen, version=agreement.version, base=theirs, met=met)


def still_met(
    form: forms.Form, typed: Typed, theirs: Typed, seen: Seen, agreement: Agreement
) -> Meeting | None:
    """The meeting again, after the person took a value or changed the rows; None where there was none."""
    if not seen.met:
        return None
    both = [part for part in parts_of(form) if part.name in seen.met and part.differs(typed, theirs)]
    return Meeting(told_since(agreement, seen), clashes(both, typed, theirs), [])


def clashes(parts: Iterable[Part], mine: Typed, theirs: Typed) -> list[Clash]:
    return [Clash(part.name, part.label, part.shown(mine), part.shown(theirs)) for part in parts]


def take(form: forms.Form, name: str, typed: Typed, theirs: Typed) -> Typed:
    """What is typed, with one part as the other has it."""
    for part in parts_of(form):
        if part.name == name:
            return part.taken(typed, theirs)
    return typed


def told_since(agreement: Agreement, seen: Seen) -> list[ToldChange]:
    """What was told about the agreement since then, the oldest first; at least the latest line."""
    told = told_about(agreement)
    since = list(told.filter(number__gt=seen.entry).order_by("number")[:50]) or list(told[:1])
    return [ToldChange(entry.at, entry.sentence, changes_of(entry)) for entry in since]


def told_about(agreement: Agreement) -> EntryQuerySet:
    """What was told about the agreement, the newest first."""
    told: EntryQuerySet = Entry.objects.of(agreement.municipality)
    return told.about(subject_type=agreement._meta.label_lower, subject_id=agreement.public_id)
