"""Japanese days: eras, fiscal years, working days, and every way a ledger writes a day.

Eras are rows of a table: the next one needs a row, no other change. Before 明治6年1月1日 (1873-01-01) the calendar
was lunisolar, so an earlier day is not converted (太政官布告第337号).
"""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import jpholiday

from renkei.rules.kanji_numbers import arabic

SOLAR_CALENDAR = date(1873, 1, 1)
WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True)
class Era:
    """An era with its first day; its year 1 is the year of that day."""

    name: str
    letter: str
    first: date


ERAS = (
    Era("明治", "M", date(1868, 1, 25)),
    Era("大正", "T", date(1912, 7, 30)),
    Era("昭和", "S", date(1926, 12, 25)),
    Era("平成", "H", date(1989, 1, 8)),
    Era("令和", "R", date(2019, 5, 1)),
)


class UnreadableDay(ValueError):
    """The text is no day; str() says why and gives an example."""


@dataclass(frozen=True)
class PartialDay:
    """A day as exactly as it is known: a day, a month or a year."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def from_iso(cls, text: str) -> "PartialDay":
        """From `2016-09-20`, `2016-09` or `2016`."""
        return cls(*(int(part) for part in text.split("-")))

    @classmethod
    def of(cls, day: date) -> "PartialDay":
        """A day known exactly."""
        return cls(day.year, day.month, day.day)

    @property
    def iso(self) -> str:
        """`2016-09-20`, `2016-09` or `2016`."""
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    @property
    def exact(self) -> date | None:
        """The day if it is known exactly."""
        return date(self.year, self.month, self.day) if self.month and self.day else None

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@dataclass(frozen=True)
class ReadDay:
    """A day found in a text, with remarks about how it was written and its place in the text."""

    day: PartialDay
    remarks: tuple[str, ...]
    start: int
    end: int


def era_of(day: date) -> Era | None:
    """The era of a day; None before 1873, when the calendar was another."""
    if day < SOLAR_CALENDAR:
        return None
    return max((era for era in ERAS if era.first <= day), key=lambda era: era.first)


def era_year(day: date) -> tuple[Era, int] | None:
    """The era and the year within it (1 for 元年)."""
    era = era_of(day)
    return (era, day.year - era.first.year + 1) if era else None


def japanese_year(day: date) -> str:
    """令和6年, 令和元年; the year in 西暦 before 1873."""
    found = era_year(day)
    if found is None:
        return f"西暦{day.year}年"
    era, year = found
    return f"{era.name}{'元' if year == 1 else year}年"


def japanese_date(day: date) -> str:
    """令和6年6月1日."""
    return f"{japanese_year(day)}{day.month}月{day.day}日"


def short_japanese_date(day: date) -> str:
    """R6.6.1, as tables write it."""
    found = era_year(day)
    return f"{found[0].letter}{found[1]}.{day.month}.{day.day}" if found else day.strftime("%Y.%-m.%-d")


def both_calendars(day: date) -> str:
    """令和6年(2024年)6月1日(土)."""
    return f"{japanese_year(day)}({day.year}年){day.month}月{day.day}日({WEEKDAYS[day.weekday()]})"


def japanese_partial(day: PartialDay) -> str:
    """平成28年9月20日, 平成28年9月 or 平成28年, as far as it is known."""
    if day.exact:
        return japanese_date(day.exact)
    return f"{japanese_year(day.last)}{day.month}月" if day.month else japanese_year(day.last)


def fiscal_year(day: date) -> int:
    """The fiscal year of a day: 1 April to 31 March (地方自治法208条)."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_name(year: int) -> str:
    """令和6年度."""
    return f"{japanese_year(date(year, 4, 1))[:-1]}年度" if year != 2019 else "令和元年度"


@lru_cache(maxsize=4096)
def is_working_day(day: date) -> bool:
    """Neither weekend nor holiday nor 29 December to 3 January (行政機関の休日に関する法律1条)."""
    new_year = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return day.weekday() < 5 and not new_year and not jpholiday.is_holiday(day)


