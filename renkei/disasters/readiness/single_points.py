"""What would fail together: one partner for much, one telephone for several, and promises made to many towns."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.models import Term
from renkei.disasters.contacts.chains import TELEPHONES
from renkei.disasters.models import Capability, ContactChannel
from renkei.disasters.readiness.facts import contacts_on, current_on
from renkei.disasters.readiness.judging import function_name, listed
from renkei.disasters.readiness.town import TownFacts
from renkei.municipalities.models import Municipality
from renkei.partners.models import Organisation, PartnerKind
from renkei.rules.telephone import dialled

MANY = 3
"""From so many agreements or functions on, the town leans on one partner."""
NOT_ELSEWHERE = (PartnerKind.INDIVIDUAL, PartnerKind.OWN, PartnerKind.GROUP, PartnerKind.CITIZENS)
"""Kinds of partners that bear one name in many towns without being one."""

AT_ONCE = 5_000
"""So many names or keys stand in one question."""
V = TypeVar("V")


class PointKind(models.TextChoices):
    """In which way it would fail."""

    PARTNER = "partner", gettext_lazy("一者に集まっている")
    TELEPHONE = "telephone", gettext_lazy("同じ番号")
    PROMISED = "promised", gettext_lazy("ほかの自治体にも約束")


@dataclass(frozen=True)
class SinglePoint:
    """Partners on whom much depends, in a sentence; `weight` is how much, for the order."""

    kind: PointKind
    partners: tuple[Organisation, ...]
    sentence: str
    weight: int


def single_points_of(town: TownFacts) -> list[SinglePoint]:
    """The heaviest of each kind first."""
    leaned = _leaned_on(town)
    partners = Organisation.objects.in_bulk([*leaned])
    found = [
        *(_partner_point(town, partners[key], *leaned[key]) for key in leaned),
        *_same_numbers(town.town, town.day),
        *_promised_elsewhere(town),
    ]
    order = list(PointKind)
    return sorted(found, key=lambda one: (order.index(one.kind), -one.weight, one.partners[0].name))


def _leaned_on(town: TownFacts) -> dict[int, tuple[set[int], set[str]]]:
    """Partners with many agreements or functions."""
    found: dict[int, tuple[set[int], set[str]]] = defaultdict(lambda: (set(), set()))
    rows = town.capabilities().order_by().values_list("who", "agreement", "function").distinct()
    for who, agreement, function in rows.iterator():
        found[who][0].add(agreement)
        found[who][1].add(function)
    return {key: both for key, both in found.items() if max(len(both[0]), len(both[1])) >= MANY}


def _partner_point(
    town: TownFacts, partner: Organisation, agreements: set[int], functions: set[str]
) -> SinglePoint:
    told = {"agreements": len(agreements), "functions": len(functions)}
    sentence = _("協定%(agreements)s件、支援%(functions)s種類を一者が担っています。") % told
    alone = [function_name(one) for one in sorted(functions) if len(town.partners_of[one]) == 1]
    if alone:
        sentence += _("%(what)sは、ほかに相手方がいません。") % {"what": listed(alone)}
    return SinglePoint(PointKind.PARTNER, (partner,), sentence, len(agreements) + len(functions))


def _same_numbers(town: Municipality, day: date) -> list[SinglePoint]:
    """Partners that are called on one number; the number itself is told only where contacts are shown."""
    contacts = contacts_on(day).filter(municipality=town).order_by().values("pk")
    rows = ContactChannel.objects.filter(contact__in=contacts, kind__in=TELEPHONES).order_by("pk")
    who = Coalesce("contact__organisation__merged_into", "contact__organisation")
    by_number: dict[str, set[int]] = defaultdict(set)
    for value, partner in rows.annotate(who=who).values_list("value", "who").iterator():
        if number := dialled(value):
            by_number[number].add(partner)
    shared = {tuple(sorted(keys)) for keys in by_number.values() if len(keys) > 1}
    partners = Organisation.objects.in_bulk({key for keys in shared for key in keys})
    sentence = _("%(count)s者の緊急連絡先が、同じ電話番号です。")
    return [
        SinglePoint(
            PointKind.TELEPHONE,
            tuple(partners[key] for key in keys),
            sentence % {"count": len(keys)},
            len(keys),
        )
        for keys in sorted(shared)
    ]


@dataclass
class Promise:
    """To whom else a partner promised the same: the towns, and the names of those that published it."""

    towns: set[int]
    named: set[str]
    functions: set[str]


def _promised_elsewhere(town: TownFacts) -> list[SinglePoint]:
    """Partners that promised the same function to other municipalities of this installation."""
    mine = _Own(town)
    found: dict[int, Promise] = defaultdict(lambda: Promise(set(), set(), set()))
    for number, folded, function, other, name, is_published in _promises_there(town, mine):
        for key in mine.same_as(number, folded):
            if function not in mine.functions[key]:
                continue
            promise = found[key]
            promise.towns.add(other)
            promise.functions.add(function)
            if is_published:
                promise.named.add(name)
    partners = Organisation.objects.in_bulk(found)
    return [_promised_point(partners[key], promise) for key, promise in found.items()]


class _Own:
    """Own partners by corporate number and by folded name, with the functions that they promised here."""

    def __init__(self, town: TownFacts) -> None:
        self.functions: dict[int, set[str]] = defaultdict(set)
        self.by_number: dict[str, set[int]] = defaultdict(set)
        self.by_name: dict[str, set[tuple[int, str]]] = defaultdict(set)
        columns = ("who", "organisation__corporate_number", "organisation__folded_name", "function")
        for who, number, folded, function in _named(town).values_list(*columns).distinct().iterator():
            self.functions[who].add(function)
            self.by_name[folded].add((who, number))
            if number:
                self.by_number[number].add(who)

    def same_as(self, number: str, folded: str) -> set[int]:
        """Own partners that are the other town's: by number, or by name where one of both has no number."""
        named = {who for who, own in self.by_name.get(folded, ()) if not (own and number)}
        return self.by_number.get(number, set()) | named


