"""Whom to ask by telephone."""

from renkei.counter.visitor import today
from renkei.municipalities.models import Division, Municipality


def coordinating_division(town: Municipality) -> Division | None:
    """The division that is the window for comprehensive agreements today."""
    return Division.objects.of(town).existing_on(today()).filter(is_coordinating=True).first()
