"""What a person proves themselves with: passwords, apps, passkeys, codes; each change is told."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from renkei.accounts.factors import Passkey, RecoveryCode, RequiredFactor, TotpKey
from renkei.accounts.models import Role, User
from renkei.accounts.passkeys import PasskeyRefused, Site, keep_passkey
from renkei.accounts.recovery_codes import new_codes
from renkei.accounts.second_factor import has_second_factor
from renkei.accounts.sittings import end_all
from renkei.accounts.totp import counter_of, keep_key
from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.municipalities.models import Municipality
from renkei.people import sign_in_events as events


class FactorRefused(ValueError):
    """Nothing changes; str() says why and what to do."""


@transaction.atomic
def change_password(user: User, password: str, *, actor: User | None) -> None:
    """Set the person's new password and sign the person out everywhere."""
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise FactorRefused(" ".join(weak.messages)) from weak
    user.set_password(password)
    user.save(update_fields=["password"])
    end_all([user.pk])
    record(events.PASSWORD_CHANGED, actor, user, municipality=user.municipality)
    user.refresh_from_db()


@transaction.atomic
def add_app(user: User, secret: str, code: str, *, at: datetime) -> TotpKey:
    """Keep the secret of an authenticator app that has shown a right code of it."""
    counter = counter_of(secret, code.replace(" ", ""), at=at)
    if counter is None:
        raise FactorRefused(
            _("コードが合いません。アプリにいま出ている6桁を入れてください。端末の時計も確かめてください。")
        )
    try:
        with transaction.atomic():
            key = keep_key(user.pk, secret, counter=counter, at=at)
    except IntegrityError as known:
        raise FactorRefused(_("認証アプリはもう登録されています。外してから登録してください。")) from known
    _tell(events.FACTOR_ADDED, user, user, TotpKey)
    return key


@transaction.atomic
def remove_app(user: User, *, actor: User) -> None:
    """Take the authenticator app away."""
    if TotpKey.objects.filter(user=user).delete()[0]:
        _tell(events.FACTOR_REMOVED, actor, user, TotpKey)
        _forget_codes_without_factor(user)


@transaction.atomic
def add_passkey(
    user: User,
    answer: Mapping[str, Any],
    remembered: Mapping[str, Any],
    site: Site,
    *,
    name: str,
    at: datetime,
) -> Passkey:
    """Keep a passkey that the browser has made."""
    try:
        with transaction.atomic():
            passkey: Passkey = keep_passkey(user, answer, remembered, site, name=name, at=at)
    except (PasskeyRefused, IntegrityError) as refusal:
        raise FactorRefused(
            _("パスキーを登録できませんでした。もう一度試すか、別の端末や鍵を使ってください。")
        ) from refusal
    _tell(events.FACTOR_ADDED, user, user, Passkey)
    return passkey


@transaction.atomic
def remove_passkey(user: User, public_id: str, *, actor: User) -> None:
    """Take one passkey away; the only way in of a person without a password stays."""
    others = user.passkeys.exclude(public_id=public_id)
    if not user.has_usable_password() and not others.exists():
        raise FactorRefused(
            _(
                "これを外すとサインインする方法がなくなります。先にパスワードか別のパスキーを登録してください。"
            )
        )
    if user.passkeys.filter(public_id=public_id).delete()[0]:
        _tell(events.FACTOR_REMOVED, actor, user, Passkey)
        _forget_codes_without_factor(user)


@transaction.atomic
def renew_recovery_codes(user: User) -> list[str]:
    """Ten new recovery codes, to be shown this once."""
    if not has_second_factor(user):
        raise FactorRefused(_("先に認証アプリかパスキーを登録してください。"))
    codes = new_codes(user.pk)
    record(events.CODES_RENEWED, user, user, municipality=user.municipality)
    return codes


@transaction.atomic
def take_factors_away(user: User, *, actor: User) -> None:
    """For somebody who has lost the telephone: no factor, no code and no session is left."""
    for model in (TotpKey, Passkey, RecoveryCode):
        if model._base_manager.filter(user=user).delete()[0]:
            _tell(events.FACTOR_REMOVED, actor, user, model)
    end_all([user.pk])


@transaction.atomic
def require_second_factor(municipality: Municipality, roles: Iterable[Role], *, actor: User) -> None:
    """Say which roles must have a second factor in the town; nothing is told where nothing changes."""
    wanted = set(roles)
    required = RequiredFactor.objects.of(municipality)
    before = {Role(role) for role in required.values_list("role", flat=True)}
    if wanted == before:
        return
    required.exclude(role__in=wanted).delete()
    RequiredFactor.objects.bulk_create(
        [RequiredFactor(municipality=municipality, role=role) for role in sorted(wanted - before)],
        ignore_conflicts=True,
    )
    record(
        events.FACTORS_REQUIRED,
        actor,
        municipality,
        municipality=municipality,
        changes={"accounts.requiredfactor": (_words(before), _words(wanted))},
    )


def _words(roles: Iterable[Role]) -> list[str]:
    return sorted(str(role.label) for role in roles)


def _tell(event: Event, actor: User, user: User, model: type[Any]) -> None:
    record(event, actor, user, municipality=user.municipality, factor=str(model._meta.verbose_name))


def _forget_codes_without_factor(user: User) -> None:
    if not has_second_factor(user):
        RecoveryCode.objects.filter(user=user).delete()
