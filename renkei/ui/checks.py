"""Start-up checks: what a process is told to open must be a door."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

DOORS = ("desk", "counter", "portal")


@register
def opened_doors_exist(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Refuse a misspelt door, which would open nothing in silence, and a process without any."""
    unknown = [door for door in settings.DOORS if door not in DOORS]
    if settings.DOORS and not unknown:
        return []
    return [
        Error(
            f"RENKEI_DOORS names {', '.join(unknown) or 'no door'}; the doors are {', '.join(DOORS)}.",
            hint="RENKEI_DOORS=desk,counter,portal",
            id="renkei.E002",
        )
    ]
