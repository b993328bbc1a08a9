"""Charts and cells of the figures, with their downloads and lists."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html

from renkei.reports.cross import Cell
from renkei.reports.work_files import Chart
from renkei.ui.templatetags.charts import bars_of

register = template.Library()
KINDS = ("svg", "png", "csv")


@register.inclusion_tag("desk/figures/chart.html")
def figure_chart(chart: Chart, name: str, asked: str, address: str) -> dict[str, Any]:
    """A table with a bar in each row and its sentence; each number opens its list at the address."""
    return {"chart": chart, "bars": bars_of(chart.rows), "name": name, "asked": asked, "address": address}


@register.inclusion_tag("desk/figures/chart_downloads.html")
def chart_downloads(name: str, asked: str, caption: str) -> dict[str, Any]:
    """The chart of that name as SVG, as PNG, and its numbers as CSV."""
    found = [(kind.upper(), f"{reverse('desk:work_chart', args=[name, kind])}?{asked}") for kind in KINDS]
    return {"downloads": found, "caption": caption}


@register.simple_tag
def cross_cell(cell: Cell, address: str) -> str:
    """The number, with its list where one shows just these."""
    number = (
        f"{cell.count:,f}".rstrip("0").rstrip(".") if not isinstance(cell.count, int) else f"{cell.count:,}"
    )
    if not (address and cell.asked and cell.count):
        return number
    return format_html('<a href="{}?{}">{}</a>', address, cell.asked, number)


@register.simple_tag
def asked_as(asked: str) -> str:
    """A question as one value of another address."""
    return urlencode({"asked": asked})
