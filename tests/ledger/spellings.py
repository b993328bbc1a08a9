"""How clerks spell days, digits and kana."""

from collections.abc import Callable
from datetime import date

import jaconv

from tests.ledger.dressed_files import Cell, DayCell

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _era(year: int, month: int = 12, day: int = 31) -> tuple[str, str, int]:
    for name, letter, start in (
        ("令和", "R", (2019, 5, 1)),
        ("平成", "H", (1989, 1, 8)),
        ("昭和", "S", (1926, 12, 25)),
    ):
        if (year, month, day) >= start:
            return name, letter, year - start[0] + 1
    raise ValueError(year)


def _kanji(year: int, month: int | None = None, day: int | None = None) -> str:
    name, _letter, count = _era(year, month or 12, day or 28)
    return (
        f"{name}{'元' if count == 1 else count}年"
        + (f"{month}月" if month else "")
        + (f"{day}日" if day else "")
    )


def _letter(sign: str) -> Callable[..., str]:
    def spelled(year: int, month: int | None = None, day: int | None = None) -> str:
        if not (month and day):
            return _kanji(year, month, day)
        _name, letter, count = _era(year, month, day)
        return f"{letter}{count}{sign}{month}{sign}{day}"

    return spelled


def _western(year: int, month: int | None = None, day: int | None = None) -> str:
    if not day:
        return f"{year}年" + (f"{month}月" if month else "")
    return f"{year}/{month}/{day}"


def _iso(year: int, month: int | None = None, day: int | None = None) -> str:
    return f"{year:04}-{month:02}-{day:02}" if month and day else _western(year, month, day)


def _cell(year: int, month: int | None = None, day: int | None = None) -> Cell:
    return DayCell(date(year, month, day or 1), bool(day)) if month else f"{year}年"


DAYS: dict[str, Callable[..., Cell]] = {
    "kanji": _kanji,
    "letter": _letter("."),
    "slash": _letter("/"),
    "western": _western,
    "iso": _iso,
    "wide": lambda *day: _kanji(*day).translate(FULL_WIDTH),
    "cell": _cell,
}


def half_kana(text: str) -> str:
    """The text with its katakana at half width, as old programs print them."""
    return jaconv.z2h(text, kana=True, ascii=False, digit=False)
