"""The day that a reader asks about, in any spelling."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

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
        return default, _("「%(text)s」は日まで書いてください。例: 令和6年6月1日、2024/6/1") % {
            "text": text[:40]
        }
    return day, ""


@dataclass(frozen=True)
class AskedDays:
    """The day a reader asks about, the first day of signing if one is asked, and what could not be read."""

    on: date
    since: date | None
    refusals: dict[str, str]

    @property
    def refusal(self) -> str:
        """The first sentence about a day that could not be read; "" if all could."""
        return next(iter(self.refusals.values()), "")


def asked_days(params: Mapping[str, str], today: date) -> AskedDays:
    """The days of an address: `on` (today where it is absent) and `since`."""
    on, wrong_on = asked_day(params.get("on", ""), today)
    since, wrong_since = asked_day(params.get("since", ""), None)
    refusals = {name: text for name, text in (("on", wrong_on), ("since", wrong_since)) if text}
    return AskedDays(on, since, refusals)
