"""The index as it is now: the bitmaps of the present generation under the changes that wait to be merged."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.db import connection
from pyroaring import BitMap

from renkei.search.blocks import Blocks, present_blocks, present_generation
from renkei.search.days import names_up_to
from renkei.search.delta import Delta, delta_of
from renkei.search.models import Pending
from renkei.search.orders import Order


class Index:
    """Everything known at one moment; it only reads."""

    def __init__(self, blocks: Blocks, delta: Delta) -> None:
        self.blocks = blocks
        self.delta = delta
        self.states: dict[date, dict[str, BitMap]] = {}
        self._facets: dict[str, dict[str, BitMap]] = {}
        self._orders: dict[str, Order] = {}

    def named(self, names: Iterable[str]) -> dict[str, BitMap]:
        """The bitmaps by name; they are shared: never change one."""
        return {name: self.delta.over(name, bitmap) for name, bitmap in self.blocks.named(names).items()}

    def union(self, names: Iterable[str]) -> BitMap:
        """The agreements that stand in any of the blocks."""
        wanted = list(names)
        found = BitMap().union(*self.blocks.named(wanted).values())
        return self.delta.over_union(wanted, found)

    def up_to(self, kind: str, day: date) -> BitMap:
        """The agreements that have a day of the kind on or before the day."""
        return self.union(names_up_to(kind, day, self.years.get(kind, ())))

    @cached_property
    def listed(self) -> frozenset[str]:
        """The names of all facet values and years that some agreement has or had."""
        return self.blocks.listed().union(self.delta.facets)

    @cached_property
    def years(self) -> dict[str, list[str]]:
        """Kinds of days with the years in which there are any."""
        return _grouped(self.listed, "y")

    @cached_property
    def values(self) -> dict[str, list[str]]:
        """Facets with their values."""
        return _grouped(self.listed, "f")

    def facet(self, name: str) -> dict[str, BitMap]:
        """The values of a facet with the agreements that have them; kept, because every page counts them all."""
        if name not in self._facets:
            values = self.values.get(name, [])
            bitmaps = self.named(f"f:{name}:{value}" for value in values)
            self._facets[name] = dict(zip(values, bitmaps.values(), strict=True))
        return self._facets[name]

    def order(self, name: str) -> Order:
        """The order with the changed agreements at their places."""
        if name not in self._orders:
            self._orders[name] = Order(name, self.blocks, self.delta.changed)
        return self._orders[name]


def _grouped(names: Iterable[str], prefix: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        kind, _colon, rest = name.partition(":")
        if kind == prefix:
            group, _colon, value = rest.partition(":")
            found.setdefault(group, []).append(value)
    return found


_latest: dict[str, Index] = {}


def present() -> Index:
    """The index as it is now; that of a moment ago if nothing changed.

    The waiting changes are read before the generation: merged in between, they are laid over blocks that hold them
    already, which changes nothing; the other way round they would be missed.
    """
    marks = dict(Pending.objects.values_list("mark", "agreement"))
    blocks = present_blocks()
    if connection.in_atomic_block:  # what is read here may be undone: not for others
        return Index(blocks, delta_of(marks, None))
    latest = _latest.get("index")
    if latest is None or latest.blocks is not blocks or latest.delta.marks != marks:
        latest = _latest["index"] = Index(blocks, delta_of(marks, latest.delta if latest else None))
    return latest


def is_present(index: Index) -> bool:
    """Whether the generation that the index read from is still the present one."""
    return present_generation()[0] == index.blocks.generation
