"""Lists on a sheet of one page: no text longer than its room, no list longer than the page, the rest counted."""

from collections.abc import Sequence
from typing import TypeVar

from renkei.documents.publications.content import Bullet

Kind = TypeVar("Kind")


def width(text: str) -> float:
    """Letters as wide as a Japanese one; the narrow ones count half."""
    return sum(0.5 if letter.isascii() else 1 for letter in text)


def short(text: str, room: int) -> str:
    """The text in one line, ending with … where it is longer than its room."""
    line = " ".join(text.split())
    if width(line) <= room:
        return line
    kept = ""
    for letter in line:
        if width(kept + letter) > room - 1:
            break
        kept += letter
    return f"{kept}…"


def rest(left: int) -> str:
    """What stands at the end of a list that was cut."""
    return f"ほか{left}件"


def cut(found: Sequence[Kind], most: int) -> tuple[Sequence[Kind], int]:
    """The first ones and how many are left out; none is left out where only one would be."""
    if len(found) <= most:
        return found, 0
    return found[: most - 1], len(found) - most + 1


def cut_bullets(found: Sequence[Bullet], most: int, room: int) -> tuple[Bullet, ...]:
    """Bullets that have room; heads are kept only with something below them, and counted as lines, not as work."""
    shown, left = cut(found, most)
    lines = [Bullet(short(one.text, room), one.level, one.mark) for one in shown]
    while left and lines and lines[-1].level == 0 and any(one.level for one in lines):
        lines.pop()
    work = sum(one.level > 0 for one in found) or len(found)
    told = sum(one.level > 0 for one in lines) or len(lines)
    return (*lines, Bullet(rest(work - told), 0, "")) if left and work > told else tuple(lines)
