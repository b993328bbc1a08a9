"""Differences of two texts by clause and by character, for reading: words change, clauses move, numbers do not count.

Nothing is lost: `applied` gives the new clauses back and `undone` the old ones.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby, pairwise

WORD = re.compile(r"\n|[0-9０-９]+|[A-Za-z]+|[一-龥々〇]+|[ぁ-ん]+|[ァ-ヶー]+|.", re.DOTALL)
"""A Japanese text has no spaces: a stretch of one kind of letters stands for a word."""

ALIKE = 0.5
"""From here on two clauses count as one that was reworded: half of their pairs of letters are the same."""

LONGEST_BY_LETTER = 40_000
"""Letters of one side times letters of the other up to which a replaced stretch is compared letter by letter."""

TINY = 2
"""So many unchanged letters between two larger changes are no help to a reader: they count as changed."""


class Mark(StrEnum):
    """What became of a run of letters."""

    SAME = "same"
    REMOVED = "removed"
    INSERTED = "inserted"


@dataclass(frozen=True)
class Run:
    """Letters in a row with the same fate."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class Clause:
    """A clause: its key, which stays when it is moved or reworded, its heading and its text."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True)
class Difference:
    """A clause of both sides, or of one: the runs of heading and text, and its place (from 0) on each side."""

    heading: tuple[Run, ...]
    text: tuple[Run, ...]
    old_key: str = ""
    new_key: str = ""
    old_place: int | None = None
    new_place: int | None = None
    is_moved: bool = False

    @property
    def is_inserted(self) -> bool:
        """Whether only the new side has it."""
        return self.old_place is None

    @property
    def is_removed(self) -> bool:
        """Whether only the old side has it."""
        return self.new_place is None

    @property
    def is_reworded(self) -> bool:
        """Whether both sides have it in other words."""
        both = not self.is_inserted and not self.is_removed
        return both and any(run.mark != Mark.SAME for run in (*self.heading, *self.text))

    @property
    def is_same(self) -> bool:
        """Whether nothing changed; another number is no change."""
        return not (self.is_inserted or self.is_removed or self.is_moved or self.is_reworded)


def runs(old: str, new: str) -> tuple[Run, ...]:
    """The runs that lead from the old text to the new one, without tiny unchanged ones between changes."""
    return tuple(_at_lines(_joined(_without_tiny(_joined(_compared(old, new))))))


def new_text(told: Iterable[Run]) -> str:
    """The text after the changes."""
    return "".join(run.text for run in told if run.mark != Mark.REMOVED)


def old_text(told: Iterable[Run]) -> str:
    """The text before the changes."""
    return "".join(run.text for run in told if run.mark != Mark.INSERTED)


def _compared(old: str, new: str) -> Iterator[Run]:
    old_words, new_words = WORD.findall(old), WORD.findall(new)
    for code, first, last, start, end in SequenceMatcher(None, old_words, new_words).get_opcodes():
        removed, inserted = "".join(old_words[first:last]), "".join(new_words[start:end])
        if code == "equal":
            yield Run(Mark.SAME, removed)
        elif removed and inserted and len(removed) * len(inserted) <= LONGEST_BY_LETTER:
            yield from _by_letter(removed, inserted)
        else:
            yield from (Run(Mark.REMOVED, removed), Run(Mark.INSERTED, inserted))


def _by_letter(old: str, new: str) -> Iterator[Run]:
    for code, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if code == "equal":
            yield Run(Mark.SAME, old[first:last])
        else:
            yield from (Run(Mark.REMOVED, old[first:last]), Run(Mark.INSERTED, new[start:end]))


def _without_tiny(told: Sequence[Run]) -> Iterator[Run]:
    """Unchanged letters between two changes, neither smaller than they, become part of one change."""
    for place, run in enumerate(told):
        between = run.mark == Mark.SAME and 0 < place < len(told) - 1
        around = (_changed(told[:place][::-1]), _changed(told[place + 1 :])) if between else (0, 0)
        if len(run.text) <= min(TINY, *around) and "\n" not in run.text:
            yield from (Run(Mark.REMOVED, run.text), Run(Mark.INSERTED, run.text))
        else:
            yield run


def _changed(following: Sequence[Run]) -> int:
    """How many letters change next to a place: the longer of what goes and what comes."""
    lengths = {Mark.REMOVED: 0, Mark.INSERTED: 0}
    for run in following[:2]:
        if run.mark == Mark.SAME:
            break
        lengths[run.mark] += len(run.text)
    return max(lengths.values())


def _joined(told: Iterable[Run]) -> list[Run]:
    """Of each stretch of changes one run that goes and one that comes."""
    found: list[Run] = []
    for same, stretch in groupby(told, key=lambda run: run.mark == Mark.SAME):
        pieces = list(stretch)
        marks = (Mark.SAME,) if same else (Mark.REMOVED, Mark.INSERTED)
        texts = ((mark, "".join(run.text for run in pieces if run.mark == mark)) for mark in marks)
        found += [Run(mark, text) for mark, text in texts if text]
    return found


def _at_lines(told: list[Run]) -> list[Run]:
    """A whole line that comes or goes is told as that line, not as the end of it and the start of the next."""
    for place in range(1, len(told) - 1):
        before, run, after = told[place - 1 : place + 2]
        if run.mark != Mark.SAME and before.mark == after.mark == Mark.SAME and "\n" in run.text:
            start = before.text[before.text.rfind("\n") + 1 :]
            kept = before.text.removesuffix(start)
            if start and run.text.endswith(f"\n{start}") and (kept or place == 1):
                line = start + run.text.removesuffix(start)
                told[place - 1 : place + 2] = [
                    Run(Mark.SAME, kept), Run(run.mark, line), Run(Mark.SAME, start + after.text)
                ]  # fmt: skip
    return [run for run in told if run.text]


def differences(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[Difference, ...]:
    """The clauses in the new order, removed ones where they stood: matched by key, then by likeness."""
    pairs = _matched(old, new)
    moved = _moved(pairs)
    kept = {place: before for before, place in pairs.items()}
    found = [
        _difference(old, new, kept.get(place), place, is_moved=place in moved) for place in range(len(new))
    ]
    for before in range(len(old)):
        if before not in pairs:
            found.insert(_after(found, before), _difference(old, new, before, None))
    return tuple(found)


def applied(told: Iterable[Difference]) -> tuple[Clause, ...]:
    """The new clauses."""
    after = sorted((one.new_place, one) for one in told if one.new_place is not None)
    return tuple(Clause(one.new_key, new_text(one.heading), new_text(one.text)) for _place, one in after)


def undone(told: Iterable[Difference]) -> tuple[Clause, ...]:
    """The old clauses."""
    before = sorted((one.old_place, one) for one in told if one.old_place is not None)
    return tuple(Clause(one.old_key, old_text(one.heading), old_text(one.text)) for _place, one in before)


def _difference(
    old: Sequence[Clause],
    new: Sequence[Clause],
    before: int | None,
    after: int | None,
    *,
    is_moved: bool = False,
) -> Difference:
    nothing = Clause("", "", "")
    one = old[before] if before is not None else nothing
    other = new[after] if after is not None else nothing
    return Difference(
        runs(one.heading, other.heading),
        runs(one.text, other.text),
        one.key,
        other.key,
        before,
        after,
        is_moved,
    )


def _after(found: Sequence[Difference], before: int) -> int:
    """Where a removed clause is shown: after the nearest earlier clause of the old side that is shown."""
    earlier = [
        (one.old_place, place)
        for place, one in enumerate(found)
        if one.old_place is not None and one.old_place < before
    ]
    return max(earlier)[1] + 1 if earlier else 0


def _matched(old: Sequence[Clause], new: Sequence[Clause]) -> dict[int, int]:
    """Which old place became which new one."""
    places = {clause.key: place for place, clause in enumerate(new) if clause.key}
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for before, clause in enumerate(old):
        after = places.get(clause.key)
        if after is not None and after not in taken:
            pairs[before] = after
            taken.add(after)
    return pairs | _alike(old, new, pairs)


def _alike(old: Sequence[Clause], new: Sequence[Clause], pairs: dict[int, int]) -> dict[int, int]:
    """Pairs of what is left over, the likest first."""
    taken = set(pairs.values())
    left = {place: _letters(clause) for place, clause in enumerate(old) if place not in pairs}
    right = {place: _letters(clause) for place, clause in enumerate(new) if place not in taken}
    candidates = sorted(
        (-_likeness(one, other), before, after)
        for before, one in left.items()
        for after, other in right.items()
    )
    found: dict[int, int] = {}
    for likeness, before, after in candidates:
        if -likeness >= ALIKE and before not in found and after not in found.values():
            found[before] = after
    return found


def _letters(clause: Clause) -> Counter[str]:
    """The pairs of neighbouring letters of a clause."""
    text = clause.heading + clause.text
    return Counter(first + second for first, second in pairwise(text))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of pairs that both have, between 0 and 1 (Dice)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _moved(pairs: dict[int, int]) -> set[int]:
    """New places of clauses that passed others: all but the longest row that kept its order."""
    order = [before for before, _after in sorted(pairs.items(), key=lambda pair: pair[1])]
    ends: list[int] = []
    rows: list[tuple[int, ...]] = []
    for before in order:
        place = bisect_left(ends, before)
        row = (*(rows[place - 1] if place else ()), before)
        ends[place:] = [before, *ends[place + 1 :]]
        rows[place:] = [row, *rows[place + 1 :]]
    staying = set(rows[-1]) if rows else set()
    return {after for before, after in pairs.items() if before not in staying}
