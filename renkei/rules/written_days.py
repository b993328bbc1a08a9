"""Reads days as ledgers and agreements write them: no missing part is filled in, no impossible day mended."""

import re
from dataclasses import dataclass
from functools import lru_cache

from renkei.rules.day_patterns import day_pattern, half_width
from renkei.rules.day_words import heard
from renkei.rules.eras import SOLAR_CALENDAR, WEEKDAYS, Era, ended_before, eras, next_era
from renkei.rules.kanji_numbers import arabic
from renkei.rules.partial_days import PartialDay, japanese_partial

LONGEST_CELL = 200
LONGEST_OVERFLOW = 20
"""Years after its end for which an old era is still believed: documents and plans were printed in advance."""

EXAMPLE = "「令和6年6月1日」「R6.6.1」「2024/6/1」のように書いてください。"
LUNISOLAR = "明治5年までは太陰太陽暦で、いまの暦の日に直せません。文のまま残してください。"
_OLD_ERA = re.compile("慶応|元治|文久|万延|安政|嘉永|弘化|天保|文政|文化|享和|寛政")
_WITHOUT_YEAR = re.compile(
    r"[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日|^\s*[0-9]{1,2}\s*[日月]|^\s*[0-9]{1,2}/[0-9]{1,2}\s*$"
)
_CUT = re.compile(r"\s*[0-9]{1,2}\s*")


class UnreadableDay(ValueError):
    """The text is no day; str() says why and what to write."""


@dataclass(frozen=True)
class ReadDay:
    """A day found in a text, with remarks about how it was written and its place in the text."""

    day: PartialDay
    remarks: tuple[str, ...]
    start: int
    end: int


def find_days(text: str) -> list[ReadDay]:
    """Every day, month or year written in a running text, in its order; what cannot be read is passed over.

    A number alone (2016, H28) is a year only where the whole text is it: see read_day.
    """
    return list(_searched(text, eras()).running)


def read_day(text: str) -> ReadDay:
    """The one day, month or year that the whole text says; known words about it (改正, 再締結 …) become remarks.

    Raises UnreadableDay.
    """
    shown = text.strip()[:40]
    if not shown:
        raise UnreadableDay(f"日が空です。{EXAMPLE}")
    if len(text) > LONGEST_CELL:
        raise UnreadableDay(f"「{shown}…」は長すぎて、一つの日として読めません。{EXAMPLE}")
    found = _searched(text, eras())
    if found.refusal:
        raise UnreadableDay(found.refusal)
    if not found.days:
        raise UnreadableDay(_why_no_day(text, shown))
    days = {read.day for read in found.days}
    if len(days) > 1:
        raise UnreadableDay(f"「{shown}」には日が{len(days)}つあります。一つずつ書いてください。")
    said, left = heard(found.rest)
    if left:
        raise UnreadableDay(_why_left(shown, left))
    remarks = [remark for read in found.days for remark in read.remarks] + said
    return ReadDay(days.pop(), tuple(dict.fromkeys(remarks)), found.days[0].start, found.days[-1].end)


def _why_no_day(text: str, shown: str) -> str:
    flat, _places = half_width(text)
    if _OLD_ERA.search(flat):
        return f"「{shown}」は日として読めません。{LUNISOLAR}"
    if _WITHOUT_YEAR.search(flat):
        return f"「{shown}」には年が書かれていません。年から書いてください。"
    return f"「{shown}」は日として読めません。{EXAMPLE}"


def _why_left(shown: str, left: str) -> str:
    if left.startswith("年度"):
        return f"「{shown}」は年度です。4月から翌年3月までのいつかは分かりません。{EXAMPLE}"
    return f"「{shown}」のうち「{left[:20]}」が日として読めません。{EXAMPLE}"


@dataclass(frozen=True)
class _Searched:
    days: tuple[ReadDay, ...]
    running: tuple[ReadDay, ...]
    rest: str
    refusal: str | None


@lru_cache(maxsize=65536)
def _searched(text: str, known: tuple[Era, ...]) -> _Searched:
    """All days of a text, those that stand in running text, what is left besides, and the first refusal."""
    flat, places = half_width(text)
    days: list[ReadDay] = []
    running: list[ReadDay] = []
    rest: list[str] = []
    refusal: str | None = None
    position = 0
    for match in day_pattern(known).finditer(flat):
        end = _end(match)
        try:
            day, remarks = _read(match, flat, known)
        except UnreadableDay as error:
            refusal = refusal or str(error)
            continue
        rest.append(flat[position : match.start()])
        position = end
        read = ReadDay(day, tuple(remarks), places[match.start()], places[end - 1] + 1)
        days.append(read)
        if not _is_bare(match):
            running.append(read)
    rest.append(flat[position:])
    return _Searched(tuple(days), tuple(running), " ".join(rest), refusal)


