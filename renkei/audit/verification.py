"""Proving the log: every digest again, every number, and the end of each chain."""

from collections.abc import Iterator, Mapping

from django.db import connection

from renkei.audit import triggers
from renkei.audit.models import FIRST, Entry, Head

Heads = Mapping[str, tuple[int, str]]


def heads() -> dict[str, tuple[int, str]]:
    """The end of each chain by municipality code: number and digest, to be kept outside the machine."""
    rows = Head.objects.select_related("municipality").order_by("municipality__code")
    return {head.municipality.code: (head.number, head.digest) for head in rows}


def faults(kept_outside: Heads | None = None) -> Iterator[str]:
    """Sentences about everything in the log that is not as it was told; none if it is whole."""
    ends: dict[str, tuple[int, str]] = {}
    seen: dict[tuple[str, int], str] = {}
    wanted = set((kept_outside or {}).items())
    for entry in (
        Entry.objects.select_related("municipality").order_by("municipality__code", "number").iterator()
    ):
        code = entry.municipality.code
        number, digest = ends.get(code, (0, FIRST))
        yield from _faults_of(entry, number + 1, digest)
        ends[code] = (entry.number, entry.digest)
        if (code, (entry.number, entry.digest)) in wanted:
            seen[(code, entry.number)] = entry.digest
    yield from _faults_of_ends(ends)
    yield from _faults_of_triggers()
    for code, (number, digest) in sorted((kept_outside or {}).items()):
        if number and seen.get((code, number)) != digest:
            yield (
                f"{code}: 外に控えた末尾(第{number}号)が記録の中にありません。"
                "末尾が切られたか、鎖が作り直されています。"
            )


def _faults_of(entry: Entry, expected: int, previous: str) -> Iterator[str]:
    where = f"{entry.municipality.code} 第{entry.number}号"
    if entry.number != expected:
        yield f"{where}: 第{expected}号があるはずの所です。途中の記録がありません。"
    elif entry.previous_digest != previous:
        yield f"{where}: 前の記録とつながっていません。"
    if entry.digest != entry.computed_digest():
        yield f"{where}: 記録された後に内容が変わっています。"


def _faults_of_triggers() -> Iterator[str]:
    for name in triggers.missing(connection):
        yield f"変更を拒むトリガー{name}がありません。外した人と理由を確かめ、入れ直してください。"


def _faults_of_ends(ends: Heads) -> Iterator[str]:
    for code, head in heads().items():
        if head != ends.get(code, (0, FIRST)):
            yield f"{code}: 末尾は第{head[0]}号のはずですが、記録は第{ends.get(code, (0, FIRST))[0]}号で終わっています。"
    for code in ends.keys() - heads().keys():
        yield f"{code}: 末尾の控えがありません。"
