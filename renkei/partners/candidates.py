"""Records that may be one partner, for a person to look at; nothing is ever merged by the program."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from renkei.municipalities.models import Municipality
from renkei.partners.models import Organisation
from renkei.rules.names import name_core

NEAR = 88
"""Similarity of two names without their legal forms, in percent, from which they are worth a look."""
LARGEST_BLOCK = 300
"""Records that begin or end alike are compared with each other only if they are not more than this."""


@dataclass(frozen=True)
class Candidate:
    """Two records and why they may be one partner; the older one first."""

    one: Organisation
    other: Organisation
    why: str


def candidates(municipality: Municipality) -> list[Candidate]:
    """All pairs of the town's records that may be one partner, the surest first."""
    found: dict[tuple[int, int], Candidate] = {}
    for candidate in _all(_records(municipality)):
        found.setdefault((candidate.one.pk, candidate.other.pk), candidate)
    return list(found.values())


def candidates_for(organisation: Organisation) -> list[Organisation]:
    """The records that may be the same partner as this one."""
    pairs = candidates(organisation.municipality)
    return [
        pair.other if pair.one.pk == organisation.pk else pair.one
        for pair in pairs
        if organisation.pk in (pair.one.pk, pair.other.pk)
    ]


def _records(municipality: Municipality) -> list[Organisation]:
    here = Organisation.objects.of(municipality).unmerged().order_by("pk")
    return list(here.only("pk", "public_id", "name", "corporate_number", "municipality", "kind"))


def _all(records: list[Organisation]) -> Iterator[Candidate]:
    cores = {one.pk: name_core(one.name) for one in records}
    for group in _grouped(records, lambda one: one.corporate_number):
        yield from _pairs(group, _("法人番号が同じです。"))
    for group in _grouped(records, lambda one: cores[one.pk]):
        yield from _pairs(group, _("名称が、法人の種類や書き方を除くと同じです。"))
    for part in (slice(None, 2), slice(-2, None)):
        for group in _grouped(records, lambda one, part=part: cores[one.pk][part]):  # type: ignore[misc]
            if len(group) <= LARGEST_BLOCK:
                yield from _near(group, cores)


def _grouped(
    records: Iterable[Organisation], key: Callable[[Organisation], str]
) -> Iterator[list[Organisation]]:
    groups: dict[str, list[Organisation]] = defaultdict(list)
    for one in records:
        if told := key(one):
            groups[told].append(one)
    return (group for group in groups.values() if len(group) > 1)


def _pairs(group: list[Organisation], why: str) -> Iterator[Candidate]:
    for one, other in combinations(group, 2):
        if _may_be_one(one, other):
            yield Candidate(one, other, why)


def _near(group: list[Organisation], cores: dict[int, str]) -> Iterator[Candidate]:
    for one, other in combinations(group, 2):
        if _may_be_one(one, other) and _are_near(cores[one.pk], cores[other.pk]):
            yield Candidate(one, other, _("名称がよく似ています。"))


def _are_near(mine: str, theirs: str) -> bool:
    return bool(fuzz.ratio(mine, theirs, score_cutoff=NEAR)) and _numbers_in(mine) == _numbers_in(theirs)


def _may_be_one(one: Organisation, other: Organisation) -> bool:
    """Two different corporate numbers are two partners, whatever their names."""
    return len({one.corporate_number, other.corporate_number} - {""}) < 2


def _numbers_in(name: str) -> list[str]:
    """第1号店 and 第2号店 are near, and never the same."""
    return re.findall(r"[0-9]+|[一二三四五六七八九十百]+", unicodedata.normalize("NFKC", name))