def _is_bare(match: re.Match[str]) -> bool:
    """Whether only the whole cell could make it a date: 2016, H28, or M7.3 that may be an earthquake."""
    letter = len(match["era"] or "") == 1
    if match["compact"] or match["western"] or match["beside"]:
        return False
    if match["month"] is None or _is_number_after_year(match):
        return match["mark"] is None or (letter and match["era"].isascii())
    return letter and match["era"] in "MTmt" and not match["days"] and not match["day"]


def _is_number_after_year(match: re.Match[str]) -> bool:
    """Whether the number after 年 is no month: 平成30年3社."""
    return match["bare"] is not None and not re.search(r"[./\-]", match["mark"])


def _end(match: re.Match[str]) -> int:
    if _is_number_after_year(match):
        return match.start("month")
    return match.end()


def _read(match: re.Match[str], flat: str, known: tuple[Era, ...]) -> tuple[PartialDay, list[str]]:
    if (
        _CUT.fullmatch(flat[_end(match) :])
        and not match["day"]
        and not match["days"]
        and (match["mark"] or "").strip()
    ):
        raise UnreadableDay(f"「{flat.strip()[:40]}」は途中で切れているようです。月日まで確かめてください。")
    year, era, number = _year(match, known)
    parts = [year, *_month_and_day(match)]
    try:
        day = PartialDay(*parts)
    except ValueError as error:
        raise UnreadableDay(f"「{match.group().strip()}」という日はありません。{EXAMPLE}") from error
    if day.last < SOLAR_CALENDAR:
        raise UnreadableDay(f"「{match.group().strip()}」は日に直せません。{LUNISOLAR}")
    return day, _remarks_of_era(day, era, number) + _remarks_of_year(match, year) + _remarks_of_weekday(
        match, day
    )


def _month_and_day(match: re.Match[str]) -> list[int]:
    if match["compact"]:
        return [int(match["compact"][4:6]), int(match["compact"][6:8])]
    if match["month"] is None or _is_number_after_year(match):
        return []
    day = match["day"] or match["days"]
    return [arabic(match["month"]), *([arabic(day)] if day else [])]


def _year(match: re.Match[str], known: tuple[Era, ...]) -> tuple[int, Era | None, int]:
    """The year in 西暦, and the era and its year where it is written so."""
    if match["era"] is None:
        return arabic((match["compact"] or "")[:4] or match["western"] or match["year"]), None, 0
    era = _era_called(match["era"], known)
    return (*_year_of(era, match["era_year"]),)


def _year_of(era: Era, written: str) -> tuple[int, Era, int]:
    number = 1 if written == "元" else arabic(written)
    if number == 0:
        raise UnreadableDay(f"「{era.name}0年」はありません。最初の年は元年(1年)です。{EXAMPLE}")
    return era.first.year + number - 1, era, number


def _era_called(name: str, known: tuple[Era, ...]) -> Era:
    return next(era for era in known if name in (era.name, era.name[0], era.letter, era.letter.lower()))


def _remarks_of_era(day: PartialDay, era: Era | None, number: int) -> list[str]:
    """Remarks where the era was over or had not begun; refuses what lies too far beyond its end."""
    if era is None:
        return []
    written = f"{era.name}{'元' if number == 1 else number}年"
    after = next_era(era)
    if after and day.year - after.first.year > LONGEST_OVERFLOW:
        raise UnreadableDay(
            f"「{written}」はありません。{era.name}は{after.first.year}年までです。元号か年を確かめてください。"
        )
    if day.last < era.first or ended_before(era, day.first):
        return [f"「{written}」と書かれていますが、{japanese_partial(day)}のことです。"]
    return []


def _remarks_of_year(match: re.Match[str], year: int) -> list[str]:
    """A remark where the two calendars written side by side disagree; the first one counts."""
    if match["beside"] and int(match["beside"]) != year:
        return [
            f"元号の年({year}年)と、添えられた西暦{match['beside']}年が合いません。元号の年で読みました。"
        ]
    if match["western"]:
        beside = _year_of(_era_called(match["in_era"], eras()), match["in_era_year"])
        if beside[0] != year:
            return [
                f"西暦{year}年と、添えられた{beside[1].name}{beside[2]}年({beside[0]}年)が合いません。西暦の年で読みました。"
            ]
    return []


def _remarks_of_weekday(match: re.Match[str], day: PartialDay) -> list[str]:
    written = match["weekday"] or match["weekday_word"]
    actual = WEEKDAYS[day.exact.weekday()] if day.exact else None
    if written and actual and written != actual:
        return [
            f"曜日が「{written}」と書かれていますが、この日は{actual}曜日です。日か曜日の写し違いかもしれません。"
        ]
    return []
