"""Who made a change: the letters of a Word file with their tracked fate, found again in the clauses they became."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from renkei.documents.word.told import WordParagraph, WordText
from renkei.procedures.comparing import Compared
from renkei.procedures.models.returned import ChangeKind
from renkei.procedures.rekeying import folded
from renkei.procedures.returned_changes import Change
from renkei.rules.redline import Mark, new_text, old_text

Paragraphs = Sequence[WordParagraph]
BEFORE_TEXT = re.compile(r"\W*(?:第\w{1,5}条)?\W*")
"""What stands before the words of an article: brackets around its heading, its number."""

LONGEST_BY_LETTER = 4_000_000
"""Letters of a clause times letters of the file up to which they are found again one by one: about a second's work."""


@dataclass(frozen=True)
class Letter:
    """A letter of the file that is no blank, in its usual width."""

    letter: str
    mark: Mark
    author: str


@dataclass(frozen=True)
class Made:
    """A change with the names of those who made it; `is_tracked` where the program had recorded all of it."""

    change: Change
    authors: tuple[str, ...]
    is_tracked: bool


def letters_of(paragraphs: Paragraphs) -> list[Letter]:
    """The letters in their order, those that were taken out among them."""
    found = []
    for paragraph in paragraphs:
        found += [Letter(letter, Mark.SAME, "") for letter in folded(paragraph.number)]
        for piece in paragraph.pieces:
            found += [Letter(letter, piece.mark, piece.author) for letter in folded(piece.text)]
    return found


class Traces:
    """The paragraphs of a file by the clauses they became, and all of them for what is there no more."""

    def __init__(self, word: WordText, clause_of: Mapping[int, str]) -> None:
        """`clause_of` names the clause of a paragraph, by its place among the blocks."""
        self.blocks = word.blocks
        self.clause_of = clause_of
        self.gone = [one for one in letters_of(self._paragraphs(word.blocks)) if one.mark != Mark.INSERTED]

    def _paragraphs(self, blocks: Sequence[object]) -> list[WordParagraph]:
        return [one for one in blocks if isinstance(one, WordParagraph)]

    def of(self, key: str) -> list[Letter]:
        """The letters of a clause, with paragraphs beside it that were taken out as a whole."""
        places = [place for place, clause in self.clause_of.items() if clause == key]
        if not places:
            return []
        first, last = min(places), max(places)
        while first > 0 and first - 1 not in self.clause_of:
            first -= 1
        while last + 1 < len(self.blocks) and last + 1 not in self.clause_of:
            last += 1
        return letters_of(self._paragraphs(self.blocks[first : last + 1]))

    def made(self, clause: Compared, changes: Sequence[Change], *, is_table: bool = False) -> Iterator[Made]:
        """The changes of one clause with who made them; of a table that is gone its title tells it."""
        told = clause.difference
        if told.is_removed:
            text = "" if is_table else old_text(told.text)
            gone = _taken_out(self.gone, old_text(told.heading), text)
            yield from (_made(change, gone, "", is_removal=True) for change in changes)
            return
        letters = self.of(clause.key)
        if told.is_inserted or not told.is_reworded:
            words = [one for one in letters if one.mark != Mark.REMOVED]
            yield from (_made(change, words, new_text(told.text)) for change in changes)
            return
        yield from _reworded(letters, clause, changes)


def _authors(letters: Sequence[Letter]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.author for one in letters if one.author))


def _taken_out(gone: Sequence[Letter], *texts: str) -> list[Letter]:
    """Where the lines of a clause stood in the file, if they are still told of as taken out."""
    whole = "".join(one.letter for one in gone)
    found: list[Letter] = []
    for line in (folded(line) for text in texts for line in text.split("\n")):
        at = whole.find(line) if line else -1
        while at >= 0 and any(one.mark != Mark.REMOVED for one in gone[at : at + len(line)]):
            at = whole.find(line, at + 1)  # the same words stand elsewhere too
        if line and at < 0:
            return []
        found += gone[at : at + len(line)] if line else []
    return found


def _made(change: Change, letters: Sequence[Letter], words: str, *, is_removal: bool = False) -> Made:
    """A clause that came, went or moved as a whole: recorded if every letter of it was."""
    mark = Mark.REMOVED if is_removal else Mark.INSERTED
    body = _last(letters, folded(words)) if words else letters
    return Made(change, _authors(letters), bool(body) and all(one.mark == mark for one in body))


