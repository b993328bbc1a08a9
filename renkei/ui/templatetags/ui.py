"""Template tags and filters of every door."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms, template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from renkei.rules import japanese_calendar as calendar
from renkei.rules import written_amounts
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
def fiscal_year(year: int | None) -> str:
    """令和5年度, for a fiscal year that is kept as 2023."""
    return calendar.fiscal_year_name(year) if year else ""


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


@register.filter
def rows_of(form: forms.BaseForm) -> Iterable[forms.BaseForm]:
    """The forms that stand below each other in a form; a field that is called "rows" is none of them."""
    return getattr(form, "rows", ())


@register.simple_tag
def grouped(number: int) -> str:
    """1,234."""
    return f"{number:,}"


@register.filter
def amount(number: Decimal) -> str:
    """1,200 or 1.5: a figure without needless zeros."""
    return written_amounts.grouped(number)


@register.filter
def with_commas(number: int) -> str:
    """1,234 inside a sentence."""
    return f"{number:,}"


STATES = {
    "in_force": gettext_lazy("有効"),
    "ended": gettext_lazy("終了"),
    "not_yet": gettext_lazy("開始前"),
    "unknown": gettext_lazy("不明"),
}


@register.simple_tag
def state_badge(state: str) -> SafeString:
    """The state of an agreement as a word in a frame."""
    return format_html('<span class="badge badge-{}">{}</span>', state, STATES[state])


@register.simple_tag
def state_of(agreement: Any, day: date) -> SafeString:
    """The state of the agreement on the day, as a badge."""
    return state_badge(agreement.state_on(day))


@register.inclusion_tag("ui/page_links.html", takes_context=True)
def paging(context: Mapping[str, Any], number: int, pages: int) -> dict[str, Any]:
    """Links to the page before and after."""
    return {
        "number": number,
        "pages": pages,
        "before": address_with(context, page=number - 1) if number > 1 else "",
        "after": address_with(context, page=number + 1) if number < pages else "",
    }


@register.simple_tag(takes_context=True)
def address_with(context: Mapping[str, Any], **changes: Any) -> str:
    """This page's query with some keys changed; None or "" removes a key. The page number starts again."""
    gone = {"page", *changes}
    kept = [(name, value) for name, value in pairs_of(context) if name not in gone]
    changed = [(name, str(value)) for name, value in changes.items() if value not in (None, "")]
    return f"?{urlencode(kept + changed)}"


@register.simple_tag(takes_context=True)
def address_toggling(context: Mapping[str, Any], name: str, value: str) -> str:
    """This page's query with one value of a facet added, or taken away if it is there."""
    pairs = [pair for pair in pairs_of(context) if pair[0] != "page"]
    if (name, value) in pairs:
        return f"?{urlencode([pair for pair in pairs if pair != (name, value)])}"
    return f"?{urlencode([*pairs, (name, value)])}"


@register.simple_tag(takes_context=True)
def facet_values(context: Mapping[str, Any], facet: str, values: Iterable[Any]) -> SafeString:
    """The values of a facet as links, those of the level below inside; a hundred of them, so not by a template."""
    pairs = [pair for pair in pairs_of(context) if pair[0] != "page"]
    return _facet_list(facet, values, pairs, urlencode(pairs))


def _facet_list(facet: str, values: Iterable[Any], pairs: list[tuple[str, str]], kept: str) -> SafeString:
    lines = []
    for value in values:
        asked = (facet, value.value)
        if asked in pairs:
            address = urlencode([pair for pair in pairs if pair != asked])
        else:
            address = f"{kept}&{urlencode([asked])}" if kept else urlencode([asked])
        current = CHOSEN if value.is_chosen else ""
        below = _facet_list(facet, value.below, pairs, kept) if value.below else ""
        lines.append((address, current, value.name, f"{value.count:,}", below))
    return format_html("<ul>{}</ul>", format_html_join("", VALUE, lines))


VALUE = '<li><a href="?{}"{}><span>{}</span><span class="count">{}</span></a>{}</li>'
CHOSEN = format_html(' aria-current="{}"', "true")


def pairs_of(context: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The keys and values of this page's address, in their order."""
    return [(name, value) for name, values in context["request"].GET.lists() for value in values]
