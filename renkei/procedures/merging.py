"""Changes made to a version, brought into a newer one: clause by clause, and none is lost in silence."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.utils.translation import gettext as _

from renkei.documents.contents import AgreementText, Article, AttachedTable
from renkei.procedures.returned_changes import clauses_between, label_of

T = TypeVar("T")
K = TypeVar("K", Article, AttachedTable)


class Merging:
    """What `mine` altered in `base`, brought into `newer`: a clause that only one altered is as that one has it.

    `conflicts` names the clauses that both have altered in different ways.
    """

    def __init__(self, base: AgreementText, mine: AgreementText, newer: AgreementText) -> None:
        told = (*clauses_between(base, mine), *clauses_between(base, newer))
        self.labels = {one.key: label_of(one) for one in told}
        self.conflicts: list[str] = []
        self.text = AgreementText(
            title=self._chosen(":title", base.title, mine.title, newer.title),
            preamble=self._chosen(":preamble", base.preamble, mine.preamble, newer.preamble),
            articles=self._all(base.articles, mine.articles, newer.articles),
            closing=self._chosen(":closing", base.closing, mine.closing, newer.closing),
            parties=self._chosen(":parties", base.parties, mine.parties, newer.parties),
            tables=self._all(base.tables, mine.tables, newer.tables),
        )

    def _chosen(self, key: str, base: T, mine: T, newer: T) -> T:
        if mine in (base, newer):
            return newer
        if newer != base:
            self.conflicts.append(self.labels.get(key, key))
        return mine

    def _all(self, base: Sequence[K], mine: Sequence[K], newer: Sequence[K]) -> tuple[K, ...]:
        sides = [_by_key(side) for side in (base, mine, newer)]
        found = (
            self._chosen(key, *(side.get(key) for side in sides)) for key in self._order(*map(list, sides))
        )
        return tuple(one for one in found if one is not None)

    def _order(self, base: list[str], mine: list[str], newer: list[str]) -> list[str]:
        """The keys as whoever changed their order has them, then those that it left out: one is in both or in none."""
        if base not in (mine, newer) and mine != newer:
            self.conflicts.append(_("条の並び"))
        order = newer if mine == base else mine
        return [*order, *dict.fromkeys(key for key in (*base, *newer) if key not in order)]


def _by_key(side: Sequence[K]) -> Mapping[str, K]:
    return {one.key: one for one in side}
