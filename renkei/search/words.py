"""Which agreements contain a word: from the grams, and for longer words from their texts."""

from django.db import connection
from pyroaring import BitMap

from renkei.search.blocks import Blocks
from renkei.search.index import Index
from renkei.search.models import Text

COLUMNS = {"t": "title", "p": "public", "i": "internal"}
FEW = 5000
"""Candidates up to which only their texts are read; above, the database scans all texts and the answer is kept."""
CHUNK = 500


def containing(word: str, kind: str, among: BitMap, index: Index) -> BitMap:
    """Those among the agreements whose texts of the kind (`t`, `p` or `i`) contain the folded word; exact."""
    delta = index.delta
    unchanged = _unchanged(word, kind, among - delta.changed, index.blocks)
    return unchanged | (delta.containing(word, kind) & among) if delta.documents else unchanged


def _unchanged(word: str, kind: str, among: BitMap, blocks: Blocks) -> BitMap:
    pairs = [word[at : at + 2] for at in range(len(word) - 1)] or [word]
    candidates = among.intersection(*blocks.named([f"{kind}:{pair}" for pair in pairs]).values())
    if len(word) <= 2:
        return candidates
    kept = blocks.words.get((kind, word))
    if kept is None and len(candidates) <= FEW:
        return _checked(word, COLUMNS[kind], candidates, blocks.edition)
    if kept is None:
        kept = _scanned(word, COLUMNS[kind], blocks.edition)
        blocks.keep_word((kind, word), kept)
    return candidates & kept


def _checked(word: str, column: str, candidates: BitMap, edition: int) -> BitMap:
    found = BitMap()
    pks = list(candidates)
    for start in range(0, len(pks), CHUNK):
        rows = Text.objects.filter(edition=edition, agreement__in=pks[start : start + CHUNK])
        found.update(pk for pk, text in rows.values_list("agreement", column) if word in text)
    return found


def _scanned(word: str, column: str, edition: int) -> BitMap:
    function = "instr" if connection.vendor == "sqlite" else "strpos"
    with connection.cursor() as cursor:
        # The plus keeps the index of editions out of it: nearly all rows are of the one.
        cursor.execute(
            f"SELECT agreement FROM search_text WHERE +edition = %s AND {function}({column}, %s) > 0",  # noqa: S608
            [edition, word],
        )
        return BitMap([row[0] for row in cursor.fetchall()])
