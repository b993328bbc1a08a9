"""The container of old Office files (MS-CFB): which streams it holds, and their bytes."""

import struct
from collections.abc import Iterator, Sequence

SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SMALL, PIECE, ROOT = 4096, 64, 5
"""Streams below SMALL bytes lie in pieces of PIECE bytes inside the stream of the root entry."""


class BrokenContainer(ValueError):
    """The container cannot be followed: cut off, or its chains run in circles."""


class Container:
    """A compound file; raises BrokenContainer where it cannot be followed."""

    def __init__(self, content: bytes) -> None:
        try:
            self._read(content)
        except (struct.error, IndexError) as error:
            raise BrokenContainer(str(error)) from error

    def _read(self, content: bytes) -> None:
        size = 1 << struct.unpack_from("<H", content, 30)[0]
        if size not in (512, 4096):
            raise BrokenContainer("sector size")
        self.sectors = [content[start : start + size] for start in range(size, len(content), size)]
        self.table: list[int] = []
        for sector in self._table_sectors(content, size):
            self.table += struct.unpack(f"<{size // 4}I", self.sectors[sector])
        self.entries = dict(self._entries(self._chain(struct.unpack_from("<I", content, 48)[0])))
        root = next((start for kind, start, _length in self.entries.values() if kind == ROOT), len(content))
        kept = self._chain(root)
        self.pieces = [kept[place : place + PIECE] for place in range(0, len(kept), PIECE)]
        written = self._chain(struct.unpack_from("<I", content, 60)[0])
        self.small_table = list(struct.unpack(f"<{len(written) // 4}I", written[: len(written) // 4 * 4]))

    def _table_sectors(self, content: bytes, size: int) -> list[int]:
        places = list(struct.unpack_from("<109I", content, 76))
        following, count = struct.unpack_from("<II", content, 68)
        for _round in range(min(count, len(self.sectors))):
            if following >= len(self.sectors):
                break
            *more, following = struct.unpack(f"<{size // 4}I", self.sectors[following])
            places += more
        return [place for place in places if place < len(self.sectors)]

    def _entries(self, directory: bytes) -> Iterator[tuple[str, tuple[int, int, int]]]:
        """The name of each stream with its kind, first sector and length."""
        for place in range(0, len(directory) - 127, 128):
            length, kind = struct.unpack_from("<HB", directory, place + 64)
            name = directory[place : place + max(0, length - 2)].decode("utf-16-le", "replace")
            yield name, (kind, *struct.unpack_from("<II", directory, place + 116))

    def stream(self, *names: str) -> bytes:
        """The bytes of the first of the streams that is there."""
        for name in names:
            if name in self.entries:
                _kind, start, length = self.entries[name]
                try:
                    whole = self._chain(start) if length >= SMALL else self._small(start)
                except IndexError as error:
                    raise BrokenContainer(name) from error
                return whole[:length]
        raise BrokenContainer(names[0])

    def _chain(self, start: int) -> bytes:
        return b"".join(_chained(self.sectors, self.table, start))

    def _small(self, start: int) -> bytes:
        return b"".join(_chained(self.pieces, self.small_table, start))


def _chained(pieces: Sequence[bytes], table: Sequence[int], start: int) -> Iterator[bytes]:
    seen: set[int] = set()
    while start < len(pieces):
        if start in seen:
            raise BrokenContainer("circle")
        seen.add(start)
        yield pieces[start]
        start = table[start]
