"""What procedures do once a day: one letter to each person with all that waits for them, near its day or late."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.pages import counter_page, desk_page
from renkei.municipalities.post import PostedLetter, post
from renkei.procedures.awaiting import awaited, together
from renkei.procedures.models import Procedure, Reminded
from renkei.procedures.people import addresses_of, clerks_of
from renkei.procedures.steps import Awaited
from renkei.rules.japanese_calendar import both_calendars, is_working_day

NEAR = 3
"""Working days before a day on which somebody is reminded of it."""


@dataclass(frozen=True)
class Due:
    """One awaited thing of which somebody is to be reminded now; the occasion is its approach or a week after it."""

    procedure: Procedure
    awaited: Awaited
    occasion: str

    @property
    def thing(self) -> str:
        """What tells the thing and its day from every other of the procedure; a later day is another thing."""
        told = f"{self.procedure.stage}:{self.awaited.page}:{self.awaited.key}:{self.awaited.by}"
        return told if len(told) <= 100 else hashlib.sha256(told.encode()).hexdigest()

    @property
    def words(self) -> str:
        """The thing with its day and its procedure, as a paragraph of the letter."""
        assert self.awaited.by
        is_late = self.occasion != "near"
        facts = {
            "what": self.awaited.what,
            "day": both_calendars(self.awaited.by),
            "title": self.procedure.title,
            "receipt": self.procedure.receipt,
        }
        if is_late:
            return _("期限を過ぎています(%(day)s): %(what)s 件名: %(title)s(%(receipt)s)") % facts
        return _("%(day)sまで: %(what)s 件名: %(title)s(%(receipt)s)") % facts


def occasion_of(one: Awaited, day: date) -> str | None:
    """The occasion for reminding of it on the day; None where its day is far or not set.

    On hold it is the hold's own day and the weeks after it alone.
    """
    if one.by is None:
        return None
    if one.by < day:
        return f"late-{(day - one.by).days // 7}"
    is_near = one.by == day if one.key == "held" else _working_days(day, one.by) <= NEAR
    return "near" if is_near else None


def _working_days(day: date, by: date) -> int:
    """How many working days lie after the day, up to the other; more than a fortnight is far."""
    ahead = min((by - day).days, 14)
    return sum(is_working_day(day + timedelta(n)) for n in range(1, ahead + 1))


def remind(sender: Any, municipality: Municipality, day: date, now: datetime, **kwargs: Any) -> None:
    """Remind divisions, persons and partners of what is near or late; asked again for the day it writes nothing."""
    if (
        is_working_day(day)
        and not Reminded.objects.filter(procedure__municipality=municipality, on=day).exists()
    ):
        _remind(municipality, day, now)


@transaction.atomic
def _remind(municipality: Municipality, day: date, now: datetime) -> None:
    due = _not_told_yet(_all_due(municipality, day))
    Reminded.objects.bulk_create(
        Reminded(procedure=one.procedure, thing=one.thing, occasion=one.occasion, on=day) for one in due
    )
    clerks: dict[User, list[Due]] = defaultdict(list)
    partners: dict[str, list[Due]] = defaultdict(list)
    names: dict[str, str] = {}
    known = Clerks(municipality, day)
    for one in due:
        if one.awaited.side == Side.TOWN:
            for person in known.asked(one.awaited):
                clerks[person].append(one)
        else:
            for address, name in addresses_of(one.procedure):
                partners[address.lower()].append(one)
                names.setdefault(address.lower(), name)
    for person, theirs in clerks.items():
        to = Receiver(f"clerk-{person.pk}", person.email, person.name)
        _post(municipality, to, theirs, _links_at_the_desk(theirs), day, now)
    for address, theirs in partners.items():
        # One letter for an address, however many names stand beside it.
        to = Receiver(hashlib.sha256(address.encode()).hexdigest()[:32], address, names[address])
        _post(municipality, to, theirs, _links_at_the_counter(municipality, theirs), day, now)


def _all_due(municipality: Municipality, day: date) -> list[Due]:
    found: dict[tuple[int, str], Due] = {}
    for procedure in together(Procedure.objects.of(municipality).running()):
        for one in awaited(procedure, day):
            if occasion := occasion_of(one, day):
                due = Due(procedure, one, occasion)
                found.setdefault((procedure.pk, due.thing), due)
    return list(found.values())


def _not_told_yet(due: list[Due]) -> list[Due]:
    ids = {one.procedure.pk for one in due}
    told = set(Reminded.objects.filter(procedure__in=ids).values_list("procedure_id", "thing", "occasion"))
    return [one for one in due if (one.procedure.pk, one.thing, one.occasion) not in told]


class Clerks:
    """Who is asked in the town on a day; each division is looked up once."""

    def __init__(self, municipality: Municipality, day: date) -> None:
        self.municipality, self.day = municipality, day
        self.known: dict[int | None, list[User]] = {}

    def asked(self, one: Awaited) -> list[User]:
        """The clerk who is named, or those of the division."""
        if one.user_id is not None:
            return list(User.objects.of(self.municipality).filter(pk=one.user_id, is_active=True))
        return self._of(one.division)

    def _of(self, division: Division | None) -> list[User]:
        key = division.pk if division else None
        if key not in self.known:
            self.known[key] = clerks_of(division, self.municipality, self.day)
        return self.known[key]


@dataclass(frozen=True)
class Receiver:
    """Who gets the day's letter; clerks who share a mail address are told apart by `key`."""

    key: str
    address: str
    name: str


Links = tuple[tuple[str, str], ...]


def _links_at_the_desk(due: Iterable[Due]) -> Links:
    mine = [(_("私の仕事"), desk_page("procedures/tasks/"))]
    pages = {one.procedure: desk_page(f"procedures/{one.procedure.public_id}/") for one in due}
    return (*mine, *((procedure.title, address) for procedure, address in pages.items()))


def _links_at_the_counter(municipality: Municipality, due: Iterable[Due]) -> Links:
    room = f"{municipality.code}/procedures"
    pages = {one.procedure: counter_page(f"{room}/{one.procedure.public_id}/") for one in due}
    return tuple((procedure.title, address) for procedure, address in pages.items())


def _post(
    municipality: Municipality, to: Receiver, due: list[Due], links: Links, day: date, now: datetime
) -> None:
    late = sum(one.occasion != "near" for one in due)
    subject = _("締結手続で、あなたをお待ちしていることが%(count)s件あります") % {"count": len(due)}
    if late:
        subject += _("(期限を過ぎたもの%(late)s件)") % {"late": late}
    letter = PostedLetter(
        key=f"procedures:{day}:{to.key}",
        address=to.address,
        name=to.name,
        subject=f"【連携】{subject}",
        paragraphs=tuple(one.words for one in due),
        links=links,
    )
    post(municipality, letter, now=now)
