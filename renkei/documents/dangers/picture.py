"""Pictures, judged by the size that they declare; none is unpacked."""

import struct

from renkei.documents.dangers.told import Danger, Dangerous

MOST_PIXELS = 300_000_000
"""A sheet of A0 scanned at 400 dots an inch has 250 million."""
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
BARE = {0x01, 0xFF, *range(0xD0, 0xD9)}


def check_picture(content: bytes) -> None:
    """Refuse a picture that would fill the memory of whoever opens it."""
    width, height = _png_size(content) if content.startswith(b"\x89PNG") else _jpeg_size(content)
    if width * height > MOST_PIXELS:
        raise Dangerous(Danger.PICTURE, f"{width}×{height}")


def _png_size(content: bytes) -> tuple[int, int]:
    return struct.unpack_from(">II", content, 16) if len(content) >= 24 else (0, 0)


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """The size in the first frame; 0 where there is none."""
    place = 2
    while place + 9 < len(content) and content[place] == 0xFF:
        mark = content[place + 1]
        if mark in FRAMES:
            height, width = struct.unpack_from(">HH", content, place + 5)
            return width, height
        place += (
            1 if mark == 0xFF else 2 if mark in BARE else 2 + int.from_bytes(content[place + 2 : place + 4])
        )
    return 0, 0
