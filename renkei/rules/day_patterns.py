"""How a day can be written: one pattern, made from the eras, over text in half width."""

import re
import unicodedata
from functools import lru_cache

from renkei.rules.eras import Era

_HYPHENS = str.maketrans(
    dict.fromkeys("−－―‐‑‒–—ー", "-") | dict.fromkeys("〜～∼˜", "~") | {"○": "〇", "◯": "〇"}
)
_BLANK = r"\s{0,4}"  # bounded: a hostile cell of blanks must not cost time
_KANJI = "〇零一二三四五六七八九十"
_NUMBER = rf"(?:[0-9]{{1,2}}(?![0-9])|[{_KANJI}]{{1,3}})"
_WESTERN = r"(?<![0-9])(?:1[0-9]|2[01])[0-9]{2}(?![0-9])"
_KANJI_YEAR = r"[一二][〇零一二三四五六七八九]{3}|(?:千九百|二千)[十百一二三四五六七八九]{0,5}"


def half_width(text: str) -> tuple[str, list[int]]:
    """The text in half width with one sign for all hyphens, and for each letter its place in the original.

    Circled and other special numbers stay: ①2016年 must not become 12016年.
    """
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        special = unicodedata.category(letter) == "No"
        folded = letter if special else unicodedata.normalize("NFKC", letter).translate(_HYPHENS)
        letters.append(folded)
        places.extend([place] * len(folded))
    return "".join(letters), places


@lru_cache(maxsize=8)
def day_pattern(eras: tuple[Era, ...]) -> re.Pattern[str]:
    """The pattern of a day, a month or a year in these eras or in 西暦.

    Groups: compact · western, in_era, in_era_year · era, era_year, beside · year · mark, month, days, day, bare
    · weekday.
    """
    era = _era_pattern(eras)
    era_year = rf"(?:元|[0-9]{{1,3}}(?![0-9])|[{_KANJI}]{{1,4}})"
    both = (
        rf"(?P<western>{_WESTERN}){_BLANK}年?{_BLANK}\({_BLANK}(?P<in_era>{era})\.?{_BLANK}"
        rf"(?P<in_era_year>{era_year}){_BLANK}年?{_BLANK}\)"
    )
    beside = rf"(?:{_BLANK}年?{_BLANK}\({_BLANK}(?:西暦)?(?P<beside>{_WESTERN}){_BLANK}年?{_BLANK}\))?"
    years = "|".join(
        [
            r"(?P<compact>(?<![0-9\-])(?:1[89]|2[01])[0-9]{2}[01][0-9][0-3][0-9](?![0-9\-]))",
            both,
            rf"(?P<era>{era})\.?{_BLANK}(?P<era_year>{era_year}){beside}",
            rf"(?P<year>{_WESTERN}|{_KANJI_YEAR})",
        ]
    )
    mark = rf"(?P<mark>{_BLANK}年(?![度代]){_BLANK}|{_BLANK}[./\-]{_BLANK}(?={_NUMBER})|(?<=\)){_BLANK})"
    by_name = rf"{_BLANK}月(?:{_BLANK}(?P<day>{_NUMBER}){_BLANK}日(?!間))?"
    by_sign = rf"{_BLANK}[./\-]{_BLANK}(?P<days>{_NUMBER})(?:{_BLANK}日)?"
    month = rf"(?:(?P<month>{_NUMBER})(?:{by_name}|{by_sign}|(?P<bare>)(?!{_BLANK}月)))?"
    return re.compile(rf"(?:{years})(?:{mark}{month})?{_WEEKDAY}")


_WEEKDAY = (
    rf"(?:{_BLANK}\({_BLANK}(?P<weekday>[月火水木金土日])(?:曜日?)?(?:{_BLANK}[・,、/]?{_BLANK}[祝休]日?)?{_BLANK}\)"
    rf"|{_BLANK}(?P<weekday_word>[月火水木金土日])曜日?)?"
)


def _era_pattern(eras: tuple[Era, ...]) -> str:
    names = "|".join(era.name for era in eras)
    heads = "".join(era.name[0] for era in eras)
    letters = "".join(era.letter + era.letter.lower() for era in eras)
    head = rf"(?<![々一-龥ぁ-んァ-ヶA-Za-z])[{heads}](?=\s?[0-9元])"
    letter = rf"(?<![A-Za-z0-9])[{letters}](?=\.?\s?[0-9元])"
    return rf"(?:{names}|{head}|{letter})"
