"""Charts drawn on the server: no script, readable in black and white, each with its numbers as a table."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import template

register = template.Library()

WIDE, HIGH = 680, 170
LEFT, TOP = 8, 24
MANY = 12
"""From so many years on, only every tenth has its name below."""


@register.inclusion_tag("ui/bar_chart.html")
def bar_chart(rows: Iterable[Any], caption: str, heading: str, address: str = "") -> dict[str, Any]:
    """A table with a bar in each row.

    Each row has label, count, the rows below it, and in `asked` what the list behind it is asked for at the address.
    """
    return {"bars": bars_of(rows), "caption": caption, "heading": heading, "address": address}


def bars_of(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """The rows and those below them, each with the width of its bar in per cent of the largest."""
    listed = list(rows)
    return list(_bars(listed, max((row.count for row in listed), default=0)))


def _bars(rows: Iterable[Any], most: int) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {"row": row, "width": _share(row.count, most, 100), "level": 1}
        for below in row.below:
            yield {"row": below, "width": _share(below.count, most, 100), "level": 2}


@register.inclusion_tag("ui/column_chart.html")
def column_chart(rows: Iterable[Any], caption: str, heading: str, address: str = "") -> dict[str, Any]:
    """A column for each year, with the table under them; rows as for bars, `code` is the year."""
    listed = list(rows)
    counts = {int(row.code): row for row in listed if row.code.isdecimal()}
    years = range(min(counts, default=0), max(counts, default=-1) + 1)
    most = max((row.count for row in counts.values()), default=0)
    step = WIDE / max(len(years), 1)
    every = 1 if len(years) < MANY else 10
    columns = [
        {
            "row": counts[year],
            "x": round((year - years[0] + 0.12) * step, 1),
            "middle": round((year - years[0] + 0.5) * step, 1),
            "width": round(step * 0.76, 1),
            "height": _share(counts[year].count, most, HIGH - TOP),
            "y": round(HIGH - _share(counts[year].count, most, HIGH - TOP), 1),
            "is_named": year % every == 0,
            "is_most": counts[year].count == most,
        }
        for year in years
        if year in counts
    ]
    return {"columns": columns, "rows": listed, "caption": caption, "heading": heading, "address": address}


@register.inclusion_tag("ui/line_chart.html")
def line_chart(
    points: Iterable[Any], caption: str, heading: str, kept: str = "", address: str = ""
) -> dict[str, Any]:
    """A line over years with the table under it; each point has on, since, label, count and signed.

    A point links to its day and its counts to their lists at the address; `kept` is what else this page was asked,
    as in `municipality=012041&`.
    """
    listed = list(points)
    most = max((point.count for point in listed), default=0)
    step = (WIDE - 2 * LEFT) / max(len(listed) - 1, 1)
    places = [
        {
            "point": point,
            "x": round(LEFT + number * step, 1),
            "y": round(HIGH - _share(point.count, most, HIGH - TOP), 1),
        }
        for number, point in enumerate(listed)
    ]
    line = " ".join(f"{place['x']},{place['y']}" for place in places)
    return {
        "places": places,
        "line": line,
        "caption": caption,
        "heading": heading,
        "kept": kept,
        "address": address,
    }


def _share(count: int, most: int, whole: int) -> float:
    return round(whole * count / most, 1) if most else 0
