"""Is this agreement already in the register? Same partners after folding, near title, same signing day."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz

from renkei.agreements.models import Agreement, Party
from renkei.municipalities.models import Municipality
from renkei.rules.names import folded_name
from renkei.rules.ngrams import folded_text

NEAR = 90
"""Similarity of two folded titles, in percent, from which they count as the same."""


class Known:
    """The agreements of a municipality, read once, by signing day and partner."""

    def __init__(self, municipality: Municipality) -> None:
        titles = dict(Agreement.objects.of(municipality).values_list("pk", "title"))
        days = dict(Agreement.objects.of(municipality).values_list("pk", "signed_as"))
        partners: dict[int, set[str]] = defaultdict(set)
        parties = Party.objects.filter(agreement__municipality=municipality, organisation__isnull=False)
        for agreement, name in parties.values_list("agreement", "name_as_signed"):
            partners[agreement].add(folded_name(name))
        self.entries: dict[tuple[str, str], list[tuple[int, str, frozenset[str]]]] = defaultdict(list)
        for agreement, names in partners.items():
            entry = (agreement, folded_text(titles[agreement]), frozenset(names))
            for name in names:
                self.entries[days[agreement], name].append(entry)

    def find(self, title: str, partners: Iterable[str], signed_as: str) -> int | None:
        """The primary key of the same agreement, or None."""
        names = {folded_name(name) for name in partners}
        folded_title = folded_text(title)
        for name in names:
            for agreement, other_title, others in self.entries.get((signed_as, name), ()):
                if (names <= others or others <= names) and fuzz.ratio(folded_title, other_title) >= NEAR:
                    return agreement
        return None
