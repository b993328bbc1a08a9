"""Brackets in cells: where a text is outside them, and what stands in the last pair."""

from collections.abc import Callable, Iterator

OPENING = dict(zip("(（「『[［〔【《≪〈<", ")）」』]］〕】》≫〉>", strict=True))
_ALIKE = {"(": "(", "（": "(", ")": ")", "）": ")", "[": "[", "［": "[", "]": "]", "］": "]"}


def _alike(letter: str) -> str:
    return _ALIKE.get(letter, letter)


_CLOSERS = {_alike(closer) for closer in OPENING.values()}


def outside(text: str) -> Iterator[tuple[int, str]]:
    """Letters outside all brackets, with their place; an unclosed bracket reaches to the end."""
    waiting: list[str] = []
    for place, letter in enumerate(text):
        if waiting and _alike(letter) == waiting[-1]:
            waiting.pop()
        elif letter in OPENING:
            waiting.append(_alike(OPENING[letter]))
        elif not waiting:
            yield place, letter


def split_outside(text: str, is_separator: Callable[[str, int], int]) -> list[str]:
    """The parts between separators that stand outside brackets; is_separator tells the length at a place, or 0."""
    parts: list[str] = []
    start = 0
    for place, _letter in outside(text):
        if place >= start and (length := is_separator(text, place)):
            parts.append(text[start:place])
            start = place + length
    return [*parts, text[start:]]


def last_bracket(text: str) -> tuple[str, str] | None:
    """What stands before a bracket that ends the text, and what is in it; None where there is none."""
    bare = text.rstrip()
    if not bare or _alike(bare[-1]) != ")":
        return None
    depth = 0
    for place in range(len(bare) - 1, -1, -1):
        letter = _alike(bare[place])
        depth += (letter == ")") - (letter == "(")
        if depth == 0:
            return bare[:place].rstrip(), bare[place + 1 : -1].strip()
    return None
