"""How much, in words as they stand on boards and in papers."""

from decimal import Decimal

from renkei.rules.written_amounts import grouped

LARGEST = Decimal(10) ** 11
"""No quantity and no sum of money in an incident reaches this: whoever typed it missed a key."""


def told_amount(quantity: Decimal | None, unit: str) -> str:
    """2,000本; "" where nobody has said how much."""
    return "" if quantity is None else f"{grouped(quantity)}{unit}"
