"""Whether a person has a second factor, and whether the person's roles ask for one."""

import unicodedata
from datetime import date, datetime

from renkei.accounts.factors import RequiredFactor, TotpKey
from renkei.accounts.models import Role, User
from renkei.accounts.recovery_codes import takes_recovery_code
from renkei.accounts.totp import DIGITS, takes_code

PROVED = "second_factor"
"""What a session holds once the person has proved a second factor."""


def has_app(user: User) -> bool:
    """Whether the person has set up an authenticator app."""
    return TotpKey.objects.filter(user=user).exists()


def has_second_factor(user: User) -> bool:
    """Whether the person has an authenticator app or a passkey."""
    return has_app(user) or user.passkeys.exists()


def must_have_second_factor(user: User, *, day: date) -> bool:
    """Whether a role that the person holds on the day asks for a second factor in the town."""
    asked = RequiredFactor.objects.of(user.municipality).values_list("role", flat=True)
    roles = [Role(role) for role in asked if role in Role.values]
    return bool(roles) and user.holds(*roles, day=day)


def takes_second_factor(user: User, written: str, *, at: datetime) -> bool:
    """Whether what was written is a code of the person's app or an unused recovery code."""
    code = unicodedata.normalize("NFKC", "".join(written.split()))
    if len(code) == DIGITS and code.isascii() and code.isdigit():
        key = TotpKey.objects.filter(user=user).first()
        return key is not None and takes_code(key, code, at=at)
    return takes_recovery_code(user.pk, written, at=at)
