"""The orders of the results: by sort keys made in Python, so that every database gives the same one."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connection
from pyroaring import BitMap

from renkei.agreements.models import Agreement
from renkei.rules.partial_days import PartialDay
from renkei.search.blocks import Blocks

MANY = 20_000
FEW = 3000
"""Results up to which a page is found by sorting them, above by walking the order."""

Key = tuple[Any, ...]


@lru_cache(maxsize=65536)
def _last_day(signed_as: str) -> int:
    return PartialDay.from_iso(signed_as).last.toordinal() if signed_as else 0


def _newest(pk: int, signed_as: str, kana: str, title: str) -> Key:
    """The latest day that the signing day can mean, late ones first, unknown ones last; then the newest record."""
    return -_last_day(signed_as), -pk


def _kana(pk: int, signed_as: str, kana: str, title: str) -> Key:
    """The reading, or the title where none is known, letter by letter."""
    return kana or title, pk


KEYS: dict[str, Callable[[int, str, str, str], Key]] = {"newest": _newest, "kana": _kana}


def all_in_order(name: str) -> "array[int]":
    """All agreements in the order."""
    rows = Agreement.objects.values_list("pk", "signed_as", "title_kana", "title").order_by()
    key = KEYS[name]
    return array("I", [made[-1] for made in sorted((*key(*row), row[0]) for row in rows.iterator(20_000))])


def keys(ids: Iterable[int], name: str) -> dict[int, Key]:
    """The sort keys of the agreements that exist.

    The numbers stand in the statement itself: as parameters, tens of thousands would cost a hundred times the reading.
    """
    wanted, key = sorted(map(int, ids)), KEYS[name]
    found: dict[int, Key] = {}
    for start in range(0, len(wanted), MANY):
        some = ",".join(map(str, wanted[start : start + MANY]))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, signed_as, title_kana, title FROM agreements_agreement WHERE id IN ({some})"  # noqa: S608
            )
            found |= {row[0]: key(*row) for row in cursor.fetchall()}
    return found


def ranks_of(order: "array[int]") -> "array[int]":
    """Places in the order, by primary key."""
    ranks = array("I", bytes(4 * (max(order) + 1) if order else 0))
    for place, pk in enumerate(order):
        ranks[pk] = place
    return ranks


def without(order: "array[int]", ranks: "array[int]", leaving: Iterable[int]) -> "array[int]":
    """The order without some agreements."""
    kept: array[int] = array("I")
    start = 0
    for place in sorted(_places(order, ranks, leaving)):
        kept += order[start:place]
        start = place + 1
    return kept + order[start:]


def _places(order: "array[int]", ranks: "array[int]", ids: Iterable[int]) -> Iterator[int]:
    for pk in ids:
        if pk < len(ranks) and order and order[ranks[pk]] == pk:
            yield ranks[pk]


def places(order: "array[int]", wanted: Sequence[Key], name: str) -> list[int]:
    """Before which place of the order each key belongs: halving for all at once, so that few queries are asked."""
    low, high = [0] * len(wanted), [len(order)] * len(wanted)
    while searching := [number for number in range(len(wanted)) if low[number] < high[number]]:
        known = keys({order[(low[number] + high[number]) // 2] for number in searching}, name)
        for number in searching:
            middle = (low[number] + high[number]) // 2
            if known.get(order[middle], wanted[number]) < wanted[number]:
                low[number] = middle + 1
            else:
                high[number] = middle
    return low


class Order:
    """An order of one generation with the changed agreements at their places."""

    def __init__(self, name: str, blocks: Blocks, changed: BitMap) -> None:
        self.ranks = blocks.numbers(f"ranks:{name}")
        self.whole = blocks.numbers(f"order:{name}")
        self.moved: dict[int, tuple[float, int]] = {}
        if changed:
            self._lay_over(name, changed)

    def _lay_over(self, name: str, changed: BitMap) -> None:
        kept = without(self.whole, self.ranks, changed)
        keyed = sorted((key, pk) for pk, key in keys(changed, name).items())
        self.whole = array("I")
        start = 0
        found = places(kept, [key for key, _pk in keyed], name)
        for number, (place, (_key, pk)) in enumerate(zip(found, keyed, strict=True)):
            self.whole += kept[start:place]
            self.whole.append(pk)
            self.moved[pk] = (self.ranks[kept[place]] if place < len(kept) else float("inf"), number)
            start = place
        self.whole += kept[start:]

    def _rank(self, pk: int) -> tuple[float, float]:
        # A moved one stands before the unchanged one whose rank it carries.
        return self.moved.get(pk) or (self.ranks[pk], float("inf"))

    def page(self, result: BitMap, start: int, stop: int) -> list[int]:
        """The agreements of the result from one place of the order to another."""
        if len(result) <= FEW:
            return sorted(result, key=self._rank if self.moved else self.ranks.__getitem__)[start:stop]
        return list(islice(filter(result.__contains__, self.whole), start, stop))
