"""Which agreements contain a word: from the grams, and for longer words from a scan that is kept."""

from django.db import connection
from pyroaring import BitMap

from renkei.search.index import Blocks
from renkei.search.models import Block, Text

FEW = 5000
"""Candidates up to which only their texts are read; above, the database scans all texts and the answer is kept."""
CHUNK = 500


def containing(word: str, among: BitMap, *, internal: bool, blocks: Blocks) -> BitMap:
    """The agreements that contain the word (folded) in the texts that the audience sees; exact within `among`."""
    public = _candidates("p", word, blocks)
    found = _exact(word, public, among, "p", blocks)
    if internal:
        found = found | _exact(word, _candidates("i", word, blocks), among, "i", blocks)
    return found


def _candidates(kind: str, word: str, blocks: Blocks) -> BitMap:
    pairs = [word[at : at + 2] for at in range(len(word) - 1)] or [word]
    return BitMap.intersection(*blocks.named([f"{kind}:{pair}" for pair in pairs]).values())


def _exact(word: str, candidates: BitMap, among: BitMap, kind: str, blocks: Blocks) -> BitMap:
    if len(word) <= 2:
        return candidates
    wanted = candidates & among
    if len(wanted) <= FEW:
        return _checked(word, wanted, "public" if kind == "p" else "internal")
    kept = f"word:{kind}:{word}"
    answer = blocks.named([kept])[kept]
    if answer:
        return answer
    return _scanned(word, kept, "public" if kind == "p" else "internal", blocks)


def _checked(word: str, wanted: BitMap, column: str) -> BitMap:
    found = BitMap()
    pks = list(wanted)
    for start in range(0, len(pks), CHUNK):
        rows = Text.objects.filter(agreement__in=pks[start : start + CHUNK]).values_list("agreement", column)
        found.update(pk for pk, text in rows if word in text)
    return found


def _scanned(word: str, name: str, column: str, blocks: Blocks) -> BitMap:
    function = "instr" if connection.vendor == "sqlite" else "strpos"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT agreement FROM search_text WHERE {function}({column}, %s) > 0", [word])  # noqa: S608
        found = BitMap(row[0] for row in cursor.fetchall())
    Block.objects.bulk_create([Block(name=name, content=found.serialize())], ignore_conflicts=True)
    return found
