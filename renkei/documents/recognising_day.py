"""The day of signing as an agreement writes it, as far as it is filled in: 令和６年　　月　　日."""

import re

from renkei.rules.partial_days import PartialDay
from renkei.rules.written_days import UnreadableDay, read_day

_PARTS = re.compile(r"(.*?年)(?:(.*?月)(.*?日)?)?")


def signing_day(line: str) -> PartialDay | None:
    """The day, month or year that the line says; None where nothing is filled in."""
    plain = re.sub(r"[\s○〇_＿]|締結日[:：]?", "", line)
    found = _PARTS.match(plain)
    if found is None:
        return None
    parts = [part or "" for part in found.groups()]
    for count in (3, 2, 1):
        try:
            return read_day("".join(parts[:count])).day
        except UnreadableDay:
            continue
    return None
