"""Is an agreement in the register already, or twice in the file? Same partners, near title, same day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from renkei.agreements.models import Agreement, Party
from renkei.municipalities.models import Municipality
from renkei.rules.names import folded_name
from renkei.rules.ngrams import folded_text

NEAR = 90
"""Similarity of two folded titles, in percent, from which they count as the same."""


@dataclass(frozen=True)
class Entry:
    """An agreement by what makes it the same as another: its folded title, its folded partners, its own words."""

    place: int
    title: str
    names: frozenset[str]
    told: str = ""

    def is_like(self, other: "Entry") -> bool:
        """Near titles, and the partners of one among those of the other."""
        same = self.names <= other.names or other.names <= self.names
        return same and fuzz.ratio(self.title, other.title) >= NEAR


def entry_of(place: int, title: str, partners: Iterable[str], told: str = "") -> Entry:
    """An entry with everything folded."""
    return Entry(place, folded_text(title), frozenset(map(folded_name, partners)), told)


class Known:
    """The agreements of a municipality (those signed on one day, if it is given), read once, by day and partner."""

    def __init__(self, municipality: Municipality, signed_as: str | None = None) -> None:
        agreements = Agreement.objects.of(municipality)
        parties = Party.objects.filter(agreement__municipality=municipality, organisation__isnull=False)
        if signed_as is not None:
            agreements = agreements.filter(signed_as=signed_as)
            parties = parties.filter(agreement__signed_as=signed_as)
        listed = agreements.values_list("pk", "title", "signed_as")
        told = {pk: (title, signed_as) for pk, title, signed_as in listed.iterator()}
        partners: dict[int, set[str]] = defaultdict(set)
        for agreement, name in parties.values_list("agreement", "name_as_signed").iterator():
            partners[agreement].add(name)
        self.entries: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for agreement, names in partners.items():
            if agreement in told:
                title, day = told[agreement]
                self.add(entry_of(agreement, title, names), day)

    def add(self, entry: Entry, signed_as: str) -> None:
        """Take one more agreement in."""
        for name in entry.names:
            self.entries[signed_as, name].append(entry)

    def find(self, title: str, partners: Iterable[str], signed_as: str) -> int | None:
        """The primary key of the same agreement, or None."""
        wanted = entry_of(0, title, partners)
        return next((one.place for one in self._near(wanted, signed_as) if one.is_like(wanted)), None)

    def _near(self, wanted: Entry, signed_as: str) -> Iterable[Entry]:
        return (one for name in wanted.names for one in self.entries.get((signed_as, name), ()))


class SeenInFile:
    """The agreements of one file so far: a second row that says the same in every respect is no second agreement."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, frozenset[str], str], Entry] = {}

    def find_or_add(
        self, title: str, partners: Iterable[str], signed_as: str, *, row: int, told: str
    ) -> int | None:
        """The row that said the same before, or None; without an exact day everything beside must be the same too."""
        entry = entry_of(row, title, partners, told)
        key = (signed_as, entry.names, entry.title)
        before = self.entries.setdefault(key, entry)
        if before is entry or (len(signed_as) < 10 and before.told != told):
            return None
        return before.place