def _named(town: TownFacts) -> QuerySet[Capability]:
    return town.capabilities().exclude(organisation__kind__in=NOT_ELSEWHERE).order_by()


def _promises_there(town: TownFacts, mine: _Own) -> Iterator[tuple[str, str, str, int, str, bool]]:
    """The same partners' promises to other towns: only the function, the town, and whether everybody may know."""
    for keys in _portions(_same_elsewhere(town, mine)):
        rows = _elsewhere(town).filter(organisation__in=keys).order_by()
        yield from rows.values_list(
            "organisation__corporate_number",
            "organisation__folded_name",
            "function",
            "municipality",
            "municipality__name",
            "agreement__is_published",
        ).distinct()


def _same_elsewhere(town: TownFacts, mine: _Own) -> list[int]:
    """Other towns' records of the own partners, by number or by name: each is found by an index of its own.

    Names and numbers are told, not asked for within the question: a database that guesses how many there are reads
    every partner and every promise of every town.
    """
    others = Organisation.objects.exclude(municipality=town.town).order_by()
    found: set[int] = set()
    for column, values in (("corporate_number", mine.by_number), ("folded_name", mine.by_name)):
        for some in _portions(values):
            found.update(others.filter(**{f"{column}__in": some}).values_list("pk", flat=True))
    return sorted(found)


def _portions(values: Iterable[V]) -> Iterator[list[V]]:
    """So many at a time as a database takes in one question."""
    rest = iter(values)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _elsewhere(town: TownFacts) -> QuerySet[Capability]:
    # Asked of each promise that was found: a list of all agreements in force would be made for nothing.
    in_force = Term.objects.covering(town.day).filter(agreement=OuterRef("agreement"))
    return current_on(town.day).exclude(municipality=town.town).filter(Exists(in_force))


def _promised_point(partner: Organisation, promise: Promise) -> SinglePoint:
    told = {
        "count": len(promise.towns),
        "what": listed([function_name(one) for one in sorted(promise.functions)]),
        "names": listed(sorted(promise.named)),
    }
    if promise.named:
        sentence = _("ほかの%(count)s自治体(%(names)sなど)にも、同じ支援(%(what)s)を約束しています。")
    else:
        sentence = _("ほかの%(count)s自治体にも、同じ支援(%(what)s)を約束しています。")
    return SinglePoint(PointKind.PROMISED, (partner,), sentence % told, len(promise.towns))