_ERA = "明治|大正|昭和|平成|令和|[明大昭平令](?=[0-9元])|[MTSHRmtshr]|[㍾㍽㍼㍻㋿]"
_SQUARE = {"㍾": "明治", "㍽": "大正", "㍼": "昭和", "㍻": "平成", "㋿": "令和"}
_NUMBER = r"(?:元|[0-9]+|[〇一二三四五六七八九十百]+)"
_DAY = re.compile(
    rf"(?:(?P<western>(?:18|19|20|21)[0-9]{{2}})年?\((?:{_ERA})\.?(?:{_NUMBER})年?\)(?:年)?"
    rf"|(?P<era>{_ERA})\.?(?P<era_year>{_NUMBER})(?:年)?\((?P<beside>(?:18|19|20|21)[0-9]{{2}})年?\)年?"
    rf"|(?P<era2>{_ERA})\.?(?P<era_year2>{_NUMBER})"
    r"|(?P<year>(?:18|19|20|21)[0-9]{2}|[一二][〇一二三四五六七八九]{3}))"
    rf"(?:(?:(?<=[年)])|年|[./\-])(?:(?P<month>{_NUMBER})(?:月|[./\-]|(?![0-9]))(?:(?P<day>{_NUMBER})日?)?)?)?"
    r"(?:\((?P<weekday>[月火水木金土日])(?:曜日?)?\))?"
)
_COMPACT = re.compile(r"(?<![0-9])(?P<year>(?:18|19|20|21)[0-9]{2})(?P<month>[01][0-9])(?P<day>[0-3][0-9])(?![0-9])")
_HYPHENS = str.maketrans(dict.fromkeys("−－―‐–—ー〜~～", "-"))
REMARKED = {
    "改正": "改正の日です。",
    "改訂": "改正の日です。",
    "再締結": "再締結の日です。",
    "見直し": "見直しの日です。",
    "継続": "継続の日です。",
    "更新": "更新の日です。",
    "変更": "変更の日です。",
}
_WORDS = sorted(
    [*REMARKED, "締結日", "締結", "付け", "付", "施行", "発効", "に", "日", "より", "から", "現在", "年", "月", "第", "※", "■", "□", "●", "○", "・"],
    key=len,
    reverse=True,
)
_NOISE = re.compile("|".join([*map(re.escape, _WORDS), r"[()\[\]「」,、.。:;*\s\-/]", r"(?:午前|午後)?[0-9]+(?:時|:)[0-9]*分?"]))
EXAMPLE = "「令和6年6月1日」「R6.6.1」「2024/6/1」のように書いてください。"


