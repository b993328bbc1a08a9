"""Names of files that Windows, every zip program and a printed list take alike."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 120
"""Letters of a name with its ending: with a folder before it, a path stays under the 260 of Windows."""
FORBIDDEN = str.maketrans(dict(zip('\\/:*?"<>|', "＼／：＊？”＜＞｜", strict=True)))
DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)")


def file_name(words: str, ending: str = "") -> str:
    """The words as a file's name: forbidden letters in full width, no device's name, at most 120 letters."""
    plain = unicodedata.normalize("NFC", words).translate(FORBIDDEN)
    seen = "".join(letter if unicodedata.category(letter)[0] != "C" else " " for letter in plain)
    stem = " ".join(seen.split(" ")).strip(". ")
    if DEVICES.fullmatch(stem.split(".")[0].strip()):
        stem = f"_{stem}"
    return (stem[: LONGEST - len(ending)].rstrip(". ") or "_") + ending


def apart(names: Iterable[str]) -> list[str]:
    """The names, with (2), (3) … in those that would be the same file where letters' case does not count."""
    taken: set[str] = set()
    told = []
    for name in names:
        one, number = name, 1
        while one.casefold() in taken:
            number += 1
            one = _numbered(name, number)
        taken.add(one.casefold())
        told.append(one)
    return told


def _numbered(name: str, number: int) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    mark = f"({number}){dot}{ending}"
    return stem[: LONGEST - len(mark)] + mark
