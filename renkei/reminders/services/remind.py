"""Reminding: the responsible division at set distances, the coordinating one when nobody decides; never twice."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.municipalities.models import Municipality
from renkei.reminders import events
from renkei.reminders.chat import why_not_address
from renkei.reminders.composing import Content, Line, Section, address_of
from renkei.reminders.models import (
    Channel,
    Deadline,
    Letter,
    LetterKind,
    Reminder,
    ReminderSettings,
)
from renkei.reminders.people import Staff
from renkei.reminders.services.letters import unsent_letter, write_letter
from renkei.rules.japanese_calendar import both_calendars

AT_ONCE = 200
LINES_IN_A_LETTER = 200
LINES_IN_A_CHAT = 10


@dataclass(frozen=True)
class Wanted:
    """A reminder that is due: of what, to whom, at which distance, and what has to be added."""

    deadline: Deadline
    person: User
    distance: int
    is_escalation: bool
    remark: str = ""

    @property
    def place(self) -> tuple[int | None, str, date, int, bool]:
        """What must be unlike for a second reminder of the same distance."""
        return (
            self.deadline.agreement_id,
            self.deadline.kind,
            self.deadline.on,
            self.person.pk,
            self.is_escalation,
        )


def remind(municipality: Municipality, day: date, now: datetime) -> int:
    """Write the letters about what falls due and is not decided, as of the day; how many reminders they hold.

    After missed days the nearest distance counts alone. Calling it again writes nothing.
    """
    wanted = _wanted(municipality, day)
    of_each: dict[tuple[int, bool], list[Wanted]] = defaultdict(list)
    for one in wanted:
        of_each[(one.person.pk, one.is_escalation)].append(one)
    groups, told = list(of_each.values()), 0
    # First, with a key of its own: a program that is killed in between tells it neither never nor twice.
    _tell_the_chat(municipality, wanted, day, now)
    for place in range(0, len(groups), AT_ONCE):
        told += len(_tell(municipality, groups[place : place + AT_ONCE], day, now))
    return told


def _wanted(municipality: Municipality, day: date) -> list[Wanted]:
    arrangement = ReminderSettings.objects.that_hold_for(municipality)
    farthest = max([*arrangement.distances, arrangement.escalation_days])
    coming = Deadline.objects.of(municipality).waiting().between(day, day + timedelta(days=farthest))
    staff = Staff(municipality, day)
    known = _already(municipality, day)
    found: list[Wanted] = []
    for deadline in coming.select_related("agreement", "division"):
        found += _of(deadline, arrangement, staff, day)
    return [
        one for one in found if known.get(one.place, date.min) < one.deadline.on - timedelta(one.distance)
    ]


def _of(deadline: Deadline, arrangement: ReminderSettings, staff: Staff, day: date) -> Iterable[Wanted]:
    left = (deadline.on - day).days
    distance = arrangement.distance_at(left)
    if distance is not None:
        people, remark = staff.responsible_for(deadline)
        yield from (Wanted(deadline, person, distance, False, remark) for person in people)
    if left <= arrangement.escalation_days:
        for person in staff.coordinators:
            yield Wanted(deadline, person, arrangement.escalation_days, True)


def _already(municipality: Municipality, day: date) -> dict[tuple[int | None, str, date, int, bool], date]:
    """The last day on which a person was told of a deadline that is still to come."""
    told = Reminder.objects.of(municipality).filter(on__gte=day).order_by("reminded_on")
    rows = told.values_list("agreement", "kind", "on", "person", "is_escalation", "reminded_on")
    return {(row[0], row[1], row[2], row[3], row[4]): row[5] for row in rows.iterator()}


def _tell(municipality: Municipality, groups: list[list[Wanted]], day: date, now: datetime) -> list[Wanted]:
    """One letter to each person with all that is due, many in one transaction; what was told."""
    letters = [_letter(municipality, some, day, now) for some in groups]
    try:
        with transaction.atomic():
            Letter.objects.bulk_create(letters)
            Reminder.objects.bulk_create(
                _reminder(one, letter, day)
                for letter, some in zip(letters, groups, strict=True)
                for one in some
            )
            count = sum(len(some) for some in groups)
            record(
                events.REMINDED,
                None,
                municipality,
                municipality=municipality,
                people=len(letters),
                count=count,
            )
    except IntegrityError:  # another machine was first with some of them
        if len(groups) == 1:
            return []
        return [one for some in groups for one in _tell(municipality, [some], day, now)]
    return [one for some in groups for one in some]


def _letter(municipality: Municipality, some: list[Wanted], day: date, now: datetime) -> Letter:
    person, is_escalation = some[0].person, some[0].is_escalation
    content = _content(some, day)
    kind = LetterKind.ESCALATION if is_escalation else LetterKind.REMINDER
    return unsent_letter(
        municipality,
        kind=kind,
        key=_key(kind, some),
        subject=content.subject,
        plain=content.plain,
        html=content.html,
        person=person,
        now=now,
    )


def _reminder(one: Wanted, letter: Letter, day: date) -> Reminder:
    return Reminder(
        municipality=letter.municipality,
        agreement=one.deadline.agreement,
        kind=one.deadline.kind,
        on=one.deadline.on,
        distance=one.distance,
        is_escalation=one.is_escalation,
        person=one.person,
        letter=letter,
        reminded_on=day,
    )


def _content(some: list[Wanted], day: date) -> Content:
    first = some[0]
    facts = {"count": len(some), "left": first.deadline.left_on(day), "title": first.deadline.title}
    if first.is_escalation:
        subject = _("【連携】判断されていない期限が%(count)s件あります") % facts
        lead = _("期限が近いのに、更新するかどうかが判断されていない協定です。担当課に確かめてください。")
    elif len(some) == 1:
        subject = _("【連携】%(left)s「%(title)s」") % facts
        lead = _("期限が近い協定です。更新するかどうかを判断して、連携に記録してください。")
    else:
        subject = _("【連携】期限が近い協定が%(count)s件あります") % facts
        lead = _("期限が近い協定です。更新するかどうかを判断して、連携に記録してください。")
    return Content(
        subject=subject,
        name=first.person.name,
        lead=lead,
        sections=tuple(_sections(some, day)),
        closing=_("判断を記録した協定は、もう督促しません。"),
    )


def _sections(some: list[Wanted], day: date) -> Iterable[Section]:
    """The lines by division and by why the letter comes to this person."""
    groups: dict[str, list[Wanted]] = defaultdict(list)
    for one in some[:LINES_IN_A_LETTER]:
        division = str(one.deadline.division or _("担当課なし"))
        groups[f"{division}({one.remark})" if one.remark else division].append(one)
    for place, (heading, lines) in enumerate(groups.items(), start=1):
        more = max(0, len(some) - LINES_IN_A_LETTER) if place == len(groups) else 0
        yield Section(heading, tuple(line_of(one.deadline, day) for one in lines), more)


def line_of(deadline: Deadline, day: date) -> Line:
    """A deadline as one line of a letter."""
    text = _("%(on)s(%(left)s)%(kind)s「%(title)s」%(partners)s %(sentence)s") % {
        "on": both_calendars(deadline.on),
        "left": deadline.left_on(day),
        "kind": deadline.get_kind_display(),
        "title": deadline.title,
        "partners": deadline.partners,
        "sentence": deadline.sentence,
    }
    return Line(text, address_of(deadline.agreement) if deadline.agreement else "")


def _tell_the_chat(municipality: Municipality, wanted: list[Wanted], day: date, now: datetime) -> None:
    """One message about the same deadlines, where the town has named a chat that the operator allows."""
    address = ReminderSettings.objects.that_hold_for(municipality).chat_address
    if not wanted or not address or why_not_address(address):
        return
    titles = dict.fromkeys(_chat_line(one.deadline, day) for one in wanted)
    lines = [_("連携: 期限が近い協定が%(count)s件あります。") % {"count": len(titles)}]
    lines += [f"・{title}" for title in list(titles)[:LINES_IN_A_CHAT]]
    write_letter(
        municipality,
        kind=LetterKind.REMINDER,
        channel=Channel.CHAT,
        key=_key("chat", wanted),
        subject=lines[0],
        plain="\n".join(lines),
        address=address,
        name=_("チャット"),
        now=now,
    )


def _chat_line(deadline: Deadline, day: date) -> str:
    return _("%(left)s %(kind)s「%(title)s」") % {
        "left": deadline.left_on(day),
        "kind": deadline.get_kind_display(),
        "title": deadline.title,
    }


def _key(kind: str, some: list[Wanted]) -> str:
    """The same for the same reminders, whoever writes them."""
    told = sorted(f"{one.place}:{one.distance}" for one in some)
    return f"{kind}:{hashlib.sha256('|'.join(told).encode()).hexdigest()[:40]}"
