"""Cuts a sentence into words with a meaning, and refuses the words it does not know."""

import re
from dataclasses import dataclass
from datetime import date

from renkei.rules.clause_lexicon import DAY, DAY_MARK, FILLERS, FISCAL, WORDS, YEAR_MARK
from renkei.rules.clause_text import UnreadableClause
from renkei.rules.japanese_calendar import PartialDay, find_days, fiscal_year_name, japanese_date

_MEANINGS = tuple((code, re.compile(pattern)) for code, pattern in WORDS)
_FILLER = re.compile("|".join(f"(?:{pattern})" for pattern in FILLERS))
_BLANK = re.compile(
    r"(?:令和|平成|昭和|西暦)年|[○●◯×*_…△□◎Xx]+(?:年|か月|月|日)|(?:から|は|を|の)年間|\d年月|\d月日|(?:令和|平成|昭和|西暦)[○〇●◯×*_…△□◎Xx]|〇(?:年|か?月|日)"
)
_NOT_A_DAY = re.compile(
    r"(?:明治|大正|昭和|平成|令和|[MTSHR])(?:\d+|元)[年./-]\d+(?:[月./-]\d*)?日?|(?:18|19|20|21)\d\d[年./-]\d+[月./-]\d+日?"
)
_MONTH_END = re.compile(r"((?:明治|大正|昭和|平成|令和|[MTSHR])?(?:\d+|元)年\d+月)末日?")
_FISCAL_NAME = re.compile(r"((?:平成|令和|昭和)(?:\d+|元)|(?:19|20|21)\d\d)年度")


@dataclass(frozen=True)
class Word:
    """A word with a meaning: its code, its text, and what its pattern caught."""

    code: str
    text: str
    parts: tuple[str | None, ...]
    day: date | None = None
    year: int | None = None

    @property
    def shown(self) -> str:
        """The word as a person reads it."""
        return (
            japanese_date(self.day)
            if self.day
            else fiscal_year_name(self.year)
            if self.year
            else self.text.strip("、")
        )


class Days:
    """Takes the days and fiscal years out of a sentence, leaving one mark for each."""

    def __init__(self) -> None:
        self.days: list[date] = []
        self.years: list[int] = []
        self.remarks: list[str] = []

    def marked(self, sentence: str) -> str:
        """The sentence with marks; raises UnreadableClause for blanks, impossible days and days by month."""
        if blank := _BLANK.search(sentence):
            raise UnreadableClause(
                f"「{blank[0]}」のところが空欄(伏せ字)です。日付や年数を書き入れてから、もう一度お試しください。"
            )
        sentence = _FISCAL_NAME.sub(self.year_mark, sentence)
        sentence = _MONTH_END.sub(last_of_month, sentence)
        pieces, at = [], 0
        for found in find_days(sentence):
            if found.day.exact is None:
                raise UnreadableClause(
                    f"「{sentence[found.start : found.end]}」は日まで書かれていません。"
                    "年月日まで分かる書き方にしてください。"
                )
            pieces += [sentence[at : found.start], chr(DAY_MARK + len(self.days))]
            self.days.append(found.day.exact)
            self.remarks += found.remarks
            at = found.end
        marked = "".join(pieces) + sentence[at:]
        if wrong := _NOT_A_DAY.search(marked):
            raise UnreadableClause(f"「{wrong[0]}」という日はありません。日付を確かめてください。")
        return marked

    def year_mark(self, name: re.Match[str]) -> str:
        found = find_days(f"{name[1]}年4月1日") or find_days(f"{name[1]}年5月1日")
        if not found:
            raise UnreadableClause(f"「{name[0]}」という年度はありません。年度を確かめてください。")
        self.years.append(found[0].day.year)
        return chr(YEAR_MARK + len(self.years) - 1)


def last_of_month(month: re.Match[str]) -> str:
    found = find_days(month[1])
    if not found or found[0].day.month is None:
        return month[0]
    last: PartialDay = found[0].day
    return f"{last.year}年{last.month}月{last.last.day}日"


def words_of(sentence: str, days: Days) -> list[Word]:
    """The words of a sentence in order without fillers; raises UnreadableClause at an unknown word."""
    marked = days.marked(sentence)
    words: list[Word] = []
    at = 0
    while at < len(marked):
        word, at = next_word(marked, at, days)
        if word:
            words.append(word)
    return words


def next_word(marked: str, at: int, days: Days) -> tuple[Word | None, int]:
    for code, pattern in _MEANINGS:
        if (match := pattern.match(marked, at)) and match.end() > at:
            return meaning(code, match, days), match.end()
    if (filler := _FILLER.match(marked, at)) and filler.end() > at:
        return None, filler.end()
    raise UnreadableClause(
        f"「{around(marked, at, days)}」の意味が分からず、期間が変わるおそれがあるため、読みませんでした。"
        "条文を見て、期間と更新を手で入れてください。"
    )


def around(marked: str, at: int, days: Days) -> str:
    """The part between two commas that holds the unknown word, with its days written out."""
    start = marked.rfind("、", 0, at) + 1
    end = marked.find("、", at)
    part = marked[start : end if end > 0 else len(marked)]
    part = re.sub(DAY, lambda mark: japanese_date(days.days[ord(mark[0]) - DAY_MARK]), part)
    part = re.sub(FISCAL, lambda mark: fiscal_year_name(days.years[ord(mark[0]) - YEAR_MARK]), part)
    return part if len(part) <= 60 else f"{part[:60]}…"


def meaning(code: str, match: re.Match[str], days: Days) -> Word:
    day = days.days[ord(match[0][0]) - DAY_MARK] if code in "Ds" else None
    year = days.years[ord(match[0][0]) - YEAR_MARK] if code == "Y" else None
    return Word(code, match[0], match.groups(), day, year)
