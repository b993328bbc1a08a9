"""How much, in words as they stand on boards and in papers."""

from decimal import Decimal

from django.utils.translation import gettext as _

from renkei.rules.written_amounts import grouped

LARGEST = Decimal(10) ** 11
"""No quantity and no sum of money in an incident reaches this: whoever typed it missed a key."""


def told_amount(quantity: Decimal | None, unit: str) -> str:
    """2,000本; "" where nobody has said how much."""
    return "" if quantity is None else f"{grouped(quantity)}{unit}"


def told_minutes(minutes: float | None) -> str:
    """12分, 1時間5分, 2日4時間: what one takes in at a glance; ― where there was none."""
    if minutes is None:
        return "―"
    hours, rest = divmod(round(minutes), 60)
    days, of_day = divmod(hours, 24)
    if days:
        return _("%(days)d日%(hours)d時間") % {"days": days, "hours": of_day}
    return _("%(hours)d時間%(rest)d分") % {"hours": hours, "rest": rest} if hours else _("%d分") % rest
