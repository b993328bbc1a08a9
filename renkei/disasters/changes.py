"""What changed about disasters, told to the rooms above that keep something about it, inside the change."""

from collections.abc import Iterable

from django.dispatch import Signal

from renkei.disasters.models import Capability

capabilities_changed = Signal()
"""Sent with `agreements`, their keys, when what partners do under them changed."""


def tell_capabilities_changed(agreements: Iterable[int]) -> None:
    """What partners do under these agreements changed; called inside the change."""
    capabilities_changed.send(sender=Capability, agreements=tuple(agreements))
