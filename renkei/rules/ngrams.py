"""Searching: folding, characters and bigrams, queries, and where a query stands in the original text."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from renkei.rules.kanji_variants import usual_kanji

LONGEST_QUERY = 100
MOST_WORDS = 10
_LEGAL = (("(株)", "株式会社"), ("(有)", "有限会社"), ("(一社)", "一般社団法人"), ("(公社)", "公益社団法人"),
          ("(一財)", "一般財団法人"), ("(公財)", "公益財団法人"), ("(社)", "社団法人"), ("(財)", "財団法人"),
          ("(社福)", "社会福祉法人"), ("(学)", "学校法人"))  # fmt: skip
_HYPHENS = dict.fromkeys(map(ord, "-－−―‐‑–—─ｰ〜～~"), "ー")
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


def _fold_letters(text: str) -> list[tuple[str, int]]:
    """Folded letters, each with the place in the original of the letter it came from."""
    letters: list[tuple[str, int]] = []
    place = 0
    while place < len(text):
        end = place + 1
        while end < len(text) and (text[end] in "ﾞﾟ゙゚" or unicodedata.combining(text[end])):
            end += 1
        folded = usual_kanji(unicodedata.normalize("NFKC", text[place:end])).casefold()
        for letter in folded.translate(_HYPHENS).translate(_PUNCTUATION):
            letters.append((letter, place))
        place = end
    return letters


def _without_blanks(letters: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Blanks go, except one between two words in Latin letters or digits."""
    kept: list[tuple[str, int]] = []
    for number, (letter, place) in enumerate(letters):
        if not letter.isspace():
            kept.append((letter, place))
            continue
        after = next((other for other, _place in letters[number + 1 :] if not other.isspace()), "")
        if kept and kept[-1][0].isascii() and kept[-1][0].isalnum() and after.isascii() and after.isalnum():
            kept.append((" ", place))
    return kept


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
    return _legal_forms(_without_blanks(_fold_letters(text)))


@lru_cache(maxsize=65536)
def folded_text(text: str) -> str:
    """The text as it is searched: half width, small letters, usual kanji, blanks between Japanese letters gone."""
    return "".join(letter for letter, _place in _folded(text))


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
    letters = _folded(original)
    text = "".join(letter for letter, _place in letters)
    places = [place for _letter, place in letters] + [len(original)]
    marked = [False] * len(original)
    for word in query.wanted:
        at = text.find(word)
        while at >= 0:
            end = places[at + len(word)]
            last = max(end, places[at + len(word) - 1] + 1)
            for place in range(places[at], last):
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
