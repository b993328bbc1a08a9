"""Which agreements contain a word: from the grams, and for longer words from their texts."""

from collections.abc import Iterable

from django.db import connection
from pyroaring import BitMap

from renkei.search.blocks import Blocks
from renkei.search.index import Index

COLUMNS = {"t": "title", "p": "public", "i": "internal"}
FEW = 500
"""Candidates whose texts are simply read each time; the answer for more is kept."""
MANY = 20_000
"""Candidates up to which only their texts are read; above, the database scans all texts."""


def containing(word: str, kind: str, among: BitMap, index: Index) -> BitMap:
    """Those among the agreements whose texts of the kind (`t`, `p` or `i`) contain the folded word; exact."""
    delta = index.delta
    unchanged = _unchanged(word, kind, among - delta.changed, index.blocks)
    return unchanged | (delta.containing(word, kind) & among) if delta.documents else unchanged


def _unchanged(word: str, kind: str, among: BitMap, blocks: Blocks) -> BitMap:
    pairs = [word[at : at + 2] for at in range(len(word) - 1)] or [word]
    first, *more = blocks.named([f"{kind}:{pair}" for pair in pairs]).values()
    candidates = first.intersection(*more)
    here = candidates & among
    if len(word) <= 2 or not here:
        return here
    kept = blocks.words.get((kind, word))
    if kept is None and len(here) <= FEW:
        return _checked(word, COLUMNS[kind], here, blocks.edition)
    if kept is None:
        some = candidates if len(candidates) <= MANY else None
        kept = _checked(word, COLUMNS[kind], some, blocks.edition)
        blocks.keep_word((kind, word), kept)
    return here & kept


def _checked(word: str, column: str, candidates: Iterable[int] | None, edition: int) -> BitMap:
    """Those of the candidates, or of all, whose text contains the word; the database compares."""
    function = "instr" if connection.vendor == "sqlite" else "strpos"
    among = "" if candidates is None else f" AND agreement IN ({','.join(map(str, candidates))})"
    # The plus keeps the index of editions out of a scan of everything: nearly all rows are of the one.
    which = "+edition" if candidates is None else "edition"
    where = f"{which} = %s{among} AND {function}({column}, %s) > 0"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT agreement FROM search_text WHERE {where}", [edition, word])  # noqa: S608
        return BitMap([row[0] for row in cursor.fetchall()])
