"""Proving the log: every digest again, every number, and the end of each chain; in memory for one entry at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from renkei.audit import triggers
from renkei.audit.kept import KeptHead
from renkei.audit.models import FIRST, TOLD, Entry, Head, digest_of
from renkei.municipalities.models import Municipality

COLUMNS = (*TOLD, "digest")
NUMBER, PREVIOUS, DIGEST = COLUMNS.index("number"), COLUMNS.index("previous_digest"), COLUMNS.index("digest")
IN_ONE_READING = 500
UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError, RecursionError, DatabaseError)


def heads(municipality: Municipality | None = None) -> list[KeptHead]:
    """The end of each chain, or of one: to be kept outside the machine."""
    rows = Head.objects.select_related("municipality").order_by("municipality__code")
    if municipality:
        rows = rows.filter(municipality=municipality)
    return [KeptHead(head.municipality.code, head.number, head.digest) for head in rows]


@dataclass
class Chain:
    """One municipality's chain while it is read: what was seen last, and which kept heads were met."""

    code: str
    key: int
    wanted: dict[int, set[str]] = field(default_factory=dict)
    number: int = 0
    digest: str = FIRST
    checked: int = 0

    def faults(self) -> Iterator[str]:
        """Sentences about the entries of this chain, then about its end."""
        for row in _rows(self.key):
            self.checked += 1
            if row is None:
                self.number, self.digest = self.number + 1, ""
                yield _("%(where)s: 記録が読めない形に変わっています。") % {"where": self.where(self.number)}
            else:
                yield from self._faults_of(row)
                self._remember(row)
        yield from self._faults_of_kept()
        yield from self._faults_of_end()

    def where(self, number: int) -> str:
        """How a person names one entry."""
        return _("%(code)s 第%(number)s号") % {"code": self.code, "number": number}

    def _faults_of(self, row: tuple[Any, ...]) -> Iterator[str]:
        where, expected = self.where(row[NUMBER]), self.number + 1
        if row[NUMBER] > expected:
            yield _("%(where)s: 第%(expected)s号があるはずの所です。途中の記録がありません。") % {
                "where": where,
                "expected": expected,
            }
        elif row[NUMBER] < expected:
            yield _("%(where)s: 同じ番号の記録が後から入れられています。") % {"where": where}
        elif self.digest and row[PREVIOUS] != self.digest:
            yield _("%(where)s: 前の記録とつながっていません。") % {"where": where}
        if not _is_as_told(row):
            yield _("%(where)s: 記録された後に内容が変わっています。") % {"where": where}

    def _remember(self, row: tuple[Any, ...]) -> None:
        self.number, self.digest = row[NUMBER], row[DIGEST]
        digests = self.wanted.get(self.number)
        if digests and row[DIGEST] in digests:
            digests.discard(row[DIGEST])

    def _faults_of_kept(self) -> Iterator[str]:
        """Every kept head that the chain did not hold."""
        cut = _("%(code)s: 外に控えた末尾(第%(number)s号)が記録の中にありません。末尾が切られています。")
        rebuilt = _(
            "%(code)s: 外に控えた末尾(第%(number)s号)と記録のダイジェストが違います。鎖が作り直されています。"
        )
        for number, digests in sorted(self.wanted.items()):
            if digests and number:
                yield (cut if number > self.number else rebuilt) % {"code": self.code, "number": number}

    def _faults_of_end(self) -> Iterator[str]:
        head = Head.objects.filter(municipality=self.key).first()
        if head is None:
            if self.checked:
                yield _("%(code)s: 末尾の控えがありません。") % {"code": self.code}
        elif (head.number, head.digest) != (self.number, self.digest):
            yield _("%(code)s: 末尾は第%(head)s号のはずですが、記録は第%(last)s号で終わっています。") % {
                "code": self.code,
                "head": head.number,
                "last": self.number,
            }


def chains(kept: Iterable[KeptHead] = (), municipality: Municipality | None = None) -> list[Chain]:
    """The chains to be read: all of the installation, or one; with the heads that were kept of each."""
    keys = {municipality.pk} if municipality else _keys()
    codes = dict(Municipality.objects.filter(pk__in=keys).values_list("pk", "code"))
    found = {codes.get(key, f"#{key}"): Chain(codes.get(key, f"#{key}"), key) for key in keys}
    for code, number, digest in kept:
        if code not in found and municipality is None:
            found[code] = Chain(code, 0)
        if code in found:
            found[code].wanted.setdefault(number, set()).add(digest)
    return [found[code] for code in sorted(found)]


def faults(kept: Iterable[KeptHead] = (), municipality: Municipality | None = None) -> Iterator[str]:
    """Sentences about everything in the log that is not as it was told; none if it is whole."""
    for chain in chains(kept, municipality):
        yield from chain.faults()
    yield from faults_of_triggers()


def faults_of_triggers() -> Iterator[str]:
    """A sentence for each trigger that is gone or switched off: the log could be changed unseen."""
    for name in triggers.missing(connection):
        yield _("変更を拒むトリガー%(name)sがありません。外した人と理由を確かめ、入れ直してください。") % {
            "name": name
        }


def _keys() -> set[int]:
    told = Entry.objects.order_by().values_list("municipality_id", flat=True).distinct()
    return {*told, *Head.objects.values_list("municipality_id", flat=True)}


def _is_as_told(row: tuple[Any, ...]) -> bool:
    try:
        return bool(digest_of(*row[:DIGEST]) == row[DIGEST])
    except UNREADABLE:
        return False


def _rows(key: int) -> Iterator[tuple[Any, ...] | None]:
    """The entries of a chain in their order; None in the place of one that cannot be read."""
    ordered = Entry.objects.filter(municipality=key).order_by("number", "pk")
    keys = ordered.values_list("pk", flat=True).iterator(IN_ONE_READING)
    while some := list(islice(keys, IN_ONE_READING)):
        yield from _read(some)


def _read(keys: list[int]) -> Iterator[tuple[Any, ...] | None]:
    """Many at once; one by one where one of them cannot be read."""
    try:
        rows = list(Entry.objects.filter(pk__in=keys).order_by("number", "pk").values_list(*COLUMNS))
    except UNREADABLE:
        if not Entry.objects.filter(pk__in=keys).exists():
            raise
        for one in keys if len(keys) > 1 else ():
            yield from _read([one])
        if len(keys) == 1:
            yield None
        return
    yield from (row if isinstance(row[NUMBER], int) else None for row in rows)
