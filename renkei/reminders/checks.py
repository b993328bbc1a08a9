"""Start-up checks: how mail goes out must be one of the known ways, from an address that can be one."""

from collections.abc import Sequence
from email.utils import parseaddr

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

WAYS = ("none", "starttls", "tls")


@register
def mail_can_leave(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Refuse a misspelt way of securing mail, which would send it open, and a sender without an address."""
    found: list[CheckMessage] = []
    if settings.MAIL_SECURITY not in WAYS:
        found.append(
            Error(
                f"RENKEI_MAIL_SECURITY is {settings.MAIL_SECURITY}; the ways are {', '.join(WAYS)}.",
                hint="RENKEI_MAIL_SECURITY=starttls",
                id="renkei.E010",
            )
        )
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    if "@" not in sender or not sender.isascii():
        found.append(
            Error(
                f"RENKEI_MAIL_FROM is {settings.DEFAULT_FROM_EMAIL}, which holds no mail address in ASCII.",
                hint='RENKEI_MAIL_FROM="連携 <renkei@town.example.jp>"',
                id="renkei.E011",
            )
        )
    return found
