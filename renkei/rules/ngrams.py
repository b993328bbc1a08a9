"""Searching: folding, characters and bigrams, queries, and where a query stands in the original text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from renkei.rules.kanji_variants import usual_kanji

LONGEST_QUERY = 100
MOST_WORDS = 10
LONGEST_REMEMBERED = 500
"""Letters of a text whose folding is remembered: titles and names come again and again, pages of documents do not."""
_LEGAL = (("(株)", "株式会社"), ("(有)", "有限会社"), ("(一社)", "一般社団法人"), ("(公社)", "公益社団法人"),
          ("(一財)", "一般財団法人"), ("(公財)", "公益財団法人"), ("(社)", "社団法人"), ("(財)", "財団法人"),
          ("(社福)", "社会福祉法人"), ("(学)", "学校法人"))  # fmt: skip
_HYPHENS = dict.fromkeys(map(ord, "-－−―‐‑–—─ｰ〜～~"), "ー")
_BLANKS = re.compile(r"\s+")
_PUNCTUATION = str.maketrans({"，": "、", ",": "、", "．": ".", "･": "・"})


class QueryRefused(ValueError):
    """The query is too long; str() says what to do."""


@dataclass(frozen=True)
class Query:
    """Folded words and phrases that must all occur, and words that must not."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def wanted(self) -> tuple[str, ...]:
        """Everything that must occur."""
        return self.words + self.phrases


def _is_invisible(letter: str) -> bool:
    """Controls, joiners, half of a surrogate pair: nobody can see them, and a database may refuse them."""
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs") and not letter.isspace()


def _joins_the_letter_before(letter: str) -> bool:
    return letter in "ﾞﾟ" or unicodedata.combining(letter) != 0


@lru_cache(maxsize=16384)
def _folded_letter(letter: str) -> str:
    """A letter, with the marks that join it, as it is searched."""
    seen = "".join(part for part in letter if not _is_invisible(part))
    folded = usual_kanji(unicodedata.normalize("NFKC", seen)).casefold()
    return folded.translate(_HYPHENS).translate(_PUNCTUATION)


def _letters(text: str) -> Iterator[tuple[int, str]]:
    """Each letter with the marks that join it, and its place."""
    place = 0
    while place < len(text):
        end = place + 1
        while end < len(text) and _joins_the_letter_before(text[end]):
            end += 1
        yield place, text[place:end]
        place = end


def _without_blanks(folded: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Blanks go, except one between two words in Latin letters or digits."""
    kept: list[tuple[str, int]] = []
    blank: int | None = None
    for letter, place in folded:
        if letter.isspace():
            blank = place if blank is None else blank
            continue
        if blank is not None and kept and _is_latin(kept[-1][0]) and _is_latin(letter):
            kept.append((" ", blank))
        blank = None
        kept.append((letter, place))
    return kept


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _legal_forms(letters: list[tuple[str, int]]) -> list[tuple[str, int]]:
    text = "".join(letter for letter, _place in letters)
    if "(" not in text:
        return letters
    for short, long in _LEGAL:
        while (at := text.find(short)) >= 0:
            place = letters[at][1]
            letters = [*letters[:at], *((letter, place) for letter in long), *letters[at + len(short) :]]
            text = text[:at] + long + text[at + len(short) :]
    return letters


def _folded(text: str) -> list[tuple[str, int]]:
    """The folded letters, each with the place in the original of the letter it came from."""
    folded = [(part, place) for place, letter in _letters(text) for part in _folded_letter(letter)]
    return _legal_forms(_without_blanks(folded))


def _one_or_no_blank(run: re.Match[str]) -> str:
    before, after = run.string[run.start() - 1 : run.start()], run.string[run.end() : run.end() + 1]
    return " " if before and after and _is_latin(before) and _is_latin(after) else ""


def folded_text(text: str) -> str:
    """The text as it is searched: half width, small letters, usual kanji, blanks between Japanese letters gone.

    The letters of `_folded` without their places, which is ten times the work; a test holds the two together.
    """
    return _remembered(text) if len(text) <= LONGEST_REMEMBERED else _folding(text)


def _folding(text: str) -> str:
    marks = "ﾞ" in text or "ﾟ" in text or any(map(unicodedata.combining, text))
    folded = "".join(map(_folded_letter, (letter for _place, letter in _letters(text)) if marks else text))
    folded = _BLANKS.sub(_one_or_no_blank, folded)
    if "(" in folded:
        for short, long in _LEGAL:
            folded = folded.replace(short, long)
    return folded


_remembered = lru_cache(maxsize=65536)(_folding)


def grams(folded: str) -> set[str]:
    """Every character and every two neighbouring characters of a folded text."""
    return set(folded) | {folded[at : at + 2] for at in range(len(folded) - 1)}


def parse_query(text: str) -> Query:
    """Words (all must occur), "phrases" and 「phrases」, and -words that must not; raises QueryRefused."""
    if len(text) > LONGEST_QUERY:
        raise QueryRefused(f"検索の言葉は{LONGEST_QUERY}文字までです。短くしてください。")
    words: list[str] = []
    phrases: list[str] = []
    without: list[str] = []
    for minus, quoted, token in _tokens(text):
        folded = folded_text(token)
        if not folded:
            continue
        (without if minus else phrases if quoted else words).append(folded)
    if len(words) + len(phrases) + len(without) > MOST_WORDS:
        raise QueryRefused(f"検索の言葉は{MOST_WORDS}個までです。減らしてください。")
    return Query(tuple(dict.fromkeys(words)), tuple(dict.fromkeys(phrases)), tuple(dict.fromkeys(without)))


_QUOTES = {'"': '"', "“": "”", "”": "”", "「": "」", "『": "』", "＂": "＂"}


def _tokens(text: str) -> list[tuple[bool, bool, str]]:
    tokens: list[tuple[bool, bool, str]] = []
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        minus = text[place] in "-－−" and place + 1 < len(text) and not text[place + 1].isspace()
        place += minus
        closing = _QUOTES.get(text[place])
        if closing and (end := text.find(closing, place + 1)) > place:
            tokens.append((minus, True, text[place + 1 : end]))
            place = end + 1
            continue
        end = place + 1
        while end < len(text) and not text[end].isspace():
            end += 1
        tokens.append((minus, False, text[place:end].strip('"“”＂')))
        place = end
    return tokens


def matches(folded: str, query: Query) -> bool:
    """The reference: whether a folded text contains everything wanted and nothing unwanted."""
    return all(word in folded for word in query.wanted) and not any(word in folded for word in query.without)


def highlight_spans(original: str, query: Query) -> list[tuple[int, int]]:
    """Where the wanted words stand in the original text: spans in order, not overlapping."""
    folded = folded_text(original)
    if not any(word in folded for word in query.wanted):
        return []
    letters = _folded(original)
    text = "".join(letter for letter, _place in letters)
    places = [place for _letter, place in letters] + [len(original)]
    marked = [False] * len(original)
    for word in query.wanted:
        at = text.find(word)
        while at >= 0:
            end = places[at + len(word)]
            last = places[at + len(word) - 1] + 1
            while end > last and original[end - 1].isspace():
                end -= 1
            for place in range(places[at], max(end, last)):
                marked[place] = True
            at = text.find(word, at + 1)
    return _runs(marked)


def _runs(marked: list[bool]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for place, is_marked in enumerate([*marked, False]):
        if is_marked and start is None:
            start = place
        elif not is_marked and start is not None:
            spans.append((start, place))
            start = None
    return spans
