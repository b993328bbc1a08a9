"""Recovery codes: ten for a person, each of them once."""

import secrets
import unicodedata
from datetime import datetime

from django.conf import settings
from django.utils.crypto import salted_hmac

from renkei.accounts.factors import RecoveryCode
from renkei.municipalities.public_id import ALPHABET

HOW_MANY = 10
LENGTH = 10
"""Letters of a code: 50 random bits, so that a digest is enough and no slow hash is needed."""


def new_codes(user_id: int) -> list[str]:
    """Ten new codes; the former ones stop working. Nobody can read them again later."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(HOW_MANY)]
    RecoveryCode.objects.filter(user_id=user_id).delete()
    RecoveryCode.objects.bulk_create(
        [RecoveryCode(user_id=user_id, digest=_digest(user_id, code)) for code in codes]
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def takes_recovery_code(user_id: int, written: str, *, at: datetime) -> bool:
    """Whether the code is one of the person's and was not used; it is used by asking."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [_digest(user_id, written, str(key)) for key in keys]
    unused = RecoveryCode.objects.filter(user_id=user_id, used_at=None, digest__in=digests)
    return unused.update(used_at=at) == 1


def _digest(user_id: int, written: str, secret_key: str | None = None) -> str:
    letters = [one for one in unicodedata.normalize("NFKC", written).lower() if one in ALPHABET]
    value = f"{user_id}:{''.join(letters)}"
    salt = "renkei.accounts.recovery_codes"
    return salted_hmac(salt, value, secret=secret_key, algorithm="sha256").hexdigest()
