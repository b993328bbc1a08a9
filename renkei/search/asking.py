"""What is asked of the search: words, audience, chosen facets, days, order and page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from renkei.agreements.audience import Audience

FACETS = ("state", "form", "field", "kind", "division", "year", "municipality")
ORDERS = ("newest", "best", "kana")
STATES = ("in_force", "ended", "not_yet")
PAGE = 20
LAST_PAGE = 50_000
MOST_VALUES = 200
MOST_SELECTED = 2000
LONGEST_VALUE = 60


@dataclass(frozen=True)
class Asked:
    """A question to the search; `day` is for the state, and with `since` the last day of signing (both included)."""

    text: str
    audience: Audience
    day: date
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    order: str = "newest"
    page: int = 1
    since: date | None = None
    only: tuple[str, ...] = ()
    """Public ids of agreements that were selected by hand; all where there are none."""


def asked(
    params: Mapping[str, Sequence[str]], *, audience: Audience, day: date, since: date | None = None
) -> Asked:
    """From the lists of values of an address; unknown orders and pages become the default ones."""
    order = (params.get("order") or ["newest"])[-1]
    page = (params.get("page") or ["1"])[-1]
    return Asked(
        text=(params.get("q") or [""])[-1],
        audience=audience,
        day=day,
        chosen={name: _values(params[name]) for name in FACETS if params.get(name)},
        order=order if order in ORDERS else "newest",
        page=min(max(int(page), 1), LAST_PAGE) if page.isascii() and page.isdigit() and len(page) < 8 else 1,
        since=since,
        only=_values(params.get("id", ()), MOST_SELECTED),
    )


def _values(given: Sequence[str], most: int = MOST_VALUES) -> tuple[str, ...]:
    return tuple(value[:LONGEST_VALUE] for value in given[:most])