def _last(letters: Sequence[Letter], words: str) -> Sequence[Letter]:
    """The letters of these words among others around them, as the number of their article."""
    at = "".join(one.letter for one in letters).find(words)
    return letters[at : at + len(words)] if at >= 0 else letters


def _reworded(letters: Sequence[Letter], clause: Compared, changes: Sequence[Change]) -> Iterator[Made]:
    """Everything is recorded where the clause reads as before without what was recorded; else letter by letter."""
    told = clause.difference
    all_tracked = _all_recorded(letters, folded(old_text(told.heading)), folded(old_text(told.text)))
    all_authors = _authors([one for one in letters if one.mark != Mark.SAME])
    aligned = _Aligned(letters, clause)
    for change in changes:
        if change.kind == ChangeKind.MOVED:
            yield _made(change, [one for one in letters if one.mark != Mark.REMOVED], new_text(told.text))
            continue
        removed, inserted = aligned.touched(change)
        authors = _authors([one for one in (*removed, *inserted) if one.mark != Mark.SAME])
        plain = (_unrecorded(removed), _unrecorded(inserted))
        is_tracked = all_tracked or bool(authors and plain[0] == plain[1])
        yield Made(change, authors or (all_authors if is_tracked else ()), is_tracked)


def _all_recorded(letters: Sequence[Letter], heading: str, text: str) -> bool:
    """Whether nothing but the number and the brackets stands before the former words, and nothing behind them."""
    former = "".join(one.letter for one in letters if one.mark != Mark.INSERTED)
    if not former.endswith(text):
        return False
    before = former.removesuffix(text)
    return heading in before and bool(BEFORE_TEXT.fullmatch(before.replace(heading, "", 1)))


def _unrecorded(letters: Sequence[Letter]) -> str:
    return "".join(one.letter for one in letters if one.mark == Mark.SAME)


class _Aligned:
    """The letters of the file that stand for heading and text of a clause, found once for all its changes."""

    def __init__(self, letters: Sequence[Letter], clause: Compared) -> None:
        self.told = clause.difference
        self.sides = {
            side: [one for one in letters if one.mark != mark]
            for side, mark in ((old_text, Mark.INSERTED), (new_text, Mark.REMOVED))
        }
        self.known: dict[tuple[Callable[..., str], bool], list[Letter]] = {}

    def touched(self, change: Change) -> tuple[list[Letter], list[Letter]]:
        """The letters of the file that a change took out, and those that it put in."""
        return self._touched(change, old_text), self._touched(change, new_text)

    def _touched(self, change: Change, side: Callable[..., str]) -> list[Letter]:
        is_heading = change.part == "heading"
        before = "" if is_heading else side(self.told.heading)
        text = side(self.told.heading if is_heading else self.told.text)
        if (side, is_heading) not in self.known:
            self.known[side, is_heading] = _aligned(self.sides[side], folded(before + text))
        start, end = _span(text, change, is_old=side is old_text)
        first = len(folded(before + text[:start]))
        return self.known[side, is_heading][first : first + len(folded(text[start:end]))]


def _span(text: str, change: Change, *, is_old: bool) -> tuple[int, int]:
    if change.stretch is None:  # parties and tables change as a whole
        return 0, len(text)
    start = change.stretch.old_at if is_old else change.stretch.new_at
    return start, start + len(change.stretch.before if is_old else change.stretch.after)


def _aligned(letters: Sequence[Letter], words: str) -> list[Letter]:
    """The letters of the file that stand for these of the clause; one that is not found counts as unrecorded."""
    found = [Letter(letter, Mark.SAME, "") for letter in words]
    if len(words) * len(letters) > LONGEST_BY_LETTER:
        return found
    matcher = SequenceMatcher(None, words, [one.letter for one in letters], autojunk=False)
    for start, there, length in matcher.get_matching_blocks():
        found[start : start + length] = letters[there : there + length]
    return found


def with_keys(clause_of: Mapping[int, str], keys: Mapping[str, str]) -> dict[int, str]:
    """The clauses of the paragraphs under other keys."""
    return {place: keys.get(key, key) for place, key in clause_of.items()}
