"""The town's identity provider by OpenID Connect: the authorization code flow with PKCE (RFC 7636).

The provider says who somebody is; it never adds anybody. Only its own addresses, named in the settings or by its
discovery document, are asked.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request, urlopen

from django.conf import settings

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
PATIENCE = 10
LARGEST = 1_000_000
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class ProviderRefused(ValueError):
    """The provider is out of reach, or what it says does not hold; str() is for the operator."""


@dataclass(frozen=True)
class Provider:
    """Where the provider is, who we are to it, and which claim holds the sign-in name."""

    issuer: str
    client_id: str
    secret: str
    claim: str
    scope: str


@dataclass(frozen=True)
class Asking:
    """What must be remembered between asking the provider and its answer."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Asking":
        """Three values that nobody can guess."""
        return cls(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))


def configured() -> Provider | None:
    """The provider of the settings, or None."""
    if not settings.OIDC["issuer"]:
        return None
    return Provider(**settings.OIDC)


def address_to_ask(provider: Provider, asking: Asking, *, back: str) -> str:
    """Where the browser is sent."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(asking.verifier.encode()).digest()).rstrip(b"=")
    question = {
        "response_type": "code", "client_id": provider.client_id, "redirect_uri": back, "scope": provider.scope,
        "state": asking.state, "nonce": asking.nonce, "code_challenge": challenge.decode(),
        "code_challenge_method": "S256",
    }  # fmt: skip
    place = discovered(provider.issuer)["authorization_endpoint"]
    return f"{place}{'&' if urlsplit(place).query else '?'}{urlencode(question)}"


def name_told(provider: Provider, asking: Asking, code: str, *, back: str) -> str:
    """The sign-in name that the provider tells for the code, or a refusal."""
    told = _asked(
        Request(  # noqa: S310 – the scheme is checked where it is opened
            discovered(provider.issuer)["token_endpoint"],
            data=urlencode(
                {
                    "grant_type": "authorization_code", "code": code, "redirect_uri": back,
                    "code_verifier": asking.verifier,
                }
            ).encode(),
            headers={"Authorization": _basic(provider)},
        )
    )  # fmt: skip
    claims = claims_of(provider, str(told.get("id_token", "")), nonce=asking.nonce)
    if provider.claim not in claims:
        claims = _user_info(provider, str(told.get("access_token", "")), claims)
    name = claims.get(provider.claim)
    if not isinstance(name, str) or not name:
        raise ProviderRefused(f"The provider tells no {provider.claim}.")
    return name


def claims_of(provider: Provider, token: str, *, nonce: str) -> dict[str, Any]:
    """What the identity token says, once signature, issuer, audience, times and nonce hold."""
    import jwt

    try:
        wanted = jwt.get_unverified_header(token).get("kid")
        keys = jwt.PyJWKSet.from_dict(_asked(Request(discovered(provider.issuer)["jwks_uri"]))).keys  # noqa: S310
        key = next(key for key in keys if wanted is None or key.key_id == wanted)
        claims: dict[str, Any] = jwt.decode(
            token, key, algorithms=ALGORITHMS, audience=provider.client_id, issuer=provider.issuer, leeway=30,
            options={"require": ["exp", "iat", "aud", "iss", "sub"]},
        )  # fmt: skip
    except (jwt.PyJWTError, StopIteration) as wrong:
        raise ProviderRefused(f"The identity token does not hold: {wrong!r}") from wrong
    if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise ProviderRefused("The identity token answers another question.")
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise ProviderRefused("The identity token was made for somebody else.")
    return claims


@lru_cache(maxsize=4)
def discovered(issuer: str) -> Mapping[str, str]:
    """The provider's own description of its addresses (OpenID Connect Discovery 1.0)."""
    found = _asked(Request(f"{issuer.rstrip('/')}/.well-known/openid-configuration"))  # noqa: S310
    if found.get("issuer") != issuer:
        raise ProviderRefused(f"The provider calls itself {found.get('issuer')}, not {issuer}.")
    return {name: value for name, value in found.items() if isinstance(value, str)}


def _user_info(provider: Provider, access_token: str, claims: dict[str, Any]) -> dict[str, Any]:
    place = discovered(provider.issuer).get("userinfo_endpoint")
    if not place:
        return claims
    told = _asked(Request(place, headers={"Authorization": f"Bearer {access_token}"}))  # noqa: S310
    if told.get("sub") != claims["sub"]:
        raise ProviderRefused("The provider's two answers are about different people.")
    return told


def _basic(provider: Provider) -> str:
    pair = f"{quote(provider.client_id, safe='')}:{quote(provider.secret, safe='')}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


def _asked(request: Request) -> dict[str, Any]:
    place = urlsplit(request.full_url)
    if place.scheme != "https" and not (place.scheme == "http" and place.hostname in LOOPBACK):
        raise ProviderRefused(f"{request.full_url} is not an https address.")
    try:
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            told = json.loads(answer.read(LARGEST))
    except HTTPError as wrong:
        said = wrong.read(200).decode(errors="replace")
        raise ProviderRefused(f"{place.netloc} answers {wrong.code}: {said}") from wrong
    except (URLError, OSError, ValueError) as wrong:
        raise ProviderRefused(f"{place.netloc} does not answer: {wrong!r}") from wrong
    if not isinstance(told, dict):
        raise ProviderRefused(f"{place.netloc} answers no object.")
    return told
