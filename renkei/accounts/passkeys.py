"""Passkeys (WebAuthn): what the browser is asked, and what its answer proves.

Every passkey proves a person (a finger, a face or a code of the device), so one passkey is two factors.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from renkei.accounts.factors import Passkey
from renkei.accounts.models import User

REQUIRED = UserVerificationRequirement.REQUIRED
MOST = 10


class PasskeyRefused(ValueError):
    """The browser's answer proves nothing."""


@dataclass(frozen=True)
class Site:
    """Where the browser is: passkeys are bound to the host, and the answer to the exact origin."""

    host: str
    origin: str
    name: str = "連携"

    def server(self) -> Fido2Server:
        """The reader of answers for this site."""
        site = PublicKeyCredentialRpEntity(id=self.host, name=self.name)
        return Fido2Server(site, verify_origin=lambda origin: origin == self.origin)


def ask_for_new(user: User, site: Site) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked so that it makes a passkey, and what must be remembered until it answers."""
    person = PublicKeyCredentialUserEntity(
        id=user.public_id.encode(), name=user.sign_in_name, display_name=user.name
    )
    known = [_opened(passkey) for passkey in user.passkeys.all()]
    asked, remembered = site.server().register_begin(
        person, known, resident_key_requirement=ResidentKeyRequirement.REQUIRED, user_verification=REQUIRED
    )
    return dict(asked), remembered


def keep_passkey(
    user: User,
    answer: Mapping[str, Any],
    remembered: Mapping[str, Any],
    site: Site,
    *,
    name: str,
    at: datetime,
) -> Passkey:
    """Keep the public half of the passkey that the browser has made, or refuse."""
    try:
        proved = site.server().register_complete(remembered, answer)
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise PasskeyRefused(str(wrong)) from wrong
    made = proved.credential_data
    if made is None or user.passkeys.count() >= MOST:
        raise PasskeyRefused("No key was made, or there are too many.")
    credential_id = websafe_encode(made.credential_id)
    if Passkey.objects.filter(credential_id=credential_id).exists():
        raise PasskeyRefused("The key is known already.")
    return Passkey.objects.create(
        user=user,
        name=name,
        credential_id=credential_id,
        public_half=websafe_encode(bytes(made)),
        sign_count=proved.counter,
        added_at=at,
    )


def ask_for_any(site: Site, user: User | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked so that it proves a passkey: any of this site, or one of the person's."""
    known = [_opened(passkey) for passkey in user.passkeys.all()] if user else None
    asked, remembered = site.server().authenticate_begin(known, user_verification=REQUIRED)
    return dict(asked), remembered


def proved_by(
    answer: Mapping[str, Any], remembered: Mapping[str, Any], site: Site, *, at: datetime
) -> Passkey:
    """The passkey that the answer proves, or a refusal; a copied key that counts backwards is refused too."""
    try:
        read = AuthenticationResponse.from_dict(answer)
        passkey = Passkey.objects.select_related("user").get(credential_id=websafe_encode(read.raw_id))
        site.server().authenticate_complete(remembered, [_opened(passkey)], answer)
        handle, count = read.response.user_handle, read.response.authenticator_data.counter
    except (ValueError, TypeError, KeyError, AttributeError, Passkey.DoesNotExist) as wrong:
        raise PasskeyRefused(str(wrong)) from wrong
    if handle and handle != passkey.user.public_id.encode():
        raise PasskeyRefused("The key belongs to somebody else.")
    fresh = Q(sign_count__lt=count) | Q(sign_count=0) if count else Q(sign_count=0)
    if not Passkey.objects.filter(fresh, pk=passkey.pk).update(sign_count=count, used_at=at):
        raise PasskeyRefused("The key counts backwards: there is a copy of it.")
    return passkey


def _opened(passkey: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(websafe_decode(passkey.public_half))
