"""Eras (元号) as rows of a table, and how a day is written with them.

The next era is one call of `register_era` at start-up: no release. Before 明治6年1月1日 (1873-01-01) the calendar was
lunisolar, so an earlier day has no era date here (明治5年太政官布告第337号).
"""

from dataclasses import dataclass
from datetime import date

SOLAR_CALENDAR = date(1873, 1, 1)
WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True)
class Era:
    """An era with its first day; its year 1 is the year of that day. Some first days still belong to the era before."""

    name: str
    letter: str
    first: date
    shares_first_day: bool = False


_eras: list[Era] = [
    Era("明治", "M", date(1868, 1, 25)),
    Era("大正", "T", date(1912, 7, 30), shares_first_day=True),  # 明治45年7月30日 too
    Era("昭和", "S", date(1926, 12, 25), shares_first_day=True),  # 大正15年12月25日 too
    Era("平成", "H", date(1989, 1, 8)),  # 昭和64年政令1号
    Era("令和", "R", date(2019, 5, 1)),  # 平成31年政令143号
]


def eras() -> tuple[Era, ...]:
    """The eras in their order."""
    return tuple(_eras)


def register_era(name: str, letter: str, first: date) -> None:
    """Add the next era; raises ValueError unless it follows the last one with a name and letter of its own."""
    era = Era(name, letter.upper(), first)
    if era in _eras:
        return
    if first <= _eras[-1].first or any(name == other.name or era.letter == other.letter for other in _eras):
        raise ValueError(
            f"元号「{name}」({letter}、{first.isoformat()}から)は加えられません。名前・記号・初日を確かめてください。"
        )
    _eras.append(era)


def next_era(era: Era) -> Era | None:
    """The era that followed."""
    place = _eras.index(era) + 1
    return _eras[place] if place < len(_eras) else None


def ended_before(era: Era, day: date) -> bool:
    """Whether the era was over on the day."""
    after = next_era(era)
    return after is not None and (day > after.first or (day == after.first and not after.shares_first_day))


def era_of(day: date) -> Era | None:
    """The era of a day; None before 1873, when the calendar was another."""
    if day < SOLAR_CALENDAR:
        return None
    return next(era for era in reversed(_eras) if era.first <= day)


def era_year(day: date) -> tuple[Era, int] | None:
    """The era and the year within it (1 for 元年); None before 1873."""
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
    """R6.6.1, as tables write it; 1870.1.1 before 1873."""
    found = era_year(day)
    year = f"{found[0].letter}{found[1]}" if found else str(day.year)
    return f"{year}.{day.month}.{day.day}"


def both_calendars(day: date) -> str:
    """令和6年(2024年)6月1日(土)."""
    year = f"{japanese_year(day)}({day.year}年)" if era_of(day) else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日({WEEKDAYS[day.weekday()]})"
