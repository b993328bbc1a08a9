"""Times of the day as people write them: 14:30, 14時半, 午後2時30分, in any width."""

import re
import unicodedata
from datetime import time

WRITTEN = re.compile(
    r"(?P<half>午前|午後|am|pm)?(?P<hour>[0-9]{1,2})"
    r"(?:[:.](?P<colon>[0-9]{2})|時(?:(?P<minute>[0-9]{1,2})分|(?P<middle>半))?)"
    r"(?:から|~|まで)?",
    re.IGNORECASE,
)
NOON = 12
LAST_HOUR, LAST_MINUTE = 23, 59


class UnreadableTime(ValueError):
    """What was written tells no time; str() repeats it."""


def read_time(text: str) -> time:
    """The time that is written; UnreadableTime where it is none. Twelve hours with 午後 are noon, with 午前 midnight."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    found = WRITTEN.fullmatch(plain)
    if found is None:
        raise UnreadableTime(text)
    minute = 30 if found["middle"] else int(found["colon"] or found["minute"] or 0)
    hour = _in_24_hours(int(found["hour"]), (found["half"] or "").lower(), text)
    if hour > LAST_HOUR or minute > LAST_MINUTE:
        raise UnreadableTime(text)
    return time(hour, minute)


def _in_24_hours(hour: int, half: str, text: str) -> int:
    if not half:
        return hour
    if hour > NOON:
        raise UnreadableTime(text)
    after_noon = half in ("午後", "pm")
    return hour % NOON + (NOON if after_noon else 0)
