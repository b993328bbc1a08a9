"""How much, in words as they stand on boards and in papers."""

from decimal import Decimal

from renkei.rules.written_amounts import grouped


def told_amount(quantity: Decimal | None, unit: str) -> str:
    """2,000本; "" where nobody has said how much."""
    return "" if quantity is None else f"{grouped(quantity)}{unit}"
