"""Codes of an authenticator app (RFC 6238: six digits, thirty seconds, SHA-1), each taken once."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from django.conf import settings

from renkei.accounts.factors import TotpKey

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

PERIOD = 30
DIGITS = 6
TOLERANCE = 1
"""Periods before and after the present one whose code is taken: telephones' clocks are not exact."""


def new_secret() -> str:
    """160 random bits as apps read them (RFC 4226 asks for at least 128)."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, counter: int) -> str:
    """The code of one period (RFC 4226, section 5.3)."""
    digest = hmac.new(base64.b32decode(secret), counter.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def counter_of(secret: str, code: str, *, at: datetime) -> int | None:
    """The period to which the code belongs, near the moment; None if it is no code of this secret."""
    now = int(at.timestamp()) // PERIOD
    for counter in range(now - TOLERANCE, now + TOLERANCE + 1):
        if hmac.compare_digest(code_at(secret, counter).encode(), code.encode()):
            return counter
    return None


def address_for_app(secret: str, *, issuer: str, name: str) -> str:
    """What the picture holds that an authenticator app reads."""
    label = quote(f"{issuer}:{name}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"


def keep_key(user_id: int, secret: str, *, counter: int, at: datetime) -> TotpKey:
    """Keep the secret, sealed; the code that proved it is not taken a second time."""
    return TotpKey.objects.create(user_id=user_id, sealed=sealed(secret), last_counter=counter, added_at=at)


def takes_code(key: TotpKey, code: str, *, at: datetime) -> bool:
    """Whether the code is right and was not taken before; of two who send it at once one is let in."""
    secret = opened(key.sealed)
    counter = counter_of(secret, code, at=at) if secret else None
    if counter is None:
        return False
    newer = TotpKey.objects.filter(pk=key.pk, last_counter__lt=counter)
    return newer.update(last_counter=counter) == 1


def sealed(secret: str) -> str:
    """The secret, readable only with the installation's own secret key."""
    return _seal(settings.SECRET_KEY).encrypt(secret.encode()).decode()


def opened(text: str) -> str | None:
    """The secret again; None if it was sealed with a key that is not known any more."""
    from cryptography.fernet import InvalidToken

    for known in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        try:
            return _seal(str(known)).decrypt(text.encode()).decode()
        except InvalidToken:
            continue
    return None


def _seal(secret_key: str) -> "Fernet":
    from cryptography.fernet import Fernet

    key = hashlib.sha256(b"renkei.accounts.totp:" + secret_key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
