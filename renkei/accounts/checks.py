"""Start-up checks: whoever is counted by address must be seen by address."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core import checks


@checks.register
def proxies_are_known(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[checks.CheckMessage]:
    """Warn where HTTPS comes from a proxy in front and nobody has said how many there are."""
    if settings.PROXIES or not settings.HTTPS_ONLY:
        return []
    return [
        checks.Warning(
            "RENKEI_HTTPS is true, so a proxy stands in front, but RENKEI_PROXIES is 0: everybody seems to come from"
            " the proxy's address, and wrong passwords of all people together lock it.",
            hint="RENKEI_PROXIES=1",
            id="renkei.W020",
        )
    ]
