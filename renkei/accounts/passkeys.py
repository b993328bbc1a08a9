"""Passkeys (WebAuthn): what the browser is asked, and what its answer proves.

Every passkey proves a person (a finger, a face or a code of the device), so one passkey is two factors.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q, QuerySet

from renkei.accounts.factors import KeptPasskey, Passkey

if TYPE_CHECKING:
    from fido2.server import Fido2Server
    from fido2.webauthn import AttestedCredentialData

MOST = 10
Kept = TypeVar("Kept", bound=KeptPasskey)


class Holder(Protocol):
    """Somebody who may hold passkeys: a person of a town, or one of a partner; `passkeys` is the manager of theirs."""

    public_id: str
    name: str
    passkeys: Any

    @property
    def sign_in_name(self) -> str: ...


class PasskeyRefused(ValueError):
    """The browser's answer proves nothing."""


@dataclass(frozen=True)
class Site:
    """Where the browser is: passkeys are bound to the host, and the answer to the exact origin."""

    host: str
    origin: str
    name: str = "連携"

    def server(self) -> "Fido2Server":
        """The reader of answers for this site."""
        from fido2.server import Fido2Server
        from fido2.webauthn import PublicKeyCredentialRpEntity

        site = PublicKeyCredentialRpEntity(id=self.host, name=self.name)
        return Fido2Server(site, verify_origin=lambda origin: origin == self.origin)


def ask_for_new(person: Holder, site: Site) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked so that it makes a passkey, and what must be remembered until it answers."""
    from fido2.webauthn import (
        PublicKeyCredentialUserEntity,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    holder = PublicKeyCredentialUserEntity(
        id=person.public_id.encode(), name=person.sign_in_name, display_name=person.name
    )
    known = [_opened(passkey) for passkey in person.passkeys.all()]
    asked, remembered = site.server().register_begin(
        holder,
        known,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(asked), remembered


def keep_passkey(
    person: Holder,
    answer: Mapping[str, Any],
    remembered: Mapping[str, Any],
    site: Site,
    *,
    name: str,
    at: datetime,
) -> Any:
    """Keep the public half of the passkey that the browser has made, or refuse."""
    from fido2.utils import websafe_encode

    try:
        proved = site.server().register_complete(remembered, answer)
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise PasskeyRefused(str(wrong)) from wrong
    made = proved.credential_data
    if made is None or person.passkeys.count() >= MOST:
        raise PasskeyRefused("No key was made, or there are too many.")
    credential_id = websafe_encode(made.credential_id)
    if person.passkeys.model._base_manager.filter(credential_id=credential_id).exists():
        raise PasskeyRefused("The key is known already.")
    return person.passkeys.create(
        name=name,
        credential_id=credential_id,
        public_half=websafe_encode(bytes(made)),
        sign_count=proved.counter,
        added_at=at,
    )


def ask_for_any(site: Site, person: Holder | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked so that it proves a passkey: any of this site, or one of the person's."""
    from fido2.webauthn import UserVerificationRequirement

    known = [_opened(passkey) for passkey in person.passkeys.all()] if person else None
    required = UserVerificationRequirement.REQUIRED
    asked, remembered = site.server().authenticate_begin(known, user_verification=required)
    return dict(asked), remembered


def proved_by(
    answer: Mapping[str, Any], remembered: Mapping[str, Any], site: Site, *, at: datetime
) -> Passkey:
    """The passkey of somebody of a town that the answer proves, or a refusal."""
    return proved_among(Passkey.objects.select_related("user"), answer, remembered, site, at=at)


def proved_among(
    known: QuerySet[Kept],
    answer: Mapping[str, Any],
    remembered: Mapping[str, Any],
    site: Site,
    *,
    at: datetime,
) -> Kept:
    """The known passkey that the answer proves; a copied key that counts backwards is refused too."""
    from fido2.utils import websafe_encode
    from fido2.webauthn import AuthenticationResponse

    try:
        read = AuthenticationResponse.from_dict(answer)
        passkey = known.get(credential_id=websafe_encode(read.raw_id))
        site.server().authenticate_complete(remembered, [_opened(passkey)], answer)
        handle, count = read.response.user_handle, read.response.authenticator_data.counter
    except (ValueError, TypeError, KeyError, AttributeError, ObjectDoesNotExist) as wrong:
        raise PasskeyRefused(str(wrong)) from wrong
    if handle and handle != passkey.holder_id.encode():
        raise PasskeyRefused("The key belongs to somebody else.")
    fresh = Q(sign_count__lt=count) | Q(sign_count=0) if count else Q(sign_count=0)
    if not known.filter(fresh, pk=passkey.pk).update(sign_count=count, used_at=at):
        raise PasskeyRefused("The key counts backwards: there is a copy of it.")
    return passkey


def _opened(passkey: KeptPasskey) -> "AttestedCredentialData":
    from fido2.utils import websafe_decode
    from fido2.webauthn import AttestedCredentialData

    return AttestedCredentialData(websafe_decode(passkey.public_half))
