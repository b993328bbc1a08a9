"""Quantities on the pages of an incident."""

from decimal import Decimal

from django import template

from renkei.disasters.amounts import told_amount

register = template.Library()


@register.filter
def told(quantity: Decimal | None, unit: str) -> str:
    """2,000本; "" where nobody has said how much."""
    return told_amount(quantity, unit)
