"""Reading the bitmaps and orders of one generation, each once."""

from array import array
from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

from pyroaring import BitMap

from renkei.search.models import Block, Generation

CHUNK = 500
MOST_BYTES = 64 * 1024 * 1024
MOST_WORDS = 200
LISTED = "listed"
"""The block that names all blocks of facets and of years."""


class Blocks:
    """The bitmaps of one generation; those read lately are kept, at most MOST_BYTES of them.

    A generation never changes, so what is kept stays true; the next generation gets an object of its own.
    """

    def __init__(self, generation: int, edition: int) -> None:
        self.generation = generation
        self.edition = edition
        self.words: OrderedDict[tuple[str, str], BitMap] = OrderedDict()
        self._kept: OrderedDict[str, tuple[BitMap, int]] = OrderedDict()
        self._bytes = 0
        self._arrays: dict[str, array[int]] = {}
        self._listed: frozenset[str] | None = None
        self._lock = Lock()

    def named(self, names: Iterable[str]) -> dict[str, BitMap]:
        """The bitmaps by name; a name that no agreement has is empty. They are shared: never change one."""
        wanted = list(dict.fromkeys(names))
        found: dict[str, BitMap] = {}
        with self._lock:
            for name in wanted:
                if name in self._kept:
                    self._kept.move_to_end(name)
                    found[name] = self._kept[name][0]
        missing = [name for name in wanted if name not in found]
        for start in range(0, len(missing), CHUNK):
            some = missing[start : start + CHUNK]
            read = self._read(some)
            for name in some:
                content = read.get(name, b"")
                found[name] = BitMap.deserialize(content) if content else BitMap()
                self._keep(name, found[name], len(content))
        return found

    def _read(self, names: list[str]) -> dict[str, bytes]:
        rows = Block.objects.filter(edition=self.edition, name__in=names).values_list("name", "content")
        return {name: bytes(content) for name, content in rows}

    def _keep(self, name: str, bitmap: BitMap, size: int) -> None:
        with self._lock:
            if name in self._kept:
                return
            self._kept[name] = (bitmap, size + CHUNK)
            self._bytes += size + CHUNK
            while self._bytes > MOST_BYTES:
                self._bytes -= self._kept.popitem(last=False)[1][1]

    def listed(self) -> frozenset[str]:
        """The names of all blocks of facets and of years."""
        if self._listed is None:
            content = self._read([LISTED]).get(LISTED, b"")
            self._listed = frozenset(content.decode().split("\n")) if content else frozenset()
        return self._listed

    def numbers(self, name: str) -> "array[int]":
        """An order (primary keys one after the other) or its ranks (places by primary key)."""
        if name not in self._arrays:
            numbers = array("I")
            numbers.frombytes(self._read([name]).get(name, b""))
            self._arrays[name] = numbers
        return self._arrays[name]

    def keep_word(self, key: tuple[str, str], answer: BitMap) -> None:
        """Remember which agreements a scan found."""
        with self._lock:
            self.words[key] = answer
            while len(self.words) > MOST_WORDS:
                self.words.popitem(last=False)


_latest: dict[str, Blocks] = {}


def present_blocks() -> Blocks:
    """The blocks of the present generation."""
    mark, edition = present_generation()
    blocks = _latest.get("blocks")
    if blocks is None or blocks.generation != mark:
        blocks = _latest["blocks"] = Blocks(mark, edition)
    return blocks


def present_generation() -> tuple[int, int]:
    """Mark and edition of the present generation; 0 while nothing was ever built."""
    return Generation.objects.values_list("mark", "edition").first() or (0, 0)
