"""An app's code and a recovery code are taken once; passkeys prove this site, this question and this person."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestedCredentialData, AuthenticatorData

from renkei.accounts.factors import Passkey, RequiredFactor, TotpKey
from renkei.accounts.models import Role
from renkei.accounts.passkeys import PasskeyRefused, Site, ask_for_any, ask_for_new, keep_passkey, proved_by
from renkei.accounts.second_factor import must_have_second_factor, takes_second_factor
from renkei.accounts.totp import code_at, keep_key, new_secret, opened
from renkei.people.services.factors import FactorRefused, add_app, remove_passkey, renew_recovery_codes
from tests.factories import a_municipality, a_user

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
HERE = Site(host="localhost", origin="http://localhost:8000")
VECTORS = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
"""RFC 6238, appendix B, SHA-1, the last six of its eight digits."""


def code_of(key: TotpKey, moment: datetime) -> str:
    return code_at(opened(key.sealed), int(moment.timestamp()) // 30)


@pytest.mark.parametrize("seconds, code", VECTORS)
def test_codes_are_those_of_the_standard(seconds, code):
    assert code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", seconds // 30) == code


def test_a_code_is_taken_once_and_none_before_it_afterwards():
    user = a_user()
    key = keep_key(user.pk, new_secret(), counter=0, at=NOON)
    code, older = code_of(key, NOON), code_of(key, NOON - timedelta(seconds=30))
    assert takes_second_factor(user, code, at=NOON)
    assert not takes_second_factor(user, code, at=NOON)
    assert not takes_second_factor(user, older, at=NOON)
    later = NOON + timedelta(seconds=30)
    assert takes_second_factor(user, f" {code_of(key, later)[:3]} {code_of(key, later)[3:]} ", at=later)


@pytest.mark.parametrize("seconds, taken", [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_telephones_clock_may_be_half_a_minute_off(seconds, taken):
    user = a_user()
    key = keep_key(user.pk, new_secret(), counter=0, at=NOON)
    assert takes_second_factor(user, code_of(key, NOON + timedelta(seconds=seconds)), at=NOON) is taken


def test_the_code_that_proved_the_app_does_not_sign_in():
    user, secret = a_user(), new_secret()
    code = code_at(secret, int(NOON.timestamp()) // 30)
    add_app(user, secret, code, at=NOON)
    assert not takes_second_factor(user, code, at=NOON)


def test_the_secret_is_sealed_in_the_database_and_lost_with_the_installations_key(settings):
    user, secret = a_user(), new_secret()
    key = keep_key(user.pk, secret, counter=0, at=NOON)
    assert secret not in key.sealed
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-key"
    assert opened(key.sealed) == secret
    settings.SECRET_KEY_FALLBACKS = []
    assert opened(key.sealed) is None
    assert not takes_second_factor(user, "123456", at=NOON)


def test_a_recovery_code_outlives_a_new_secret_key_while_the_former_one_is_named(settings):
    user = a_user()
    keep_key(user.pk, new_secret(), counter=0, at=NOON)
    first, second, *_rest = renew_recovery_codes(user)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-key"
    assert takes_second_factor(user, first, at=NOON)
    assert not takes_second_factor(user, first, at=NOON)
    settings.SECRET_KEY_FALLBACKS = []
    assert not takes_second_factor(user, second, at=NOON)


def test_each_recovery_code_works_once_and_new_ones_replace_it():
    user = a_user()
    keep_key(user.pk, new_secret(), counter=0, at=NOON)
    codes = renew_recovery_codes(user)
    assert len(set(codes)) == 10
    assert takes_second_factor(user, codes[0].upper(), at=NOON)
    assert not takes_second_factor(user, codes[0], at=NOON)
    assert not takes_second_factor(a_user(sign_in_name="other"), codes[1], at=NOON)
    renew_recovery_codes(user)
    assert not takes_second_factor(user, codes[2], at=NOON)


def test_without_a_factor_there_are_no_recovery_codes():
    with pytest.raises(FactorRefused, match="先に認証アプリかパスキー"):
        renew_recovery_codes(a_user())


class Device:
    """An authenticator: makes one key pair and signs what it is asked, as the standard says."""

    def __init__(self, *, origin: str = HERE.origin, host: str = HERE.host, verified: bool = True) -> None:
        self.key, self.origin, self.host = ec.generate_private_key(ec.SECP256R1()), origin, host
        self.flags = AuthenticatorData.FLAG.UP | (AuthenticatorData.FLAG.UV if verified else 0)
        self.count = 0

    def client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def site_digest(self) -> bytes:
        return hashlib.sha256(self.host.encode()).digest()

    def make(self, asked) -> dict:
        public = ES256.from_cryptography_key(self.key.public_key())
        made = AttestedCredentialData.create(b"\0" * 16, b"credential-one", public)
        proof = AuthenticatorData.create(self.site_digest(), self.flags | AuthenticatorData.FLAG.AT, 0, made)
        from fido2.webauthn import AttestationObject

        told = AttestationObject.create("none", proof, {})
        client = self.client("webauthn.create", asked["publicKey"]["challenge"])
        return self.answer(attestationObject=bytes(told), clientDataJSON=client)

    def prove(self, asked, **changed) -> dict:
        self.count += 1
        proof = AuthenticatorData.create(self.site_digest(), self.flags, changed.get("count", self.count))
        client = self.client("webauthn.get", changed.get("challenge", asked["publicKey"]["challenge"]))
        digest = hashlib.sha256(client).digest()
        signature = self.key.sign(bytes(proof) + digest, ec.ECDSA(hashes.SHA256()))
        return self.answer(
            authenticatorData=bytes(proof), clientDataJSON=client,
            signature=changed.get("signature", signature), userHandle=changed.get("handle", b""),
        )  # fmt: skip

    def answer(self, **response: bytes) -> dict:
        name = websafe_encode(b"credential-one")
        told = {key: websafe_encode(value) for key, value in response.items() if value}
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": told,
            "clientExtensionResults": {},
        }


def a_passkey(user, device: Device) -> Passkey:
    asked, remembered = ask_for_new(user, HERE)
    return keep_passkey(user, device.make(asked), remembered, HERE, name="職場", at=NOON)


def test_a_passkey_proves_its_person():
    user, device = a_user(), Device()
    a_passkey(user, device)
    asked, remembered = ask_for_any(HERE)
    answer = device.prove(asked, handle=user.public_id.encode())
    assert proved_by(answer, remembered, HERE, at=NOON).user == user


@pytest.mark.parametrize(
    "device, changed",
    [
        (Device(origin="http://localhost:9"), {}), (Device(origin="https://localhost:8000"), {}),
        (Device(host="elsewhere.example"), {}), (Device(verified=False), {}),
        (Device(), {"challenge": websafe_encode(b"x" * 32)}), (Device(), {"signature": b"forged"}),
        (Device(), {"handle": b"somebody-else"}),
    ],
    ids=["port", "scheme", "site", "no person", "question", "signature", "person"],
)  # fmt: skip
def test_an_answer_that_does_not_hold_is_refused(device, changed):
    honest = Device()
    user, honest.key = a_user(), device.key
    a_passkey(user, honest)
    asked, remembered = ask_for_any(HERE)
    with pytest.raises(PasskeyRefused):
        proved_by(device.prove(asked, **changed), remembered, HERE, at=NOON)


def test_a_copy_of_a_passkey_that_counts_backwards_is_refused():
    user, device = a_user(), Device()
    a_passkey(user, device)
    for count, is_taken in [(5, True), (5, False), (4, False), (6, True)]:
        asked, remembered = ask_for_any(HERE)
        answer = device.prove(asked, count=count)
        if is_taken:
            proved_by(answer, remembered, HERE, at=NOON)
        else:
            with pytest.raises(PasskeyRefused, match="backwards"):
                proved_by(answer, remembered, HERE, at=NOON)


@pytest.mark.parametrize("answer", [{}, {"rawId": 1}, {"response": []}, {"rawId": "AA", "response": {}}])
def test_nonsense_is_refused(answer):
    _asked, remembered = ask_for_any(HERE)
    with pytest.raises(PasskeyRefused):
        proved_by(answer, remembered, HERE, at=NOON)


def test_the_last_way_in_is_not_taken_away():
    user = a_user()
    passkey = a_passkey(user, Device())
    user.set_unusable_password()
    user.save()
    with pytest.raises(FactorRefused, match="方法がなくなります"):
        remove_passkey(user, passkey.public_id, actor=user)


@pytest.mark.parametrize(
    "role, day, must",
    [
        (Role.ADMINISTRATOR, "2026-04-01", True), (Role.READER, "2026-04-01", False),
        (Role.ADMINISTRATOR, "1999-12-31", False),
    ],
)  # fmt: skip
def test_the_towns_rule_holds_for_the_roles_of_the_day(role, day, must):
    RequiredFactor.objects.create(municipality=a_municipality(), role=Role.ADMINISTRATOR)
    RequiredFactor.objects.create(municipality=a_municipality("011002"), role=Role.READER)
    assert must_have_second_factor(a_user(role=role), day=date.fromisoformat(day)) is must