def _flat(text: str) -> tuple[str, list[int]]:
    """The text in half width without blanks, and the place of each letter in the original."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for folded in _SQUARE.get(letter) or unicodedata.normalize("NFKC", letter).translate(_HYPHENS):
            if not folded.isspace():
                letters.append(folded)
                places.append(place)
    return "".join(letters), places


def _number(text: str) -> int:
    return 1 if text == "元" else arabic(text)


def _year(match: re.Match[str]) -> tuple[int, Era | None, int]:
    found = match.groupdict()
    western = found.get("western") or found.get("year")
    if western:
        return _number(western), None, 0
    name = found.get("era") or found.get("era2") or ""
    era = next(era for era in ERAS if name in (era.name, era.name[0], era.letter, era.letter.lower()))
    number = _number(found.get("era_year") or found.get("era_year2") or "0")
    if number == 0:
        raise UnreadableDay(f"{era.name}0年はありません。元年は「元」か「1」です。{EXAMPLE}")
    return era.first.year + number - 1, era, number


LONGEST_OVERFLOW = 12
"""Years by which an old era may be written on after its end: documents were printed in advance."""


def _remarks_of_era(day: PartialDay, era: Era | None, number: int) -> list[str]:
    if era is None:
        return []
    after = [other for other in ERAS if other.first > era.first]
    written = f"{era.name}{number}年"
    if day.last < SOLAR_CALENDAR:
        raise UnreadableDay(f"{written}は太陰太陽暦の時代です。西暦の日には直せません。文のまま残してください。")
    if day.last < era.first:
        raise UnreadableDay(f"{era.name}は{era.first.year}年{era.first.month}月{era.first.day}日からです。{EXAMPLE}")
    if after and day.first > after[0].first:
        if day.year - after[0].first.year > LONGEST_OVERFLOW:
            raise UnreadableDay(f"{written}はありません。元号か年を確かめてください。{EXAMPLE}")
        return [f"「{written}」と書かれていますが、{japanese_partial(day)}のことです。"]
    return []


def _partial(match: re.Match[str]) -> tuple[PartialDay, list[str]]:
    year, era, number = _year(match)
    month, day = match.groupdict().get("month"), match.groupdict().get("day")
    try:
        found = PartialDay(year, _number(month) if month else None, _number(day) if day else None)
        found.last  # noqa: B018 – a month that does not exist is refused here
    except (ValueError, calendar.IllegalMonthError) as error:
        raise UnreadableDay(f"「{match.group()}」という日はありません。{EXAMPLE}") from error
    if (month and found.month == 0) or (day and found.day == 0):
        raise UnreadableDay(f"「{match.group()}」という日はありません。{EXAMPLE}")
    if found.last < SOLAR_CALENDAR:
        raise UnreadableDay("明治5年までは太陰太陽暦の時代です。西暦の日には直せません。文のまま残してください。")
    remarks = _remarks_of_era(found, era, number)
    beside = match.groupdict().get("beside")
    if beside and int(beside) != year:
        remarks.append(f"元号の年と西暦{beside}年が合いません。元号の年で読みました。")
    weekday = match.groupdict().get("weekday")
    if weekday and found.exact and WEEKDAYS[found.exact.weekday()] != weekday:
        actual = WEEKDAYS[found.exact.weekday()]
        remarks.append(f"曜日が「{weekday}」と書かれていますが、{actual}曜日です。")
    return found, remarks


def _matches(flat: str) -> list[re.Match[str]]:
    found = [match for match in _COMPACT.finditer(flat)]
    taken = [match.span() for match in found]
    for match in _DAY.finditer(flat):
        alone = not match.groupdict().get("month")
        western_number = alone and match.group().isdigit()
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        before = flat[match.start() - 1] if match.start() else ""
        if before and (before.isdigit() or (before.isascii() and before.isalpha() and match.group()[0].isascii())):
            continue
        after = flat[match.end()] if match.end() < len(flat) else ""
        if western_number and after.isdigit():
            continue
        found.append(match)
    return sorted(found, key=lambda match: match.start())


@lru_cache(maxsize=65536)
def _found(text: str) -> tuple[tuple[ReadDay, ...], str, str | None]:
    """All days of a text, what is left besides them, and the first refusal."""
    flat, places = _flat(text)
    days: list[ReadDay] = []
    refusal: str | None = None
    rest: list[str] = []
    position = 0
    for match in _matches(flat):
        try:
            day, remarks = _partial(match)
        except UnreadableDay as error:
            refusal = refusal or str(error)
            continue
        rest.append(flat[position : match.start()])
        position = match.end()
        days.append(ReadDay(day, tuple(remarks), places[match.start()], places[match.end() - 1] + 1))
    rest.append(flat[position:])
    return tuple(days), "\0".join(rest), refusal


def find_days(text: str) -> list[ReadDay]:
    """Every day written in a running text, in its order; unreadable ones are passed over."""
    return list(_found(text)[0])


def read_day(text: str) -> ReadDay:
    """The one day that the whole text says; words about it (締結, 改正 …) become remarks. Raises UnreadableDay."""
    days, rest, refusal = _found(text)
    if not days:
        raise UnreadableDay(refusal or f"「{text.strip()[:40]}」は日として読めません。{EXAMPLE}")
    if len(days) > 1 or refusal:
        raise UnreadableDay(refusal or f"「{text.strip()[:40]}」には日が{len(days)}つあります。一つにしてください。")
    if "年度" in unicodedata.normalize("NFKC", text) and not days[0].day.month:
        raise UnreadableDay(f"「{text.strip()[:40]}」は年度です。日としては読めません。{EXAMPLE}")
    left = _NOISE.sub("", rest.replace("\0", ""))
    if left:
        raise UnreadableDay(f"「{text.strip()[:40]}」のうち「{left[:20]}」が日として読めません。{EXAMPLE}")
    said = tuple(remark for word, remark in REMARKED.items() if word in rest)
    return ReadDay(days[0].day, days[0].remarks + tuple(dict.fromkeys(said)), days[0].start, days[0].end)
