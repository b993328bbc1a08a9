"""The day that a reader asks about, in any spelling."""

from datetime import date
from typing import TypeVar

from renkei.rules.japanese_calendar import UnreadableDay, read_day

Default = TypeVar("Default", date, None)


def asked_day(text: str, default: Default) -> tuple[date | Default, str]:
    """The day of a text, or the default and the sentence that says why it could not be read ("" if it could)."""
    if not text.strip():
        return default, ""
    try:
        day = read_day(text).day.exact
    except UnreadableDay as error:
        return default, str(error)
    if day is None:
        return default, f"「{text[:40]}」は日まで書いてください。例: 令和6年6月1日、2024/6/1"
    return day, ""
