"""Template tags and filters of every door."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import template
from django.http import QueryDict
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from renkei.rules import japanese_calendar as calendar
from renkei.rules.ngrams import Query, highlight_spans

register = template.Library()


@register.filter
def both_calendars(day: date | None) -> str:
    """令和6年(2024年)6月1日(土); in English 1 June 2024 (令和6年)."""
    if day is None:
        return ""
    if get_language() == "en":
        return f"{day:%-d %B %Y} ({calendar.japanese_year(day)})"
    return calendar.both_calendars(day)


@register.filter
def short_day(day: date | None) -> str:
    """2024/06/01 (R6.6.1), for tables."""
    return f"{day:%Y/%m/%d} ({calendar.short_japanese_date(day)})" if day else ""


@register.filter
def partial_day(signed_as: str) -> str:
    """A signing day as exactly as it is known; 締結日不明 where it is not."""
    if not signed_as:
        return _("締結日不明")
    day = calendar.PartialDay.from_iso(signed_as)
    if day.exact:
        return short_day(day.exact)
    if day.month:
        return _("%(year)s年%(month)s月(%(japanese)s)") % {
            "year": day.year,
            "month": day.month,
            "japanese": calendar.japanese_partial(day),
        }
    return _("%(year)s年(%(japanese)s)") % {"year": day.year, "japanese": calendar.japanese_partial(day)}


@register.simple_tag
def highlight(text: str, query: Query | None) -> SafeString:
    """The text, escaped, with what was searched for in <mark>."""
    spans = highlight_spans(text, query) if query and query.wanted else []
    pieces: list[tuple[str, str, str]] = []
    place = 0
    for start, end in spans:
        pieces.append((text[place:start], text[start:end], ""))
        place = end
    marked = format_html_join("", "{}<mark>{}</mark>{}", pieces)
    return SafeString(marked + escape(text[place:]))


@register.simple_tag
def grouped(number: int) -> str:
    """1,234."""
    return f"{number:,}"


@register.simple_tag(takes_context=True)
def address_with(context: Mapping[str, Any], **changes: Any) -> str:
    """This page's query with some keys changed; None or "" removes a key. The page number starts again."""
    query: QueryDict = context["request"].GET.copy()
    if "page" not in changes:
        query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def address_toggling(context: Mapping[str, Any], name: str, value: str) -> str:
    """This page's query with one value of a facet added, or taken away if it is there."""
    query: QueryDict = context["request"].GET.copy()
    query.pop("page", None)
    values = query.getlist(name)
    query.setlist(
        name, [other for other in values if other != value] if value in values else [*values, value]
    )
    return f"?{query.urlencode()}"


@register.inclusion_tag("ui/bar_chart.html")
def bar_chart(rows: Iterable[Any], caption: str, heading: str) -> dict[str, Any]:
    """Bars with the table under them; each row has label, count and, where there is a list, address."""
    listed = list(rows)
    most = max((row.count for row in listed), default=0) or 1
    bars = [
        {
            "row": row,
            "y": number * 28,
            "text_y": number * 28 + 17,
            "width": round(300 * row.count / most),
            "end": 228 + round(300 * row.count / most),
        }
        for number, row in enumerate(listed)
    ]
    return {"bars": bars, "caption": caption, "heading": heading, "height": max(28 * len(bars), 1)}


@register.inclusion_tag("ui/line_chart.html")
def line_chart(points: Iterable[Any], caption: str, heading: str) -> dict[str, Any]:
    """A line over years with the table under it; each point has label, count and signed."""
    listed = list(points)
    most = max((point.count for point in listed), default=0) or 1
    step = 600 / max(len(listed) - 1, 1)
    places = [
        {"point": point, "x": round(40 + number * step, 1), "y": round(170 - 150 * point.count / most, 1)}
        for number, point in enumerate(listed)
    ]
    line = " ".join(f"{place['x']},{place['y']}" for place in places)
    return {"places": places, "line": line, "caption": caption, "heading": heading, "most": most}
