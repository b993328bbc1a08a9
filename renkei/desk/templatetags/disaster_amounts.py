"""Quantities on the pages of an incident."""

from decimal import Decimal

from django import template

from renkei.disasters.amounts import told_amount, told_minutes

register = template.Library()


@register.filter
def told(quantity: Decimal | None, unit: str) -> str:
    """2,000本; "" where nobody has said how much."""
    return told_amount(quantity, unit)


@register.filter
def elapsed(minutes: int | None) -> str:
    """3時間5分; "" where it is not known."""
    return "" if minutes is None else told_minutes(minutes)
